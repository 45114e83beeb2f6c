"""Grid: the square of the plane on which a network is drawn, and what the network says there, as palette
indices.

Letters: R rows (and columns) of the grid, K outputs, C classes, U units. Row 0 is at the top, where y is
largest.
"""

from functools import cached_property

import numpy as np

from playground.datasets import DOMAIN
from playground.training import Trainer
from playground.training.builder import unit_outputs

SURFACE_SIDE = 100
MAP_STEP = 5  # every fifth point of the surface's grid is a point of the small maps
MAP_SIDE = SURFACE_SIDE // MAP_STEP


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


class GridPass:
    """One evaluation pass of a trainer's network, as it is now, over the grid. Made once for each frame,
    shared by all probes.
    """

    def __init__(self, trainer: Trainer, inputs: np.ndarray) -> None:
        """inputs: (R * R, n_in), the features of the grid's points; see `grid_inputs`."""
        self.task = trainer.task
        self.inputs = inputs
        self.outputs_of_layers = trainer.network.activations(inputs)
        self.ends = unit_outputs(trainer.experiment, trainer.network)

    def surface(self, map_levels: int, class_levels: int) -> np.ndarray:
        """(R, R) palette indices of the prediction.

        Two classes: the score of class 1 in `map_levels` steps. More: `class_levels` for each class, from
        undecided (an equal score for all) to certain. Regression: the output from -1 to 1 in `map_levels`
        steps.
        """
        outputs = self.outputs_of_layers[-1]
        if self.task.kind == "regression":
            indices = levels(outputs[:, 0], -1.0, 1.0, map_levels)
        elif self.task.n_classes == 2:
            indices = levels(self.task.scores(outputs)[:, 1], 0.0, 1.0, map_levels)
        else:
            classes, confidence = self.task.predictions(outputs)
            indices = (
                levels(confidence, 1.0 / self.task.n_classes, 1.0, class_levels) + classes * class_levels
            )
        return indices.astype(np.uint8).reshape(SURFACE_SIDE, SURFACE_SIDE)

    @cached_property
    def unit_values(self) -> np.ndarray:
        """(U, MAP_SIDE * MAP_SIDE) outputs of inputs, hidden units and outputs, one row for each unit, on the
        coarse grid.
        """
        half = MAP_STEP // 2
        rows = np.arange(half, SURFACE_SIDE, MAP_STEP)
        coarse = (rows[:, None] * SURFACE_SIDE + rows).ravel()
        layers = [self.inputs, *(self.outputs_of_layers[end] for end in self.ends)]
        return np.concatenate([layer[coarse].T for layer in layers])

    def unit_ranges(self) -> np.ndarray:
        """(U, 2) the least and the greatest output of each unit over the map."""
        return np.column_stack([self.unit_values.min(axis=1), self.unit_values.max(axis=1)])

    def unit_maps(self, map_levels: int) -> np.ndarray:
        """(U, MAP_SIDE, MAP_SIDE) palette indices: zero is the middle, the unit's own largest size an end."""
        values = self.unit_values
        size = np.abs(values).max(axis=1, keepdims=True)
        indices = levels(values / np.where(size > 0.0, size, 1.0), -1.0, 1.0, map_levels)
        return indices.reshape(-1, MAP_SIDE, MAP_SIDE)


def grid_inputs(trainer: Trainer) -> np.ndarray:
    """The features of the grid's points: (R * R, n_in). They stay the same over a run."""
    return trainer.task.features(points(SURFACE_SIDE))
