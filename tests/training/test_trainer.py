"""The trainer: frames, what they measure, each kind of regularisation, and changes in mid-run."""

import numpy as np
import pytest

from playground.nn import LOSSES
from playground.training import Experiment, ExperimentError, HiddenLayer, Trainer
from tests.training.common import SMALL, changed

FULL = changed(SMALL, batch_size=5000, shuffle=False, optimizer__name="sgd", optimizer__lr=0.5)


def test_frame_0_exists_at_once():
    trainer = Trainer(Experiment())
    frame = trainer.frame
    assert (frame.index, frame.epoch, frame.update) == (0, 0, 0)
    assert list(trainer.history) == [frame]
    assert len(frame.gradient_norms) == len(frame.weight_norms) == len(frame.update_ratios) == 3
    assert min(frame.gradient_norms) > 0.0
    assert frame.update_ratios == (0.0, 0.0, 0.0)
    assert frame.learning_rate == 0.01
    assert trainer.stopped is None


def test_epochs_and_updates():
    trainer = Trainer(changed(Experiment(), data__n=100, batch_size=16))
    assert trainer.updates_per_epoch == 4
    frame = trainer.train(epochs=3)
    assert (frame.index, frame.epoch, frame.update) == (3, 3, 12)
    frame = trainer.train(updates=2)
    assert (frame.index, frame.epoch, frame.update) == (4, 3, 14)
    assert [f.update for f in trainer.advance(7, every=3)] == [15, 18, 21]
    assert [f.update for f in trainer.advance(4)] == [24, 25]
    assert trainer.frame == trainer.history[-1]
    for wrong in ({}, {"epochs": 1, "updates": 1}):
        with pytest.raises(ValueError, match="exactly one"):
            trainer.train(**wrong)


def test_the_last_batch_of_an_epoch_is_smaller_and_every_point_is_seen_once():
    trainer = Trainer(changed(SMALL, batch_size=8))
    seen, loss = [], trainer.objective._loss
    trainer.objective._loss = lambda outputs, targets: (seen.append(len(targets)), loss(outputs, targets))[1]
    trainer.train(epochs=1)
    assert seen == [8, 8, 8, 6]
    assert Trainer(changed(SMALL, batch_size=5000)).updates_per_epoch == 1


def test_same_experiment_same_frames_bit_for_bit():
    runs = [
        Trainer(changed(SMALL, network__layers=(HiddenLayer(8, "relu", "batch_norm", 0.2),)))
        for _ in range(2)
    ]
    for run in runs:
        run.train(epochs=5)
    assert list(runs[0].history) == list(runs[1].history)
    np.testing.assert_array_equal(runs[0].network.params, runs[1].network.params)


def test_how_often_frames_are_drawn_changes_nothing():
    runs = [Trainer(SMALL) for _ in range(3)]
    for run, every in zip(runs, (1, 3, 8), strict=True):
        frames = list(run.advance(16, every=every))
        run.network.forward(run.task.features(run.test_data.x))
        assert frames[-1].metrics == run.frame.metrics
    np.testing.assert_array_equal(runs[0].network.params, runs[1].network.params)
    np.testing.assert_array_equal(runs[0].network.params, runs[2].network.params)


def test_gradient_norms_by_hand():
    trainer = Trainer(FULL)
    inputs, targets = trainer.task.features(trainer.train_data.x), trainer.task.targets(trainer.train_data.y)

    def norms():
        network = trainer.network
        network.backward(LOSSES["bce"](network.forward(inputs), targets)[1])
        return np.array([np.linalg.norm(network.grads[part]) for part in network.weight_slices])

    first = norms()
    np.testing.assert_allclose(trainer.frame.gradient_norms, first)
    before = trainer.network.params.copy()
    frame = trainer.train(updates=1)
    np.testing.assert_allclose(frame.gradient_norms, first)
    parts = trainer.network.weight_slices
    moved = [np.linalg.norm(trainer.network.params[part] - before[part]) for part in parts]
    weights = [np.linalg.norm(trainer.network.params[part]) for part in parts]
    np.testing.assert_allclose(frame.weight_norms, weights)
    np.testing.assert_allclose(frame.update_ratios, np.divide(moved, weights))
    np.testing.assert_allclose(moved, 0.5 * first)
    second = norms()
    (frame,) = trainer.advance(2, every=3)
    squares = np.square(second), np.square(trainer_norms_of_second_update(trainer))
    np.testing.assert_allclose(frame.gradient_norms, np.sqrt(np.mean(squares, axis=0)))


