"""Input features: what a network gets to see of a point (x, y), and how those inputs are standardised.

Shape letters: n points, k features.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from playground.arrays import Array
from playground.text import _


@dataclass(frozen=True)
class Feature:
    """A number computed from a point. Calling it maps points (n, 2) to values (n,).

    numpy: the same as an expression of NumPy in the coordinates x and y: (n,).
    """

    label: str
    help: str
    function: Callable[[Array], Array]
    numpy: str = field(kw_only=True)

    def __call__(self, points: Array) -> Array:
        return self.function(points)


FEATURES: dict[str, Feature] = {
    "x": Feature("x", _("How far right the point is."), lambda p: p[:, 0], numpy="x"),
    "y": Feature("y", _("How far up the point is."), lambda p: p[:, 1], numpy="y"),
    "x_squared": Feature(
        "x²",
        _("Grows to both sides: tells the middle from left and right."),
        lambda p: p[:, 0] ** 2,
        numpy="x**2",
    ),
    "y_squared": Feature(
        "y²",
        _("Grows up and down: tells the middle from top and bottom."),
        lambda p: p[:, 1] ** 2,
        numpy="y**2",
    ),
    "xy": Feature(
        "x·y",
        _("Positive in two opposite quadrants, negative in the others."),
        lambda p: p[:, 0] * p[:, 1],
        numpy="x * y",
    ),
    "sin_x": Feature(
        _("sin x"), _("Waves from left to right."), lambda p: np.sin(p[:, 0]), numpy="np.sin(x)"
    ),
    "sin_y": Feature(
        _("sin y"), _("Waves from bottom to top."), lambda p: np.sin(p[:, 1]), numpy="np.sin(y)"
    ),
    "cos_x": Feature(
        _("cos x"),
        _("Waves from left to right with a crest in the middle."),
        lambda p: np.cos(p[:, 0]),
        numpy="np.cos(x)",
    ),
    "cos_y": Feature(
        _("cos y"),
        _("Waves from bottom to top with a crest in the middle."),
        lambda p: np.cos(p[:, 1]),
        numpy="np.cos(y)",
    ),
    "radius": Feature(
        _("radius"),
        _("The distance from the centre."),
        lambda p: np.hypot(p[:, 0], p[:, 1]),
        numpy="np.hypot(x, y)",
    ),
    "angle": Feature(
        _("angle"),
        _("The direction from the centre, from -π to π; it jumps where it passes the left side."),
        lambda p: np.arctan2(p[:, 1], p[:, 0]),
        numpy="np.arctan2(y, x)",
    ),
}


class FeatureMap:
    """Turns points (n, 2) into network inputs (n, k), one column per feature name in the given order.

    With `standardize`, each column is shifted and scaled by its mean and standard deviation over the points
    given to `fit` (the training set: test points must not leak into it). A feature that is constant there is
    only shifted. `mean` and `std`: (k,), zeros and ones until `fit` and whenever `standardize` is off.
    """

    def __init__(self, names: Iterable[str], standardize: bool = True):
        self.names = tuple(names)
        unknown = [name for name in self.names if name not in FEATURES]
        if unknown:
            raise ValueError(f"Input feature {unknown[0]!r} is unknown; use {', '.join(FEATURES)}.")
        if not self.names or len(set(self.names)) < len(self.names):
            raise ValueError(f"Input features {self.names} must be at least one name, each given once.")
        self.standardize = standardize
        self.mean = np.zeros(len(self.names))
        self.std = np.ones(len(self.names))
        self._ready = not standardize

    def __len__(self) -> int:
        return len(self.names)

    @property
    def in_shape(self) -> tuple[int, ...]:
        """(k,)."""
        return (len(self.names),)

    @property
    def labels(self) -> tuple[str, ...]:
        """The features' names as people write them, such as x²."""
        return tuple(FEATURES[name].label for name in self.names)

    def fit(self, x_train: Array) -> "FeatureMap":
        """Take mean and standard deviation from the training points (n, 2); returns self."""
        if self.standardize:
            columns = self._columns(x_train)
            self.mean = columns.mean(axis=0)
            std = columns.std(axis=0)
            # A constant column's std is rounding error, not spread: dividing by it would amplify noise.
            constant = std <= 1e-12 * np.abs(columns).max(axis=0)
            self.std = np.where(constant, 1.0, std)
        self._ready = True
        return self

    def __call__(self, x: Array) -> Array:
        """Points (n, 2) to inputs (n, k), C-contiguous float64."""
        if not self._ready:
            raise RuntimeError(
                "FeatureMap standardises but has no training set yet; call fit(x_train) first."
            )
        columns = self._columns(x)
        if self.standardize:
            columns -= self.mean
            columns /= self.std
        return columns

    def _columns(self, x: Array) -> Array:
        columns = np.empty((len(x), len(self.names)))
        for i, name in enumerate(self.names):
            columns[:, i] = FEATURES[name](x)
        return columns
