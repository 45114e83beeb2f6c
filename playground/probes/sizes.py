"""How large the weights and their gradients are altogether, in two numbers each."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from playground.probes.data_pass import DataPass


class Sizes(NamedTuple):
    """median: half of the values are no larger than this, whatever their sign. largest: of all."""

    median: float
    largest: float


def weight_sizes(data: DataPass) -> Sizes:
    """Of the weight matrices of all layers together; biases are not among them."""
    return sizes_of(data.weights)


def gradient_sizes(data: DataPass) -> Sizes:
    """Of their gradients; see `DataPass.gradients`."""
    return sizes_of(data.gradients)


def sizes_of(arrays: Sequence[np.ndarray]) -> Sizes:
    """arrays: of any shape, not all of them empty. NaN if one value is."""
    sizes = np.abs(np.concatenate([values.ravel() for values in arrays]))
    with np.errstate(invalid="ignore"):
        return Sizes(float(np.median(sizes)), float(sizes.max()))
