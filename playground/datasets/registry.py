"""DATASETS: every generator by name. Menus, links and tests iterate over it; a new dataset is one entry."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import partial

import numpy as np

from playground.datasets import classification, regression
from playground.datasets.dataset import Dataset, Seed
from playground.datasets.own import STARTER, OwnPoints
from playground.datasets.tf_playground import tf_playground_points
from playground.limits import MAX_CLASSES, MAX_SAMPLES, MIN_SAMPLES

MAX_NOISE = 0.5

Rule = Callable[..., tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Option:
    """A whole number that one generator takes besides n, noise and seed, from low to high."""

    label: str
    help: str
    _: KW_ONLY
    default: int
    low: int
    high: int


@dataclass(frozen=True)
class Generator:
    """A named dataset rule. Calling it draws a Dataset; the same arguments give the same points, bit for bit.

    rule(n, noise, rng, **options) -> (x (n, 2), y (n,)). n_classes is 0 for regression; where an option
    `classes` exists, it is that option's default, and the drawn Dataset knows its own number. Points come
    class by class or in turns; `Dataset.split` shuffles them.
    """

    name: str
    label: str
    _: KW_ONLY
    help: str
    task: str
    n_classes: int
    rule: Rule
    options: Mapping[str, Option] = field(default_factory=dict)

    @property
    def takes(self) -> tuple[str, ...]:
        """The arguments that make a difference, besides the seed: a page has controls for these."""
        return ("n", "noise", *self.options)

    def kind(self, **taken: object) -> tuple[str, int]:
        """Task and number of classes of what a call with these arguments draws."""
        return self.task, taken.get("classes", self.n_classes)

    def __call__(self, n: int = 500, *, noise: float = 0.0, seed: Seed = 0, **options: int) -> Dataset:
        """n: MIN_SAMPLES .. MAX_SAMPLES points. noise: 0 .. 0.5. ValueError for anything outside."""
        _require_whole(n, MIN_SAMPLES, MAX_SAMPLES, what=f"Dataset {self.name!r}: number of points")
        if not 0 <= noise <= MAX_NOISE:
            raise ValueError(
                f"Dataset {self.name!r}: noise {noise!r} must be a number from 0 to {MAX_NOISE}."
            )
        for name, value in options.items():
            if name not in self.options:
                known = ", ".join(self.options) or "none"
                raise ValueError(f"Dataset {self.name!r} has no option {name!r}; its options are: {known}.")
            option = self.options[name]
            _require_whole(value, option.low, option.high, what=f"Dataset {self.name!r}: {name}")
        x, y = self.rule(n, noise, np.random.default_rng(seed), **options)
        task, n_classes = self.kind(**options)
        return Dataset(x, y, task=task, n_classes=n_classes, name=self.name)


@dataclass(frozen=True)
class OwnGenerator(Generator):
    """The visitor's own points, exactly as they are: number, noise and seed change nothing, and what is
    learnt is up to the points. `task` and `n_classes` are those of STARTER, which is there before others are.
    """

    rule: None = field(default=None, kw_only=True)

    @property
    def takes(self) -> tuple[str, ...]:
        return ("points",)

    def kind(self, *, points: OwnPoints = STARTER) -> tuple[str, int]:
        return points.task, points.n_classes

    def __call__(
        self, n: int = 500, *, noise: float = 0.0, seed: Seed = 0, points: OwnPoints = STARTER
    ) -> Dataset:
        return points.dataset()


def _require_whole(value: int, low: int, high: int, *, what: str) -> None:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        raise ValueError(f"{what} {value!r} must be a whole number from {low} to {high}.")


def _signs_as_classes(name: str) -> Rule:
    """TensorFlow Playground's rule with its labels -1 and +1 as classes 0 and 1."""

    def rule(n: int, noise: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        x, sign = tf_playground_points(name, n, noise, rng)
        return x, sign > 0

    return rule


_CLASSES = Option(
    "Classes", "How many clouds there are, each a class of its own.", default=3, low=2, high=MAX_CLASSES
)

_GENERATORS = (
    Generator(
        "circle",
        "Circle",
        help="A disc inside a ring: no straight line separates them. Noise flips border labels.",
        task="classification",
        n_classes=2,
        rule=_signs_as_classes("circle"),
    ),
    Generator(
        "xor",
        "XOR",
        help="Opposite quadrants belong together: no single straight line will do. Noise flips labels.",
        task="classification",
        n_classes=2,
        rule=_signs_as_classes("xor"),
    ),
    Generator(
        "gauss",
        "Two clouds",
        help="Two round clouds that one straight line separates. Noise widens them until they overlap.",
        task="classification",
        n_classes=2,
        rule=_signs_as_classes("gauss"),
    ),
    Generator(
        "spiral",
        "Spiral",
        help="Two arms wound around each other: needs width, depth or good features. Noise blurs the arms.",
        task="classification",
        n_classes=2,
        rule=_signs_as_classes("spiral"),
    ),
    Generator(
        "moons",
        "Moons",
        help="Two half moons hooked into each other: a gentle curve separates them. Noise blurs them.",
        task="classification",
        n_classes=2,
        rule=classification.moons,
    ),
    Generator(
        "rings",
        "Rings",
        help="Three classes around one centre: the boundaries have to close. Noise blurs the rings.",
        task="classification",
        n_classes=3,
        rule=classification.rings,
    ),
    Generator(
        "checkerboard",
        "Checkerboard",
        help="Sixteen cells of alternating class: many straight borders to find. Noise blurs the borders.",
        task="classification",
        n_classes=2,
        rule=classification.checkerboard,
    ),
    Generator(
        "three_spirals",
        "Three spirals",
        help="Three arms wound around each other, one class each. Noise blurs the arms.",
        task="classification",
        n_classes=3,
        rule=classification.three_spirals,
    ),
    Generator(
        "blobs",
        "Blobs",
        help="Round clouds on a circle, two to six classes. Noise widens them until they overlap.",
        task="classification",
        n_classes=_CLASSES.default,
        rule=classification.blobs,
        options={"classes": _CLASSES},
    ),
    Generator(
        "random_labels",
        "Random labels",
        help="Labels without meaning: learning them by heart does not help on test points. Pure overfitting.",
        task="classification",
        n_classes=2,
        rule=classification.random_labels,
    ),
    Generator(
        "reg-plane",
        "Plane",
        help="A tilted plane: one unit without activation is enough. Noise makes it rough.",
        task="regression",
        n_classes=0,
        rule=partial(tf_playground_points, "reg-plane"),
    ),
    Generator(
        "reg-gauss",
        "Hills and valleys",
        help="Three hills and three valleys in a flat land: local structure. Noise makes it rough.",
        task="regression",
        n_classes=0,
        rule=partial(tf_playground_points, "reg-gauss"),
    ),
    Generator(
        "sine_ridge",
        "Waves",
        help="Waves that run in one direction. Noise is the spread of the targets around them.",
        task="regression",
        n_classes=0,
        rule=regression.sampled(regression.sine_ridge_surface),
    ),
    Generator(
        "saddle",
        "Saddle",
        help="A mountain pass: up to the sides, down to the front and back. Noise is the spread around it.",
        task="regression",
        n_classes=0,
        rule=regression.sampled(regression.saddle_surface),
    ),
    OwnGenerator(
        "own",
        "Your own points",
        help="The points that you draw or load from a file, exactly as they are.",
        task=STARTER.task,
        n_classes=STARTER.n_classes,
    ),
)

DATASETS: dict[str, Generator] = {generator.name: generator for generator in _GENERATORS}
