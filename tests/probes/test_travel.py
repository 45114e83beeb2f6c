"""Distances travelled: against sums by hand, forwards, backwards and after another way was taken."""

from itertools import pairwise

import numpy as np
import pytest

from playground.probes.travel import DistanceMeter
from playground.training import Experiment, HiddenLayer, Trainer

SMALL = Experiment().replace("data.n", 40).replace("network.layers", (HiddenLayer(3),))


def by_hand(corners: list[np.ndarray]) -> tuple[float, float]:
    length = sum(float(np.linalg.norm(b - a)) for a, b in pairwise(corners))
    return float(np.linalg.norm(corners[-1] - corners[0])), length


def test_travel_by_hand_and_back() -> None:
    trainer = Trainer(SMALL)
    travel, corners = DistanceMeter(trainer), [trainer.network.params.copy()]
    assert travel.measure() == (0.0, 0.0)
    seen = []
    for _ in range(6):
        trainer.train(epochs=1)
        corners.append(trainer.network.params.copy())
        seen.append(travel.measure())
        assert seen[-1] == pytest.approx(by_hand(corners))
    assert seen[-1].length > seen[-1].distance > 0.0
    trainer.restore(trainer.history[3])
    assert travel.measure() == seen[2]


def test_epochs_that_were_not_looked_at_count() -> None:
    trainer, other = Trainer(SMALL), Trainer(SMALL)
    watched = DistanceMeter(other)
    for _ in range(5):
        other.train(epochs=1)
        watched.measure()
    late = DistanceMeter(trainer)
    trainer.train(epochs=5)
    assert late.measure() == watched.measure()


def test_another_way_from_an_earlier_frame() -> None:
    trainer = Trainer(SMALL)
    travel = DistanceMeter(trainer)
    trainer.train(epochs=4)
    travel.measure()
    trainer.restore(trainer.history[2])
    trainer.update_settings(SMALL.replace("optimizer.lr", 0.3))
    trainer.train(epochs=2)
    corners = [trainer.history.replay_from(k)[0].learners["network"].params for k in range(5)]
    assert travel.measure() == pytest.approx(by_hand(corners))


def test_in_a_thinned_history_the_path_is_nearly_as_long() -> None:
    trainer = Trainer(SMALL, history_bytes=20_000)
    travel, corners = DistanceMeter(trainer), [trainer.network.params.copy()]
    for _ in range(12):
        trainer.train(epochs=1)
        corners.append(trainer.network.params.copy())
        travel.measure()
    assert trainer.history.replay_from(1)[0].update != trainer.history[1].update  # it was thinned
    distance, length = by_hand(corners)
    assert travel.measure().distance == pytest.approx(distance)
    assert travel.measure().length == pytest.approx(length, rel=1e-3)
