"""Losses seen from outside: value and gradient of one prediction for either answer, and what one outlier does
to a fit.

Every number comes from LOSSES; a loss is called with one prediction at a time. `targets_of` says what a loss
compares a prediction with, as in training: 0 and 1 where it takes logits, -1 and 1 otherwise. A
prediction is a logit, a margin or a value, and right where it lies on the side of its target.

The fit is of one number c to the points, some near 0 and one outlier: losses of distances compare c with the
points' values; losses of classes take points[i] - c as the logit of a point, so that c is the border between
class 0 on the left and class 1 on the right, and the outlier is a point of class 0 far on the right.

Letters: S places of a curve, N points.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from playground.nn import LOSSES

REACH = 4.0  # predictions are shown from -REACH to REACH
SAMPLES = 321
FARTHEST = 12.0  # of the outlier
INLIERS = (-1.0, -0.75, -0.5, -0.2, 0.05, 0.3, 0.55, 0.9)
CLASSES = (0, 0, 0, 0, 1, 1, 1, 1)  # of them, for the losses of classes
DISTANCES = tuple(name for name, loss in LOSSES.items() if loss.outputs == "distances")

_HALVINGS = 60


def targets_of(name: str) -> tuple[float, float]:
    """The targets of a wrong and a right answer, for a loss of LOSSES."""
    return (0.0, 1.0) if LOSSES[name].outputs in ("logits", "shares") else (-1.0, 1.0)


def loss_at(name: str, predictions: np.ndarray, target: float, options: Mapping[str, float]) -> np.ndarray:
    """(2, S) value and gradient of each prediction alone. predictions: (S,)."""
    found = [_of_points(name, np.array([p]), np.array([target]), options) for p in np.ravel(predictions)]
    return np.array([(value, slopes[0]) for value, slopes in found]).T


def _of_points(
    name: str, predictions: np.ndarray, targets: np.ndarray, options: Mapping[str, float]
) -> tuple[float, np.ndarray]:
    """The mean loss of N predictions, and (N,) each one's own gradient: that of its loss alone."""
    loss = LOSSES[name]
    if loss.outputs == "shares":  # two logits, of which the first is held at 0
        logits = np.stack([np.zeros_like(predictions), predictions], axis=1)
        value, gradient = loss(logits, np.stack([1.0 - targets, targets], axis=1), **options)
        return value, gradient[:, 1] * len(predictions)
    value, gradient = loss(predictions[:, None], targets[:, None], **options)
    return value, gradient[:, 0] * len(predictions)


def options_of(name: str, *, delta: float, label_smoothing: float) -> dict[str, float]:
    """Those of the two that a loss takes."""
    given = {"delta": delta, "label_smoothing": label_smoothing}
    return {option: given[option] for option in LOSSES[name].settings if option in given}


class LossCurve(NamedTuple):
    """places: (S,) predictions. low, high: (2, S) value and gradient where the target is the lower or the
    higher one of `targets`.
    """

    label: str
    targets: tuple[float, float]
    places: np.ndarray
    low: np.ndarray
    high: np.ndarray


def loss_curve(name: str, options: Mapping[str, float]) -> LossCurve:
    places = np.linspace(-REACH, REACH, SAMPLES)
    targets = targets_of(name)
    low, high = (loss_at(name, places, target, options) for target in targets)
    return LossCurve(LOSSES[name].label, targets, places, low, high)


class Fit(NamedTuple):
    """center: the c of the least mean loss. loss: that. pull: |dE/dc| of the outlier's own loss, at c."""

    center: float
    loss: float
    pull: float


def fit(name: str, outlier: float, options: Mapping[str, float]) -> Fit:
    """The best c for the INLIERS and an outlier. All losses are convex in c, so its mean gradient grows with
    c and is 0 from one place to another: c is their middle.
    """
    points, classes = np.array([*INLIERS, outlier]), np.array([*CLASSES, 0])
    goals = np.array(targets_of(name))[classes]

    def at(c: float) -> tuple[float, np.ndarray]:
        """The mean loss, and (N,) the derivative in c of each point's own."""
        if name in DISTANCES:
            return _of_points(name, np.full(len(points), c), points, options)
        value, slopes = _of_points(name, points - c, goals, options)
        return value, -slopes

    low = _edge(lambda c: at(c)[1].sum() > -1e-9)
    high = _edge(lambda c: at(c)[1].sum() > 1e-9)
    center = 0.5 * (low + high)
    value, slopes = at(center)
    return Fit(center, value, float(abs(slopes[-1])))


def _edge(beyond: Callable[[float], bool]) -> float:
    """Where a condition that once true stays true begins to be."""
    low, high = -2.0 * FARTHEST, 2.0 * FARTHEST
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if beyond(middle) else (middle, high)
    return 0.5 * (low + high)
