"""Points of the visitor's own: an immutable value, and its edits as functions that return a new one.

Coordinates lie in DOMAIN and values in VALUES, both kept to DECIMALS decimals, so that every written form (a
link, JSON, CSV) is exact. Points that are drawn lie on the coarser grid of SNAP decimals, which makes links
shorter. Shape letters: n points. `at` is a place (x, y) of the picture; `y` is a class or a value.
"""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import NamedTuple

import numpy as np

from playground.arrays import Array
from playground.datasets.dataset import DOMAIN, TASKS, Dataset, Seed
from playground.datasets.generator import Generator, Rule
from playground.limits import MAX_CLASSES, MAX_LABEL, MAX_OWN_POINTS, MAX_SHOWN
from playground.text import _, ngettext

DECIMALS = 4
SNAP = 2
VALUES = (-1.0, 1.0)
LABELS = tuple(str(c) for c in range(MAX_CLASSES))  # of classes that were given no names

Place = tuple[float, float]


class PointsError(ValueError):
    """Points that cannot be: one sentence naming what was given and what to do."""


@dataclass(frozen=True)
class OwnPoints:
    """Points with a class or a value each. It can be compared, hashed and pickled, and may be empty.

    x: n places. y: n classes (indices into labels), or n values for regression. labels: the names of 2 to
    MAX_CLASSES classes, not all of which need have points; none for regression. Arrays and lists will do too;
    PointsError for what is out of bounds.
    """

    x: tuple[Place, ...] = ()
    y: tuple[int, ...] | tuple[float, ...] = ()
    _: KW_ONLY
    task: str = "classification"
    labels: tuple[str, ...] = LABELS[:2]

    def __post_init__(self) -> None:
        if self.task not in TASKS:
            raise PointsError(
                _("The task {quoted} is unknown: use one of {tasks}.").format(
                    quoted=quoted(self.task), tasks=", ".join(TASKS)
                )
            )
        object.__setattr__(self, "labels", _checked_labels(self.labels, self.task))
        x, y = _array(self.x, (0, 2)), _array(self.y, (0,), whole=bool(self.labels))
        if x.ndim != 2 or x.shape[1] != 2 or y.shape != x.shape[:1]:
            raise PointsError(
                _("Points need x of shape (n, 2) and y (n,), not {x_shape} and {y_shape}.").format(
                    x_shape=x.shape, y_shape=y.shape
                )
            )
        if len(y) > MAX_OWN_POINTS:
            raise PointsError(
                _("{n} points are too many: give at most {most}.").format(n=len(y), most=MAX_OWN_POINTS)
            )
        _require_range(x, *DOMAIN)
        _require_range(y, *((0, len(self.labels) - 1) if self.labels else VALUES))
        object.__setattr__(self, "x", tuple(map(tuple, _rounded(x).tolist())))
        object.__setattr__(self, "y", tuple((y if self.labels else _rounded(y)).tolist()))

    def __len__(self) -> int:
        return len(self.y)

    def __repr__(self) -> str:
        return f"OwnPoints({self})"

    def __str__(self) -> str:
        n = len(self)
        if not self.labels:
            return ngettext("{n} point, values", "{n} points, values", n).format(n=n)
        return ngettext("{n} point, {classes} classes", "{n} points, {classes} classes", n).format(
            n=n, classes=self.n_classes
        )

    @property
    def n_classes(self) -> int:
        """0 for regression."""
        return len(self.labels)

    @property
    def places(self) -> Array:
        """All x as an array (n, 2)."""
        return np.array(self.x, dtype=np.float64).reshape(-1, 2)

    def dataset(self) -> Dataset:
        """The points, exactly as they are; at least one."""
        return Dataset(self.places, np.array(self.y), task=self.task, n_classes=self.n_classes, name="own")


