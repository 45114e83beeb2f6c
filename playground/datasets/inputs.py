"""Inputs: what a network gets to see of a dataset's examples.

Points become features (`FeatureMap`), images and sequences are given as they are, tokens become rows of zeros
with a single one. Shape letters: n examples; H, W, C rows, columns and channels of an image; T steps; F
numbers of a step; V words.
"""

from typing import Protocol

import numpy as np

from playground.arrays import Array
from playground.text import _

Shape = tuple[int, ...]


class Inputs(Protocol):
    """Calling it maps a dataset's x: (n, ...) to the network's inputs: (n, *in_shape) float64."""

    @property
    def in_shape(self) -> Shape:
        """Of one example, as the network takes it."""

    @property
    def labels(self) -> tuple[str, ...]:
        """A name for each number of an input, in the order of memory."""

    def __call__(self, x: np.ndarray) -> Array: ...


class Pixels:
    """Images (n, H, W, C) as they are."""

    def __init__(self, in_shape: Shape) -> None:
        self.in_shape = _checked(in_shape, 3, "Pixels", "(H, W, C)")

    @property
    def labels(self) -> tuple[str, ...]:
        """Row and column, counted from 1, and of several channels which one."""
        height, width, channels = self.in_shape
        ends = [""] if channels == 1 else [_(", channel {c}").format(c=c + 1) for c in range(channels)]
        places = [
            _("row {row}, column {column}").format(row=row + 1, column=column + 1)
            for row in range(height)
            for column in range(width)
        ]
        return tuple(place + end for place in places for end in ends)

    def __call__(self, x: np.ndarray) -> Array:
        return _matching(x, self.in_shape, "images").astype(np.float64, copy=False)


class Steps:
    """Sequences (n, T, F) as they are."""

    def __init__(self, in_shape: Shape) -> None:
        self.in_shape = _checked(in_shape, 2, "Steps", "(T, F)")

    @property
    def labels(self) -> tuple[str, ...]:
        """The step, counted from 1, and of several numbers which one."""
        steps, numbers = self.in_shape
        ends = [""] if numbers == 1 else [_(", number {i}").format(i=i + 1) for i in range(numbers)]
        return tuple(
            _("step {step}{end}").format(step=step + 1, end=end) for step in range(steps) for end in ends
        )

    def __call__(self, x: np.ndarray) -> Array:
        return _matching(x, self.in_shape, "sequences").astype(np.float64, copy=False)


class Tokens:
    """Tokens (n, T) of a vocabulary to (n, T, V): a one at the token's own place, zeros elsewhere.

    vocabulary: the words, in the order of their numbers.
    """

    def __init__(self, length: int, vocabulary: tuple[str, ...]) -> None:
        self.vocabulary = tuple(vocabulary)
        self.in_shape = _checked((length, len(self.vocabulary)), 2, "Tokens", "(T, V)")

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(
            _("{word} at {t}").format(word=word, t=t + 1)
            for t in range(self.in_shape[0])
            for word in self.vocabulary
        )

    def __call__(self, x: np.ndarray) -> Array:
        words = len(self.vocabulary)
        _matching(x, self.in_shape[:1], "tokens")
        if x.size and not 0 <= x.min() <= x.max() < words:
            raise ValueError(
                f"Tokens from {x.min()} to {x.max()} do not fit a vocabulary of {words} words; "
                f"use numbers from 0 to {words - 1}."
            )
        rows: Array = np.eye(words)[x]
        return rows


def _checked(in_shape: Shape, ndim: int, name: str, wanted: str) -> Shape:
    if len(in_shape) != ndim or not all(size >= 1 for size in in_shape):
        raise ValueError(f"{name} cannot have the shape {tuple(in_shape)}; give {wanted}, each at least 1.")
    return tuple(in_shape)


def _matching(x: np.ndarray, shape: Shape, what: str) -> np.ndarray:
    """x itself, if its examples have this shape."""
    if x.shape[1:] != shape:
        raise ValueError(f"These {what} have the shape {x.shape[1:]}, not {shape}; use data of one shape.")
    return x
