"""Editing a parameter by hand: the frame is measured anew, and what follows can be replayed bit for bit."""

import numpy as np
import pytest

from playground.limits import MAX_PARAMETER
from playground.nn import OPTIMIZERS
from playground.training import Edit, Experiment, ExperimentError, LoadedParameters, Trainer
from tests.training.common import SMALL, changed
from tests.training.test_restore import EVERYTHING, PLAIN, assert_same, record

WEIGHT = Edit(0, "weight", 1, 2, 1.5)
BIAS = Edit(1, "bias", 0, 1, -0.25)
TF = Experiment.from_tf_playground(
    "https://playground.tensorflow.org/#regularization=L1&regularizationRate=0.3&networkShape=4,2&seed=0.5"
)


def value(trainer: Trainer, edit: Edit) -> float:
    layer = trainer.network.weight_layers[edit.layer]
    return float(layer.W[edit.i, edit.j] if edit.parameter == "weight" else layer.b[edit.j])


@pytest.mark.parametrize("edit", [WEIGHT, BIAS])
def test_one_parameter_changes_and_the_frame_is_measured_anew(edit):
    trainer = Trainer(PLAIN)
    trainer.train(epochs=3)
    before, params = trainer.frame, trainer.network.params.copy()
    frame = trainer.edit(edit)
    assert value(trainer, edit) == edit.value
    assert np.count_nonzero(trainer.network.params != params) == 1
    assert trainer.network.params[edit.place(trainer.network)] == edit.value
    assert frame == trainer.frame == trainer.history[-1]
    assert (frame.index, frame.update) == (before.index, before.update)
    assert frame.metrics["train_loss"] != before.metrics["train_loss"]
    assert frame.weight_norms[edit.layer] != before.weight_norms[edit.layer]
    assert frame.gradient_norms == before.gradient_norms
    assert frame.update_ratios == before.update_ratios


def test_before_training_the_gradients_are_those_of_the_edited_network():
    trainer = Trainer(PLAIN)
    before = trainer.frame
    frame = trainer.edit(WEIGHT)
    assert frame.gradient_norms != before.gradient_norms
    assert frame.index == 0


def test_later_frames_are_dropped():
    trainer = Trainer(PLAIN)
    trainer.train(epochs=6)
    trainer.restore(trainer.history[2])
    trainer.edit(WEIGHT)
    assert len(trainer.history) == 3
    trainer.train(epochs=1)
    assert value(trainer, WEIGHT) != WEIGHT.value
    assert abs(value(trainer, WEIGHT) - WEIGHT.value) < 0.5


@pytest.mark.parametrize("budget", [2**25, 1], ids=["all snapshots", "two snapshots"])
@pytest.mark.parametrize("name", [*OPTIMIZERS, "everything", "tf_playground"])
def test_restore_and_replay_are_identical(name, budget):
    special = {"everything": EVERYTHING, "tf_playground": TF}
    trainer = Trainer(special.get(name) or PLAIN.replace("optimizer.name", name), history_bytes=budget)
    first = record(trainer, 5, 2)
    trainer.edit(WEIGHT)
    trainer.edit(BIAS)
    edited = (trainer.frame, trainer.network.params.copy(), trainer.network.state.copy())
    rest = record(trainer, 9, 2)
    trainer.edit(Edit(0, "weight", 0, 0, 0.5))
    last = (trainer.frame, trainer.network.params.copy(), trainer.network.state.copy())
    for frame, params, state in (edited, rest[1], first[0], last, edited):
        assert trainer.restore(frame) == frame
        np.testing.assert_array_equal(trainer.network.params, params)
        np.testing.assert_array_equal(trainer.network.state, state)
    assert_same(record(trainer, 9, 2), rest)


def test_edits_and_live_settings_at_one_frame_are_replayed():
    trainer = Trainer(PLAIN, history_bytes=1)
    trainer.train(updates=6)
    trainer.update_settings(PLAIN.replace("optimizer.lr", 0.5))
    trainer.edit(WEIGHT)
    trainer.update_settings(PLAIN.replace("optimizer.lr", 0.05))
    frame, rest = trainer.frame, record(trainer, 12, 3)
    trainer.restore(trainer.history[0])
    trainer.restore(frame)
    assert trainer.experiment.optimizer.lr == 0.05
    assert value(trainer, WEIGHT) == WEIGHT.value
    assert_same(record(trainer, 12, 3), rest)