def trainer_norms_of_second_update(trainer):
    """The gradient norms of the last update alone, from a run that draws every update."""
    other = Trainer(trainer.experiment)
    return list(other.advance(3, every=1))[-1].gradient_norms


@pytest.mark.parametrize("penalty", ["l2", "l1", "weight_decay", "clip_norm", "clip_value"])
def test_a_gradient_is_that_of_the_loss_without_what_penalties_add_and_clips_take(penalty):
    plain = Trainer(FULL)
    pulled = Trainer(changed(FULL, **{f"regularization__{penalty}": 0.01}))
    assert pulled.frame.gradient_norms == plain.frame.gradient_norms
    assert pulled.train(updates=1).gradient_norms == plain.train(updates=1).gradient_norms
    assert (pulled.network.params != plain.network.params).any(), "the penalty is in force"


def test_the_pull_of_l2_does_not_hide_a_gradient_that_vanishes():
    deep = (HiddenLayer(8, "sigmoid"),) * 6
    experiment = changed(Experiment(), network__layers=deep, regularization__l2=0.01)
    trainer = Trainer(experiment)
    bare = Trainer(changed(experiment, regularization__l2=0.0))
    assert trainer.frame.gradient_norms == bare.frame.gradient_norms
    assert trainer.train(epochs=5).gradient_norms[0] < 1e-3


def test_measuring_frame_0_disturbs_nothing():
    experiment = changed(SMALL, network__layers=(HiddenLayer(8, "relu", "batch_norm", 0.5),))
    trainer = Trainer(experiment)
    np.testing.assert_array_equal(trainer.network.layers[1].running_mean, 0.0)
    np.testing.assert_array_equal(trainer.network.layers[1].running_var, 1.0)
    draws = trainer.network.rng.random(3)
    trainer.network.initialize()
    np.testing.assert_array_equal(draws, Trainer(experiment).network.rng.random(3))


def one_update(experiment):
    """Parameters before and after one full-batch update, and the weight mask."""
    trainer = Trainer(experiment)
    before = trainer.network.params.copy()
    trainer.train(updates=1)
    return before, trainer.network.params, trainer.network.decay_mask


def test_penalties_and_decay_by_hand():
    before, plain, mask = one_update(FULL)
    for kind, pull in (
        ("l1", 0.5 * 0.1 * np.sign(before)),
        ("l2", 0.5 * 0.1 * before),
        ("weight_decay", 0.5 * 0.1 * before),
    ):
        _, after, _ = one_update(changed(FULL, **{f"regularization__{kind}": 0.1}))
        np.testing.assert_allclose(after, plain - pull * mask, atol=1e-15)


def test_clipping_bounds_the_step():
    before, after, _ = one_update(changed(FULL, regularization__clip_norm=0.01))
    assert np.linalg.norm(after - before) == pytest.approx(0.5 * 0.01)
    before, after, _ = one_update(changed(FULL, regularization__clip_value=0.001))
    assert np.abs(after - before).max() == pytest.approx(0.5 * 0.001)
    norms = [
        Trainer(e).train(updates=1).gradient_norms
        for e in (FULL, changed(FULL, regularization__clip_norm=0.01))
    ]
    assert norms[0] == norms[1]  # measured before clipping


def test_max_norm_bounds_every_unit():
    trainer = Trainer(changed(SMALL, regularization__max_norm=0.5, optimizer__lr=0.1))
    trainer.train(epochs=5)
    for layer in trainer.network.weight_layers:
        assert np.linalg.norm(layer.W, axis=0).max() <= 0.5 + 1e-12


def test_input_noise_and_smoothing_change_training_but_not_the_measure():
    plain = Trainer(SMALL)
    for path, value in (("regularization.input_noise", 0.5), ("loss.label_smoothing", 0.2)):
        trainer = Trainer(SMALL.replace(path, value))
        assert trainer.frame.metrics == plain.frame.metrics
        trainer.train(epochs=1)
        assert trainer.frame.metrics != plain.history[0].metrics
        assert not np.array_equal(trainer.network.params, Trainer(SMALL).network.params)


