"""Sweeps of the learning rate: against single runs, and the edge against the theory of quadratics."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from playground.probes.rate_sweep import MOST_FRAMES, RATES, judged, sweep
from playground.training import Experiment, HiddenLayer, Trainer
from playground.training.sections import Optimizer

SMALL = Experiment().replace("data.n", 60).replace("network.layers", (HiddenLayer(4),))


def with_optimizer(name: str, base: Experiment = SMALL) -> Experiment:
    return replace(base, optimizer=Optimizer(name))


def test_losses_are_those_of_single_runs() -> None:
    rates = np.array([1e-3, 0.1])
    moments = list(sweep([with_optimizer("sgd"), with_optimizer("adam")], updates=12, rates=rates))
    assert [moment.updates for moment in moments] == list(range(13))
    for row, name in enumerate(("sgd", "adam")):
        for column, rate in enumerate(rates):
            trainer = Trainer(with_optimizer(name).replace("optimizer.lr", float(rate)))
            assert moments[0].losses[row, column] == trainer.frame.metrics["train_loss"] == moments[0].first
            trainer.train(updates=12)
            assert moments[-1].losses[row, column] == trainer.frame.metrics["train_loss"]


def test_long_sweeps_have_few_frames() -> None:
    *_, last = moments = list(sweep([with_optimizer("sgd")], updates=90, rates=np.array([0.1])))
    assert len(moments) == MOST_FRAMES + 1
    assert last.updates == 90


def test_the_edge_of_plain_descent_is_two_over_the_largest_curvature() -> None:
    """A linear model with the mean squared error: the loss is a quadratic with a known Hessian."""
    base = SMALL.replace("data.dataset", "reg-plane").replace("network.layers", ())
    base = with_optimizer("sgd", base).replace("batch_size", 60)
    trainer = Trainer(base)
    inputs = trainer.task.features(trainer.train_data.x)
    design = np.column_stack([inputs, np.ones(len(inputs))])
    value, slope = trainer.task.loss(np.full((len(inputs), 1), 1.0), np.zeros((len(inputs), 1)))
    scale = float(slope.sum()) / 1.0  # d loss / d output of all points at 1: the loss is scale / 2 * mean y^2
    assert value == pytest.approx(scale / 2.0)
    curvature = scale * np.linalg.eigvalsh(design.T @ design / len(inputs)).max()
    edge = 2.0 / curvature
    rates = edge * np.array([0.5, 0.9, 0.97, 1.03, 1.1, 2.0])
    *_, last = sweep([base], updates=400, rates=rates)
    assert last.edge[0] == rates[3]
    assert last.best[0] < edge


def test_what_is_judged_of_losses() -> None:
    losses = np.array(
        [
            [0.9, 0.2, 0.5, 1.1, np.inf],  # the edge at the fourth rate
            [1.2, 0.4, 0.9, 0.9, 0.9],  # worse below the best rate does not count
            [np.inf, 1.5, np.inf, np.inf, np.inf],  # no rate is any good
        ]
    )
    rates = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    moment = judged(0, 7, losses, 1.0, rates)
    assert moment.best[:2].tolist() == [2.0, 2.0]
    assert isnan(moment.best[2])
    assert moment.edge[0] == 4.0
    assert isnan(moment.edge[1])
    assert moment.edge[2] == 2.0


def test_a_network_that_blows_up_stays_infinite_and_warns_nobody() -> None:
    deep = SMALL.replace("network.layers", (HiddenLayer(8, "relu"),) * 4)
    moments = list(sweep([with_optimizer("momentum", deep)], updates=60, rates=np.array([0.01, 1e1])))
    losses = np.array([moment.losses[0, 1] for moment in moments])
    first = int(np.argmax(losses > moments[0].first))
    assert losses[first] > moments[0].first
    assert moments[-1].edge[0] == 10.0
    infinite = np.isinf(losses)
    assert not infinite.any() or infinite[int(np.argmax(infinite)) :].all()


def test_the_rates_are_four_a_power_of_ten() -> None:
    assert len(RATES) == 25
    assert (RATES[0], RATES[4], RATES[-1]) == (1e-5, 1e-4, 10.0)
