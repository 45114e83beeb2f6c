"""Dropout's masks of the last update: those that were really drawn, also after going back."""

import numpy as np
import pytest

from playground.nn import Dropout
from playground.probes.dropout_masks import last_masks, shown_masks
from playground.training import Experiment, HiddenLayer, Trainer

LAYERS = (HiddenLayer(5, dropout=0.3), HiddenLayer(4), HiddenLayer(6, dropout=0.6))
UPDATES = 13


def dropping(layers=LAYERS, **sections) -> Experiment:
    base = Experiment().replace("data.n", 60).replace("batch_size", 8).replace("network.layers", layers)
    for path, value in sections.items():
        base = base.replace(path.replace("__", "."), value)
    return base


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    """The masks as the layers make them, True where something passes."""
    masks, keep = [], Dropout._keep

    def watched(self, train: bool, cache: tuple) -> None:
        if train and cache[0] is not None:
            masks.append(cache[0] > 0.0)
        keep(self, train, cache)

    monkeypatch.setattr(Dropout, "_keep", watched)
    return masks


@pytest.mark.parametrize(
    "experiment",
    [dropping(), dropping(regularization__input_noise=0.1), dropping(network__residual=True)],
    ids=["plain", "with input noise", "residual"],
)
def test_they_are_what_the_layers_drew(experiment: Experiment, drawn: list[np.ndarray]) -> None:
    trainer = Trainer(experiment)
    drawn.clear()  # frame 0 tries the network out
    assert [mask.shape for mask in last_masks(trainer)] == [(0, 5), (0, 4), (0, 6)]
    for _ in trainer.advance(UPDATES, every=1):
        first, second, third = last_masks(trainer)
        np.testing.assert_array_equal(first, drawn[-2])
        np.testing.assert_array_equal(third, drawn[-1])
        assert second.all()
        assert len(first) == len(second) == len(trainer.last_batch)


def test_looking_disturbs_nothing_and_going_back_shows_the_same() -> None:
    watched, alone = (Trainer(dropping(), history_bytes=1) for _ in range(2))
    seen = [last_masks(watched) for _ in watched.advance(UPDATES, every=1)]
    alone.train(updates=UPDATES)
    assert (watched.network.params == alone.network.params).all()
    for index in (UPDATES, 7, 1):
        watched.restore(watched.history[index])
        for found, before in zip(last_masks(watched), seen[index - 1], strict=True):
            np.testing.assert_array_equal(found, before)


def test_after_a_change_of_the_rate_they_are_still_those_of_the_update() -> None:
    trainer = Trainer(dropping())
    trainer.train(updates=5)
    before = last_masks(trainer)
    trainer.update_settings(trainer.experiment.replace("network.layers.1.dropout", 0.5))
    for found, was in zip(last_masks(trainer), before, strict=True):
        np.testing.assert_array_equal(found, was)
    trainer.train(updates=1)
    assert not last_masks(trainer)[1].all()


def test_the_share_that_is_off_is_the_rate() -> None:
    trainer = Trainer(dropping((HiddenLayer(64, dropout=0.3),), batch_size=60))
    off = []
    for _ in trainer.advance(30, every=1):
        off.append(1.0 - last_masks(trainer)[0].mean())
    assert np.mean(off) == pytest.approx(0.3, abs=0.01)  # 57,600 draws: a standard error of 0.002


def test_few_points_leave_rows_empty() -> None:
    trainer = Trainer(dropping(batch_size=8))  # 30 training points: the fourth batch has 6
    assert all(np.isnan(mask).all() for mask in shown_masks(trainer, 8))
    trainer.train(updates=4)
    shown = shown_masks(trainer, 8)
    assert [mask.shape for mask in shown] == [(8, 5), (8, 4), (8, 6)]
    for mask, values in zip(last_masks(trainer), shown, strict=True):
        np.testing.assert_array_equal(values[:6], mask)
        assert np.isnan(values[6:]).all()
