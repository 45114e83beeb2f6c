"""The wiring of a network, as a graph draws it: columns of units, and the weights between them."""

from typing import NamedTuple

import numpy as np

from playground.nn import ACTIVATIONS
from playground.text import _
from playground.training import Trainer

MOST_EDGES = 200  # more than these are too many to tell apart


class Column(NamedTuple):
    """label, note: what stands above it. units: a name for each unit, "" for a hidden one. activation: of a
    hidden layer, its name in ACTIVATIONS.
    """

    label: str
    note: str
    units: tuple[str, ...]
    activation: str = ""


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
    found = [Column(_("Inputs"), "", tuple(task.features.labels))]
    for k, layer in enumerate(experiment.network.layers, start=1):
        note = ACTIVATIONS[layer.activation].label
        found.append(Column(_("Hidden {k}").format(k=k), note, ("",) * layer.units, layer.activation))
    names = (
        [_("class {label}").format(label=label) for label in experiment.data.labels]
        if task.n_outputs > 1
        else [_("output")]
    )
    found.append(Column(_("Output"), "", tuple(names)))
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


class Edges(NamedTuple):
    """Some edges. ends: (2 * E,) pairs of unit numbers, counting all columns' units; places: (E,) where they
    are in `weights`.
    """

    ends: np.ndarray
    places: np.ndarray


def strongest_edges(trainer: Trainer, values: np.ndarray, shown: list[int]) -> Edges:
    """Of each layer, those with the largest |values|, (E,) in the order of `weights`: an edge keeps its place
    in the list while the same ones are largest.
    """
    ends, places, first, offset = [], [], 0, 0
    for layer, count in zip(trainer.network.weight_layers, shown, strict=True):
        inputs, outputs = layer.W.shape
        size = np.abs(values[offset : offset + layer.W.size])
        found = np.sort(np.argpartition(size, size.size - count)[size.size - count :])
        ends.append(np.column_stack([first + found // outputs, first + inputs + found % outputs]).ravel())
        places.append(offset + found)
        first += inputs
        offset += size.size
    return Edges(np.concatenate(ends), np.concatenate(places))


def shortcuts(trainer: Trainer) -> list[int]:
    """The columns whose units add what the units beside them in the column before give out."""
    blocks = [layer for layer in trainer.network.layers if layer.kind in ("residual", "dropout")]
    return [column for column, block in enumerate(blocks, start=1) if block.kind == "residual"]


def rounded(values: np.ndarray) -> np.ndarray:
    """Values as float32 with 12 bits of mantissa, three and a half decimal digits, which compress well."""
    with np.errstate(over="ignore"):
        bits = values.astype(np.float32).view(np.uint32)
    return ((bits + np.uint32(0x400)) & np.uint32(0xFFFFF800)).view(np.float32)
