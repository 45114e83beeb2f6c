"""How runs end: the stop rules, the bounds, and divergence."""

import re

import numpy as np
import pytest

from playground.training import Experiment, ExperimentError, HiddenLayer, Trainer
from playground.training import trainer as trainer_module
from playground.training.objectives.supervised import lower_rate
from playground.training.sections import Stopping
from playground.training.settings import settings_of
from tests.training.common import SMALL, changed

WILD = changed(
    Experiment(),
    data__dataset="reg-plane",
    optimizer__name="sgd",
    optimizer__lr=3.0,
    network__layers=(HiddenLayer(8, "linear"),) * 2,
)


def test_max_epochs_ends_the_run_exactly_there():
    trainer = Trainer(changed(SMALL, stopping__max_epochs=7))
    assert [frame.epoch for frame in trainer.advance(100, every=3)] == [3, 6, 7]
    assert trainer.stopped.kind == "max_epochs"
    assert trainer.stopped.reason == "The run has reached epoch 7, as asked."
    assert trainer.stopped.frame == trainer.frame
    assert list(trainer.advance(10)) == []
    trainer.restore(trainer.frame)
    assert trainer.train(epochs=1).epoch == 7
    trainer.update_settings(trainer.experiment.replace("stopping.max_epochs", 9))
    assert trainer.train(epochs=5).epoch == 9


@pytest.mark.parametrize(("rule", "value"), [("target_loss", 0.3), ("target_accuracy", 0.9)])
def test_targets_end_the_run_at_the_first_frame_that_meets_them(rule, value):
    plain = Trainer(Experiment())
    plain.train(epochs=40)
    test = plain.history.values(rule.replace("target", "test"))
    expected = int(np.argmax(test <= value if rule == "target_loss" else test >= value))
    trainer = Trainer(changed(Experiment(), **{f"stopping__{rule}": value}))
    assert trainer.train(epochs=40) == plain.history[expected]
    assert trainer.stopped.kind == rule
    assert trainer.stopped.reason.endswith(".")


def overfitting(**stopping):
    """A run whose test loss soon rises."""
    experiment = changed(Experiment(), data__dataset="random_labels", data__n=60, optimizer__lr=0.03)
    return Trainer(changed(experiment, **{f"stopping__{name}": value for name, value in stopping.items()}))


def test_early_stopping_goes_back_to_the_best_frame():
    plain = overfitting()
    plain.train(epochs=60)
    losses = plain.history.values("test_loss")
    trainer = overfitting(patience=10)
    best = trainer.train(epochs=60)
    assert trainer.stopped.kind == "early_stopping"
    assert trainer.stopped.frame == best == trainer.frame
    assert len(trainer.history) == best.index + 10 + 1
    assert best.metrics["test_loss"] == losses[: len(trainer.history)].min()
    measured = trainer.network.forward(trainer.task.features(trainer.test_data.x))
    value = trainer.task.loss(measured, trainer.task.targets(trainer.test_data.y))[0]
    assert value == best.metrics["test_loss"]
    trainer.update_settings(trainer.experiment.replace("stopping.patience", 0))
    assert trainer.train(epochs=60).epoch == best.epoch + 60


def test_early_stopping_yields_the_last_frame_first():
    trainer = overfitting(patience=5)
    last = list(trainer.advance(1000))[-1]
    assert last.index == trainer.frame.index + 5
    assert trainer.restore(last) == last
    assert trainer.stopped is None


def test_patience_after_going_back_counts_only_the_frames_that_remain():
    trainer = overfitting(patience=5)
    best = trainer.train(epochs=60)
    trainer.restore(trainer.history[0])
    assert trainer.train(epochs=60) == best


def test_a_plateau_ends_the_run():
    trainer = Trainer(changed(SMALL, optimizer__name="sgd", optimizer__lr=1e-5, stopping__plateau=6))
    frame = trainer.train(epochs=50)
    assert trainer.stopped.kind == "plateau"
    assert frame.epoch == 6
    learning = Trainer(changed(Experiment(), stopping__plateau=6))
    assert learning.train(epochs=20).epoch == 20


def test_too_many_frames_end_the_run(monkeypatch):
    monkeypatch.setattr(trainer_module, "MAX_FRAMES", 5)
    trainer = Trainer(SMALL)
    assert trainer.train(epochs=10).index == 4
    assert trainer.stopped.kind == "max_frames"
    assert "5 frames" in trainer.stopped.reason
    trainer.restore(trainer.history[2])
    assert trainer.train(epochs=10).index == 4


def test_stop_rules_are_off_by_default():
    assert all(setting.default == 0 for setting in settings_of(Stopping).values())


