"""Gradient flow: how large the gradient is in each layer, measured, and what theory predicts for the first
weights.

Both speak of the weight gradients of the whole training set, from the first layer with weights to the last.
Measured is the mean |dE/dw| of each layer; theory gives the sizes relative to the last layer, by variance
propagation through wide random layers (Glorot and Bengio 2010; He et al. 2015; Poole et al. 2016; Schoenholz
et al. 2017; with batch norm Yang et al. 2019):

    forward    q_l = n_(l-1) E[w^2] p_(l-1),   p_l = E[f(z)^2],   z ~ N(0, q_l)
    backward   d_(l-1) = n_l E[w^2] E[f'(z)^2] d_l
    weights    |dE/dW_l|^2 ~ p_(l-1) E[f'(z)^2] d_l

d_l is the squared gradient of a unit's output, p_l the mean square of that output. It holds for wide layers;
biases are taken as 0, and that gradients of different points partly cancel is left out. So expect the order
of magnitude, not the digits.

Letters: L layers with weights, H = L - 1 hidden layers, B training points.
"""

from collections.abc import Sequence
from math import nan, sqrt
from typing import NamedTuple

import numpy as np

from playground.nn import ACTIVATIONS, INITIALIZERS
from playground.probes.activation_view import activation_curve
from playground.probes.data_pass import DataPass
from playground.text import _
from playground.training import Experiment, HiddenLayer

VANISHING, HEALTHY, EXPLODING, NONE = range(4)
VERDICTS = (_("vanishing"), _("healthy"), _("exploding"), _("no gradient"))
FAINT = 1e-2  # a first layer that gets less of the last layer's gradient is starved
STRONG = 1e2  # one that gets more, or a gradient of this size anywhere, blows up

_REACH, _PLACES = 8.0, 1600  # of the normal distribution, in standard deviations; midpoints avoid the kinks
_EPSILON = 1e-5  # the guard of batch and layer norm


class GradientFlow(NamedTuple):
    """sizes: (L,) mean |dE/dw| of each weight matrix. ratio: first to last. factor: from one layer to the one
    before it, as a geometric mean. NaN where the last layer has no gradient, factor also without hidden
    layers. verdict: an index of VERDICTS.
    """

    sizes: np.ndarray
    ratio: float
    factor: float
    verdict: int


def gradient_flow(data: DataPass) -> GradientFlow:
    """Measure the present weights on the whole training set, in training mode, without penalties."""
    return judged(np.array([np.abs(gradient).mean() for gradient in _training_gradients(data)]))


def judged(sizes: np.ndarray) -> GradientFlow:
    """sizes: (L,). What they say."""
    with np.errstate(all="ignore"):
        ratio = float(sizes[0] / sizes[-1]) if sizes[-1] > 0.0 else nan
        factor = ratio ** (1.0 / (len(sizes) - 1)) if len(sizes) > 1 else nan
    if ratio > STRONG or sizes.max() > STRONG:
        verdict = EXPLODING
    elif not ratio >= 0.0:
        verdict = NONE
    else:
        verdict = VANISHING if ratio < FAINT else HEALTHY
    return GradientFlow(sizes, ratio, factor, verdict)


def _training_gradients(data: DataPass) -> list[np.ndarray]:
    """The gradients of the weight matrices. With batch norm they are those of the batch's own statistics, as
    in training; a network without running statistics has the same in evaluation.
    """
    gradients = data.gradients
    network = data.bench.network
    if not network.state.size:
        return gradients
    running = network.state.copy()
    with np.errstate(all="ignore"):
        _, d_outputs = data.task.loss(network.forward(data.bench.inputs, train=True), data.bench.targets)
        network.backward_parameters(d_outputs)
    network.state[:] = running
    return [layer.dW for layer in data.bench.weight_layers]


class Prediction(NamedTuple):
    """What theory expects of the first weights. profile: (L,) sizes relative to the last layer. ratio, factor
    as in GradientFlow. steepest: the largest slope |f'| of the activations.
    """

    profile: np.ndarray
    ratio: float
    factor: float
    steepest: float


class _Passage(NamedTuple):
    """One hidden layer of the theory. fan: n_l E[w^2] with n_l its units. power: mean square of its inputs.
    slope: E[f'(z)^2], over the variance that normalization divides by. skip: whether its input is added.
    """

    fan: float
    power: float
    slope: float
    skip: bool


def predicted_flow(
    experiment: Experiment, *, n_inputs: int, n_outputs: int, input_power: float = 1.0
) -> Prediction:
    """input_power: the mean square of the inputs, 1 if they are standardised."""
    network = experiment.network
    mean_square = INITIALIZERS[network.initializer].mean_square
    mean, power, width = 0.0, input_power, n_inputs
    passages = []
    for layer in network.layers:
        weight = mean_square((width, layer.units))
        spread, norm = _spread(layer, width * weight, power, mean)
        sums = NormalSums.of(layer.activation, spread)
        skip = network.residual and layer.units == width
        passages.append(_Passage(layer.units * weight, power, sums.slope / norm, skip))
        carried = (mean, power) if skip else (0.0, 0.0)
        power = carried[1] + sums.power + 2.0 * carried[0] * sums.mean
        mean, width = carried[0] + sums.mean, layer.units
    arriving = n_outputs * mean_square((width, n_outputs))
    profile = _profile(passages, power, arriving)
    hidden = len(network.layers)
    ratio = float(profile[0])
    steepest = max((_steepest(layer.activation) for layer in network.layers), default=1.0)
    return Prediction(profile, ratio, ratio ** (1.0 / hidden) if hidden else nan, steepest)


def _profile(passages: Sequence[_Passage], last_power: float, arriving: float) -> np.ndarray:
    """(L,) from the last layer back to the first. arriving: squared gradient of a last hidden unit's output,
    where that of the network's output is 1.
    """
    squares = [last_power]
    for passage in reversed(passages):
        at_sums = arriving * passage.slope
        squares.append(passage.power * at_sums)
        arriving = passage.fan * at_sums + (arriving if passage.skip else 0.0)
    sizes = np.sqrt(squares[::-1])
    return sizes / sizes[-1] if sizes[-1] > 0.0 else np.full(len(sizes), nan)


def _spread(layer: HiddenLayer, fan_in: float, power: float, mean: float) -> tuple[float, float]:
    """The variance of what enters the activation, and the variance that normalization divided it by."""
    if layer.normalization == "none":
        return fan_in * power, 1.0
    # batch norm takes a unit's mean over the points away, layer norm only that over the units, which is 0
    varying = power - mean * mean if layer.normalization == "batch_norm" else power
    norm = fan_in * varying + _EPSILON
    return fan_in * varying / norm, norm


class NormalSums(NamedTuple):
    """Of an activation f under z ~ N(0, q): E[f], E[f^2], E[f'^2]."""

    mean: float
    power: float
    slope: float

    @classmethod
    def of(cls, activation: str, q: float) -> "NormalSums":
        step = 2.0 * _REACH / _PLACES
        places = -_REACH + step * (np.arange(_PLACES) + 0.5)
        weights = np.exp(-0.5 * places * places)
        weights /= weights.sum()
        z = sqrt(q) * places
        with np.errstate(all="ignore"):
            y = ACTIVATIONS[activation].value(z)
            slope = ACTIVATIONS[activation].derivative(z, y)
            return cls(*(float(weights @ values) for values in (y, y * y, slope * slope)))


def _steepest(activation: str) -> float:
    return float(np.abs(activation_curve(activation).slope).max())
