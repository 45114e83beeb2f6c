"""The wiring of a network, as a graph draws it: columns of units, and the weights between them."""

from typing import NamedTuple

import numpy as np

from playground.nn import ACTIVATIONS
from playground.training import Trainer

MOST_EDGES = 200  # more than these are too many to tell apart


class Column(NamedTuple):
    """label, note: what stands above it. units: a name for each unit, "" for a hidden one."""

    label: str
    note: str
    units: tuple[str, ...]


class EdgeLayer(NamedTuple):
    """The weights from a column to the next: (inputs, outputs) entries in a row, from `offset` on in the list
    of all weights.
    """

    column: int
    offset: int
    inputs: int
    outputs: int


def columns(trainer: Trainer) -> list[Column]:
    """Inputs, hidden layers, outputs."""
    experiment, task = trainer.experiment, trainer.task
    found = [Column("Inputs", "", tuple(task.features.labels))]
    for k, layer in enumerate(experiment.network.layers, start=1):
        note = ACTIVATIONS[layer.activation].label
        found.append(Column(f"Hidden {k}", note, ("",) * layer.units))
    names = [f"class {k}" for k in range(task.n_outputs)] if task.n_outputs > 1 else ["output"]
    found.append(Column("Output", "", tuple(names)))
    return found


def edge_layers(trainer: Trainer) -> list[EdgeLayer]:
    found, offset = [], 0
    for column, layer in enumerate(trainer.network.weight_layers):
        inputs, outputs = layer.W.shape
        found.append(EdgeLayer(column, offset, inputs, outputs))
        offset += layer.W.size
    return found


def edge_count(trainer: Trainer) -> int:
    return sum(layer.W.size for layer in trainer.network.weight_layers)


def weights(trainer: Trainer) -> np.ndarray:
    """(E,) all weights, layer by layer, row by row."""
    return np.concatenate([layer.W.ravel() for layer in trainer.network.weight_layers])


def biases(trainer: Trainer) -> np.ndarray:
    """The biases of all hidden units and outputs, in the order of the columns."""
    return np.concatenate([layer.b for layer in trainer.network.weight_layers])


def shown_edges(trainer: Trainer) -> list[int]:
    """How many edges each layer shows, at most MOST_EDGES in all: as even a share as the layers allow."""
    sizes = [layer.W.size for layer in trainer.network.weight_layers]
    left, shown = MOST_EDGES, [0] * len(sizes)
    for place, k in enumerate(sorted(range(len(sizes)), key=sizes.__getitem__)):
        shown[k] = min(sizes[k], left // (len(sizes) - place))
        left -= shown[k]
    return shown


def strongest_edges(trainer: Trainer, shown: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """The largest weights of each layer: their ends (2 * E,), as pairs of unit numbers, and their values
    (E,).
    """
    ends, values, first = [], [], 0
    for layer, count in zip(trainer.network.weight_layers, shown, strict=True):
        inputs, outputs = layer.W.shape
        flat = layer.W.ravel()
        size = np.abs(flat)
        found = np.argpartition(size, flat.size - count)[flat.size - count :]
        found = found[np.argsort(-size[found], kind="stable")]
        ends.append(np.column_stack([first + found // outputs, first + inputs + found % outputs]).ravel())
        values.append(flat[found])
        first += inputs
    return np.concatenate(ends), np.concatenate(values)
