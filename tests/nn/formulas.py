"""What the formulas that registry entries carry are worth, in numbers."""

import math

import numpy as np

from playground.nn import LOSSES
from playground.nn.activations import sigmoid
from playground.nn.erf import erf

MEANING = {
    **{name: getattr(math, name) for name in ("cos", "cosh", "exp", "log", "sin", "sqrt", "tanh")},
    **{"abs": abs, "max": max, "min": min, "sign": lambda x: float(np.sign(x))},
    "clip": lambda x, low, high: min(max(x, low), high),
    "sigma": lambda z: float(sigmoid(np.float64(z))),
    "Phi": lambda z: 0.5 * (1.0 + float(erf(np.array([z * math.sqrt(0.5)]))[0])),
    "phi": lambda z: math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi),
}


def value(expression: str, **names: float) -> float:
    return eval(expression, {**MEANING, **names})


def targets_for(loss: str, rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Random targets such as training gives this loss: (B, K), or (B,) classes of the shares of K."""
    kind = LOSSES[loss].outputs
    if kind == "shares":
        return rng.integers(0, shape[1], shape[0])
    if kind == "distances":
        return rng.normal(0.0, 2.0, shape)
    zero_or_one = rng.integers(0, 2, shape)
    return zero_or_one * 1.0 if kind == "logits" else 2.0 * zero_or_one - 1.0
