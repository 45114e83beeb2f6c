"""Losses: values by hand, stability, properties, errors."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.nn import LOSSES

LOG_2 = math.log(2.0)
BY_HAND = [
    ("mse", [[3.0], [1.0]], [[1.0], [1.0]], {}, 2.0, [[2.0], [0.0]]),
    ("half_mse", [[3.0], [1.0]], [[1.0], [1.0]], {}, 1.0, [[1.0], [0.0]]),
    ("mae", [[3.0], [1.0]], [[1.0], [1.0]], {}, 1.0, [[0.5], [0.0]]),
    ("huber", [[3.0], [0.5]], [[0.0], [0.0]], {}, (2.5 + 0.125) / 2, [[0.5], [0.25]]),
    ("huber", [[3.0], [0.5]], [[0.0], [0.0]], {"delta": 2.0}, (4.0 + 0.125) / 2, [[1.0], [0.25]]),
    (
        "log_cosh",
        [[0.0], [1.0]],
        [[0.0], [0.0]],
        {},
        math.log(math.cosh(1.0)) / 2,
        [[0], [math.tanh(1.0) / 2]],
    ),
    ("bce", [[0.0], [0.0]], [[1.0], [0.0]], {}, LOG_2, [[-0.25], [0.25]]),
    ("bce", [[0.0]], [[1.0]], {"label_smoothing": 0.5}, LOG_2, [[-0.25]]),
    ("cross_entropy", [[0.0, 0.0], [0.0, 0.0]], [0, 1], {}, LOG_2, [[-0.25, 0.25], [0.25, -0.25]]),
    ("cross_entropy", [[0.0, 0.0]], [0], {"label_smoothing": 0.5}, LOG_2, [[-0.25, 0.25]]),
    ("hinge", [[0.5], [2.0]], [[1.0], [1.0]], {}, 0.25, [[-0.5], [0.0]]),
    ("squared_hinge", [[0.5], [-1.0]], [[-1.0], [-1.0]], {}, 1.125, [[1.5], [0.0]]),
]


@pytest.mark.parametrize(("name", "prediction", "target", "options", "value", "d"), BY_HAND)
def test_by_hand(name, prediction, target, options, value, d):
    result, gradient = LOSSES[name](np.array(prediction), np.array(target), **options)
    assert result == pytest.approx(value, abs=1e-15)
    np.testing.assert_allclose(gradient, d, atol=1e-15)


def test_every_loss_is_worked_by_hand_and_described():
    assert {case[0] for case in BY_HAND} == set(LOSSES)
    for loss in LOSSES.values():
        assert loss.label
        assert loss.source
        assert loss.tasks
        assert loss.tasks <= {"classification", "regression"}


def right_and_wrong(name: str) -> tuple[np.ndarray, np.ndarray]:
    """A very sure prediction, and the target that agrees with its first row and contradicts its second."""
    if name == "cross_entropy":
        return np.array([[1e3, -1e3], [1e3, -1e3]]), np.array([0, 1])
    return np.array([[1e3], [1e3]]), np.array([[1.0], [0.0 if name == "bce" else -1.0]])


@pytest.mark.parametrize("name", LOSSES)
def test_very_sure_predictions_stay_finite(name):
    prediction, target = right_and_wrong(name)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        value, d = LOSSES[name](prediction, target)
    assert math.isfinite(value)
    assert np.isfinite(d).all()


@pytest.mark.parametrize("name", LOSSES)
@given(arrays(np.float64, (4, 3), elements=st.floats(-50.0, 50.0)), st.integers(0, 2**16))
def test_losses_are_not_negative_and_leave_their_inputs_alone(name, prediction, seed):
    rng = np.random.default_rng(seed)
    target = rng.integers(0, 3, 4) if name == "cross_entropy" else rng.integers(0, 2, (4, 3)) * 1.0
    if "hinge" in name:
        target = 2.0 * target - 1.0
    kept = prediction.copy(), target.copy()
    value, d = LOSSES[name](prediction, target)
    assert value >= -1e-12
    assert d.shape == prediction.shape
    np.testing.assert_array_equal(prediction, kept[0])
    np.testing.assert_array_equal(target, kept[1])


@given(arrays(np.float64, (5, 4), elements=st.floats(-30.0, 30.0)), st.floats(-100.0, 100.0))
def test_cross_entropy_ignores_a_common_shift_and_takes_both_forms(logits, shift):
    classes = np.array([0, 3, 1, 2, 0])
    value, d = LOSSES["cross_entropy"](logits, classes, label_smoothing=0.1)
    for other, target in ((logits + shift, classes), (logits, np.eye(4)[classes])):
        again, d_again = LOSSES["cross_entropy"](other, target, label_smoothing=0.1)
        assert again == pytest.approx(value, abs=1e-10)
        np.testing.assert_allclose(d_again, d, atol=1e-10)
    np.testing.assert_allclose(d.sum(axis=1), 0.0, atol=1e-12)


@pytest.mark.parametrize("name", LOSSES)
def test_unequal_shapes_are_refused(name):
    with pytest.raises(ValueError, match="The target has shape"):
        LOSSES[name](np.zeros((4, 1)), np.zeros(4))


def test_negative_classes_are_refused():
    with pytest.raises(ValueError, match="number the classes from 0 to 2"):
        LOSSES["cross_entropy"](np.zeros((2, 3)), np.array([0, -1]))
