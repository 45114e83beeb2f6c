"""A learner goes back to any of its snapshots, and sets its rate from its schedule."""

import numpy as np
import pytest

from playground.nn import OPTIMIZERS, SCHEDULES, BatchNorm, Dense, Dropout, Network
from playground.training.learner import Learner


def learner(schedule=None):
    network = Network([Dense(5), BatchNorm(), Dropout(0.3), Dense(1)], 3, seed=1)
    return Learner(network, OPTIMIZERS["adam"](network.params.size, lr=0.1), schedule)


def train(learner, steps, seed=0):
    draws = np.random.default_rng(seed)
    for _ in range(steps):
        learner.network.backward_parameters(learner.network.forward(draws.random((4, 3)), True))
        learner.step()


def test_restoring_gives_the_same_steps_again():
    one = learner()
    train(one, 5)
    snapshot = one.snapshot()
    train(one, 5, seed=1)
    params, state = one.network.params.copy(), one.network.state.copy()
    one.restore(snapshot)
    assert not np.array_equal(one.network.params, params)
    train(one, 5, seed=1)
    np.testing.assert_array_equal(one.network.params, params)
    np.testing.assert_array_equal(one.network.state, state)


def test_a_snapshot_says_how_large_it_is():
    one = learner()
    arrays = 3 * one.network.params.nbytes + one.network.state.nbytes  # Adam has two slots
    assert arrays < one.snapshot().nbytes < arrays + 2_000


def test_the_schedule_multiplies_the_base_rate():
    one = learner(SCHEDULES["step"](period=2, gamma=0.5))
    assert one.is_scheduled
    one.base_lr = 0.4
    one.set_rate(2.5)
    assert one.optimizer.lr == pytest.approx(0.2)
    assert not learner().is_scheduled


def test_the_meter_by_hand():
    one = learner()
    norms = []
    for seed in (0, 1):
        train(one, 1, seed)
        norms.append([np.linalg.norm(one.network.grads[part]) for part in one.network.weight_slices])
    np.testing.assert_allclose(one.meter.gradient_norms(), np.sqrt(np.mean(np.square(norms), axis=0)))
    np.testing.assert_array_equal(one.meter.gradient_norms(), 0.0)
    one.meter.remember_parameters()
    one.network.params[:] *= 2.0
    np.testing.assert_allclose(one.meter.update_ratios(), 0.5)
