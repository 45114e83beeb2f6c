"""A quantity against a knob: mean and spread over several seeds, and which way the curve goes.

Letters: S seeds, V values of the knob.
"""

from math import inf, sqrt
from typing import NamedTuple

import numpy as np

from playground.text import _

FLAT, FALLS, RISES, U_CURVE, HUMP, DOUBLE_DESCENT, UNEVEN = range(7)
SHAPES = (
    _("no clear difference"),
    _("falls"),
    _("rises"),
    _("falls, then rises: a U"),
    _("rises, then falls"),
    _("falls, rises and falls again: double descent"),
    _("goes up and down"),
)
LEAST = 0.01  # a change must be larger: a single seed has no spread
STUDENT = (inf, 12.71, 4.30, 3.18, 2.78)  # 95 % of Student's t lies within, by degrees of freedom


class Swept(NamedTuple):
    """mean, spread: (V,) over the seeds; spread: the standard deviation, 0 for one seed. lowest: the place of
    the least mean. shape: an index of SHAPES.
    """

    mean: np.ndarray
    spread: np.ndarray
    lowest: int
    shape: int


def swept(values: np.ndarray) -> Swept:
    """values: (S, V), at most len(STUDENT) seeds."""
    mean = values.mean(axis=0)
    spread = values.std(axis=0, ddof=1) if len(values) > 1 else np.zeros_like(mean)
    return Swept(mean, spread, int(np.argmin(mean)), shape(values))


def shape(values: np.ndarray) -> int:
    """Which way the means of values: (S, V) go, as far as the seeds let one tell."""
    known = {
        "": FLAT,
        "-": FALLS,
        "+": RISES,
        "-+": U_CURVE,
        "+-": HUMP,
        "-+-": DOUBLE_DESCENT,
        "-+-+": DOUBLE_DESCENT,
    }
    return known.get(turns(values), UNEVEN)


def clear(values: np.ndarray, i: int, j: int) -> bool:
    """Whether the mean at j really differs from that at i: by a paired t-test (Student 1908) at 5 %, as all
    values share the seeds, and by more than LEAST.
    """
    changes = values[:, j] - values[:, i]
    change, seeds = abs(changes.mean()), len(changes)
    if change <= LEAST or seeds == 1:
        return bool(change > LEAST)
    return bool(change > STUDENT[seeds - 1] * changes.std(ddof=1) / sqrt(seeds))


def turns(values: np.ndarray) -> str:
    """The ways of the means between clear turning points, "-" down and "+" up. A way has turned when the mean
    has clearly left its extreme.
    """
    mean = values.mean(axis=0)
    ways, low, high = "", 0, 0
    for i in range(1, len(mean)):
        if not ways.endswith("-") and mean[i] < mean[high] and clear(values, high, i):
            ways, low, high = ways + "-", i, i
        elif not ways.endswith("+") and mean[i] > mean[low] and clear(values, low, i):
            ways, low, high = ways + "+", i, i
        if mean[i] < mean[low]:
            low = i
            high = i if ways.endswith("-") else high
        if mean[i] > mean[high]:
            high = i
            low = i if ways.endswith("+") else low
    return ways