def quoted(text: object) -> str:
    """Something a visitor gave, as a sentence repeats it: in quotes, cut to a readable length."""
    shown = "".join(c if c.isprintable() else "�" for c in str(text)[: MAX_SHOWN + 1])
    return f'"{shown}"' if len(shown) <= MAX_SHOWN else f'"{shown[: MAX_SHOWN - 1]}…"'


class LabelProblem(NamedTuple):
    """What is wrong with the name of a class and what to do, as a sentence and as a clause of one, each with
    {quoted} for the name and {most} for its largest length.
    """

    sentence: str
    clause: str


NO_TEXT = LabelProblem(
    _("The label {quoted} is no text; give each class a name."),
    _("the label {quoted} is no text; give each class a name"),
)
TOO_LONG = LabelProblem(
    _("The label {quoted} is longer than {most} characters; shorten it."),
    _("the label {quoted} is longer than {most} characters; shorten it"),
)
UNPRINTABLE = LabelProblem(
    _("The label {quoted} holds characters that cannot be shown or needless blanks; leave them out."),
    _("the label {quoted} holds characters that cannot be shown or needless blanks; leave them out"),
)


def label_problem(label: object) -> LabelProblem | None:
    """What is wrong with the name of a class, or None: it may be any short printable text."""
    if not isinstance(label, str) or not label:
        return NO_TEXT
    if len(label) > MAX_LABEL:
        return TOO_LONG
    if not label.isprintable() or label != " ".join(label.split()):
        return UNPRINTABLE
    return None


def _checked_labels(labels: object, task: str) -> tuple[str, ...]:
    """`labels` as a tuple; those of a regression are none, whatever is given."""
    if task == "regression":
        return ()
    if not isinstance(labels, list | tuple) or not 2 <= len(labels) <= MAX_CLASSES:
        raise PointsError(
            _("The labels {quoted} do not do: give 2 to {most} names of classes.").format(
                quoted=quoted(labels), most=MAX_CLASSES
            )
        )
    for label in labels:
        if problem := label_problem(label):
            raise PointsError(problem.sentence.format(quoted=quoted(label), most=MAX_LABEL))
    if len(set(labels)) < len(labels):
        raise PointsError(
            _("The labels {quoted} are not all different: rename one.").format(
                quoted=quoted(", ".join(labels))
            )
        )
    return tuple(labels)


def _array(values: object, empty: tuple[int, ...], *, whole: bool = False) -> np.ndarray:
    """Numbers as an array; what holds none has the shape `empty`. Text and truth values are not numbers."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise PointsError(
            _("Points need x of shape (n, 2) and y (n,): give as many numbers for each.")
        ) from error
    if array.size == 0:
        return np.zeros(empty, dtype=np.int64 if whole else np.float64)
    if array.dtype.kind not in ("iu" if whole else "iuf"):
        kind = _("whole numbers") if whole else _("numbers")
        raise PointsError(
            _("Points cannot be made from {quoted}: give {wanted}.").format(
                quoted=quoted(values), wanted=kind
            )
        )
    return array


def _require_range(values: np.ndarray, low: float, high: float) -> None:
    outside = ~((low <= values) & (values <= high))  # what is no number is outside too
    if outside.any():
        first = values[outside][0]
        raise PointsError(
            _("{first:g} lies outside {low:g} to {high:g}: scale the points to that range.").format(
                first=first, low=low, high=high
            )
        )


def _rounded(values: np.ndarray) -> Array:
    return np.round(values.astype(np.float64), DECIMALS) + 0.0  # -0.0 becomes 0.0


def snap(at: Sequence[float]) -> Place:
    """The place of the drawing grid nearest to `at`; one outside of DOMAIN comes to its edge."""
    place = _array(at, (0,))
    if place.shape != (2,) or not np.isfinite(place).all():
        raise PointsError(
            _("The place {quoted} is not in the picture: give two numbers.").format(quoted=quoted(at))
        )
    return tuple((np.round(np.clip(place.astype(np.float64), *DOMAIN), SNAP) + 0.0).tolist())


def nearest(points: OwnPoints, at: Sequence[float], *, radius: float) -> int | None:
    """The index of the point nearest to `at`, if one lies within `radius`; of several, the last drawn."""
    if not len(points):
        return None
    distance = np.hypot(*(points.places - snap(at)).T)
    index = len(points) - 1 - int(distance[::-1].argmin())
    return index if distance[index] <= radius else None


def move(points: OwnPoints, index: int, to: Sequence[float]) -> OwnPoints:
    """Point `index` elsewhere, on the drawing grid; it keeps its place in the order."""
    _require_index(points, index)
    return replace(points, x=(*points.x[:index], snap(to), *points.x[index + 1 :]))


def relabel(points: OwnPoints, index: int, y: float) -> OwnPoints:
    """Another class or value for point `index`."""
    _require_index(points, index)
    return replace(points, y=(*points.y[:index], y, *points.y[index + 1 :]))


def add_class(points: OwnPoints) -> OwnPoints:
    """One class more, under the first of LABELS that is not taken."""
    if points.task != "classification" or points.n_classes == MAX_CLASSES:
        raise PointsError(
            _("Points with {n} classes get no more: {most} are the most.").format(
                n=points.n_classes, most=MAX_CLASSES
            )
        )
    return replace(points, labels=with_label(points.labels))


def with_label(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Fewer than MAX_CLASSES labels, and the first of LABELS that is not among them."""
    return (*labels, next(label for label in LABELS if label not in labels))


