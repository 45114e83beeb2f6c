"""One dataset: points in the plane with a class or a number each, and the operations every experiment needs.

Shape letters: n points. The pictures show the square DOMAIN x DOMAIN, and the points live there.
"""

from dataclasses import KW_ONLY, dataclass, replace
from math import floor

import numpy as np

DOMAIN = (-6.0, 6.0)
TASKS = ("classification", "regression")

Seed = int | np.random.SeedSequence | np.random.Generator


@dataclass(frozen=True, eq=False)
class Dataset:
    """Points with their targets. The arrays are private read-only copies, so a dataset can be shared freely.

    x: (n, 2) float64. y: (n,) int64 classes 0 .. n_classes - 1, or (n,) float64 targets when task is
    "regression" (n_classes is 0 then).
    """

    x: np.ndarray
    y: np.ndarray
    _: KW_ONLY
    task: str
    n_classes: int
    name: str

    def __post_init__(self):
        if self.task not in TASKS:
            raise ValueError(f"Dataset task {self.task!r} is unknown; use one of {', '.join(TASKS)}.")
        x = np.array(self.x, dtype=np.float64)
        y = np.array(self.y, dtype=np.int64 if self.task == "classification" else np.float64)
        if x.ndim != 2 or x.shape[1] != 2 or y.shape != x.shape[:1]:
            raise ValueError(
                f"Dataset needs x of shape (n, 2) and y of shape (n,), not {x.shape} and {y.shape}."
            )
        for field, array in (("x", x), ("y", y)):
            array.flags.writeable = False
            object.__setattr__(self, field, array)

    def __len__(self) -> int:
        return len(self.y)

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
