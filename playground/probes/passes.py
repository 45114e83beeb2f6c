"""Passes: how a frame of a run of an Experiment comes to its passes over the plane and over the data."""

from functools import cached_property
from typing import Any

import numpy as np

from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.grid import GridPass, grid_inputs
from playground.training import Trainer


class Passes:
    """Makes the passes of one trainer. What they share is worked out when the first is asked for: runs of
    other kinds have no plane and no labelled data, and ask for none.
    """

    def __init__(self, trainer: Trainer[Any]) -> None:
        self._trainer = trainer

    def grid(self) -> GridPass:
        """Over the plane, with the network as it is now."""
        return GridPass(self._trainer, self._inputs)

    def data(self) -> DataPass:
        """Over the data's own points, with the network as it is now; good until the next one."""
        return DataPass(self._copy)

    @cached_property
    def _inputs(self) -> np.ndarray:
        return grid_inputs(self._trainer)

    @cached_property
    def _copy(self) -> NetworkCopy:
        return NetworkCopy(self._trainer)
