"""HiddenSpace: the training points, and the grid of the plane, as the last hidden layer sees them, in two
dimensions.

Two units are shown as they are. More are shown in the plane in which the points vary most (principal
components, Pearson 1901). Within that plane the axes are free, and a principal axis may turn its sign or
change places with the other from one frame to the next; so the axes are turned to be as close as they can be
to those of the frame before (orthogonal Procrustes, Schönemann 1966). They follow the plane smoothly, and
points move only because the network has changed.

Letters: B training points, P of them shown, U units, G lines of the grid with S points each.
"""

from typing import NamedTuple

import numpy as np

from playground.datasets import DOMAIN
from playground.probes.data_pass import DataPass
from playground.training import Trainer

SHOWN_POINTS = 200
LINE_SPACING = 2.0
LINE_SAMPLES = 31
REMEMBERED = 1000  # frames whose axes are kept, to turn those of the next frame by


class HiddenView(NamedTuple):
    """points: (P, 2) of the first training points. lines: (G, S, 2) of the bent grid.

    explained: (2,) the part of the points' variance along the first and second principal component; NaN if
    the points are all in one place.
    """

    points: np.ndarray
    lines: np.ndarray
    explained: np.ndarray


def grid_lines() -> np.ndarray:
    """(G, S, 2) the lines in the plane: first those across, from bottom to top, then those upwards."""
    low, high = DOMAIN
    along = np.linspace(low, high, LINE_SAMPLES)
    places = np.arange(low, high + 0.5 * LINE_SPACING, LINE_SPACING)
    across = np.stack(np.broadcast_arrays(along, places[:, None]), axis=-1)
    return np.concatenate([across, across[:, :, ::-1]])


def polyline(lines: np.ndarray) -> np.ndarray:
    """(G, S, 2) lines one after the other, with a gap, NaN, after each: (G * (S + 1), 2)."""
    return np.pad(lines, ((0, 0), (0, 1), (0, 0)), constant_values=np.nan).reshape(-1, 2)


def coarse(values: np.ndarray) -> np.ndarray:
    """Values rounded to a two-thousandth of their extent or finer: less than a pixel, and half the bytes
    to send.
    """
    with np.errstate(all="ignore"):
        extent = np.nanmax(np.abs(values), initial=0.0)
        if not 0.0 < extent < 1e300:
            return values
        step = 2.0 ** np.floor(np.log2(extent / 1024))
        return np.round(values / step) * step


class HiddenSpace:
    """One for each run: it remembers the axes of the frames it has seen."""

    def __init__(self, trainer: Trainer) -> None:
        self._lines = grid_lines()
        self._inputs = trainer.task.features(self._lines.reshape(-1, 2))
        self._axes: dict[int, np.ndarray] = {}

    def look(self, data: DataPass) -> HiddenView:
        """The view of the frame where the run stands."""
        values = data.last_hidden
        centre = values.mean(axis=0)
        axes, explained = self._plane(values - centre, data.trainer.frame.update)
        if values.shape[1] <= 2:
            centre = np.zeros_like(centre)
        lines = (self._lines_seen(data) - centre) @ axes
        points = (values[:SHOWN_POINTS] - centre) @ axes
        return HiddenView(points, lines.reshape(self._lines.shape), explained)

    def _lines_seen(self, data: DataPass) -> np.ndarray:
        """(G * S, U) the last hidden layer on the lines."""
        ends = data.bench.ends
        if len(ends) == 1:
            return self._inputs
        with np.errstate(all="ignore"):
            return data.bench.network.activations(self._inputs)[ends[-2]]

    def _plane(self, centred: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        """The two axes (U, 2), and the parts of variance (2,) of the first two components, of (B, U)."""
        units = centred.shape[1]
        variances, components = np.linalg.eigh(centred.T @ centred)  # in rising order
        variances = np.maximum(np.append(variances[::-1], 0.0), 0.0)
        total = variances.sum()
        explained = variances[:2] / total if total > 0.0 else np.full(2, np.nan)
        if units <= 2:
            return np.eye(units, 2), explained
        axes = components[:, :-3:-1]
        before = self._axes_before(update)
        if before is None:
            axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0.0, -1.0, 1.0)
        else:
            left, _, right = np.linalg.svd(axes.T @ before)
            axes = axes @ (left @ right)
        self._axes[update] = axes
        return axes, explained

    def _axes_before(self, update: int) -> np.ndarray | None:
        """The axes of the frame before this one. Later frames belong to a future that is being left."""
        while self._axes and next(reversed(self._axes)) >= update:
            self._axes.popitem()
        if len(self._axes) >= REMEMBERED:
            del self._axes[next(iter(self._axes))]
        return self._axes[next(reversed(self._axes))] if self._axes else None
