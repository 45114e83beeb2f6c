"""Generator: all that is known of a dataset: the rule that draws it, and its words."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field

import numpy as np

from playground.arrays import Array
from playground.datasets.dataset import Dataset, Seed
from playground.limits import MAX_SAMPLES, MIN_SAMPLES
from playground.text import _

MAX_NOISE = 0.5

Rule = Callable[..., tuple[Array, np.ndarray]]


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

    label, source: see `playground.nn.entries`. text: one line of help, less than 110 characters.
    task: "classification" or "regression". n_classes: 0 for regression; where an option `classes` exists, its
        default, and the drawn Dataset knows its own number.
    options: what the rule takes besides; each is a field of `playground.training.data_section.Data`.
    learnable: whether labels have anything to do with places.
    rule: rule(n, noise, rng, **options) -> (x (n, 2), y (n,)). The tests hold every one of our own to

        - points in DOMAIN whatever the noise, class by class or in turns: `Dataset.split` shuffles them;
        - classes 0 .. n_classes - 1, each as frequent as the others to within one point; or values within
          [-1.2, 1.2] as long as there is no noise;
        - draws from rng alone, the shape first and the noise last, so that more noise moves the same points
          further along the same directions: of a classification each point in proportion to the noise and no
          label; of a regression no point, and each value by a normal number of which the noise is the
          standard deviation.

    The rules of TensorFlow Playground are as they are there.
    """

    name: str
    label: str
    _: KW_ONLY
    source: str = ""
    text: str = ""
    task: str
    n_classes: int
    rule: Rule
    options: Mapping[str, Option] = field(default_factory=dict)
    learnable: bool = True

    def __post_init__(self) -> None:
        if self.task == "classification":
            fits = self.n_classes >= 2
        else:
            fits = self.task == "regression" and self.n_classes == 0
        if not fits:
            raise ValueError(
                f"dataset {self.name!r} lacks a task that fits: classification with n_classes of at least "
                "2, or regression with 0."
            )

    @property
    def takes(self) -> tuple[str, ...]:
        """The arguments that make a difference, besides the seed: a page has controls for these."""
        return ("n", "noise", *self.options)

    def kind(self, **taken: object) -> tuple[str, int]:
        """Task and number of classes of what a call with these arguments draws."""
        classes = taken.get("classes")
        return self.task, int(classes) if isinstance(classes, int | np.integer) else self.n_classes

    def __call__(self, n: int = 500, *, noise: float = 0.0, seed: Seed = 0, **options: object) -> Dataset:
        """n: MIN_SAMPLES .. MAX_SAMPLES points. noise: 0 .. 0.5. ValueError for anything outside."""
        _require_whole(
            n, MIN_SAMPLES, MAX_SAMPLES, what=_("Dataset {name!r}: number of points").format(name=self.name)
        )
        if not 0 <= noise <= MAX_NOISE:
            raise ValueError(
                f"Dataset {self.name!r}: noise {noise!r} must be a number from 0 to {MAX_NOISE}."
            )
        for name, value in options.items():
            if name not in self.options:
                known = ", ".join(self.options) or "none"
                raise ValueError(f"Dataset {self.name!r} has no option {name!r}; its options are: {known}.")
            option = self.options[name]
            _require_whole(
                value,
                option.low,
                option.high,
                what=_("Dataset {name!r}: {option}").format(name=self.name, option=name),
            )
        return self._drawn(n, noise, seed, options)

    def _drawn(self, n: int, noise: float, seed: Seed, options: Mapping[str, object]) -> Dataset:
        x, y = self.rule(n, noise, np.random.default_rng(seed), **options)
        task, n_classes = self.kind(**options)
        return Dataset(x, y, task=task, n_classes=n_classes, name=self.name)


def _require_whole(value: object, low: int, high: int, *, what: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= value <= high:
        raise ValueError(f"{what} {value!r} must be a whole number from {low} to {high}.")