@pytest.mark.parametrize("every", [1, 8, 1000])
def test_a_diverging_run_stops_at_its_last_finite_frame(every):
    trainer = Trainer(WILD)
    frames = [trainer.frame, *trainer.advance(5000, every=every)]
    assert trainer.stopped.kind == "diverged"
    assert trainer.stopped.frame == trainer.frame == frames[-1] == trainer.history[-1]
    assert np.isfinite(trainer.network.params).all()
    assert np.isfinite(list(frames[-1].metrics.values())).all()
    assert list(trainer.advance(5000)) == []
    trainer.restore(frames[0])
    assert list(trainer.advance(5000, every=every)) == frames[1:]


def test_the_reason_names_update_layer_and_remedy():
    reasons = set()
    for every in (1, 8, 1000):
        trainer = Trainer(WILD)
        trainer.train(updates=0)
        list(trainer.advance(5000, every=every))
        reasons.add(trainer.stopped.reason.split(", grown")[0])
    assert len(reasons) == 1, "how often frames are drawn must not change the diagnosis"
    assert "in update " in trainer.stopped.reason
    assert "layer" in trainer.stopped.reason
    assert "Try a learning rate of 0.03 instead of 3 or clipping" in trainer.stopped.reason


def test_the_rate_to_try_counts_what_momentum_makes_of_it():
    """Of a rate that is far too high a tenth would be so, too."""
    rates = {}
    for name, lr in (("sgd", 0.5), ("sgd", 3.0), ("momentum", 0.1), ("momentum", 0.5), ("adam", 1.0)):
        experiment = Experiment().replace("optimizer.name", name).replace("optimizer.lr", lr)
        rates[name, lr] = lower_rate(experiment)
    assert rates == {
        ("sgd", 0.5): 0.05,
        ("sgd", 3.0): 0.03,
        ("momentum", 0.1): 0.01,
        ("momentum", 0.5): 0.005,  # as it keeps 0.9 of a step, ten times as far as it says
        ("adam", 1.0): 0.1,
    }


def test_lowering_the_rate_saves_a_diverged_run():
    trainer = Trainer(WILD)
    trainer.train(epochs=50)
    trainer.restore(trainer.history[0])
    trainer.update_settings(WILD.replace("optimizer.lr", 0.01))
    first = trainer.frame
    last = trainer.train(epochs=20)
    assert trainer.stopped is None
    assert last.metrics["test_loss"] < 0.1 * first.metrics["test_loss"]


def test_an_overshooting_pull_is_told_from_a_high_rate():
    trainer = Trainer(changed(SMALL, optimizer__name="sgd", optimizer__lr=1.0, regularization__l2=10.0))
    trainer.train(epochs=500)
    assert trainer.stopped.reason.endswith(
        "The pull of L2 or weight decay overshoots: try a strength below 1."
    )


STRONG_PULL = {"optimizer__lr": 0.3, "optimizer__name": "sgd"}


@pytest.mark.parametrize(
    ("settings", "grown"),
    [
        (STRONG_PULL | {"regularization__l2": 10.0}, "weights"),
        (STRONG_PULL | {"regularization__weight_decay": 10.0}, "weights"),
        (STRONG_PULL | {"regularization__weight_decay": 10.0, "optimizer__name": "adam"}, "weights"),
        ({"data__dataset": "reg-plane", "optimizer__name": "sgd", "optimizer__lr": 3.0}, "gradient"),
    ],
)
def test_what_blew_up_first_has_grown_as_is_said(settings, grown):
    """Held against a second run that stops one update before."""
    trainer = Trainer(changed(Experiment(), **settings))
    trainer.train(epochs=100)
    growth = rf"the {grown} of (.+) blew up first, grown from (?:a length of )?(\S+) to (\S+)\. "
    told = re.search(rf"in update (\d+) .*: {growth}", trainer.stopped.reason)
    update, layer, start, end = int(told[1]), told[2], float(told[3]), float(told[4])
    again = Trainer(trainer.experiment)
    again.train(updates=update - 2)
    norms = again.train(updates=1)
    name = "weight_norms" if grown == "weights" else "gradient_norms"
    begun, reached = np.array(getattr(again.history[0], name)), np.array(getattr(norms, name))
    place = len(begun) - 1 if layer == "the output layer" else int(layer.removeprefix("hidden layer ")) - 1
    assert start == pytest.approx(begun[place], rel=0.05)
    assert end >= 0.95 * reached[place] > 1e100
    assert end < 1e155, "the last one whose square was a number"


def test_zero_weights_diverge_with_a_reason_too():
    experiment = changed(WILD, network__initializer="zeros", optimizer__lr=10.0, features__standardize=False)
    trainer = Trainer(experiment)
    trainer.train(epochs=500)
    assert trainer.stopped.kind == "diverged"
    assert "standardised inputs" in trainer.stopped.reason


def test_a_network_that_is_not_finite_to_begin_with_is_refused(monkeypatch):
    monkeypatch.setattr(trainer_module, "_is_finite", lambda frame: False)
    with pytest.raises(ExperimentError, match=r"network\.initializer cannot be 'xavier_uniform' here"):
        Trainer(SMALL)
