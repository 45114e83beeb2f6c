"""Going back: any frame of any run is restored bit for bit, also where its snapshot was dropped."""

import copy
import pickle

import numpy as np
import pytest

from playground.nn import OPTIMIZERS, SCHEDULES
from playground.training import Experiment, HiddenLayer, Trainer
from tests.training.common import SMALL, changed

EVERYTHING = changed(
    SMALL,
    data__dataset="rings",
    network__layers=(HiddenLayer(6, "relu", "batch_norm", 0.3), HiddenLayer(6, "tanh", "layer_norm", 0.1)),
    network__residual=True,
    regularization__input_noise=0.2,
    regularization__weight_decay=0.1,
    regularization__l1=0.001,
    regularization__clip_norm=1.0,
    regularization__max_norm=2.0,
    loss__label_smoothing=0.1,
    schedule__name="reduce_on_plateau",
    schedule__options__patience=1,
    batch_size=8,
)
PLAIN = changed(SMALL, batch_size=8)
RUNS = {
    **{name: PLAIN.replace("optimizer.name", name) for name in OPTIMIZERS},
    **{name: PLAIN.replace("schedule.name", name) for name in SCHEDULES},
    "dropout": PLAIN.replace("network.layers.0.dropout", 0.5),
    "batch_norm": PLAIN.replace("network.layers.0.normalization", "batch_norm"),
    "fixed order": PLAIN.replace("shuffle", False),
    "everything": EVERYTHING,
}


def record(trainer, updates, every):
    """Train on; (frame, params, state) of each frame drawn."""
    return [
        (frame, trainer.network.params.copy(), trainer.network.state.copy())
        for frame in trainer.advance(updates, every=every)
    ]


def assert_same(one, other):
    assert [frame for frame, *_ in one] == [frame for frame, *_ in other]
    for (_, *mine), (_, *theirs) in zip(one, other, strict=True):
        for a, b in zip(mine, theirs, strict=True):
            np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("budget", [2**25, 1], ids=["all snapshots", "two snapshots"])
@pytest.mark.parametrize("every", [1, 3, 4])
@pytest.mark.parametrize("name", RUNS)
def test_restore_and_replay_are_identical(name, every, budget):
    trainer = Trainer(RUNS[name], history_bytes=budget)
    record(trainer, 5, every)
    start = trainer.frame
    rest = record(trainer, 14, every)
    trainer.restore(start)
    assert trainer.frame == start
    assert len(trainer.history) == start.index + 1 + len(rest)
    assert_same(record(trainer, 14, every), rest)


def test_every_frame_can_be_restored_in_any_order():
    trainer = Trainer(EVERYTHING, history_bytes=60_000)
    run = record(trainer, 40, 1)
    for index in np.random.default_rng(0).permutation(len(run)):
        frame, params, state = run[index]
        assert trainer.restore(frame) == frame
        np.testing.assert_array_equal(trainer.network.params, params)
        np.testing.assert_array_equal(trainer.network.state, state)


@pytest.mark.parametrize("budget", [2**25, 1], ids=["all snapshots", "two snapshots"])
def test_replay_makes_live_changes_where_they_were_made(budget):
    trainer = Trainer(EVERYTHING, history_bytes=budget)
    run, settings = [], []
    for lr, schedule, dropout in (
        (0.1, "cosine", 0.0),
        (0.02, "step", 0.5),
        (0.02, "reduce_on_plateau", 0.2),
    ):
        run += record(trainer, 6, 2)
        settings += [trainer.experiment] * 3
        new = trainer.experiment.replace("optimizer.lr", lr).replace("schedule.name", schedule)
        trainer.update_settings(new.replace("optimizer.lr", 1.0))
        trainer.update_settings(new.replace("network.layers.0.dropout", dropout))
        settings[-1] = trainer.experiment
    run += record(trainer, 6, 2)
    settings += [trainer.experiment] * 3
    for index in (11, 0, 5, 4, 2, 8, 6):
        frame, params, _ = run[index]
        trainer.restore(frame)
        np.testing.assert_array_equal(trainer.network.params, params)
        assert trainer.experiment == settings[index]
    trainer.restore(run[8][0])
    assert_same(record(trainer, 6, 2), run[9:])


def test_going_on_from_an_earlier_frame_replaces_the_later_ones():
    trainer = Trainer(SMALL)
    trainer.train(epochs=10)
    old = list(trainer.history)
    trainer.restore(old[4])
    assert list(trainer.history) == old
    trainer.update_settings(SMALL.replace("optimizer.lr", 0.1))
    assert list(trainer.history) == old[:5]
    trainer.train(epochs=2)
    assert len(trainer.history) == 7
    assert trainer.history[5] != old[5]
    trainer.restore(old[3])
    assert trainer.experiment == SMALL
    trainer.train(epochs=2)
    assert list(trainer.history) == old[:6]


def test_restoring_undoes_what_was_done_to_the_weights_by_hand():
    trainer = Trainer(SMALL)
    trainer.train(epochs=2)
    params = trainer.network.params.copy()
    trainer.network.params[:] = 0.0
    trainer.restore(trainer.frame)
    np.testing.assert_array_equal(trainer.network.params, params)


def test_frames_of_another_run_are_refused():
    trainer, other = Trainer(SMALL), Trainer(SMALL.replace("seed", 1))
    other.train(epochs=2)
    for frame in (other.history[0], other.history[2]):
        with pytest.raises(ValueError, match="is not part of this run's history"):
            trainer.restore(frame)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda trainer: pickle.loads(pickle.dumps(trainer))])
def test_a_copied_trainer_is_a_run_of_its_own(copied):
    trainer = Trainer(EVERYTHING)
    record(trainer, 5, 2)
    twin = copied(trainer)
    rest = record(trainer, 6, 2)
    assert twin.frame.update == 5
    assert_same(record(twin, 6, 2), rest)
    twin.restore(twin.history[1])
    assert trainer.frame == rest[-1][0]


def test_the_default_run_restores():
    trainer = Trainer(Experiment())
    trainer.train(epochs=5)
    params = trainer.network.params.copy()
    frame = trainer.frame
    last = trainer.train(epochs=5)
    trainer.restore(frame)
    np.testing.assert_array_equal(trainer.network.params, params)
    assert trainer.train(epochs=5) == last