def test_a_fixed_order_is_the_same_every_epoch():
    trainer = Trainer(changed(SMALL, shuffle=False, batch_size=4))
    trainer.train(epochs=2)
    np.testing.assert_array_equal(
        trainer.objective._epoch_inputs, trainer.task.features(trainer.train_data.x)
    )


def test_the_schedule_sets_the_rate():
    trainer = Trainer(changed(SMALL, schedule__name="step", schedule__options__period=2, batch_size=30))
    trainer.train(epochs=5)
    rates = trainer.history.values("learning_rate")
    np.testing.assert_allclose(rates, 0.01 * np.array([1, 1, 1, 0.5, 0.5, 0.25]))


def test_reduce_on_plateau_listens():
    experiment = changed(
        FULL, schedule__name="reduce_on_plateau", schedule__options__patience=0, optimizer__lr=1e-5
    )
    trainer = Trainer(changed(experiment, schedule__options__threshold=0.5))
    trainer.train(epochs=3)
    np.testing.assert_allclose(trainer.history.values("learning_rate"), [1e-5, 1e-5, 1e-5, 1e-6])


LIVE = {
    "optimizer.lr": 0.1,
    "schedule.name": "cosine",
    "loss.label_smoothing": 0.1,
    "network.layers.0.dropout": 0.5,
    "regularization.l1": 0.01,
    "regularization.l2": 0.01,
    "regularization.weight_decay": 0.1,
    "regularization.max_norm": 1.0,
    "regularization.clip_norm": 0.01,
    "regularization.clip_value": 0.001,
    "regularization.input_noise": 0.3,
}
FIXED = {
    "seed": 1,
    "batch_size": 10,
    "shuffle": False,
    "data.noise": 0.1,
    "features.inputs": ("x",),
    "network.layers": (),
    "network.layers.0.units": 4,
    "network.residual": True,
    "loss.name": "bce",
    "optimizer.name": "sgd",
    "optimizer.options.beta1": 0.5,
    "rules.name": "tf_playground",
    "rules.seed": "0.59704",
}


@pytest.mark.parametrize("path", LIVE)
def test_live_settings_change_the_run_in_flight(path):
    plain, trainer = Trainer(SMALL), Trainer(SMALL)
    for run in (plain, trainer):
        run.train(epochs=2)
    experiment = SMALL.replace(path, LIVE[path])
    trainer.update_settings(experiment)
    assert trainer.experiment == experiment
    np.testing.assert_array_equal(plain.network.params, trainer.network.params)
    for run in (plain, trainer):
        run.train(epochs=2)
    assert not np.array_equal(plain.network.params, trainer.network.params)
    assert trainer.history[2] == plain.history[2]


@pytest.mark.parametrize("path", FIXED)
def test_everything_else_is_refused(path):
    trainer = Trainer(SMALL)
    with pytest.raises(ExperimentError, match="cannot change while a run is under way"):
        trainer.update_settings(SMALL.replace(path, FIXED[path]))
    assert trainer.experiment == SMALL


def test_every_live_field_is_tried():
    live = {path for path, setting in SMALL.fields().items() if setting.live}
    tried = {path.replace("layers.0", "layers.1") for path in LIVE} | set(LIVE)
    assert {path for path in live - tried if not path.startswith("stopping.")} == {"schedule.options"}


def test_a_run_whose_squared_gradients_overflow_stops_without_a_warning():
    experiment = changed(
        Experiment(),
        network__layers=(HiddenLayer(64, "relu"),) * 8,
        network__initializer="normal",
        optimizer__name="sgd",
        seed=2,
    )
    trainer = Trainer(experiment)
    trainer.train(epochs=3)
    assert trainer.stopped.kind == "diverged"


def test_settings_that_are_put_back_where_they_changed_hold_from_there_on():
    plain, trainer = Trainer(SMALL), Trainer(SMALL)
    plain.train(epochs=6)
    trainer.train(epochs=2)
    trainer.update_settings(SMALL.replace("optimizer.lr", 0.5))
    trainer.train(epochs=4)
    trainer.restore(trainer.history[1])
    trainer.update_settings(SMALL)
    assert len(trainer.history) == 2
    trainer.train(epochs=5)
    assert list(trainer.history) == list(plain.history)
