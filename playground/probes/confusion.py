"""The confusion matrix of the test points, and what follows from it for each class. Letter: C classes."""

from typing import NamedTuple

import numpy as np

from playground.probes.data_pass import DataPass


class Confusion(NamedTuple):
    """counts: (C, C) int, row by row the true class, column by column the predicted one.

    shares: (C, C) the same as parts of the row. precision: (C,) which part of the points given to a class
    belongs to it. recall: (C,) which part of a class is found. f1: (C,) their harmonic mean. accuracy: which
    part of all points is right. What would be 0 / 0 is NaN.
    """

    counts: np.ndarray
    shares: np.ndarray
    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray
    accuracy: float

    @property
    def scores(self) -> np.ndarray:
        """(C, 3) precision, recall, F1."""
        return np.column_stack([self.precision, self.recall, self.f1])


def confusion(data: DataPass) -> Confusion:
    """Of the test points; for classification."""
    return confusion_of(data.trainer.test_data.y, data.task.winners(data.test_outputs), data.task.n_classes)


def confusion_of(true: np.ndarray, predicted: np.ndarray, n_classes: int) -> Confusion:
    """true, predicted: (n,) classes from 0 to n_classes - 1."""
    counts = np.bincount(true * n_classes + predicted, minlength=n_classes**2).reshape(n_classes, n_classes)
    right, of_class, given = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    return Confusion(
        counts,
        shares=_part(counts, of_class[:, None]),
        precision=_part(right, given),
        recall=_part(right, of_class),
        f1=_part(2 * right, given + of_class),  # 2 p r / (p + r), also where p or r is 0 / 0 and the other 0
        accuracy=float(_part(right.sum(), counts.sum())),
    )


def _part(count: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(count, whole, out=np.full(np.shape(count), np.nan), where=whole > 0)
