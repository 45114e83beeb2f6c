"""Margin: how far each training point is from where the network changes its mind, in the plane itself.

The margin of a point is its distance to the nearest place where the network answers another class than the
point's label, and negative, the distance to the nearest place with its class, where the network gets it wrong
(the geometric margin of Boser, Guyon and Vapnik 1992, for any boundary). It is read off the centres of a grid
of R x R cells, so it is good to half the diagonal of a cell.

Letters: R rows of the grid, B training points.
"""

from functools import cached_property
from math import inf
from typing import NamedTuple

import numpy as np

from playground.probes.data_pass import DataPass
from playground.probes.grid import GridPass, points
from playground.training import Trainer

PLANE_SIDE = 50


class Margins(NamedTuple):
    """each: (B,) signed distances in the units of the plane; infinite where the plane holds no such place.
    median: of them; half of the points have less.
    """

    each: np.ndarray
    median: float


class Plane:
    """The grid for one run, with one pass over it a frame."""

    def __init__(self, trainer: Trainer, side: int = PLANE_SIDE) -> None:
        self.trainer, self.side = trainer, side
        self.inputs = trainer.task.features(points(side))
        self._data: DataPass | None = None

    @cached_property
    def _distances(self) -> np.ndarray:
        """(B, R * R) from each training point to each cell."""
        apart = self.trainer.train_data.x[:, None, :] - points(self.side)
        return np.sqrt((apart * apart).sum(axis=2)).astype(np.float32)

    def over(self, data: DataPass) -> GridPass:
        """The network on the grid at the moment of a data pass."""
        if self._data is not data:
            self._data, self._pass = data, GridPass(self.trainer, self.inputs)
        return self._pass

    def margins(self, data: DataPass) -> Margins:
        task, y = self.trainer.task, self.trainer.train_data.y
        there = task.predictions(self.over(data).outputs).classes
        right = task.predictions(data.outputs).classes == y
        sought = (there == y[:, None]) != right[:, None]  # (B, R * R): where the answer is another than here
        nearest = np.where(sought, self._distances, inf).min(axis=1)
        each = np.where(right, nearest, -nearest)
        return Margins(each, float(np.median(each)))
