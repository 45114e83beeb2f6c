"""REGRESSION: datasets of our own with values: smooth surfaces in [-1, 1] over the square DOMAIN x DOMAIN.

Every rule has the form `rule(n, noise, rng) -> (x (n, 2), y (n,) float)`: points spread evenly over the
square, and y = surface(x) + normal noise. `noise` is the standard deviation of that, so no model can expect a
mean squared error below noise ** 2 on points it has not seen.
"""

from collections.abc import Callable

import numpy as np

from playground.arrays import Array
from playground.datasets.dataset import DOMAIN
from playground.datasets.generator import Generator
from playground.text import _

RIDGE_ANGLE = np.pi / 6


def sine_ridge_surface(x: Array) -> Array:
    """Waves of length 2 pi that run in one direction, 30 degrees above the x axis. x: (n, 2); result (n,)."""
    y: Array = np.sin(np.cos(RIDGE_ANGLE) * x[:, 0] + np.sin(RIDGE_ANGLE) * x[:, 1])
    return y


def saddle_surface(x: Array) -> Array:
    """A mountain pass: up along x, down along y. x: (n, 2); result (n,)."""
    y: Array = (x[:, 0] ** 2 - x[:, 1] ** 2) / DOMAIN[1] ** 2
    return y


def sampled(surface: Callable[[Array], Array]) -> Callable[..., tuple[Array, Array]]:
    """The dataset rule that samples a surface."""

    def rule(n: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
        x = rng.uniform(*DOMAIN, (n, 2))
        return x, surface(x) + noise * rng.standard_normal(n)

    return rule


REGRESSION = (
    Generator(
        "sine_ridge",
        _("Waves"),
        source=_("Ours: a plane wave"),
        text=_("Waves that run in one direction. Noise is the spread of the targets around them."),
        task="regression",
        n_classes=0,
        rule=sampled(sine_ridge_surface),
    ),
    Generator(
        "saddle",
        _("Saddle"),
        source=_("Ours: x² - y², the simplest saddle"),
        text=_(
            "A mountain pass: up to the sides, down to the front and back. Noise is the spread around it."
        ),
        task="regression",
        n_classes=0,
        rule=sampled(saddle_surface),
    ),
)
