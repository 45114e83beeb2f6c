"""Losses: values by hand, stability, properties, errors."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.nn import LOSSES
from tests.nn.formulas import targets_for, value

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


@pytest.mark.parametrize("name", LOSSES)
def test_value_and_slope_are_those_of_the_formula(name):
    """Of one sample, with one output; of the shares of two classes, with two."""
    loss, rng = LOSSES[name], np.random.default_rng(0)
    for y in (-1.7, -0.4, 0.3, 0.8, 2.6):
        outputs = np.array([[y, 0.5]] if loss.outputs == "shares" else [[y]])
        target = targets_for(name, rng, outputs.shape)
        goals = np.eye(2)[target] if loss.outputs == "shares" else target
        names = {f"y{k + 1}": at for k, at in enumerate(outputs[0])}
        names |= {f"t{k + 1}": at for k, at in enumerate(goals[0])}
        paid, gradient = loss(outputs, target)
        for k, at in enumerate(outputs[0]):
            names |= {"y": at, "t": goals[0, k]}
            assert value(loss.formula.value, **names) == pytest.approx(paid, abs=1e-12)
            assert value(loss.formula.slope, **names) == pytest.approx(gradient[0, k], abs=1e-12)


@pytest.mark.parametrize("name", LOSSES)
def test_tasks_are_those_there_are(name):
    assert LOSSES[name].tasks
    assert LOSSES[name].tasks <= {"classification", "regression"}
    assert LOSSES[name].outputs == "distances" or LOSSES[name].tasks == {"classification"}


def test_outputs_that_nobody_reads_are_refused():
    with pytest.raises(
        ValueError, match=r"^loss 'Huber' takes outputs for 'odds': choose from distances, logits"
    ):
        replace(LOSSES["huber"], outputs="odds")


def right_and_wrong(name: str) -> tuple[np.ndarray, np.ndarray]:
    """A very sure prediction, and the target that agrees with its first row and contradicts its second."""
    kind = LOSSES[name].outputs
    if kind == "shares":
        return np.array([[1e3, -1e3], [1e3, -1e3]]), np.array([0, 1])
    return np.array([[1e3], [1e3]]), np.array([[1.0], [0.0 if kind == "logits" else -1.0]])


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
    target = targets_for(name, np.random.default_rng(seed), prediction.shape)
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
