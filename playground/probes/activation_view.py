"""Activation functions with the units on them: the curve and its slope, where a layer's sums are now, and
which units are stuck where it is flat.

Letters: B training points, U units of a hidden layer, H hidden layers.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from playground.nn import ACTIVATIONS
from playground.probes.data_pass import DataPass, Hidden

REACH = 5.0  # the functions are shown from -REACH to REACH
SAMPLES = 201
SUM_BINS = 40
FLAT = 0.05  # a slope below this part of the steepest is flat: tanh beyond 2.2, sigmoid beyond 4.4
STUCK = 0.9  # a unit of a saturating function is stuck if it is flat at this part of the points
SILENT = 1e-6  # an output that is no larger is none
FAR_OUT = 1e4  # where a function that flattens has done so

FINE, SATURATED, DEAD = 0, 1, 2


class ActivationCurve(NamedTuple):
    """z, value and slope: (SAMPLES,) each, from -REACH to REACH."""

    label: str
    z: np.ndarray
    value: np.ndarray
    slope: np.ndarray


@cache
def activation_curve(name: str) -> ActivationCurve:
    """name: of ACTIVATIONS."""
    function, z = ACTIVATIONS[name], np.linspace(-REACH, REACH, SAMPLES)
    value = function.value(z)
    return ActivationCurve(function.label, z, value, function.derivative(z, value))


def steepest(name: str) -> float:
    """The largest slope |f'| of an activation, in the range that is shown."""
    return float(np.abs(activation_curve(name).slope).max())


class Sums(NamedTuple):
    """counts: (H, SUM_BINS) int, how many of a layer's sums, over units and training points, lie in each bin
    between -REACH and REACH. The first and the last bin hold what lies beyond, too; beyond: (H,) its share.
    """

    counts: np.ndarray
    beyond: np.ndarray

    @property
    def heights(self) -> np.ndarray:
        """(H, SUM_BINS) from 0 to 1, where 1 is the fullest bin of the layer."""
        return self.counts / np.maximum(self.counts.max(axis=1, keepdims=True, initial=0), 1)

    @property
    def together(self) -> np.ndarray:
        """(SUM_BINS,) the same of all layers as one."""
        counts = self.counts.sum(axis=0)
        return counts / max(int(counts.max()), 1)


def sums(data: DataPass) -> Sums:
    """What enters the activations of each hidden layer: the sums z, normalized where the layer does that."""
    counts, beyond = np.zeros((len(data.hidden), SUM_BINS), np.int64), np.zeros(len(data.hidden))
    for k, hidden in enumerate(data.hidden):
        with np.errstate(over="ignore"):
            places = hidden.z.ravel() * (0.5 * SUM_BINS / REACH)
        places += 0.5 * SUM_BINS
        beyond[k] = 1.0 - np.count_nonzero((places >= 0.0) & (places <= SUM_BINS)) / places.size
        np.fmin(np.fmax(places, 0.0, out=places), SUM_BINS - 1, out=places)
        counts[k] = np.bincount(places.astype(np.intp), minlength=SUM_BINS)
    return Sums(counts, beyond)


class Saturation(NamedTuple):
    """Units through which nothing more can be learnt.

    units: for each hidden layer (U,) uint8 of FINE, SATURATED or DEAD. flat: for each (U,), the part of the
    training points at which the unit's slope is flat. dead, saturated: (H,) the part of each layer's units.
    """

    units: list[np.ndarray]
    flat: list[np.ndarray]
    dead: np.ndarray
    saturated: np.ndarray


def saturation(data: DataPass) -> Saturation:
    """Judge every hidden unit by the training points.

    DEAD: flat at all of them, and gives out nothing at any (a ReLU whose sum is never positive). SATURATED:
    flat at STUCK of them for functions that saturate on both sides; for others at all, with an output (an ELU
    far to the left). A function that goes on rising, if only by 0.01 as a leaky ReLU does, is never flat.
    """
    flat = [_flat_share(hidden) for hidden in data.hidden]
    units = [_judged(hidden, share) for hidden, share in zip(data.hidden, flat, strict=True)]
    dead, saturated = (np.array([np.mean(unit == kind) for unit in units]) for kind in (DEAD, SATURATED))
    return Saturation(units, flat, dead, saturated)


def _flat_share(hidden: Hidden) -> np.ndarray:
    """(U,) the part of the points at which a unit's slope is flat."""
    if not _flattens(hidden.activation):
        return np.zeros(hidden.z.shape[1])
    with np.errstate(all="ignore"):
        slope = np.abs(hidden.function.derivative(hidden.z, hidden.y))
    return np.count_nonzero(slope < FLAT * _steepest(hidden.activation), axis=0) / len(slope)


def _judged(hidden: Hidden, flat: np.ndarray) -> np.ndarray:
    """(U,) FINE, SATURATED or DEAD."""
    found = np.where(flat >= (STUCK if hidden.function.saturates else 1.0), SATURATED, FINE)
    for unit in np.flatnonzero(flat == 1.0):
        if np.abs(hidden.y[:, unit]).max() <= SILENT:
            found[unit] = DEAD
    return found.astype(np.uint8)


@cache
def _flattens(name: str) -> bool:
    """Whether the slope of an activation tends to 0 on one side or both."""
    z = np.array([-FAR_OUT, FAR_OUT])
    with np.errstate(all="ignore"):
        function = ACTIVATIONS[name]
        slopes = np.abs(function.derivative(z, function.value(z)))
    return bool(slopes.min() < SILENT)


@cache
def _steepest(name: str) -> float:
    """The largest slope of an activation."""
    return float(np.abs(activation_curve(name).slope).max())


def unit_saturation(data: DataPass) -> np.ndarray:
    """(U,) uint8 for all units of the graph: inputs, hidden units, outputs. Only hidden ones can be stuck."""
    columns = (data.bench.inputs.shape[1], data.outputs.shape[1])
    first, last = (np.zeros(count, np.uint8) for count in columns)
    return np.concatenate([first, *data.info(saturation).units, last])
