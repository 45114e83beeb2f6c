"""BOUNDED: activations that stay between two values: S curves, and a wave."""

import numpy as np

from playground.arrays import Array
from playground.nn.activations.entry import ActivationFunction
from playground.nn.formula import Formula
from playground.text import _


def softsign(z: Array) -> Array:
    return z / (1.0 + np.abs(z))


def d_softsign(z: Array, y: Array) -> Array:
    root = 1.0 - np.abs(y)  # 1 / (1 + |z|)
    return root * root


def tanh(z: Array) -> Array:
    y: Array = np.tanh(z)
    return y


def d_tanh(z: Array, y: Array) -> Array:
    d = y * y
    np.subtract(1.0, d, d)
    return d


def sigmoid(z: Array) -> Array:
    y: Array = np.tanh(0.5 * z)  # 1 / (1 + e^-z) = (1 + tanh(z / 2)) / 2, which cannot overflow
    y += 1.0
    y *= 0.5
    return y


def d_sigmoid(z: Array, y: Array) -> Array:
    return y * (1.0 - y)


def hard_tanh(z: Array) -> Array:
    y: Array = np.minimum(np.maximum(z, -1.0), 1.0)
    return y


def d_hard_tanh(z: Array, y: Array) -> Array:
    return (np.abs(z) < 1.0).astype(z.dtype)


def hard_sigmoid(z: Array) -> Array:
    y: Array = np.minimum(np.maximum(z / 6.0 + 0.5, 0.0), 1.0)
    return y


def d_hard_sigmoid(z: Array, y: Array) -> Array:
    return (np.abs(z) < 3.0) * z.dtype.type(1.0 / 6.0)


def sin(z: Array) -> Array:
    y: Array = np.sin(z)
    return y


def d_sin(z: Array, y: Array) -> Array:
    d: Array = np.cos(z)
    return d


BOUNDED: dict[str, ActivationFunction] = {
    "softsign": ActivationFunction(
        _("Softsign"),
        softsign,
        d_softsign,
        source="Glorot and Bengio 2010",
        text=_("An S from -1 to 1 like tanh that flattens more slowly."),
        latex=r"f(z) = \frac{z}{1 + |z|}",
        formula=Formula("z / (1 + abs(z))", "(1 - abs(a)) ** 2"),
        torch="nn.Softsign()",
        keras='layers.Activation("softsign")(z)',
        numpy="z / (1.0 + np.abs(z))",
        saturates=True,
    ),
    "tanh": ActivationFunction(
        _("Tanh"),
        tanh,
        d_tanh,
        source=_("LeCun et al. 1998, Efficient BackProp"),
        text=_("An S from -1 to 1. It is flat at both ends, where it hardly lets a unit learn."),
        latex=r"f(z) = \tanh(z)",
        formula=Formula("tanh(z)", "1 - a ** 2"),
        torch="nn.Tanh()",
        keras='layers.Activation("tanh")(z)',
        numpy="np.tanh(z)",
        saturates=True,
    ),
    "sigmoid": ActivationFunction(
        _("Sigmoid"),
        sigmoid,
        d_sigmoid,
        source="Rumelhart, Hinton and Williams 1986",
        text=(
            _(
                "An S from 0 to 1, like a probability. Its slope is at most 1/4, so deep stacks of it learn "
                "badly."
            )
        ),
        latex=r"f(z) = \frac{1}{1 + e^{-z}}",
        formula=Formula("1 / (1 + exp(-z))", "a * (1 - a)"),
        torch="nn.Sigmoid()",
        keras='layers.Activation("sigmoid")(z)',
        numpy="0.5 * (1.0 + np.tanh(0.5 * z))",
        saturates=True,
    ),
    "hard_tanh": ActivationFunction(
        _("Hard tanh"),
        hard_tanh,
        d_hard_tanh,
        source="Collobert 2004",
        text=_("A tanh of three straight pieces."),
        latex=r"f(z) = \min(\max(z, -1), 1)",
        formula=Formula("clip(z, -1, 1)", "1 if abs(z) < 1 else 0"),
        torch="nn.Hardtanh()",
        keras='layers.Activation("hard_tanh")(z)',
        numpy="np.clip(z, -1.0, 1.0)",
        saturates=True,
    ),
    "hard_sigmoid": ActivationFunction(
        _("Hard sigmoid"),
        hard_sigmoid,
        d_hard_sigmoid,
        source=_("Courbariaux et al. 2015, slope 1/6 as in PyTorch"),
        text=_("A sigmoid of three straight pieces."),
        latex=r"f(z) = \min\left(\max\left(\tfrac{z}{6} + \tfrac{1}{2}, 0\right), 1\right)",
        formula=Formula("clip(z / 6 + 1 / 2, 0, 1)", "1 / 6 if abs(z) < 3 else 0"),
        torch="nn.Hardsigmoid()",
        keras='layers.Activation("hard_sigmoid")(z)',
        numpy="np.clip(z / 6.0 + 0.5, 0.0, 1.0)",
        saturates=True,
    ),
    "sin": ActivationFunction(
        _("Sine"),
        sin,
        d_sin,
        source=_("Sitzmann et al. 2020 (SIREN), without its frequency factor"),
        text=_("Waves up and down for ever: good for patterns that repeat."),
        latex=r"f(z) = \sin(z)",
        formula=Formula("sin(z)", "cos(z)"),
        torch="torch.sin(z)",
        keras="keras.ops.sin(z)",
        numpy="np.sin(z)",
    ),
}