def test_the_optimizer_keeps_what_it_remembers():
    trainer = Trainer(PLAIN.replace("optimizer.name", "adam"))
    trainer.train(epochs=2)
    slots = {name: slot.copy() for name, slot in trainer.optimizer.slots.items()}
    trainer.edit(WEIGHT)
    for name, slot in trainer.optimizer.slots.items():
        np.testing.assert_array_equal(slot, slots[name])


def test_a_weight_that_tensorflow_playgrounds_l1_switched_off_learns_again():
    trainer = Trainer(TF)
    trainer.train(epochs=40)
    layers = trainer.network.weight_layers
    layer, (i, j) = next(
        (k, np.argwhere(each.W == 0.0)[0]) for k, each in enumerate(layers) if not each.W.all()
    )
    edit = Edit(layer, "weight", int(i), int(j), 2.0)
    trainer.edit(edit)
    trainer.train(updates=1)
    assert value(trainer, edit) not in (0.0, 2.0)


def test_an_edit_lifts_a_stop():
    trainer = Trainer(changed(SMALL, stopping__target_accuracy=0.01))
    trainer.train(epochs=1)
    assert trainer.stopped
    trainer.edit(WEIGHT)
    assert trainer.stopped is None


BAD = {
    "layer": [-1, 9, 1.0, True, None, "0", [], 10**30],
    "parameter": ["gain", None, 1, [], "W"],
    "i": [-1, 2, 0.0, None, True],
    "j": [-1, 8, "1", None, {}],
    "value": ["1", None, True, np.nan, np.inf, -np.inf, MAX_PARAMETER * 1.01, 10**400, []],
}


@pytest.mark.parametrize(("name", "bad"), [(name, bad) for name in BAD for bad in BAD[name]])
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(name, bad):
    trainer = Trainer(PLAIN)
    trainer.train(epochs=2)
    trainer.restore(trainer.history[1])
    params, frames = trainer.network.params.copy(), list(trainer.history)
    sent = {"layer": 0, "parameter": "weight", "i": 0, "j": 0, "value": 1.0, name: bad}
    with pytest.raises(ExperimentError, match=r"\.$") as refused:
        trainer.edit(Edit(**sent))
    assert len(str(refused.value)) < 200
    np.testing.assert_array_equal(trainer.network.params, params)
    assert list(trainer.history) == frames


def test_a_loss_that_is_not_finite_is_refused(monkeypatch):
    trainer = Trainer(PLAIN)
    trainer.train(epochs=2)
    trainer.restore(trainer.history[1])
    params, frames = trainer.network.params.copy(), list(trainer.history)
    monkeypatch.setattr("playground.training.trainer._is_finite", lambda frame: False)
    with pytest.raises(ExperimentError, match="the loss is not finite"):
        trainer.edit(WEIGHT)
    np.testing.assert_array_equal(trainer.network.params, params)
    assert list(trainer.history) == frames


def test_loaded_parameters_take_the_place_of_all_and_survive_a_replay():
    source = Trainer(SMALL)
    source.train(epochs=3)
    loaded = LoadedParameters(source.network.params.copy(), source.network.state.copy())
    trainer = Trainer(SMALL)
    frame = trainer.edit(loaded)
    assert frame.metrics == source.frame.metrics
    later = trainer.train(epochs=2)
    params = trainer.network.params.copy()
    trainer.restore(trainer.history[0])
    assert np.array_equal(trainer.network.params, source.network.params)
    assert trainer.train(epochs=2) == later
    assert np.array_equal(trainer.network.params, params)


@pytest.mark.parametrize("size", [None, 3])
def test_loaded_parameters_that_do_not_fit_are_refused(size):
    trainer = Trainer(SMALL)
    before = trainer.network.params.copy()
    params = np.zeros(size) if size else np.full(before.size, np.nan)
    with pytest.raises(ExperimentError, match=r"fit a network|not finite"):
        trainer.edit(LoadedParameters(params, np.zeros(0)))
    assert np.array_equal(trainer.network.params, before)
