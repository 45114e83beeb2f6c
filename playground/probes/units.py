"""Hidden units one by one: where each sits on its activation function, and how many differ at all.

Letters: H hidden layers, U units of all of them together.
"""

from typing import NamedTuple

import numpy as np

from playground.probes.data_pass import DataPass

SAME = 1e-6  # two units are the same if no weight differs by more than this part of the layer's largest


class Places(NamedTuple):
    """sums, outputs: (U,) the mean of each unit's sums over the training points, and f of that: a place on
    the curve. slope: the mean of f' at all sums, over units and points.
    """

    sums: np.ndarray
    outputs: np.ndarray
    slope: float


def places(data: DataPass) -> Places:
    hidden = data.hidden
    means = [each.z.mean(axis=0) for each in hidden]
    outputs = [each.function.value(mean) for each, mean in zip(hidden, means, strict=True)]
    slopes = [each.function.derivative(each.z, each.y).ravel() for each in hidden]
    return Places(np.concatenate(means), np.concatenate(outputs), float(np.mean(np.concatenate(slopes))))


def distinct_units(data: DataPass) -> np.ndarray:
    """(H,) how many units of each hidden layer differ from all before them in weights or bias."""
    layers = data.bench.weight_layers[:-1]
    return np.array([_distinct(np.vstack([layer.W, layer.b])) for layer in layers], int)


def _distinct(columns: np.ndarray) -> int:
    """columns: (n, units)."""
    allowed = SAME * np.abs(columns).max(initial=0.0)
    found: list[np.ndarray] = []
    for unit in columns.T:
        if all(np.abs(unit - other).max() > allowed for other in found):
            found.append(unit)
    return len(found)
