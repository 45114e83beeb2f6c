"""The wiring: every edge that is drawn carries the weight between the two units it joins."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.datasets import OwnPoints
from playground.probes import wiring
from playground.training import Experiment, HiddenLayer, Trainer

SMALL = Experiment().replace("data.n", 20)


def trainer_of(*units: int, inputs: tuple[str, ...] = ("x", "y"), **settings: object) -> Trainer:
    experiment = SMALL.replace("network.layers", tuple(HiddenLayer(n) for n in units))
    experiment = experiment.replace("features.inputs", inputs)
    for path, value in settings.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    trainer = Trainer(experiment)
    trainer.train(updates=2)
    return trainer


def first_units(trainer: Trainer) -> list[int]:
    """The number of the first unit of each column, counting all columns' units."""
    sizes = [len(column.units) for column in wiring.columns(trainer)]
    return [sum(sizes[:k]) for k in range(len(sizes))]


TRAINERS = {
    "plain": trainer_of(5, 3),
    "no hidden layer": trainer_of(),
    "three inputs": trainer_of(4, inputs=("x", "xy", "radius")),
    "six classes": trainer_of(4, data__dataset="blobs", data__classes=6),
    "residual": trainer_of(2, 2, 4, 4, 3, network__residual=True),
    "normalized": trainer_of(3, 3, network__layers=(HiddenLayer(3, "relu", "batch_norm", 0.2),) * 2),
}


@pytest.mark.parametrize("name", TRAINERS)
def test_every_edge_index_points_at_the_weight_between_its_units(name: str) -> None:
    trainer = TRAINERS[name]
    columns, values = wiring.columns(trainer), wiring.weights(trainer)
    layers = trainer.network.weight_layers
    seen = []
    for part, layer in zip(wiring.edge_layers(trainer), layers, strict=True):
        assert len(columns[part.column].units) == part.inputs
        assert len(columns[part.column + 1].units) == part.outputs
        for i in range(part.inputs):
            for j in range(part.outputs):
                index = part.offset + i * part.outputs + j
                assert values[index] == layer.W[i, j]
                seen.append(index)
    assert seen == list(range(wiring.edge_count(trainer))) == list(range(values.size))


@pytest.mark.parametrize("name", TRAINERS)
def test_biases_follow_the_columns(name: str) -> None:
    trainer = TRAINERS[name]
    first = first_units(trainer)
    found = wiring.biases(trainer)
    assert found.size == sum(len(column.units) for column in wiring.columns(trainer)[1:])
    for column, layer in enumerate(trainer.network.weight_layers, start=1):
        start = first[column] - first[1]
        np.testing.assert_array_equal(found[start : start + layer.b.size], layer.b)


def test_columns_are_named() -> None:
    columns = wiring.columns(trainer_of(3, 2, inputs=("x_squared", "sin_y")))
    assert [column.label for column in columns] == ["Inputs", "Hidden 1", "Hidden 2", "Output"]
    assert columns[0].units == ("x²", "sin y")
    assert columns[1].units == ("", "", "")
    assert columns[1].note
    assert columns[-1].units == ("output",)
    many = wiring.columns(TRAINERS["six classes"])[-1]
    assert many.units == tuple(f"class {k}" for k in range(6))
    points = OwnPoints([(0, 0), (1, 1), (2, 0.5)] * 5, [0, 1, 2] * 5, labels=("cat", "dog", "owl"))
    own = replace(SMALL, data=replace(SMALL.data, dataset="own", points=points))
    assert wiring.columns(Trainer(own))[-1].units == ("class cat", "class dog", "class owl")


def test_weights_are_copies() -> None:
    trainer = trainer_of(3)
    before = wiring.weights(trainer), wiring.biases(trainer)
    kept = [values.copy() for values in before]
    trainer.train(updates=3)
    for values, copy in zip(before, kept, strict=True):
        np.testing.assert_array_equal(values, copy)


@pytest.mark.parametrize("residual", [False, True])
@pytest.mark.parametrize("kind", ["weights", "others"])
def test_strongest_edges_have_the_largest_numbers_and_join_the_right_units(kind: str, residual: bool) -> None:
    trainer = trainer_of(16, 16, 12, 12, network__residual=residual)
    shown = wiring.shown_edges(trainer)
    weights = wiring.weights(trainer)
    numbers = weights if kind == "weights" else np.random.default_rng(3).normal(size=weights.size)
    ends, indices = wiring.strongest_edges(trainer, numbers, shown)
    pairs, values = ends.reshape(-1, 2), weights[indices]
    assert (np.diff(indices) > 0).all()  # an edge keeps its place in the list from frame to frame
    assert len(pairs) == len(values) == sum(shown) == wiring.MOST_EDGES
    first, start, offset = first_units(trainer), 0, 0
    for column, (layer, count) in enumerate(zip(trainer.network.weight_layers, shown, strict=True)):
        part = slice(start, start + count)
        places = pairs[part] - [first[column], first[column + 1]]
        np.testing.assert_array_equal(values[part], layer.W[places[:, 0], places[:, 1]])
        assert len({tuple(place) for place in places.tolist()}) == count
        sizes = np.abs(numbers[offset : offset + layer.W.size])
        np.testing.assert_array_equal(np.sort(np.abs(numbers[indices[part]])), np.sort(sizes)[-count:])
        start += count
        offset += layer.W.size


def test_all_edges_of_a_small_network_may_be_called_its_strongest() -> None:
    trainer = TRAINERS["plain"]
    weights = wiring.weights(trainer)
    edges = wiring.strongest_edges(trainer, weights, wiring.shown_edges(trainer))
    np.testing.assert_array_equal(edges.places, np.arange(weights.size))
    assert edges.ends.max() < sum(len(column.units) for column in wiring.columns(trainer))


@settings(max_examples=25)
@given(st.lists(st.integers(1, 24), max_size=10))
def test_edges_are_shared_out_evenly(units: list[int]) -> None:
    experiment = SMALL.replace("network.layers", tuple(HiddenLayer(n) for n in units))
    trainer = Trainer(experiment)
    shown = wiring.shown_edges(trainer)
    sizes = [layer.W.size for layer in trainer.network.weight_layers]
    assert sum(shown) == min(wiring.MOST_EDGES, sum(sizes))
    assert all(0 < count <= size for count, size in zip(shown, sizes, strict=True))
    short = [count for count, size in zip(shown, sizes, strict=True) if count < size]
    assert not short or max(shown) - min(short) <= 1


def test_shortcuts_are_the_columns_with_a_residual_connection() -> None:
    assert wiring.shortcuts(TRAINERS["residual"]) == [
        1,
        2,
        4,
    ]  # as wide as the column before: 2, 2, 2, 4, 4, 3
    assert wiring.shortcuts(TRAINERS["plain"]) == wiring.shortcuts(TRAINERS["no hidden layer"]) == []
    assert wiring.shortcuts(trainer_of(4, 3, 3)) == []


@given(arrays(np.float64, 20, elements=st.floats(-1e30, 1e30)))
def test_rounded_numbers_are_right_to_three_digits(values: np.ndarray) -> None:
    found = wiring.rounded(values)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, values, rtol=2.0**-12, atol=1e-37)
    np.testing.assert_array_equal(wiring.rounded(found), found)
    assert not (found.view(np.uint32) & 0x7FF).any()


def test_rounded_numbers_too_large_become_infinite() -> None:
    assert wiring.rounded(np.array([1e200, -1e200, np.inf, 0.0])).tolist() == [np.inf, -np.inf, np.inf, 0.0]
