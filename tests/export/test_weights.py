"""A network as JSON: exact both ways, and one sentence for whatever a file should not hold."""

import json
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.export import Saved, from_json, to_json
from playground.limits import MAX_SAVED
from playground.training import Experiment, ExperimentError, HiddenLayer, Trainer
from tests.export.common import trained
from tests.properties import often
from tests.training.strategies import experiments

LAYERS = [HiddenLayer(3, "relu", "batch_norm"), HiddenLayer(3, "tanh", "layer_norm", 0.1)]
TRAINER = trained(data__n=10, data__noise=0.2, network__layers=LAYERS, network__residual=True)
TEXT = to_json(TRAINER)
TREE = json.loads(TEXT)


def sentence(text: object) -> str:
    """The error of a text that is refused."""
    with pytest.raises(ExperimentError) as caught:
        from_json(text)
    return str(caught.value)


def saved_or_sentence(text: str) -> Saved | str:
    try:
        return from_json(text)
    except ExperimentError as error:
        return str(error)


def is_sentence(text: str) -> bool:
    return text.endswith(".") and text.isprintable() and len(text) < 400


def edited(path: tuple, value: object) -> str:
    """The text with the value at a path of keys replaced; `...` takes it out."""
    tree = deepcopy(TREE)
    node = tree
    for key in path[:-1]:
        node = node[key]
    if value is ...:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return json.dumps(tree)


def places(node: object, path: tuple = ()) -> list[tuple]:
    """The paths of everything in the tree but the tree itself."""
    keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [found for key in keys for found in [(*path, key), *places(node[key], (*path, key))]]


PATHS = places(TREE)


def test_round_trip_is_exact():
    saved = from_json(TEXT)
    assert saved.experiment == TRAINER.experiment
    assert saved.params.tobytes() == TRAINER.network.params.tobytes()
    assert saved.state.tobytes() == TRAINER.network.state.tobytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(experiments())
def test_any_network_comes_back(experiment):
    trainer = Trainer(experiment.replace("data.n", 20))
    text = to_json(trainer)
    saved = from_json(text)
    assert saved.experiment == trainer.experiment
    assert saved.params.tobytes() == trainer.network.params.tobytes()
    assert saved.state.tobytes() == trainer.network.state.tobytes()


def test_the_largest_network_fits():
    layers = [HiddenLayer(64, "relu", "batch_norm")] * 10
    trainer = Trainer(Experiment().replace("data.n", 5000).replace("network.layers", layers))
    text = to_json(trainer)
    assert len(text) < MAX_SAVED
    assert from_json(text).params.tobytes() == trainer.network.params.tobytes()


def test_training_goes_on_from_the_weights():
    trainer = trained(epochs=30)
    saved = from_json(to_json(trainer))
    again = Trainer(saved.experiment)
    again.network.params[:], again.network.state[:] = saved.params, saved.state
    assert again.train(epochs=5).metrics["train_loss"] < trainer.history[25].metrics["train_loss"]


def test_a_file_can_be_read_by_others():
    assert [layer["kind"] for layer in TREE["layers"]] == [
        "dense",
        "batch_norm",
        "dense",
        "layer_norm",
        "dense",
    ]
    assert np.shape(TREE["layers"][0]["W"]) == (2, 3)
    assert TREE["epoch"] == 2
    rows = np.array(TREE["points"]["train"])
    np.testing.assert_array_equal(rows[:, :2], TRAINER.train_data.x)
    np.testing.assert_array_equal(rows[:, 2], TRAINER.train_data.y)


def test_epoch_and_points_may_be_left_out():
    tree = {name: part for name, part in TREE.items() if name not in ("epoch", "points")}
    assert from_json(json.dumps(tree)).params.tobytes() == TRAINER.network.params.tobytes()


def test_numbers_that_are_not_finite_are_not_written():
    trainer = trained()
    trainer.network.params[0] = np.nan
    with pytest.raises(ExperimentError, match=r"not finite, so go back a few frames\.$"):
        to_json(trainer)


