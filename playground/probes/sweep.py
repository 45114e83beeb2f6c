"""A quantity against a knob: mean and spread over several seeds. Which way it goes: see `shapes`.

Letters: S seeds, V values of the knob.
"""

from typing import NamedTuple

import numpy as np


class Swept(NamedTuple):
    """mean, spread: (V,) over the seeds; spread: the standard deviation, 0 for one seed. lowest: the place of
    the least mean.
    """

    mean: np.ndarray
    spread: np.ndarray
    lowest: int


def swept(values: np.ndarray) -> Swept:
    """values: (S, V)."""
    mean = values.mean(axis=0)
    spread = values.std(axis=0, ddof=1) if len(values) > 1 else np.zeros_like(mean)
    return Swept(mean, spread, int(np.argmin(mean)))
