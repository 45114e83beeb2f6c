"""One batch through one layer of normalization or dropout, batch after batch, in training and in evaluation.

    for passage in passages(BatchNorm(), rows=8, seed=0): ...

Every batch is drawn anew; each unit has a mean and a spread of its own (`MEANS`, `SPREADS`). The layer sees
it in training first, so that running statistics have moved when it sees the same batch in evaluation.

Letters: B rows (points) of the batch, U units.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

import numpy as np

from playground.nn import BatchNorm, Dropout, Layer, LayerNorm, Network
from playground.text import _

MEANS = np.array([-1.5, -0.8, 0.0, 0.6, 1.2, 2.0])  # of the units
SPREADS = np.array([0.3, 0.6, 1.0, 1.5, 0.8, 0.4])
UNITS = len(MEANS)

KINDS = {"batch_norm": _("Batch norm"), "layer_norm": _("Layer norm"), "dropout": _("Dropout")}


def layer_of(kind: str, *, momentum: float, rate: float) -> Layer:
    """kind: of KINDS. momentum: of batch norm. rate: of dropout."""
    return {
        "batch_norm": lambda: BatchNorm(momentum),
        "layer_norm": LayerNorm,
        "dropout": lambda: Dropout(rate),
    }[kind]()


@dataclass(frozen=True)
class BatchPass:
    """x: (B, U) the batch. trained, evaluated: (B, U) what the layer makes of it in each mode.

    running: (2, U) the running mean and standard deviation, NaN for a layer without. silent: the part of all
    values so far that training set to 0. kept: the mean size of all outputs in training so far, over that in
    evaluation.
    """

    index: int
    x: np.ndarray
    trained: np.ndarray
    evaluated: np.ndarray
    running: np.ndarray
    silent: float
    kept: float


def passages(layer: Layer, *, rows: int, seed: int) -> Iterator[BatchPass]:
    """Without end."""
    network = Network([layer], UNITS, seed=seed)
    rng = np.random.default_rng(seed)
    values, zeros, trained_sum, evaluated_sum = 0, 0, 0.0, 0.0
    for index in count():
        x = MEANS + SPREADS * rng.standard_normal((rows, UNITS))
        trained = network.forward(x, train=True)
        evaluated = network.forward(x).copy()
        values, zeros = values + x.size, zeros + int(np.count_nonzero(trained == 0.0))
        trained_sum += np.abs(trained).sum()
        evaluated_sum += np.abs(evaluated).sum()
        kept = float(trained_sum / evaluated_sum)
        yield BatchPass(index, x, trained, evaluated, _running(layer), zeros / values, kept)


def _running(layer: Layer) -> np.ndarray:
    """(2, U)."""
    if isinstance(layer, BatchNorm):
        return np.array([layer.running_mean, np.sqrt(layer.running_var)])
    return np.full((2, UNITS), np.nan)


class Table(NamedTuple):
    """values: (B, U). columns: (2, U) mean and standard deviation of each unit over the batch. rows: (B, 2)
    those of each point over the units.
    """

    values: np.ndarray
    columns: np.ndarray
    rows: np.ndarray


def table(values: np.ndarray) -> Table:
    columns = np.array([values.mean(axis=0), values.std(axis=0)])
    return Table(values, columns, np.stack([values.mean(axis=1), values.std(axis=1)], axis=1))
