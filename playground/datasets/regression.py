"""Regression datasets of our own: smooth surfaces with values in [-1, 1] over the square DOMAIN x DOMAIN.

Every rule has the form `rule(n, noise, rng) -> (x (n, 2), y (n,) float)`: points spread evenly over the
square, and y = surface(x) + normal noise. `noise` is the standard deviation of that, so no model can expect a
mean squared error below noise ** 2 on points it has not seen.
"""

from collections.abc import Callable

import numpy as np

from playground.datasets.dataset import DOMAIN

RIDGE_ANGLE = np.pi / 6


def sine_ridge_surface(x: np.ndarray) -> np.ndarray:
    """Waves of length 2 pi that run in one direction, 30 degrees above the x axis. x: (n, 2); result (n,)."""
    return np.sin(np.cos(RIDGE_ANGLE) * x[:, 0] + np.sin(RIDGE_ANGLE) * x[:, 1])


def saddle_surface(x: np.ndarray) -> np.ndarray:
    """A mountain pass: up along x, down along y. x: (n, 2); result (n,)."""
    return (x[:, 0] ** 2 - x[:, 1] ** 2) / DOMAIN[1] ** 2


def sampled(surface: Callable[[np.ndarray], np.ndarray]) -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """The dataset rule that samples a surface."""

    def rule(n: int, noise: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        x = rng.uniform(*DOMAIN, (n, 2))
        return x, surface(x) + noise * rng.standard_normal(n)

    return rule
