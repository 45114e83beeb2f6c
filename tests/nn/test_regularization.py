"""Regularization on flat vectors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.nn import Dense, Network
from playground.nn.regularization import (
    add_l1,
    add_l2,
    clip_by_norm,
    clip_by_value,
    decay_weights,
    max_norm,
    tf_playground_penalty,
)

MASK = np.array([True, True, True, False])
VECTORS = arrays(np.float64, 6, elements=st.floats(-1e6, 1e6))


def l2_penalty(params: np.ndarray) -> float:
    return 0.3 / 2 * float((params[MASK] ** 2).sum())


def l1_penalty(params: np.ndarray) -> float:
    return 0.3 * float(np.abs(params[MASK]).sum())


@pytest.mark.parametrize(("penalty", "add"), [(l1_penalty, add_l1), (l2_penalty, add_l2)])
def test_what_is_added_is_the_gradient_of_the_penalty(check_gradient, penalty, add):
    params, grads = np.array([2.0, -3.0, 0.5, 7.0]), np.zeros(4)
    add(params, grads, rate=0.3, mask=MASK)
    check_gradient(lambda: penalty(params), params, grads)
    assert grads[3] == 0.0


def test_values_by_hand():
    params = np.array([2.0, -3.0, 0.0, 7.0])
    decay_weights(params, amount=0.5, mask=MASK)
    np.testing.assert_array_equal(params, [1.0, -1.5, 0.0, 7.0])


@given(VECTORS, st.floats(1e-3, 1e3))
def test_clip_by_norm_keeps_the_direction(grads, limit):
    before = grads.copy()
    norm = clip_by_norm(grads, limit)
    assert norm == pytest.approx(np.linalg.norm(before))
    assert np.linalg.norm(grads) <= limit * (1.0 + 1e-12) + 1e-300
    np.testing.assert_allclose(grads, before * min(1.0, limit / norm if norm else 1.0))


@given(VECTORS, st.floats(1e-3, 1e3))
def test_clip_by_value_bounds_every_entry(grads, limit):
    before = grads.copy()
    clip_by_value(grads, limit)
    assert (np.abs(grads) <= limit).all()
    inside = np.abs(before) <= limit
    np.testing.assert_array_equal(grads[inside], before[inside])


def test_max_norm_shrinks_each_units_weights():
    network = Network([Dense(3), Dense(2)], 2)
    first, second = network.weight_layers
    first.W[...] = [[3.0, 0.3, 0.0], [4.0, 0.4, 0.0]]
    second.W[...] = 0.1
    max_norm(network.weight_layers, 1.0)
    np.testing.assert_allclose(first.W, [[0.6, 0.3, 0.0], [0.8, 0.4, 0.0]])
    assert (second.W == 0.1).all()
    np.testing.assert_array_equal(network.params[:6].reshape(2, 3), first.W)


def test_tf_playground_l2_uses_the_weights_before_the_step():
    params, dead = np.array([1.0, 2.0, 3.0, 4.0]), np.zeros(4, bool)
    previous = np.array([10.0, 20.0, 30.0, 40.0])
    tf_playground_penalty(params, previous, lr=0.1, rate=0.5, kind="l2", mask=MASK, dead=dead)
    np.testing.assert_allclose(params, [0.5, 1.0, 1.5, 4.0])
    assert not dead.any()


def test_tf_playground_l1_kills_a_weight_that_crosses_zero():
    mask, dead = np.array([True, True, True, True, False]), np.zeros(5, bool)
    params, previous = np.array([0.02, -0.02, 0.5, -0.01, 0.02]), np.array([0.03, -0.03, 0.5, 0.01, 0.03])
    settings = {"lr": 0.1, "rate": 0.5, "kind": "l1", "mask": mask, "dead": dead}
    tf_playground_penalty(params, previous, **settings)
    # the fourth crossed zero in the plain step: the penalty pushes it on, and it lives
    np.testing.assert_allclose(params, [0.0, 0.0, 0.45, -0.06, 0.02])
    np.testing.assert_array_equal(dead, [True, True, False, False, False])
    params[:] = [0.3, 0.3, 0.4, 0.4, 0.4]
    tf_playground_penalty(params, previous, **settings)
    np.testing.assert_array_equal(params[:2], 0.0)


def test_tf_playground_refuses_another_kind():
    vector = np.zeros(4)
    with pytest.raises(ValueError, match="choose l1 or l2"):
        tf_playground_penalty(vector, vector, lr=0.1, rate=0.1, kind="L3", mask=MASK, dead=MASK.copy())
