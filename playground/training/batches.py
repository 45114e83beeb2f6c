"""Batches: how the rows of a training set are dealt out to the updates of an epoch."""

import numpy as np

from playground.arrays import Integers


class Batches:
    """Equal batches; the last update of an epoch uses what is left over.

    count: how many rows there are. size: rows of a batch, at most all of them. shuffle: whether each epoch
    has an order of its own.
    """

    def __init__(self, count: int, size: int, *, shuffle: bool = True) -> None:
        if count < 1 or size < 1:
            raise ValueError(f"There are no batches of {size} of {count} rows: give at least 1 of each.")
        self.count = count
        self.size = min(size, count)
        self.shuffle = shuffle
        self.per_epoch = -(-count // self.size)
        self._slices = [slice(k * self.size, (k + 1) * self.size) for k in range(self.per_epoch)]

    def order(self, epoch: int, draws: np.random.Generator) -> Integers:
        """(count,) the rows in the order of an epoch, which is counted from 0."""
        return draws.permutation(self.count) if self.shuffle else np.arange(self.count)

    def slices(self, epoch: int) -> list[slice]:
        """For each update of an epoch, its part of that epoch's order."""
        return self._slices
