"""UNBOUNDED: activations that grow without end on one side or on both, from the plainest to the smoothest."""

import math

import numpy as np

from playground.arrays import Array
from playground.nn.activations.bounded import sigmoid
from playground.nn.activations.entry import ActivationFunction
from playground.nn.erf import erf
from playground.nn.formula import Formula
from playground.text import _

_EXP_LIMIT = 700.0  # exp(-700) is about 1e-304: beyond that float64 underflows
_LEAK = 0.01
_SELU_ALPHA = 1.6732632423543772
_SELU_SCALE = 1.0507009873554805
_NORMAL_PEAK = 1.0 / math.sqrt(2.0 * math.pi)


def linear(z: Array) -> Array:
    return z.copy()


def d_linear(z: Array, y: Array) -> Array:
    return np.ones_like(z)


def relu(z: Array) -> Array:
    y: Array = np.maximum(z, 0.0)
    return y


def d_relu(z: Array, y: Array) -> Array:
    return (z > 0.0).astype(z.dtype)


def leaky_relu(z: Array) -> Array:
    y: Array = np.maximum(z, _LEAK * z)
    return y


def d_leaky_relu(z: Array, y: Array) -> Array:
    return np.where(z > 0.0, z.dtype.type(1.0), z.dtype.type(_LEAK))


def elu(z: Array) -> Array:
    return np.where(z > 0.0, z, _exp_minus_one(z))


def d_elu(z: Array, y: Array) -> Array:
    return np.where(z > 0.0, z.dtype.type(1.0), y + 1.0)


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
    return np.divide(y, z, out=half, where=np.abs(z) > 1e-30) + z * phi


def silu(z: Array) -> Array:
    return z * sigmoid(z)


def d_silu(z: Array, y: Array) -> Array:
    s = sigmoid(z)
    return s + y * (1.0 - s)


def softplus(z: Array) -> Array:
    y: Array = np.maximum(z, 0.0) + np.log1p(np.exp(-np.minimum(np.abs(z), _EXP_LIMIT)))
    return y


def d_softplus(z: Array, y: Array) -> Array:
    return sigmoid(z)


def _exp_minus_one(z: Array) -> Array:
    """e^z - 1 for z <= 0, and 0 above: the unused side of a `where` must not overflow."""
    y: Array = np.expm1(np.maximum(np.minimum(z, 0.0), -_EXP_LIMIT))
    return y


UNBOUNDED: dict[str, ActivationFunction] = {
    "linear": ActivationFunction(
        _("Linear"),
        linear,
        d_linear,
        source=_("The identity"),
        text=(
            _(
                "Passes the sum on as it is. Layers of it, one after another, are worth no more than a "
                "single one."
            )
        ),
        latex="f(z) = z",
        formula=Formula("z", "1"),
        torch="nn.Identity()",
        keras="z",
        numpy="z",
    ),
    "relu": ActivationFunction(
        _("ReLU"),
        relu,
        d_relu,
        source="Nair and Hinton 2010",
        text=(
            _(
                "Passes what is positive and blocks the rest. Cheap and good for deep networks, but a unit "
                "can die."
            )
        ),
        latex=r"f(z) = \max(0, z)",
        formula=Formula("max(0, z)", "1 if z > 0 else 0"),
        torch="nn.ReLU()",
        keras='layers.Activation("relu")(z)',
        numpy="np.maximum(z, 0.0)",
    ),
    "leaky_relu": ActivationFunction(
        _("Leaky ReLU"),
        leaky_relu,
        d_leaky_relu,
        source=_("Maas, Hannun and Ng 2013, slope 0.01"),
        text=_("A ReLU that lets a hundredth of the negative sums through, so that no unit can die."),
        latex=r"f(z) = \max(z, 0.01\,z)",
        formula=Formula("max(0.01 * z, z)", "1 if z > 0 else 0.01"),
        torch="nn.LeakyReLU(0.01)",
        keras="layers.LeakyReLU(negative_slope=0.01)(z)",
        numpy="np.maximum(z, 0.01 * z)",
    ),
    "elu": ActivationFunction(
        _("ELU"),
        elu,
        d_elu,
        source=_("Clevert, Unterthiner and Hochreiter 2015, alpha 1"),
        text=_("Like ReLU for positive sums, and a smooth bend down to -1 for negative ones."),
        latex=r"f(z) = \begin{cases} z & z > 0 \\ e^z - 1 & z \le 0 \end{cases}",
        formula=Formula("z if z > 0 else exp(z) - 1", "1 if z > 0 else a + 1"),
        torch="nn.ELU()",
        keras='layers.Activation("elu")(z)',
        numpy="np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))",
    ),
    "selu": ActivationFunction(
        _("SELU"),
        selu,
        d_selu,
        source="Klambauer et al. 2017",
        text=_("An ELU scaled so that the values of deep layers keep mean 0 and spread 1 by themselves."),
        latex=r"f(z) = 1.0507 \cdot \begin{cases} z & z > 0 \\ 1.6733\,(e^z - 1) & z \le 0 \end{cases}",
        formula=Formula(
            "1.0507009873554805 * z if z > 0 else 1.7580993408473766 * (exp(z) - 1)",
            "1.0507009873554805 if z > 0 else a + 1.7580993408473766",
        ),
        torch="nn.SELU()",
        keras='layers.Activation("selu")(z)',
        numpy="1.0507009873554805 * np.where(z > 0.0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0.0)))",
    ),
    "gelu": ActivationFunction(
        _("GELU"),
        gelu,
        d_gelu,
        source=_("Hendrycks and Gimpel 2016, the exact form"),
        text=(
            _(
                "A smooth ReLU: the sum times the chance that a normal random number is below it. Common in "
                "language models."
            )
        ),
        latex=r"f(z) = z\,\Phi(z)",
        formula=Formula("z * Phi(z)", "Phi(z) + z * phi(z)"),
        torch="nn.GELU()",
        keras='layers.Activation("gelu")(z)',
        numpy="0.5 * z * (1.0 + erf(z / np.sqrt(2.0)))",
    ),
    "silu": ActivationFunction(
        _("SiLU (swish)"),
        silu,
        d_silu,
        source="Elfwing, Uchibe and Doya 2017",
        text=_("A smooth ReLU: the sum times its own sigmoid. It dips a little below 0 on the left."),
        latex=r"f(z) = \frac{z}{1 + e^{-z}}",
        formula=Formula("z * sigma(z)", "sigma(z) + a * (1 - sigma(z))"),
        torch="nn.SiLU()",
        keras='layers.Activation("silu")(z)',
        numpy="0.5 * z * (1.0 + np.tanh(0.5 * z))",
    ),
    "softplus": ActivationFunction(
        _("Softplus"),
        softplus,
        d_softplus,
        source="Dugas et al. 2000",
        text=_("A ReLU with a rounded corner; its slope is the sigmoid."),
        latex=r"f(z) = \ln(1 + e^z)",
        formula=Formula("log(1 + exp(z))", "sigma(z)"),
        torch="nn.Softplus(threshold=100)",  # by default PyTorch rounds it to z above 20
        keras='layers.Activation("softplus")(z)',
        numpy="np.logaddexp(0.0, z)",
    ),
}
