"""CLASSIFICATION: datasets of our own with classes, from two half moons to labels without meaning.

Every rule has the form `rule(n, noise, rng, **options) -> (x (n, 2), y (n,) int)`. Classes take turns, so
their counts differ by at most one. A rule draws its shape first and its noise last, so turning noise up moves
the same points further along the same directions. Nothing leaves DOMAIN: what passes an edge is reflected.
"""

import numpy as np

from playground.arrays import Array, Integers
from playground.datasets.dataset import DOMAIN
from playground.datasets.generator import Generator, Option
from playground.limits import MAX_CLASSES
from playground.text import _

Points = tuple[Array, Integers]


def moons(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Two hooked half circles; each is the other turned by 180 degrees (after scikit-learn's make_moons)."""
    y, along = _classes_and_positions(n, 2, rng)
    angle = np.pi * along
    r = rng.uniform(0.87, 1.13, n)
    upper = np.column_stack([r * np.cos(angle) - 0.5, r * np.sin(angle) - 0.25])
    return _moved(3.3 * upper * (1 - 2 * y)[:, None], 1.5 * noise, rng), y


def rings(n: int, noise: float, rng: np.random.Generator) -> Points:
    """A disc and two rings around it, one class each, all with the same centre."""
    y, along = _classes_and_positions(n, 3, rng)
    inner, outer = np.array([0.0, 2.2, 4.2]), np.array([1.4, 3.4, 5.4])
    # Uniform in the squared radius is uniform over the area.
    radius = np.sqrt(rng.uniform(inner[y] ** 2, outer[y] ** 2))
    return _moved(_polar(radius, 2 * np.pi * along), noise, rng), y


def checkerboard(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Four by four cells, 2.5 wide, neighbours of different classes, with a thin empty line between them."""
    y = np.arange(n) % 2
    row, half_column = np.divmod(np.arange(n) // 2 % 8, 2)
    column = 2 * half_column + (row + y) % 2
    corner = 2.5 * np.column_stack([column, row]) - 5.0
    return _moved(corner + rng.uniform(0.15, 2.35, (n, 2)), noise, rng), y


def three_spirals(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Three arms of 1.2 turns, a third of a turn apart."""
    y, along = _classes_and_positions(n, 3, rng)
    along = along**0.75  # fewer points near the centre, where the arms are short
    radius = 0.4 + 4.8 * along
    arms = _polar(radius, 2 * np.pi * (1.2 * along + y / 3))
    return _moved(arms + rng.uniform(-0.15, 0.15, (n, 2)), 0.8 * noise, rng), y


def blobs(n: int, noise: float, rng: np.random.Generator, *, classes: int = 3) -> Points:
    """Round clouds, one per class, with their centres evenly spaced on a circle."""
    y = np.arange(n) % classes
    centers = _polar(np.full(classes, 3.5), 2 * np.pi * np.arange(classes) / classes)
    return _moved(centers[y] + rng.normal(0.0, 0.55, (n, 2)), 2.5 * noise, rng), y


def random_labels(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Points whose labels mean nothing (after Zhang et al., 2017): only memory can fit them."""
    x = rng.uniform(-5.0, 5.0, (n, 2))
    y = rng.permutation(np.arange(n) % 2)
    return _moved(x, noise, rng), y


def _classes_and_positions(n: int, classes: int, rng: np.random.Generator) -> tuple[Integers, Array]:
    """Classes in turn, and for each point a place in [0, 1) along its class's curve."""
    y = np.arange(n) % classes
    class_size = np.bincount(y)[y]
    return y, (np.arange(n) // classes + rng.random(n)) / class_size


def _polar(radius: Array, angle: Array) -> Array:
    """Angles count clockwise from the top. radius, angle: (n,); result (n, 2)."""
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def _moved(x: Array, spread: float, rng: np.random.Generator) -> Array:
    """x (n, 2) displaced by normal noise of standard deviation `spread`, reflected at the edges of DOMAIN."""
    low, high = DOMAIN
    x = x + spread * rng.standard_normal(x.shape)
    x = np.where(x > high, 2 * high - x, x)
    return np.where(x < low, 2 * low - x, x)


_CLASSES = Option(
    _("Classes"), _("How many clouds there are, each a class of its own."), default=3, low=2, high=MAX_CLASSES
)

CLASSIFICATION = (
    Generator(
        "moons",
        _("Moons"),
        source=_("After scikit-learn's make_moons"),
        text=_("Two half moons hooked into each other: a gentle curve separates them. Noise blurs them."),
        task="classification",
        n_classes=2,
        rule=moons,
    ),
    Generator(
        "rings",
        _("Rings"),
        source=_("Ours: a ring more than TensorFlow Playground's circle"),
        text=_("Three classes around one centre: the boundaries have to close. Noise blurs the rings."),
        task="classification",
        n_classes=3,
        rule=rings,
    ),
    Generator(
        "checkerboard",
        _("Checkerboard"),
        source=_("The board of the game"),
        text=_("Sixteen cells of alternating class: many straight borders to find. Noise blurs the borders."),
        task="classification",
        n_classes=2,
        rule=checkerboard,
    ),
    Generator(
        "three_spirals",
        _("Three spirals"),
        source=_("After the two spirals of Lang and Witbrock 1988"),
        text=_("Three arms wound around each other, one class each. Noise blurs the arms."),
        task="classification",
        n_classes=3,
        rule=three_spirals,
    ),
    Generator(
        "blobs",
        _("Blobs"),
        source=_("After scikit-learn's make_blobs"),
        text=_("Round clouds on a circle, two to six classes. Noise widens them until they overlap."),
        task="classification",
        n_classes=_CLASSES.default,
        rule=blobs,
        options={"classes": _CLASSES},
    ),
    Generator(
        "random_labels",
        _("Random labels"),
        source="Zhang et al. 2017",
        text=_(
            "Labels without meaning: learning them by heart does not help on test points. Pure overfitting."
        ),
        task="classification",
        n_classes=2,
        rule=random_labels,
        learnable=False,
    ),
)
