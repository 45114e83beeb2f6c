"""The history's table, its byte budget, and how it thins."""

import numpy as np
import pytest

from playground.training import Experiment, HiddenLayer, Trainer
from tests.training.common import SMALL


def snapshots(trainer):
    return sorted(trainer.history._snapshots)


def test_frames_are_read_back_as_they_were():
    trainer = Trainer(SMALL)
    frames = [trainer.frame, *trainer.advance(200, every=1)]
    history = trainer.history
    assert len(history) == 201
    assert list(history) == frames
    assert history[-1] == frames[-1]
    for index in (201, -202):
        with pytest.raises(IndexError, match="There is no frame"):
            history[index]


def test_values_are_columns():
    trainer = Trainer(SMALL)
    frames = [trainer.frame, *trainer.advance(5)]
    history = trainer.history
    assert history.metrics == ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
    for name in history.metrics:
        np.testing.assert_array_equal(history.values(name), [frame.metrics[name] for frame in frames])
    np.testing.assert_array_equal(history.values("update"), [frame.update for frame in frames])
    norms = history.values("gradient_norms")
    np.testing.assert_array_equal(norms, [frame.gradient_norms for frame in frames])
    norms[:] = 0.0
    assert history[0].gradient_norms[0] > 0.0


def test_the_budget_is_kept_by_doubling_the_stride():
    one = Trainer(SMALL).history.nbytes
    trainer = Trainer(SMALL, history_bytes=10 * one)
    strides = set()
    for _ in trainer.advance(100, every=1):
        assert trainer.history.nbytes <= 10 * one
        kept = snapshots(trainer)
        assert kept[0] == 0
        assert kept[-1] == len(trainer.history) - 1
        strides |= set(np.diff(kept[:-1]).tolist())
    assert strides == {1, 2, 4, 8, 16}


def test_a_budget_too_small_keeps_the_first_and_the_last():
    trainer = Trainer(SMALL, history_bytes=1)
    trainer.train(epochs=9)
    assert snapshots(trainer) == [0, 9]


def test_the_default_budget_holds_a_long_default_run_and_a_short_huge_one():
    trainer = Trainer(Experiment())
    trainer.train(epochs=20)
    assert trainer.history.nbytes / 21 < 6_000
    huge = Trainer(SMALL.replace("network.layers", (HiddenLayer(64, "relu"),) * 10))
    assert huge.history.nbytes < 1_000_000
    for _ in huge.advance(80, every=1):
        assert huge.history.nbytes <= 32 * 2**20


def test_settings_before_a_frame_are_those_of_its_updates():
    trainer = Trainer(SMALL)
    trainer.train(epochs=3)
    faster = SMALL.replace("optimizer.lr", 0.5)
    trainer.update_settings(faster)
    trainer.train(epochs=2)
    assert [trainer.history.settings_before(k) for k in range(6)] == [SMALL] * 4 + [faster] * 2
