"""Slots: what an optimizer remembers, and what that means for its next step, in numbers.

`readings(optimizer, t=..., gradient=..., slots=..., options=...)` gives named numbers for any optimizer of
`playground.nn`: vectors as long as the parameters, or single numbers. Bias-corrected values are worked out
here and stored nowhere. `window` says over how many steps a memory reaches: weights beta^k fall to 1/e after
about 1 / (1 - beta) steps.

Letters: N parameters, g the gradient, t steps taken.
"""

from collections.abc import Mapping
from math import nan

import numpy as np

from playground.nn import OPTIMIZERS

Readings = Mapping[str, np.ndarray | float]


def window(beta: float) -> float:
    """Over about how many steps an average with this memory reaches."""
    return 1.0 / (1.0 - beta)


def settings_in_use(optimizer: str, options: Mapping[str, float]) -> dict[str, float]:
    """All hyper-parameters of an optimizer besides its rate: the defaults, and `options` over them."""
    return {name: setting.default for name, setting in OPTIMIZERS[optimizer].settings.items()} | dict(options)


def readings(
    optimizer: str,
    *,
    t: int,
    gradient: np.ndarray,
    slots: Mapping[str, np.ndarray],
    options: Mapping[str, float],
) -> Readings:
    """What the slots say after t steps; gradient: (N,) the last one that went in. Before the first step all
    slots hold 0, and what would divide by 0 is NaN.
    """
    with np.errstate(all="ignore"):
        return READINGS[optimizer](t, gradient, slots, settings_in_use(optimizer, options))


def _nothing(t, gradient, slots, settings) -> Readings:
    return {}


def _velocity(t, gradient, slots, settings) -> Readings:
    """v = momentum v + g: gradients that agree add up to 1 / (1 - momentum) of them."""
    velocity = slots["velocity"]
    return {
        "velocity": velocity,
        "gain": _size(velocity) / _size(gradient) if gradient.any() else nan,
        "agreement": _cosine(velocity, gradient),
    }


def _square_sum(t, gradient, slots, settings) -> Readings:
    """s, the sum of all squared gradients, only grows, so that the factor 1 / sqrt(s) only shrinks."""
    total = slots["square_sum"]
    return {"square_sum": total, "factor": _inverse(np.sqrt(total) + settings["eps"], t)}


def _square(t, gradient, slots, settings) -> Readings:
    """s, the mean of recent squared gradients, divides the step."""
    square = slots["square"]
    return {"square": square, "factor": _inverse(np.sqrt(square) + settings["eps"], t)}


def _step_square(t, gradient, slots, settings) -> Readings:
    """The sizes of recent steps over those of recent gradients."""
    square, steps, eps = slots["square"], slots["step_square"], settings["eps"]
    return {"square": square, "step_square": steps, "factor": np.sqrt((steps + eps) / (square + eps))}


def _moments(t, gradient, slots, settings) -> Readings:
    """m and v began at 0; dividing by 1 - beta^t takes the part of the zeros away.

    step: m^ / (sqrt(v^) + eps), which the rate multiplies: near 1 in size where gradients agree, small where
    they change sign.
    """
    mean, square = slots["mean"], slots["largest"] if "largest" in slots else slots["square"]
    beta1, beta2 = settings["beta1"], settings["beta2"]
    mean_hat = mean / (1.0 - beta1**t) if t else np.full_like(mean, nan)
    square_hat = square / (1.0 - beta2**t) if t else np.full_like(square, nan)
    return {
        "mean": mean,
        "mean_hat": mean_hat,
        "root": np.sqrt(square_hat),
        "step": mean_hat / (np.sqrt(square_hat) + settings["eps"]),
        "zeros1": beta1**t,
        "zeros2": beta2**t,
    }


def _signs(t, gradient, slots, settings) -> Readings:
    """Only the signs of the mean count."""
    return {"mean": slots["mean"], "sign": np.sign(slots["mean"])}


READINGS = {
    "sgd": _nothing,
    "momentum": _velocity,
    "nesterov": _velocity,
    "adagrad": _square_sum,
    "rmsprop": _square,
    "adadelta": _step_square,
    "adam": _moments,
    "adamw": _moments,
    "amsgrad": _moments,
    "nadam": _moments,
    "lion": _signs,
}


def slot_sizes(slots: Mapping[str, np.ndarray]) -> dict[str, float]:
    """The root mean square of each slot: how large its typical entry is."""
    with np.errstate(over="ignore"):
        return {name: float(np.sqrt(np.mean(slot * slot))) for name, slot in slots.items()}


def _size(vector: np.ndarray) -> float:
    return float(np.sqrt(vector @ vector))


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    """Of the angle between two vectors: 1 the same direction, -1 opposite; NaN if one of them is 0."""
    sizes = _size(one) * _size(other)
    return float(one @ other / sizes) if sizes else nan


def _inverse(divisor: np.ndarray, t: int) -> np.ndarray:
    return 1.0 / divisor if t else np.full_like(divisor, nan)