BAD = {
    "": "The saved network cannot be read at line 1, column 1: export it anew.",
    "[]": "This is no saved network: choose a JSON file that was exported here.",
    "[" * 100_000: "The saved network cannot be read: export it anew.",
    "9" * 5000: "The saved network cannot be read: export it anew.",
    Experiment().to_json(): "This is no saved network: choose a JSON file that was exported here.",
    " " * (MAX_SAVED + 1): f"The saved network is too long: give at most {MAX_SAVED} characters.",
    TEXT.replace('"W"', '"b"'): "The JSON text names 'b' twice in one place: keep one of them.",
    TEXT[:-2]: f"The saved network cannot be read at line 1, column {len(TEXT) - 1}: export it anew.",
    edited(("version",), 2): "The file is of version 2, from a newer playground: update this one.",
    edited(("version",), 1.0): "version cannot be 1.0: only 1 is known here.",
    edited(("version",), True): "version cannot be True: only 1 is known here.",
    edited(("colour",), 1): "A saved network has no field 'colour': use format, version, ",
    edited(("layers",), ...): "The saved network lacks the field layers: export it anew.",
    edited(("experiment", "data", "n"), 7): "In the file's experiment, data.n cannot be 7: choose a whole ",
    edited(("layers",), []): "layers cannot be 0 layers: this experiment's network has 5.",
    edited(("layers",), "W"): "layers cannot be 'W': this experiment's network has 5.",
    edited(("layers", 1), 3): "The kind of layer 2 cannot be 3: here it is batch_norm.",
    edited(("layers", 0, "kind"), "conv"): "The kind of layer 1 cannot be 'conv': here it is dense.",
    edited(("layers", 0, "c"), []): "layer 1 has no 'c': use kind, W, b.",
    edited(("layers", 0, "b"), ...): "layer 1 lacks b: export the network anew.",
    edited(("layers", 0, "W"), [[1, 2, 3]]): "W of layer 1 cannot be a list of 1: give a list of 2.",
    edited(("layers", 0, "W", 1), {}): "W of layer 1 cannot be {}: give a list of 3.",
    edited(("layers", 0, "W", 1, 2), "1"): "W of layer 1 cannot hold '1': give finite numbers.",
    edited(("layers", 0, "b", 0), True): "b of layer 1 cannot hold True: give finite numbers.",
    edited(("layers", 0, "b", 0), float("nan")): "b of layer 1 cannot hold nan: give finite numbers.",
    edited(("layers", 0, "b", 0), 10**400): "b of layer 1 cannot hold 1000000000000000000000000000000000000",
    edited(
        ("layers", 1, "running_var", 0), -1
    ): "running_var of layer 2 cannot be -1: a variance is at least",
    edited(("epoch",), -1): "epoch cannot be -1: give a whole number of at least 0.",
    edited(("points",), []): "points cannot be []: give an object with train and test.",
    edited(("points", "train"), []): "points.train cannot be a list of 0: give a list of 5.",
    edited(
        ("points", "train", 2, 1), 0.0
    ): "Point 3 of points.train is not the one that the experiment has: ",
}


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_what_is_wrong_is_named(text):
    found = sentence(text)
    assert found.startswith(BAD[text])
    assert is_sentence(found)


def test_text_only():
    assert sentence(TEXT.encode()).endswith("give JSON text.")
    assert sentence(None) == "A saved network cannot be None: give JSON text."


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


@often(1200)
@given(st.sampled_from(PATHS), JSON | st.just(...))
def test_a_spoilt_file_is_read_or_refused_in_a_sentence(path, value):
    found = saved_or_sentence(edited(path, value))
    if isinstance(found, str):
        assert is_sentence(found)
    else:
        assert np.isfinite(found.params).all()
        assert np.isfinite(found.state).all()


@often(1500)
@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.text(max_size=5) | st.sampled_from('[]{},:"0-.e'))
def test_a_cut_or_mangled_file_is_read_or_refused_in_a_sentence(start, length, inserted):
    found = saved_or_sentence(TEXT[:start] + inserted + TEXT[start + length :])
    assert not isinstance(found, str) or is_sentence(found)


@often(500)
@given(st.text(max_size=40) | JSON.map(json.dumps))
def test_any_text_is_refused_in_a_sentence(text):
    assert is_sentence(sentence(text))
