"""The batch of the last update: the points that were really used, also after going back."""

import numpy as np
import pytest

from playground.training import Experiment, Trainer
from tests.training.common import SMALL, changed

KINDS = {
    "shuffled": changed(SMALL, batch_size=8),
    "fixed order": changed(SMALL, batch_size=8, shuffle=False),
    "full batch": changed(SMALL, batch_size=5000),
    "TensorFlow Playground's rules": changed(SMALL, batch_size=8, rules__name="tf_playground"),
}
ALL = pytest.mark.parametrize("experiment", KINDS.values(), ids=KINDS)
UPDATES = 13


def batches(trainer: Trainer) -> list[list[int]]:
    """The last batch of every frame from here on, a frame an update."""
    return [trainer.last_batch.tolist() for _ in trainer.advance(UPDATES, every=1)]


@ALL
def test_it_is_what_the_network_was_given(experiment: Experiment, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(experiment)
    inputs, forward, given = trainer.task.features(trainer.train_data.x), trainer.network.forward, []
    assert trainer.last_batch.size == 0

    def watched(x: np.ndarray, train: bool = False) -> np.ndarray:
        if train:
            given.append(x.copy())
        return forward(x, train)

    monkeypatch.setattr(trainer.network, "forward", watched)
    for _ in trainer.advance(UPDATES, every=1):
        assert np.array_equal(inputs[trainer.last_batch], given[-1])
    assert len(given) == UPDATES


@ALL
def test_it_is_the_same_after_going_back(experiment: Experiment) -> None:
    trainer = Trainer(experiment, history_bytes=1)  # frames are trained again rather than kept
    found = batches(trainer)
    for index in range(UPDATES, 0, -1):
        trainer.restore(trainer.history[index])
        assert trainer.last_batch.tolist() == found[index - 1]
    trainer.restore(trainer.history[0])
    assert batches(trainer) == found


def test_an_epoch_uses_every_point_once() -> None:
    trainer = Trainer(KINDS["shuffled"])
    epoch = batches(trainer)[: trainer.updates_per_epoch]
    assert sorted(row for batch in epoch for row in batch) == list(range(len(trainer.train_data)))
