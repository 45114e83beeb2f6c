"""SURFACES: name -> a function of two numbers to go down on, with its gradient and what is known of it.

The classic test functions and a few shapes of a loss in their purest form. f takes x and y of any one shape
and gives that shape; gradient gives two of them. Nothing here warns: far outside, values may be infinite.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from playground.nn import OPTIMIZERS, Optimizer
from playground.text import _

Plane = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Surface:
    """bounds: (x from, x to, y from, y to) of what is drawn. start: where a race usually begins. minima: all
    global minima. lowest: the value there. hard: what makes it hard, in a sentence.
    """

    label: str
    f: Plane
    gradient: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
    bounds: tuple[float, float, float, float]
    start: tuple[float, float]
    minima: tuple[tuple[float, float], ...]
    lowest: float
    hard: str
    source: str
    formula: str

    def value(self, position: np.ndarray) -> float:
        """f at position: (2,)."""
        with np.errstate(all="ignore"):
            return float(self.f(position[0], position[1]))

    def slope(self, position: np.ndarray) -> np.ndarray:
        """The gradient at position: (2,), as (2,)."""
        with np.errstate(all="ignore"):
            return np.array(self.gradient(position[0], position[1]), float)

    def height(self, values: np.ndarray) -> np.ndarray:
        """How high values are drawn: log(1 + f - lowest), so that valley floors and steep walls fit into one
        picture.
        """
        return np.log1p(np.maximum(np.asarray(values) - self.lowest, 0.0))

    def contains(self, position: np.ndarray, *, times: float = 1.0) -> bool:
        """Whether a position lies in the drawn rectangle, or in one `times` as large around its middle."""
        x_from, x_to, y_from, y_to = self.bounds
        middle = np.array([x_from + x_to, y_from + y_to]) / 2.0
        reach = times * np.array([x_to - x_from, y_to - y_from]) / 2.0
        return bool((np.abs(np.asarray(position) - middle) <= reach).all())

    def grid(self, side: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """x: (side,), y: (side,) and f: (side, side) with a row for each y, over the drawn rectangle."""
        x_from, x_to, y_from, y_to = self.bounds
        x, y = np.linspace(x_from, x_to, side), np.linspace(y_from, y_to, side)
        return x, y, self.f(*np.meshgrid(x, y))


def _quadratic(steepness: float) -> dict:
    """f = (x^2 + steepness y^2) / 2: the two curvatures are 1 and `steepness`."""
    return {
        "f": lambda x, y: (x * x + steepness * y * y) / 2.0,
        "gradient": lambda x, y: (x, steepness * y),
        "minima": ((0.0, 0.0),),
        "lowest": 0.0,
    }


def _rosenbrock(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (1.0 - x) ** 2 + 100.0 * (y - x * x) ** 2


def _rosenbrock_gradient(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    off = y - x * x
    return -2.0 * (1.0 - x) - 400.0 * x * off, 200.0 * off


_BEALE = (1.5, 2.25, 2.625)


def _beale(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return sum((constant - x + x * y**power) ** 2 for power, constant in enumerate(_BEALE, start=1))


def _beale_gradient(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    terms = [(power, constant - x + x * y**power) for power, constant in enumerate(_BEALE, start=1)]
    dx = sum(2.0 * residual * (y**power - 1.0) for power, residual in terms)
    dy = sum(2.0 * residual * x * power * y ** (power - 1) for power, residual in terms)
    return dx, dy


def _himmelblau(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (x * x + y - 11.0) ** 2 + (x + y * y - 7.0) ** 2


def _himmelblau_gradient(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    a, b = x * x + y - 11.0, x + y * y - 7.0
    return 4.0 * x * a + 2.0 * b, 2.0 * a + 4.0 * y * b


def _saddle(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return x * x / 2.0 - y * y / 2.0 + y**4 / 4.0


def _plateau(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 1.0 - np.exp(-(x * x + y * y) / 2.0)


def _plateau_gradient(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    bell = np.exp(-(x * x + y * y) / 2.0)
    return x * bell, y * bell


RAVINE = 50.0  # how much steeper the walls of the ravine are than its floor

SURFACES: dict[str, Surface] = {
    "bowl": Surface(
        _("Bowl"),
        **_quadratic(1.0),
        bounds=(-4.0, 4.0, -4.0, 4.0),
        start=(-3.0, 2.4),
        hard=_("Nothing: every direction is equally steep, and the gradient points at the minimum."),
        source=_("a quadratic with curvature 1 in every direction"),
        formula=r"f = \tfrac12 x^2 + \tfrac12 y^2",
    ),
    "ravine": Surface(
        _("Ravine"),
        **_quadratic(RAVINE),
        bounds=(-4.0, 4.0, -2.0, 2.0),
        start=(-3.4, 1.2),
        hard=_(
            "The walls are {ravine:g} times steeper than the floor: a rate that is safe on the walls crawls "
            "along the floor."
        ).format(ravine=RAVINE),
        source=_("a quadratic with condition number 50; Goh 2017"),
        formula=r"f = \tfrac12 x^2 + \tfrac{50}{2} y^2",
    ),
    "rosenbrock": Surface(
        _("Rosenbrock"),
        _rosenbrock,
        _rosenbrock_gradient,
        bounds=(-2.0, 2.0, -1.0, 3.0),
        start=(-1.2, 1.0),
        minima=((1.0, 1.0),),
        lowest=0.0,
        hard=_("A curved valley: finding it is easy, following its almost flat floor is not."),
        source="Rosenbrock 1960",
        formula=r"f = (1 - x)^2 + 100\,(y - x^2)^2",
    ),
    "beale": Surface(
        _("Beale"),
        _beale,
        _beale_gradient,
        bounds=(-4.5, 4.5, -4.5, 4.5),
        start=(1.0, 1.6),
        minima=((3.0, 0.5),),
        lowest=0.0,
        hard=_("Flat in the middle, with walls that shoot up at the corners."),
        source="Beale 1958",
        formula=r"f = \sum_{k=1}^{3} (c_k - x + x y^k)^2,\; c = 1.5,\ 2.25,\ 2.625",
    ),
    "himmelblau": Surface(
        _("Himmelblau"),
        _himmelblau,
        _himmelblau_gradient,
        bounds=(-5.0, 5.0, -5.0, 5.0),
        start=(-0.4, -1.2),
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        lowest=0.0,
        hard=_("Four minima, all equally deep: where one ends up depends on how one goes."),
        source="Himmelblau 1972",
        formula="f = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    ),
    "saddle": Surface(
        _("Saddle"),
        _saddle,
        lambda x, y: (x, y**3 - y),
        bounds=(-2.0, 2.0, -2.0, 2.0),
        start=(-1.6, 0.001),
        minima=((0.0, 1.0), (0.0, -1.0)),
        lowest=-0.25,
        hard=_("From the ridge the way leads to a point where the gradient is 0, and which is no minimum."),
        source=_("the simplest saddle that has minima beside it"),
        formula=r"f = \tfrac12 x^2 - \tfrac12 y^2 + \tfrac14 y^4",
    ),
    "plateau": Surface(
        _("Plateau"),
        _plateau,
        _plateau_gradient,
        bounds=(-4.0, 4.0, -4.0, 4.0),
        start=(-2.6, 1.9),
        minima=((0.0, 0.0),),
        lowest=0.0,
        hard=_("Outside the hole there is next to no gradient, so steps in proportion to it stand still."),
        source=_("an upside-down bell curve"),
        formula=r"f = 1 - e^{-(x^2 + y^2)/2}",
    ),
}


def require_rates(optimizers: Mapping[str, type[Optimizer]]) -> None:
    """ValueError for the first optimizer without a learning rate for one of SURFACES."""
    for name, optimizer in optimizers.items():
        for surface in SURFACES:
            if surface not in optimizer.surface_lrs:
                raise ValueError(
                    f"optimizer {name!r} lacks a learning rate for the surface {surface!r}: "
                    "add one to its surface_lrs."
                )


require_rates(OPTIMIZERS)
