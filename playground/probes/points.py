"""What a network says of the data's own points."""

import numpy as np

from playground.training import Trainer
from playground.training.builder import build_data


def point_outputs(trainer: Trainer) -> np.ndarray:
    """Outputs (n, K) for all points, training first, then test, in an evaluation pass that disturbs
    nothing.
    """
    x = np.concatenate([trainer.train_data.x, trainer.test_data.x])
    return trainer.network.activations(trainer.task.features(x))[-1]


def mistakes(trainer: Trainer) -> np.ndarray:
    """(n,) uint8: 1 for each point that is given another class than its own; training points first."""
    classes = trainer.task.predictions(point_outputs(trainer)).classes
    y = np.concatenate([trainer.train_data.y, trainer.test_data.y])
    return (classes != y).astype(np.uint8)


def batch_points(trainer: Trainer) -> np.ndarray:
    """(B,) uint8: 1 for each training point that the last update used."""
    used = np.zeros(len(trainer.train_data), np.uint8)
    used[trainer.last_batch] = 1
    return used


def wrong_labels(trainer: Trainer) -> np.ndarray:
    """(B,) bool: the training points whose label was made wrong. It stays the same over a run."""
    truth, _ = build_data(trainer.experiment.replace("data.label_flips", 0.0))
    return trainer.train_data.y != truth.y
