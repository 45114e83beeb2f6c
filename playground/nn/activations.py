"""ACTIVATIONS: name -> an activation function and its derivative.

Contract: `value(z)` returns a new array; `derivative(z, y)` returns dy/dz given z and y = value(z), so that a
function whose derivative is easy in y (tanh, sigmoid) never computes itself twice. Arrays of any shape,
float32 or float64. Neither overflows nor underflows for |z| up to 1000 in float64. At a kink the derivative
is PyTorch's (relu'(0) = 0).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.nn.erf import erf

Array = np.ndarray

_EXP_LIMIT = 700.0  # exp(-700) is about 1e-304: beyond that float64 underflows
_LEAK = 0.01
_SELU_ALPHA = 1.6732632423543772
_SELU_SCALE = 1.0507009873554805
_NORMAL_PEAK = 1.0 / math.sqrt(2.0 * math.pi)


@dataclass(frozen=True)
class ActivationFunction:
    """An element-wise function: value(z) -> y and derivative(z, y) -> dy/dz.

    saturates: its derivative tends to 0 on both sides, so deep stacks of it starve the early layers.
    """

    label: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    source: str
    saturates: bool = False


def linear(z: Array) -> Array:
    return z.copy()


def d_linear(z: Array, y: Array) -> Array:
    return np.ones_like(z)


def relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def d_relu(z: Array, y: Array) -> Array:
    return (z > 0.0).astype(z.dtype)


def leaky_relu(z: Array) -> Array:
    return np.maximum(z, _LEAK * z)


def d_leaky_relu(z: Array, y: Array) -> Array:
    return np.where(z > 0.0, z.dtype.type(1.0), z.dtype.type(_LEAK))


def elu(z: Array) -> Array:
    return np.where(z > 0.0, z, _exp_minus_one(z))


def d_elu(z: Array, y: Array) -> Array:
    return np.where(z > 0.0, z.dtype.type(1.0), y + 1.0)  # d(e^z - 1) = e^z = y + 1


def selu(z: Array) -> Array:
    return np.where(z > 0.0, _SELU_SCALE * z, (_SELU_SCALE * _SELU_ALPHA) * _exp_minus_one(z))


def d_selu(z: Array, y: Array) -> Array:
    return np.where(z > 0.0, z.dtype.type(_SELU_SCALE), y + _SELU_SCALE * _SELU_ALPHA)


def gelu(z: Array) -> Array:
    y = erf(z * math.sqrt(0.5))
    y += 1.0
    y *= 0.5
    y *= z  # z Phi(z), Phi the normal distribution function
    return y


def d_gelu(z: Array, y: Array) -> Array:
    phi = _NORMAL_PEAK * np.exp(-np.minimum(0.5 * z * z, _EXP_LIMIT))
    half = np.full_like(z, 0.5)
    return np.divide(y, z, out=half, where=np.abs(z) > 1e-30) + z * phi  # Phi(z) + z phi(z), with Phi = y / z


def silu(z: Array) -> Array:
    return z * sigmoid(z)


def d_silu(z: Array, y: Array) -> Array:
    s = sigmoid(z)
    return s + y * (1.0 - s)


def softplus(z: Array) -> Array:
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.minimum(np.abs(z), _EXP_LIMIT)))


def d_softplus(z: Array, y: Array) -> Array:
    return sigmoid(z)


def softsign(z: Array) -> Array:
    return z / (1.0 + np.abs(z))


def d_softsign(z: Array, y: Array) -> Array:
    root = 1.0 - np.abs(y)  # 1 / (1 + |z|)
    return root * root


def tanh(z: Array) -> Array:
    return np.tanh(z)


def d_tanh(z: Array, y: Array) -> Array:
    d = y * y
    return np.subtract(1.0, d, d)


def sigmoid(z: Array) -> Array:
    y = np.tanh(0.5 * z)  # 1 / (1 + e^-z) = (1 + tanh(z / 2)) / 2, which cannot overflow
    y += 1.0
    y *= 0.5
    return y


def d_sigmoid(z: Array, y: Array) -> Array:
    return y * (1.0 - y)


def hard_tanh(z: Array) -> Array:
    return np.minimum(np.maximum(z, -1.0), 1.0)


def d_hard_tanh(z: Array, y: Array) -> Array:
    return (np.abs(z) < 1.0).astype(z.dtype)


def hard_sigmoid(z: Array) -> Array:
    return np.minimum(np.maximum(z / 6.0 + 0.5, 0.0), 1.0)


def d_hard_sigmoid(z: Array, y: Array) -> Array:
    return (np.abs(z) < 3.0) * z.dtype.type(1.0 / 6.0)


def sin(z: Array) -> Array:
    return np.sin(z)


def d_sin(z: Array, y: Array) -> Array:
    return np.cos(z)


def _exp_minus_one(z: Array) -> Array:
    """e^z - 1 for z <= 0, and 0 above: the unused side of a `where` must not overflow."""
    return np.expm1(np.maximum(np.minimum(z, 0.0), -_EXP_LIMIT))


ACTIVATIONS: dict[str, ActivationFunction] = {
    "linear": ActivationFunction("Linear", linear, d_linear, "The identity"),
    "relu": ActivationFunction("ReLU", relu, d_relu, "Nair and Hinton 2010"),
    "leaky_relu": ActivationFunction(
        "Leaky ReLU", leaky_relu, d_leaky_relu, "Maas, Hannun and Ng 2013, slope 0.01"
    ),
    "elu": ActivationFunction("ELU", elu, d_elu, "Clevert, Unterthiner and Hochreiter 2015, alpha 1"),
    "selu": ActivationFunction("SELU", selu, d_selu, "Klambauer et al. 2017"),
    "gelu": ActivationFunction("GELU", gelu, d_gelu, "Hendrycks and Gimpel 2016, the exact form"),
    "silu": ActivationFunction("SiLU (swish)", silu, d_silu, "Elfwing, Uchibe and Doya 2017"),
    "softplus": ActivationFunction("Softplus", softplus, d_softplus, "Dugas et al. 2000"),
    "softsign": ActivationFunction("Softsign", softsign, d_softsign, "Glorot and Bengio 2010", True),
    "tanh": ActivationFunction("Tanh", tanh, d_tanh, "LeCun et al. 1998, Efficient BackProp", True),
    "sigmoid": ActivationFunction("Sigmoid", sigmoid, d_sigmoid, "Rumelhart, Hinton and Williams 1986", True),
    "hard_tanh": ActivationFunction("Hard tanh", hard_tanh, d_hard_tanh, "Collobert 2004", True),
    "hard_sigmoid": ActivationFunction(
        "Hard sigmoid", hard_sigmoid, d_hard_sigmoid, "Courbariaux et al. 2015, slope 1/6 as in PyTorch", True
    ),
    "sin": ActivationFunction(
        "Sine", sin, d_sin, "Sitzmann et al. 2020 (SIREN), without its frequency factor"
    ),
}
