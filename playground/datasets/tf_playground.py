"""The six datasets of TensorFlow Playground (Smilkov and Carter, 2016), draw for draw.

Each rule takes its random numbers one at a time from a draw source, in the order of the original program.
Driven by SeedRandom it repeats a shared link exactly; driven by np.random.Generator it is an ordinary seeded
dataset. Labels are +1 and -1, or a real number for the reg- rules. noise is the original's slider / 100.
When n is odd, the first class of circle, gauss and spiral gets the extra point.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

import numpy as np

from playground.arrays import Array, Mask
from playground.datasets.generator import Generator, Rule
from playground.text import _

Point = tuple[float, float, float]  # x, y, label


class DrawSource(Protocol):
    """Anything with `random() -> float in [0, 1)`: SeedRandom or np.random.Generator."""

    def random(self) -> float: ...


def tf_playground_points(name: str, n: int, noise: float, draws: DrawSource) -> tuple[Array, Array]:
    """The points of rule `name` in the order they are drawn: x (n, 2) and labels y (n,), both float64."""
    if name not in TF_PLAYGROUND_RULES:
        known = ", ".join(TF_PLAYGROUND_RULES)
        raise ValueError(f"TensorFlow Playground has no dataset {name!r}; use one of {known}.")
    points = np.array(list(TF_PLAYGROUND_RULES[name](n, noise, draws)), dtype=np.float64)
    return points[:, :2].copy(), points[:, 2].copy()


def tf_playground_shuffle(x: Array, y: np.ndarray, draws: DrawSource) -> tuple[Array, np.ndarray]:
    """Shuffled copies of x (n, 2) and y (n,), by the original's Fisher-Yates walk from the last item down."""
    order = list(range(len(y)))
    for last in range(len(order) - 1, -1, -1):
        chosen = math.floor(draws.random() * (last + 1))
        order[last], order[chosen] = order[chosen], order[last]
    return x[order], y[order]


