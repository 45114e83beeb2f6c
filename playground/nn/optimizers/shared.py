"""What optimizers have in common: settings, running means, and words and numbers for what they remember."""

from math import nan

import numpy as np

from playground.arrays import Array
from playground.nn.setting import Setting
from playground.text import _


def memory_setting(name: str, what: str, default: float) -> Setting:
    """How much of the past a running mean of `what` keeps."""
    return Setting(
        name,
        _("Memory of {what}: nearer to 1 averages over more steps.").format(what=what),
        0.0,
        0.9999,
        default,
    )


def epsilon_setting(default: float) -> Setting:
    return Setting(
        "ε", _("Added to the divisor: larger tames steps where gradients are tiny."), 1e-16, 1.0, default
    )


MOMENTUM_SETTING = Setting(
    _("Momentum"), _("Share of the last step kept: higher rolls on further."), 0.0, 0.9999, 0.9
)


def average(mean: Array, grads: Array, beta: float, scratch: Array) -> None:
    """mean = beta mean + (1 - beta) g, in place; all (N,)."""
    mean *= beta
    mean += np.multiply(grads, 1.0 - beta, scratch)


def average_square(square: Array, grads: Array, beta: float, scratch: Array) -> None:
    """square = beta square + (1 - beta) g^2, in place; all (N,)."""
    square *= beta
    np.multiply(grads, grads, scratch)
    scratch *= 1.0 - beta
    square += scratch


def window(beta: float) -> float:
    """Over about how many steps a mean with this memory reaches: beta^k falls to 1/e after about so many."""
    return 1.0 / (1.0 - beta)


def about_steps(beta: float) -> str:
    """Such as "about 10 steps"."""
    return _("about {window:,.0f} steps").format(window=window(beta))


def size(vector: Array) -> float:
    """The length of a vector: (N,)."""
    return float(np.sqrt(vector @ vector))


def cosine(one: Array, other: Array) -> float:
    """Of the angle between two vectors: 1 the same direction, -1 opposite; NaN if one of them is 0."""
    sizes = size(one) * size(other)
    return float(one @ other / sizes) if sizes else nan


def inverse(divisor: Array, t: int) -> Array:
    """1 / divisor: (N,), and NaN before the first step."""
    return 1.0 / divisor if t else np.full_like(divisor, nan)
