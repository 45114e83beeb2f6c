"""Histograms of weights, gradients and activations: of this frame layer by layer, and over time.

Of a frame: BINS equal bins from -r to r, where r is the least power of two that holds all values of the
layer. It is odd, so that one bin has 0 in its middle. The bins only change when a layer outgrows its range or
needs half of it.

Over time the bins must stay where they are, whatever the values do. A `SignedScale` has bins of equal ratio
on both sides of zero, so that growth by a factor moves a value by so many bins, and one bin for what is too
small to tell from zero.

Letters: L layers, R rows of a SignedScale.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from playground.probes.data_pass import DataPass

BINS = 31
LEAST_RANGE = 2.0**-60


class Histograms(NamedTuple):
    """counts: (L, BINS) int, how many values lie in each bin. ranges: (L,), the r of each layer."""

    counts: np.ndarray
    ranges: np.ndarray

    @property
    def heights(self) -> np.ndarray:
        """(L, BINS) from 0 to 1, where 1 is the fullest bin of the layer."""
        return self.counts / np.maximum(self.counts.max(axis=1, keepdims=True, initial=0), 1)


def histograms(layers: Sequence[np.ndarray]) -> Histograms:
    """One row for each array of values, of any shape. What is no number counts as the least."""
    counts, ranges = np.zeros((len(layers), BINS), np.int64), np.ones(len(layers))
    for k, values in enumerate(layers):
        ranges[k] = _range(values)
        places = values.ravel() * (0.5 * BINS / ranges[k])
        places += 0.5 * BINS
        np.fmin(np.fmax(places, 0.0, out=places), BINS - 1, out=places)  # fmax takes no notice of NaN
        counts[k] = np.bincount(places.astype(np.intp), minlength=BINS)
    return Histograms(counts, ranges)


def _range(values: np.ndarray) -> float:
    """The least power of two that no finite value exceeds; 1 if all are 0."""
    size = max(values.max(initial=0.0), -values.min(initial=0.0))
    if not 0.0 < size < math.inf:
        size = np.abs(values, where=np.isfinite(values), out=np.zeros(values.shape)).max(initial=0.0)
    mantissa, exponent = math.frexp(size)
    return max(math.ldexp(1.0, min(exponent - (mantissa == 0.5), 1023)), LEAST_RANGE) if size else 1.0


def weight_histograms(data: DataPass) -> Histograms:
    """Of the L weight matrices; biases are not among them."""
    return histograms(data.weights)


def gradient_histograms(data: DataPass) -> Histograms:
    """Of the L weight matrices' gradients; see `DataPass.gradients`."""
    return histograms(data.gradients)


def activation_histograms(data: DataPass) -> Histograms:
    """Of what the units of each hidden layer give out, over units and training points."""
    return histograms([hidden.y for hidden in data.hidden])


def edge_gradients(data: DataPass) -> np.ndarray:
    """(E,) the gradients of all weights in the order of `wiring.weights`."""
    return np.concatenate([gradient.ravel() for gradient in data.gradients])


class SignedScale(NamedTuple):
    """Bins of equal ratio: `steps` of them for each power of `base` between the exponents low and high, on
    both sides of zero, and one between them for everything up to base ** low in size. The outermost hold
    what is larger, too.
    """

    base: float
    low: int
    high: int
    steps: int

    @property
    def half(self) -> int:
        """How many bins there are on one side; the middle one has this index."""
        return (self.high - self.low) * self.steps

    @property
    def rows(self) -> int:
        """R."""
        return 2 * self.half + 1

    def shares(self, values: np.ndarray) -> np.ndarray:
        """(R,) the part of the values that lies in each bin, from the most negative to the most positive."""
        values = values.ravel()
        size = np.abs(values)
        size *= self.base**-self.low
        steps = np.log(np.fmax(size, 1.0, out=size), out=size)
        steps *= self.steps / math.log(self.base)
        places = np.fmin(np.ceil(steps - 1e-9, out=steps), self.half)  # rounding lifts no power over its edge
        places = np.where(values < 0.0, self.half - places, self.half + places)
        return np.bincount(places.astype(np.intp), minlength=self.rows) / max(values.size, 1)

    def edge(self, exponent: float) -> float:
        """Where base ** exponent lies on the axis of the bins, bin k reaching from k - 0.5 to k + 0.5."""
        return self.half + (exponent - self.low) * self.steps + 0.5


WEIGHT_SCALE = SignedScale(base=2.0, low=-5, high=4, steps=2)
GRADIENT_SCALE = SignedScale(base=10.0, low=-8, high=1, steps=2)


def weight_shares(data: DataPass, layer: int | None = None) -> np.ndarray:
    """(R,) of WEIGHT_SCALE, of one weight layer or of all."""
    return WEIGHT_SCALE.shares(_chosen(data.weights, layer))


def gradient_shares(data: DataPass, layer: int | None = None) -> np.ndarray:
    """(R,) of GRADIENT_SCALE, of one weight layer or of all."""
    return GRADIENT_SCALE.shares(_chosen(data.gradients, layer))


def _chosen(arrays: Sequence[np.ndarray], layer: int | None) -> np.ndarray:
    return np.concatenate([array.ravel() for array in arrays]) if layer is None else arrays[layer]