def _require_index(points: OwnPoints, index: object) -> None:
    if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(points):
        raise PointsError(
            _("There is no point {quoted}: give a number from 0 to {last}.").format(
                quoted=quoted(index), last=len(points) - 1
            )
        )


_ARC = ((-4.2, 2.1), (-3.9, 0.7), (-3.3, -0.8), (-2.4, -2.0), (-1.2, -2.8))
_CORE = ((-0.9, 1.4), (0.1, 2.2), (-0.2, 0.5), (0.8, 1.1), (-1.1, 2.9), (1.2, 2.7))
_MIRRORED = tuple((-x, y) for x, y in reversed(_ARC))

# What there is before anything is drawn: a bowl of one class around a handful of the other.
STARTER = OwnPoints(
    (*_ARC, (0.0, -3.1), *_MIRRORED, *_CORE, (0.4, 3.6), (-0.6, 3.9), (1.3, 0.2), (0.2, -0.6), (-1.4, 0.6)),
    (0,) * 11 + (1,) * 11,
)


def _as_they_are(
    n: int, noise: float, rng: np.random.Generator, *, points: OwnPoints = STARTER
) -> tuple[Array, np.ndarray]:
    return points.places, np.array(points.y)


@dataclass(frozen=True)
class OwnGenerator(Generator):
    """The visitor's own points, exactly as they are: number, noise and seed change nothing, and what is
    learnt is up to the points. `task` and `n_classes` are those of STARTER, which is there before others are.
    """

    rule: Rule = field(default=_as_they_are, kw_only=True)

    @property
    def takes(self) -> tuple[str, ...]:
        return ("points",)

    def kind(self, **taken: object) -> tuple[str, int]:
        points = taken.get("points", STARTER)
        if not isinstance(points, OwnPoints):
            raise PointsError(
                _("Points cannot be made from {quoted}: give {kind}.").format(
                    quoted=quoted(points), kind="OwnPoints"
                )
            )
        return points.task, points.n_classes

    def __call__(self, n: int = 500, *, noise: float = 0.0, seed: Seed = 0, **options: object) -> Dataset:
        return self._drawn(n, noise, seed, options)


OWN = OwnGenerator(
    "own",
    _("Your own points"),
    source=_("Whoever draws them"),
    text=_("The points that you draw or load from a file, exactly as they are."),
    task=STARTER.task,
    n_classes=STARTER.n_classes,
)
