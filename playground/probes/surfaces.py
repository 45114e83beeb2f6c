"""Other surfaces than the prediction itself, as palette indices on the same grid. Letter: R rows of it."""

import numpy as np

from playground.probes.data_pass import winners
from playground.probes.grid import SURFACE_SIDE, GridPass, levels


def uncertainty_surface(grid: GridPass, map_levels: int) -> np.ndarray:
    """(R, R) uint8: the entropy of the classes' scores, from 0, certain, to map_levels - 1, all alike.

    Scores are brought to sum 1 first; entropy is in units of that of equal scores, ln C. For classification.
    """
    scores = np.ascontiguousarray(grid.task.scores(grid.outputs).T)  # (C, R * R): quick to sum
    total = scores.sum(axis=0)
    shares = np.divide(scores, total, out=np.full_like(scores, 1.0 / len(scores)), where=total > 0.0)
    entropy = (shares * np.log(np.maximum(shares, 1e-300))).sum(axis=0) / -np.log(len(scores))
    return levels(entropy, 0.0, 1.0, map_levels).reshape(SURFACE_SIDE, SURFACE_SIDE)


def discrete_surface(grid: GridPass, map_levels: int, class_levels: int) -> np.ndarray:
    """(R, R) uint8 in the palette of `GridPass.surface`: which class wins, however narrowly.

    Regression: the sign of the output, as TensorFlow Playground's "Discretize output".
    """
    outputs, task = grid.outputs, grid.task
    if task.n_classes > 2:
        indices = winners(task, outputs) * class_levels + class_levels - 1
    else:
        positive = winners(task, outputs) if task.n_classes else outputs[:, 0] >= 0.0
        indices = positive * (map_levels - 1)
    return indices.astype(np.uint8).reshape(SURFACE_SIDE, SURFACE_SIDE)
