"""What the units of each hidden layer give out, over a range that stays the same for the whole run: units
that are stuck at an end of a bounded activation are seen at the edge.

Letters: B training points, U units of a hidden layer, H hidden layers.
"""

from functools import cache

import numpy as np

from playground.nn import ACTIVATIONS
from playground.probes.data_pass import DataPass

OUTPUT_BINS = 24
UNBOUNDED = (-1.0, 3.0)  # what is shown of a function without bounds
_FAR = 1000.0


@cache
def output_range(activation: str) -> tuple[float, float]:
    """The bounds of a bounded activation, otherwise UNBOUNDED."""
    z = np.concatenate([[-_FAR], np.linspace(-10.0, 10.0, 2001), [_FAR]])
    y = ACTIVATIONS[activation].value(z)
    low, high = float(np.round(y.min(), 2)), float(np.round(y.max(), 2))
    return (low, high) if high - low < 10.0 else UNBOUNDED


def output_shares(data: DataPass) -> np.ndarray:
    """(H, OUTPUT_BINS) the part of a layer's outputs in each of the equal bins of its activation's range, the
    fullest bin of the layer being 1. The first and the last bin hold what lies beyond, too.
    """
    shares = np.zeros((len(data.hidden), OUTPUT_BINS))
    for k, hidden in enumerate(data.hidden):
        shares[k] = range_counts(hidden.y, output_range(hidden.activation))
    return shares / np.maximum(shares.max(axis=1, keepdims=True, initial=0.0), 1.0)


def range_counts(values: np.ndarray, bounds: tuple[float, float]) -> np.ndarray:
    """(OUTPUT_BINS,) how many of the values lie in each of the equal bins between the bounds, or beyond."""
    low, high = bounds
    with np.errstate(all="ignore"):
        places = (values.ravel() - low) * (OUTPUT_BINS / (high - low))
    np.fmin(np.fmax(places, 0.0, out=places), OUTPUT_BINS - 1, out=places)
    return np.bincount(places.astype(np.intp), minlength=OUTPUT_BINS)
