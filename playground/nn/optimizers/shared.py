"""What optimizers have in common: settings, and running means."""

import numpy as np

from playground.nn.setting import Setting

Array = np.ndarray


def memory_setting(name: str, what: str, default: float) -> Setting:
    """How much of the past a running mean of `what` keeps."""
    return Setting(name, f"Memory of {what}: nearer to 1 averages over more steps.", 0.0, 0.9999, default)


def epsilon_setting(default: float) -> Setting:
    return Setting(
        "ε", "Added to the divisor: larger tames steps where gradients are tiny.", 1e-16, 1.0, default
    )


MOMENTUM_SETTING = Setting(
    "Momentum", "Share of the last step kept: higher rolls on further.", 0.0, 0.9999, 0.9
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
