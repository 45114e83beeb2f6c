"""One dataset: examples of one kind, with a class or a number each or without labels, and the operations
every experiment needs.

Shape letters: n examples; H, W, C rows, columns and channels of an image; T steps; F numbers of a step.
Points lie in the plane; the pictures show the square DOMAIN x DOMAIN, and the points live there.
"""

from dataclasses import KW_ONLY, dataclass, field, replace
from math import floor
from typing import NamedTuple

import numpy as np

from playground.text import _

DOMAIN = (-6.0, 6.0)
TASKS = ("classification", "regression")  # of examples with labels
UNLABELLED = "unlabelled"

Seed = int | np.random.SeedSequence | np.random.Generator


class Kind(NamedTuple):
    """shape: of x, in words. ndim: its number of axes. by_step: targets may be given for every step too."""

    shape: str
    ndim: int
    dtype: type = np.float64
    by_step: bool = False


KINDS = {
    "points": Kind("(n, 2)", 2),
    "images": Kind("(n, H, W, C)", 4),
    "sequences": Kind("(n, T, F)", 3, by_step=True),
    "tokens": Kind("(n, T)", 2, np.int64, by_step=True),
}


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples with their targets. The arrays are private read-only copies, so it can be shared freely.

    x: as KINDS says for the kind: float64, or int64 from 0 up for tokens. y: (n,) int64 classes
    0 .. n_classes - 1, or (n,) float64 targets when task is "regression" (n_classes is 0 then); sequences and
    tokens may have a target for each step, (n, T). An unlabelled dataset is given no y, and has (n, 0).
    """

    x: np.ndarray
    y: np.ndarray = field(default_factory=lambda: np.empty(0))
    _: KW_ONLY
    task: str
    n_classes: int
    name: str
    kind: str = "points"

    def __post_init__(self) -> None:
        tasks = (*TASKS, UNLABELLED)
        if self.task not in tasks:
            raise ValueError(f"Dataset task {self.task!r} is unknown; use one of {', '.join(tasks)}.")
        if self.kind not in KINDS:
            raise ValueError(f"Dataset kind {self.kind!r} is unknown; use one of {', '.join(KINDS)}.")
        x = self._checked_x()
        for name, array in (("x", x), ("y", self._checked_y(x))):
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def _checked_x(self) -> np.ndarray:
        kind = KINDS[self.kind]
        given, y_shape = np.asarray(self.x), np.shape(self.y)
        fits = given.ndim == kind.ndim and all(given.shape[1:])
        if not fits or (self.kind == "points" and given.shape[1] != 2):
            raise ValueError(
                f"Dataset needs x of shape {kind.shape} for {self.kind}, not {given.shape} with y {y_shape}."
            )
        x: np.ndarray = np.array(given, dtype=kind.dtype)
        if self.kind == "tokens" and ((x != given).any() or (x < 0).any()):
            raise ValueError("Dataset needs tokens that are whole numbers from 0 up; number the words first.")
        return x

    def _checked_y(self, x: np.ndarray) -> np.ndarray:
        kind, shape = KINDS[self.kind], np.shape(self.y)
        if self.task == UNLABELLED:
            if np.size(self.y):
                raise ValueError(f"An unlabelled Dataset takes no y, but one of shape {shape} was given.")
            return np.empty((len(x), 0))
        if shape != x.shape[:1] and not (kind.by_step and shape == x.shape[:2]):
            also = _(" or (n, T)") if kind.by_step else ""
            raise ValueError(
                f"Dataset needs x of shape {kind.shape} and y of shape (n,){also}, not {x.shape} and {shape}."
            )
        return np.array(self.y, dtype=np.int64 if self.task == "classification" else np.float64)

    def __len__(self) -> int:
        return len(self.x)

    @property
    def in_shape(self) -> tuple[int, ...]:
        """Of one example."""
        return self.x.shape[1:]

    def split(self, train_share: float, seed: Seed) -> tuple["Dataset", "Dataset"]:
        """Shuffle, then cut: the first floor(n * train_share) points train, the rest test; neither is empty.

        train_share: between 0 and 1. The same seed with another share cuts the same order elsewhere.
        """
        if not 0 < train_share < 1:
            raise ValueError(
                f"Train share {train_share!r} leaves one side empty; use a number between 0 and 1."
            )
        if len(self) < 2:
            raise ValueError(f"A dataset of {len(self)} points cannot be split; use at least 2.")
        order = np.random.default_rng(seed).permutation(len(self))
        # The small addend keeps a product such as 100 * 0.29 = 28.999... from losing a point.
        cut = min(max(floor(len(self) * train_share + 1e-9), 1), len(self) - 1)
        return self._take(order[:cut]), self._take(order[cut:])

    def flip_labels(self, share: float, seed: Seed) -> "Dataset":
        """Give a wrong label to round(n * share) points; with the same seed a larger share adds to them.

        A class becomes one of the other classes, each equally likely. A regression target changes its sign,
        which makes the outliers that tell a robust loss from a squared one.
        """
        if not 0 <= share <= 1:
            raise ValueError(f"Label flip share {share!r} is out of range; use a number from 0 to 1.")
        if self.y.ndim != 1:
            raise ValueError(
                f"Labels of shape {self.y.shape} cannot be flipped; "
                "use a dataset with one label for each example."
            )
        rng = np.random.default_rng(seed)
        flipped = rng.permutation(len(self))[: floor(len(self) * share + 0.5)]
        y = self.y.copy()
        if self.task == "classification":
            shifts = rng.integers(1, self.n_classes, size=len(self))
            y[flipped] = (y[flipped] + shifts[: len(flipped)]) % self.n_classes
        else:
            y[flipped] *= -1
        return replace(self, y=y)

    def _take(self, indices: np.ndarray) -> "Dataset":
        return replace(self, x=self.x[indices], y=self.y[indices])
