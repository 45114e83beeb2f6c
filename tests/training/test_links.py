"""Links and JSON: exact both ways, short, strict, and never anything but ExperimentError."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.limits import MAX_JSON
from playground.training import PRESETS, Experiment, ExperimentError
from tests.properties import often
from tests.training.strategies import experiments

FIELDS = Experiment().fields()
KEYS = sorted(
    {setting.key for setting in FIELDS.values()} | {"v", "optimizer.beta1", "schedule.horizon", "x"}
)

BAD_LINKS = {
    "noise": ("0.7", "data.noise cannot be 0.7: choose a number from 0 to 0.5."),
    "n": ("5001", "data.n cannot be 5001: choose a whole number from 10 to 5000."),
    "batch": ("1.5", "batch_size cannot be '1.5': choose a whole number from 1 to 5000."),
    "lr": ("nan", "optimizer.lr cannot be 'nan': choose a number from 1e-05 to 10."),
    "l2": ("1e999", "regularization.l2 cannot be '1e999': choose a number from 0 to 10."),
    "shuffle": ("yes", "shuffle cannot be 'yes': choose true or false."),
    "dataset": ("moon", "data.dataset cannot be 'moon': choose one of circle, xor, gauss, "),
    "inputs": ("x~z", "features.inputs cannot be ('x', 'z'): choose at least one, each once, from x, y, "),
    "layers": ("8-tanh~65-relu", "In hidden layer 2, network.layers.units cannot be 65: "),
    "optimizer.beta9": ("1", "The link's key 'optimizer.beta9' is unknown: adam has optimizer.beta1, "),
    "colour": ("red", "The link's key 'colour' is unknown: remove it or correct its spelling."),
    "v": ("2", "The link is of version 2, from a newer playground: update this one (version 1)."),
}


def experiment_or_sentence(read, form):
    try:
        return read(form)
    except ExperimentError as error:
        return str(error)


def is_sentence(text):
    return text.endswith(".") and text.isprintable() and len(text) < 300


@often(400)
@given(experiments())
def test_round_trips_are_exact(experiment):
    query = experiment.to_query()
    assert all(isinstance(part, str) for pair in query.items() for part in pair)
    assert Experiment.from_query(query) == experiment
    assert Experiment.from_json(experiment.to_json()) == experiment
    assert pickle.loads(pickle.dumps(experiment)) == experiment
    assert ("v" in query) == bool(experiment.differences(Experiment()))


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_presets_round_trip(preset):
    assert Experiment.from_query(preset.experiment.to_query()) == preset.experiment


def test_the_default_is_an_empty_link():
    assert Experiment().to_query() == {}
    assert Experiment.from_query({}) == Experiment()
    assert Experiment.from_query({"v": "1"}) == Experiment()


def test_links_are_short_and_readable():
    query = {
        "v": "1",
        "dataset": "spiral",
        "noise": "0.1",
        "inputs": "x~y~sin_x",
        "layers": "8-tanh~8-relu-batch_norm-drop0.2~4-sin-drop1e-05",
        "optimizer.beta1": "0.8",
    }
    assert Experiment.from_query(query).to_query() == query
    none = Experiment().replace("network.layers", ())
    assert none.to_query() == {"v": "1", "layers": "none"}
    assert Experiment.from_query(none.to_query()) == none


@pytest.mark.parametrize(("key", "value", "message"), [(key, *bad) for key, bad in BAD_LINKS.items()])
def test_bad_links_get_one_sentence(key, value, message):
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_query({key: value})
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith(".")


def test_huge_values_are_cut_in_the_message():
    for act in (
        lambda: Experiment.from_query({"layers": "8-tanh~" * 100_000}),
        lambda: Experiment.from_query({"x" * 100_000: "1"}),
        lambda: Experiment.from_json(json.dumps({"version": 1, "batch_size": "9" * 50_000})),
        lambda: Experiment.from_json(json.dumps({"version": 1, "y" * 50_000: 1})),
        lambda: Experiment().replace("seed", 10**10_000),
    ):
        with pytest.raises(ExperimentError) as caught:
            act()
        assert len(str(caught.value)) < 300


@often(1000)
@given(
    st.dictionaries(
        st.sampled_from(KEYS) | st.text(max_size=8) | st.integers(),
        st.text(max_size=30)
        | st.sampled_from(
            ["1", "0.5", "true", "adam", "none", "8-tanh", "8-tanh-drop", "-1", "1e5", "x~y", "١"]
        )
        | st.none()
        | st.integers()
        | st.lists(st.text()),
        max_size=4,
    )
)
def test_any_link_gives_an_experiment_or_a_sentence(query):
    outcome = experiment_or_sentence(Experiment.from_query, query)
    if isinstance(outcome, str):
        assert is_sentence(outcome)
    else:
        assert Experiment.from_query(outcome.to_query()) == outcome


def tree_paths(tree, at=()):
    """Every place in a tree of dicts and lists."""
    yield at
    if isinstance(tree, dict | list):
        for key in tree if isinstance(tree, dict) else range(len(tree)):
            yield from tree_paths(tree[key], (*at, key))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


@often(1000)
@given(st.data())
def test_any_damage_to_the_json_gives_an_experiment_or_a_sentence(data):
    tree = json.loads(Experiment().replace("optimizer.options.beta1", 0.5).to_json())
    path = data.draw(st.sampled_from(list(tree_paths(tree))[1:]))
    node = tree
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = data.draw(PLAIN)
    outcome = experiment_or_sentence(Experiment.from_json, json.dumps(tree))
    if isinstance(outcome, str):
        assert is_sentence(outcome)
    else:
        assert Experiment.from_json(outcome.to_json()) == outcome


@often(500)
@given(st.text() | st.none() | st.binary() | PLAIN.map(json.dumps))
def test_any_text_as_json_gives_a_sentence(text):
    with pytest.raises(ExperimentError):
        Experiment.from_json(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "The JSON text cannot be read at line 1, column 2: export it anew."),
        ("[" * 90_000, "The JSON text cannot be read: export it anew."),
        (" " * (MAX_JSON + 1), "The JSON text is too long: give at most 100000 characters."),
        ("9" * 9_000, "The JSON text cannot be read: export it anew."),
        ("[1]", "The JSON text cannot be [1]: give an object with named fields."),
        ("{}", "The JSON text's version (v) cannot be None: only 1 is known here."),
        ('{"version": true}', "The JSON text's version (v) cannot be True: only 1 is known here."),
        (
            '{"version": 2}',
            "The JSON text is of version 2, from a newer playground: update this one (version 1).",
        ),
        (
            '{"version": 1, "data": {"noise": NaN}}',
            "data.noise cannot be nan: choose a number from 0 to 0.5.",
        ),
        ('{"version": 1, "data": {"m": 3}}', "data has no field 'm': use dataset, n, noise, "),
        ('{"version": 1, "shuffle": 1}', "shuffle cannot be 1: choose true or false."),
        (
            '{"version": 1, "network": {"layers": [{"units": true}]}}',
            "In hidden layer 1, network.layers.units",
        ),
        (
            '{"version": 1, "network": {"layers": [{"unit": 1}]}}',
            "In hidden layer 1, network.layers has no 'unit'",
        ),
        (
            '{"version": 1, "optimizer": {"options": {"rho": 1}}}',
            "optimizer.options cannot be 'rho': adam has",
        ),
        (
            '{"version": 1, "seed": 1, "data": {"n": 90}, "data": {"noise": 0.1}}',
            "The JSON text names 'data' twice in one place: keep one of them.",
        ),
        (
            '{"version": 1, "network": {"layers": [{"units": 3, "units": 4}]}}',
            "The JSON text names 'units' twice in one place: keep one of them.",
        ),
    ],
)
def test_bad_json_gets_one_sentence(text, message):
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_json(text)
    assert str(caught.value).startswith(message)


def test_json_holds_every_field_and_needs_none():
    tree = json.loads(Experiment().to_json())
    assert tree["version"] == 1
    assert tree["network"]["layers"][0] == {
        "units": 8,
        "activation": "tanh",
        "normalization": "none",
        "dropout": 0.0,
    }
    assert Experiment.from_json('{"version": 1}') == Experiment()
