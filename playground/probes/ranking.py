"""How good the answers are on the test points: do they rank the classes (ROC), and do the scores mean what
they say (calibration)? Letters: C classes, T test points, K curves, S samples of a curve.
"""

from typing import NamedTuple

import numpy as np

from playground.probes.data_pass import DataPass
from playground.training import Task

FALSE_RATES = np.concatenate([[0.0], np.linspace(0.0, 1.0, 63)])
"""(S,) the false positive rates at which every ROC curve is given; the first 0 is the origin."""
CALIBRATION_BINS = 10


class Roc(NamedTuple):
    """Each class against the rest. true_rates: (K, S) at FALSE_RATES. areas: (K,) under the exact curves.

    A class that no test point has, or all have, has no curve: NaN.
    """

    true_rates: np.ndarray
    areas: np.ndarray


def roc_classes(task: Task) -> tuple[int, ...]:
    """The classes that have a curve: of two, one says all."""
    return (1,) if task.n_classes == 2 else tuple(range(task.n_classes))


def roc(data: DataPass) -> Roc:
    """The receiver operating characteristic (Fawcett 2006, "An introduction to ROC analysis"). What counts is
    the order of the points, which scores at the ends of their range no longer hold.
    """
    ranked, y = data.task.rankings(data.test_outputs), data.trainer.test_data.y
    curves = [roc_of(ranked[:, k], y == k) for k in roc_classes(data.task)]
    return Roc(np.array([rates for rates, _ in curves]), np.array([area for _, area in curves]))


def roc_of(scores: np.ndarray, positive: np.ndarray) -> tuple[np.ndarray, float]:
    """The curve at FALSE_RATES: (S,), and its exact area, from scores: (T,) and positive: (T,) bool.

    The area is the chance that a positive point scores higher than a negative one, a tie counting half
    (Mann and Whitney 1947): no part of it comes from sampling the curve.
    """
    n_positive = int(np.count_nonzero(positive))
    if n_positive in (0, len(positive)):
        return np.full(len(FALSE_RATES), np.nan), float("nan")
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(order) - 1)  # tied points count together
    true = np.append(0, np.cumsum(positive[order])[ends])
    false = np.append(0, ends + 1) - true
    n_negative = len(positive) - n_positive
    area = float(np.dot(np.diff(false), true[1:] + true[:-1])) / (2.0 * n_positive * n_negative)
    return _sampled(false / n_negative, true / n_positive), area


def _sampled(false: np.ndarray, true: np.ndarray) -> np.ndarray:
    """(S,) the line through (false, true) at FALSE_RATES, its upper end where it is vertical."""
    place = np.searchsorted(false, FALSE_RATES, side="right") - 1
    following = np.minimum(place + 1, len(false) - 1)
    width = false[following] - false[place]
    share = np.divide(FALSE_RATES - false[place], width, out=np.zeros(len(width)), where=width > 0.0)
    found = true[place] + share * (true[following] - true[place])
    found[0] = 0.0
    return found


class Calibration(NamedTuple):
    """The test points in CALIBRATION_BINS equal bins of confidence, the score of the class they are given.

    confidence, accuracy: their means in each bin, NaN where it is empty. share: the part of the points in
    it. error: the expected calibration error, the mean distance between the two over all points.
    """

    confidence: np.ndarray
    accuracy: np.ndarray
    share: np.ndarray
    error: float


def calibration(data: DataPass) -> Calibration:
    """Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks"."""
    classes, confidence = data.task.winners(data.test_outputs), data.task.scores(data.test_outputs)
    chosen = confidence[np.arange(len(classes)), classes]
    return calibration_of(chosen, classes == data.trainer.test_data.y)


def calibration_of(confidence: np.ndarray, right: np.ndarray) -> Calibration:
    """confidence: (T,) in [0, 1]; right: (T,) bool. Bins are open below and closed above."""
    bins = np.clip(np.ceil(confidence * CALIBRATION_BINS).astype(int) - 1, 0, CALIBRATION_BINS - 1)
    count = np.bincount(bins, minlength=CALIBRATION_BINS)
    sums = [np.bincount(bins, values, CALIBRATION_BINS) for values in (confidence, right)]
    error = float(np.abs(sums[1] - sums[0]).sum()) / max(len(right), 1)
    empty = np.full(CALIBRATION_BINS, np.nan)
    confident, correct = (np.divide(total, count, out=empty.copy(), where=count > 0) for total in sums)
    return Calibration(confident, correct, share=count / max(len(right), 1), error=error)
