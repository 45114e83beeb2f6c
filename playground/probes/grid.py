"""Grid: the square of the plane on which a network is drawn, and what the network says there, as palette
indices.

Letters: R rows (and columns) of the grid, K outputs, C classes, U units. Row 0 is at the top, where y is
largest.
"""

from functools import cached_property
from math import isqrt

import numpy as np

from playground.datasets import DOMAIN
from playground.nn import Network
from playground.training import Trainer
from playground.training.builder import unit_outputs
from playground.training.task import Task

SURFACE_SIDE = 100
MAP_STEP = 5  # every fifth point of the surface's grid is a point of the small maps
MAP_SIDE = SURFACE_SIDE // MAP_STEP
PIECE_BYTES = 2**18


def points(side: int) -> np.ndarray:
    """The centres of side x side equal cells of the domain: (side * side, 2), row by row from the top."""
    low, high = DOMAIN
    centres = low + (np.arange(side) + 0.5) * (high - low) / side
    x, y = np.meshgrid(centres, centres[::-1])
    return np.column_stack([x.ravel(), y.ravel()])


def levels(values: np.ndarray, low: float, high: float, count: int) -> np.ndarray:
    """Values in [low, high] as whole levels 0..count - 1; what lies outside goes to the nearest end."""
    scaled = (values - low) * ((count - 1) / (high - low))
    return np.clip(np.rint(scaled), 0, count - 1).astype(np.uint8)


def prediction_levels(task: Task, outputs: np.ndarray, map_levels: int, class_levels: int) -> np.ndarray:
    """(P,) palette indices of what the outputs (P, K) of P places predict.

    Two classes: the score of class 1 in `map_levels` steps, of which those from the middle on are the class 1
    of `Task.winners`, however small its lead. More: `class_levels` for each class, from undecided (an equal
    score for all) to certain. Regression: the output from -1 to 1 in `map_levels` steps.
    """
    if task.kind == "regression":
        return levels(outputs[:, 0], -1.0, 1.0, map_levels)
    if task.n_classes == 2:
        shades, middle = levels(task.scores(outputs)[:, 1], 0.0, 1.0, map_levels), map_levels // 2
        in_class_1 = task.winners(outputs) == 1
        return np.where(in_class_1, np.maximum(shades, middle), np.minimum(shades, middle - 1))
    classes, confidence = task.predictions(outputs)
    shades = levels(confidence, 1.0 / task.n_classes, 1.0, class_levels)
    return (shades + classes * class_levels).astype(np.uint8)


class GridPass:
    """One evaluation pass of a trainer's network, as it is now, over the grid. Made once for each frame,
    shared by all probes, and worked out when first asked for.
    """

    def __init__(self, trainer: Trainer, inputs: np.ndarray) -> None:
        """inputs: (R * R, n_in), the features of the grid's points; see `grid_inputs`. (Maps of units need
        that grid; a surface has as many rows as there are.)
        """
        self.task = trainer.task
        self._trainer, self._inputs = trainer, inputs

    @cached_property
    def outputs(self) -> np.ndarray:
        """(R * R, K)."""
        return _in_pieces(self._trainer.network, self._inputs)

    def surface(self, map_levels: int, class_levels: int) -> np.ndarray:
        """(R, R) palette indices of the prediction; see `prediction_levels`."""
        indices = prediction_levels(self.task, self.outputs, map_levels, class_levels)
        return indices.reshape(2 * (isqrt(len(indices)),))

    @cached_property
    def unit_values(self) -> np.ndarray:
        """(U, MAP_SIDE * MAP_SIDE) outputs of inputs, hidden units and outputs, one row for each unit, on the
        coarse grid.
        """
        coarse = self._inputs[_coarse()]
        outputs_of_layers = self._trainer.network.activations(coarse)
        ends = unit_outputs(self._trainer.experiment, self._trainer.network)
        return np.concatenate([coarse.T, *(outputs_of_layers[end].T for end in ends)])

    def unit_ranges(self) -> np.ndarray:
        """(U, 2) the least and the greatest output of each unit over the map."""
        return np.column_stack([self.unit_values.min(axis=1), self.unit_values.max(axis=1)])

    def unit_maps(self, map_levels: int) -> np.ndarray:
        """(U, MAP_SIDE, MAP_SIDE) palette indices: zero is the middle, the unit's own largest size an end."""
        values = self.unit_values
        size = np.abs(values).max(axis=1, keepdims=True)
        indices = levels(values / np.where(size > 0.0, size, 1.0), -1.0, 1.0, map_levels)
        return indices.reshape(-1, MAP_SIDE, MAP_SIDE)


def _in_pieces(network: Network, inputs: np.ndarray) -> np.ndarray:
    """The outputs (R * R, K), worked out on pieces of the grid so small that they stay in the processor's
    cache: (measured) twice as fast for ten layers of 64 units, which would otherwise fill 150 MB a frame.
    """
    widest = max(inputs.shape[1], *(layer.W.shape[1] for layer in network.weight_layers))
    rows = PIECE_BYTES // (inputs.itemsize * widest)
    starts = range(0, len(inputs), rows)
    return np.concatenate([network.activations(inputs[start : start + rows])[-1] for start in starts])


def _coarse() -> np.ndarray:
    """The points of the small maps among those of the grid."""
    rows = np.arange(MAP_STEP // 2, SURFACE_SIDE, MAP_STEP)
    return (rows[:, None] * SURFACE_SIDE + rows).ravel()


def grid_inputs(trainer: Trainer) -> np.ndarray:
    """The features of the grid's points: (R * R, n_in). They stay the same over a run."""
    return trainer.task.features(points(SURFACE_SIDE))