def circle(n: int, noise: float, draws: DrawSource) -> Iterator[Point]:
    """A disc inside a ring. Noise moves the place where the label is read, not the point."""
    radius = 5.0
    for count, inner, outer in ((n - n // 2, 0.0, 0.5 * radius), (n // 2, 0.7 * radius, radius)):
        for _i in range(count):
            r = _uniform(draws, inner, outer)
            angle = _uniform(draws, 0.0, 2 * math.pi)
            x, y = r * math.sin(angle), r * math.cos(angle)
            x_read, y_read = _read_at(x, y, radius, noise, draws)
            yield x, y, 1.0 if math.hypot(x_read, y_read) < 0.5 * radius else -1.0


def xor(n: int, noise: float, draws: DrawSource) -> Iterator[Point]:
    """Four quadrants, opposite ones alike, with an empty cross of width 0.6 between them."""
    half_width, padding = 5.0, 0.3
    for _i in range(n):
        x, y = _uniform(draws, -half_width, half_width), _uniform(draws, -half_width, half_width)
        x += padding if x > 0 else -padding
        y += padding if y > 0 else -padding
        x_read, y_read = _read_at(x, y, half_width, noise, draws)
        yield x, y, 1.0 if x_read * y_read >= 0 else -1.0


def gauss(n: int, noise: float, draws: DrawSource) -> Iterator[Point]:
    """Two round clouds; noise widens them from variance 0.5 to 4."""
    spread = math.sqrt(0.5 + 7 * noise)
    for count, center, label in ((n - n // 2, 2.0, 1.0), (n // 2, -2.0, -1.0)):
        for _i in range(count):
            x = center + spread * _normal(draws)
            yield x, center + spread * _normal(draws), label


def spiral(n: int, noise: float, draws: DrawSource) -> Iterator[Point]:
    """Two arms of 1.75 turns; noise moves the points sideways by up to its value."""
    for count, offset, label in ((n - n // 2, 0.0, 1.0), (n // 2, math.pi, -1.0)):
        for i in range(count):
            r = i / count * 5
            t = 1.75 * i / count * 2 * math.pi + offset
            x = r * math.sin(t) + _uniform(draws, -1, 1) * noise
            yield x, r * math.cos(t) + _uniform(draws, -1, 1) * noise, label


def plane(n: int, noise: float, draws: DrawSource) -> Iterator[Point]:
    """The target grows evenly towards one corner."""
    for x, y, x_read, y_read in _square_with_readings(n, noise, draws):
        yield x, y, (x_read + y_read) / 10


def bumps(n: int, noise: float, draws: DrawSource) -> Iterator[Point]:
    """Six cones of height 1 and radius 2, three up and three down; where they overlap the stronger wins."""
    cones = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))
    for x, y, x_read, y_read in _square_with_readings(n, noise, draws):
        heights = [
            sign * min(max(1 - math.hypot(x_read - center_x, y_read - center_y) / 2, 0.0), 1.0)
            for center_x, center_y, sign in cones
        ]
        yield x, y, max(heights, key=abs)


TF_PLAYGROUND_RULES: dict[str, Callable[[int, float, DrawSource], Iterator[Point]]] = {
    "circle": circle,
    "xor": xor,
    "gauss": gauss,
    "spiral": spiral,
    "reg-plane": plane,
    "reg-gauss": bumps,
}


def _uniform(draws: DrawSource, low: float, high: float) -> float:
    return draws.random() * (high - low) + low


def _normal(draws: DrawSource) -> float:
    """A standard normal number by the polar method (Marsaglia and Bray, 1964), one per accepted pair."""
    while True:
        v1, v2 = 2 * draws.random() - 1, 2 * draws.random() - 1
        s = v1 * v1 + v2 * v2
        if 0 < s <= 1:
            return math.sqrt(-2 * math.log(s) / s) * v1


def _read_at(x: float, y: float, radius: float, noise: float, draws: DrawSource) -> tuple[float, float]:
    """The place where the label of (x, y) is read: up to noise * radius away in each direction."""
    x_read = x + _uniform(draws, -radius, radius) * noise
    return x_read, y + _uniform(draws, -radius, radius) * noise


def _square_with_readings(n: int, noise: float, draws: DrawSource) -> Iterator[tuple[float, ...]]:
    """n points spread evenly over the whole square, each with the place where its target is read."""
    half_width = 6.0
    for _i in range(n):
        x, y = _uniform(draws, -half_width, half_width), _uniform(draws, -half_width, half_width)
        yield x, y, *_read_at(x, y, half_width, noise, draws)


def _signs_as_classes(name: str) -> Rule:
    """TensorFlow Playground's rule with its labels -1 and +1 as classes 0 and 1."""

    def rule(n: int, noise: float, rng: np.random.Generator) -> tuple[Array, Mask]:
        x, sign = tf_playground_points(name, n, noise, rng)
        return x, sign > 0

    return rule


TF_CLASSIFICATION = (
    Generator(
        "circle",
        _("Circle"),
        source="TensorFlow Playground, Smilkov and Carter 2016",
        text=_("A disc inside a ring: no straight line separates them. Noise flips border labels."),
        task="classification",
        n_classes=2,
        rule=_signs_as_classes("circle"),
    ),
    Generator(
        "xor",
        _("XOR"),
        source="TensorFlow Playground, Smilkov and Carter 2016",
        text=_("Opposite quadrants belong together: no single straight line will do. Noise flips labels."),
        task="classification",
        n_classes=2,
        rule=_signs_as_classes("xor"),
    ),
    Generator(
        "gauss",
        _("Two clouds"),
        source="TensorFlow Playground, Smilkov and Carter 2016",
        text=_("Two round clouds that one straight line separates. Noise widens them until they overlap."),
        task="classification",
        n_classes=2,
        rule=_signs_as_classes("gauss"),
    ),
    Generator(
        "spiral",
        _("Spiral"),
        source="TensorFlow Playground, Smilkov and Carter 2016",
        text=_(
            "Two arms wound around each other: needs width, depth or good features. Noise blurs the arms."
        ),
        task="classification",
        n_classes=2,
        rule=_signs_as_classes("spiral"),
    ),
)
TF_REGRESSION = (
    Generator(
        "reg-plane",
        _("Plane"),
        source="TensorFlow Playground, Smilkov and Carter 2016",
        text=_("A tilted plane: one unit without activation is enough. Noise makes it rough."),
        task="regression",
        n_classes=0,
        rule=partial(tf_playground_points, "reg-plane"),
    ),
    Generator(
        "reg-gauss",
        _("Hills and valleys"),
        source="TensorFlow Playground, Smilkov and Carter 2016",
        text=_("Three hills and three valleys in a flat land: local structure. Noise makes it rough."),
        task="regression",
        n_classes=0,
        rule=partial(tf_playground_points, "reg-gauss"),
    ),
)
