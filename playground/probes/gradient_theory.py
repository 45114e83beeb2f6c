"""Gradient theory: how large the gradients of a network's first weights would be, were its layers very wide.

As layers widen, what the weights do to each pair of points i, j depends on the draw less and less (Poole et
al. 2016; Schoenholz et al. 2017), and so does the gradient, up to the errors d at the output sums (Jacot et
al. 2018). Layer by layer, l from 1 to L, with K_0 = X X^T / n_0 of the inputs X and D_L = d d^T:

    forward    Z_l = n_(l-1) E[w^2] K_(l-1),   K_l(i, j) = E[f(z_i) f(z_j)],   z ~ N(b, Z_l)
    backward   D_(l-1) = n_l E[w^2] S_l D_l,   S_l(i, j) = E[f'(z_i) f'(z_j)],   S_L = 1
    weights    mean square of dE/dW_l, summed over the outputs = sum over i, j of K_(l-1) S_l D_l

The sum over pairs is what makes gradients of different points cancel. The errors d are measured: theory says
how they reach the layers. A residual layer hands K and D on beside what it makes of them; layer norm makes
Z_l(i, i) = 1. All this is of root mean squares. The mean |dE/dw| that stands beside it is 0.8 times as large
if the gradients are normal numbers, 0.64 times if they are products of two.

Letters: B points, L layers with weights, H = L - 1 hidden layers, n_l units in each.
"""

from collections.abc import Sequence
from functools import cache
from math import nan, sqrt
from typing import NamedTuple

import numpy as np

from playground.nn import ACTIVATIONS, INITIALIZERS, Activation, Dense
from playground.probes.data_pass import DataPass
from playground.text import _
from playground.training import Experiment

WIDE = 8  # units: narrower layers differ too much from one draw to the next
EQUAL = ("zeros", "constant")  # first weights that are not drawn

_REACH, _PLACES = 8.0, 400  # of the normal distribution, in standard deviations; midpoints avoid the kinks
_TERMS = 24  # of a function's series of Hermite polynomials
_REST = 1e-7  # of the function's mean square, what may be left when the series ends early
_EPSILON = 1e-5  # the guard of layer norm
_HALVINGS = 8  # 2 to this are the most points of which all pairs are taken


class Prediction(NamedTuple):
    """profile: (L,) sizes of the gradients relative to the last layer. ratio: first to last. factor: from one
    layer to the one before it, as a geometric mean. NaN where the last layer has no gradient, factor also
    without hidden layers.
    """

    profile: np.ndarray
    ratio: float
    factor: float


class WideLayer(NamedTuple):
    """A hidden layer of the theory. square: E[w^2] of its weights. bias: of all its units. skip: whether its
    input is added to its output.
    """

    activation: str
    n_in: int
    units: int
    square: float
    bias: float = 0.0
    layer_norm: bool = False
    skip: bool = False


def premise_broken(experiment: Experiment) -> str:
    """Why there is no theory for a network's first weights, as one sentence; "" if there is."""
    network = experiment.network
    if network.initializer in EQUAL:
        return _("No theory: it is of weights drawn at random, and these are all equal.")
    if any(layer.normalization == "batch_norm" for layer in network.layers):
        return _("No theory: it takes points one by one, and batch norm mixes those of a batch.")
    if any(layer.units < WIDE for layer in network.layers):
        return _("No theory: it is of wide layers, and these have fewer than {n} units.").format(n=WIDE)
    return ""


def predicted_flow(data: DataPass) -> Prediction | None:
    """Of the weights that a run begins with, at its first frame; None where the premise does not hold."""
    experiment = data.trainer.experiment
    if premise_broken(experiment):
        return None
    network, x = experiment.network, data.bench.inputs
    square = INITIALIZERS[network.initializer].mean_square
    layers, width = [], x.shape[1]
    for layer, weights in zip(network.layers, data.bench.weight_layers, strict=False):
        bias = weights.bias_init if isinstance(weights, Dense) else 0.0
        skip = network.residual and layer.units == width
        norm = layer.normalization == "layer_norm"
        shape = (width, layer.units)
        layers.append(WideLayer(layer.activation, *shape, square(shape), bias, norm, skip))
        width = layer.units
    profile = wide_profile(layers, x, output_errors(data), square((width, data.task.n_outputs)))
    ratio, hidden = float(profile[0]), len(layers)
    return Prediction(profile, ratio, ratio ** (1.0 / hidden) if hidden else nan)


def output_errors(data: DataPass) -> np.ndarray:
    """(B, K) the gradient of the loss by the sums of the output units, before their activation."""
    with np.errstate(all="ignore"):
        errors: np.ndarray = data.task.loss(data.outputs, data.bench.targets)[1]
        last = data.passed[0][-1]
        if isinstance(last.layer, Activation):
            errors = errors * ACTIVATIONS[last.layer.name].derivative(last.x, last.y)
    return errors


def wide_profile(
    layers: Sequence[WideLayer], x: np.ndarray, errors: np.ndarray, last_square: float
) -> np.ndarray:
    """(L,) root mean squares of the weights' gradients, the last layer's being 1; NaN where that has none.

    x: (B, n_0). errors: (B, K). last_square: E[w^2] of the output's weights.
    """
    x, errors = _gathered(x, errors)
    kernel, mean = x @ x.T / x.shape[1], np.zeros(len(x))
    kernels, slopes = [kernel], []
    with np.errstate(all="ignore"):
        for layer in layers:
            outputs, means, slope = _passed(layer, kernel)
            if layer.skip:
                both = np.outer(mean, means)
                outputs, means = kernel + outputs + both + both.T, mean + means
            kernel, mean = outputs, means
            kernels.append(kernel)
            slopes.append(slope)
        arriving = errors @ errors.T
        squares = [np.sum(kernels[-1] * arriving) / errors.shape[1]]
        arriving *= last_square
        for layer, before, slope in zip(layers[::-1], kernels[-2::-1], slopes[::-1], strict=True):
            at_sums = slope * arriving
            squares.append(np.sum(before * at_sums))
            arriving = layer.units * layer.square * at_sums + (arriving if layer.skip else 0.0)
        sizes = np.sqrt(np.maximum(squares[::-1], 0.0))
        return sizes / sizes[-1] if sizes[-1] > 0.0 else np.full(len(sizes), nan)


def _gathered(x: np.ndarray, errors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points and their errors; where there are too many, a mean point for each few neighbours, and the sum of
    their errors: halves of halves, each along the input in which it is widest.
    """
    if len(x) <= 2**_HALVINGS:
        return x, errors
    groups = [np.arange(len(x))]
    for _halving in range(_HALVINGS):
        ordered = [group[np.argsort(x[group, np.ptp(x[group], axis=0).argmax()])] for group in groups]
        groups = [half for group in ordered for half in np.array_split(group, 2)]
    means = np.array([x[group].mean(axis=0) for group in groups])
    return means, np.array([errors[group].sum(axis=0) for group in groups])


def _passed(layer: WideLayer, kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """K_l and S_l, (B, B) each, and between them E[f(z_i)], (B,). kernel: (B, B), K_(l-1)."""
    sums = layer.n_in * layer.square * kernel
    variances, bias = np.diag(sums).copy(), layer.bias
    spreads = np.sqrt(np.outer(variances, variances))
    correlations = np.clip(np.divide(sums, spreads, out=np.zeros_like(sums), where=spreads > 0.0), -1.0, 1.0)
    norms = np.ones(len(kernel))
    if layer.layer_norm:  # over the units: it takes away their mean, the bias
        norms, bias = variances + _EPSILON, 0.0
    z = bias + np.sqrt(variances / norms)[:, None] * normal().z
    function = ACTIVATIONS[layer.activation]
    y = function.value(z)
    outputs, means = pair_means(y, correlations)
    slope, _means = pair_means(np.broadcast_to(function.derivative(z, y), z.shape), correlations)
    return outputs, means, slope / np.sqrt(np.outer(norms, norms))


class Normal(NamedTuple):
    """z: (P,) places of the standard normal distribution, weights: (P,) their parts of it. hermite:
    (_TERMS, P) the normalised Hermite polynomials there, times the weights.
    """

    z: np.ndarray
    weights: np.ndarray
    hermite: np.ndarray


@cache
def normal() -> Normal:
    z = 2.0 * _REACH / _PLACES * (np.arange(_PLACES) + 0.5) - _REACH
    weights = np.exp(-0.5 * z * z)
    weights /= weights.sum()
    polynomials = [np.ones_like(z), z]
    for k in range(2, _TERMS):
        polynomials.append((z * polynomials[-1] - sqrt(k - 1) * polynomials[-2]) / sqrt(k))
    return Normal(z, weights, np.array(polynomials) * weights)


def pair_means(values: np.ndarray, correlations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(B, B) E[g(z_i) g(z_j)] of normal numbers with these correlations (B, B), and (B,) E[g(z_i)]. values:
    (B, P) of g at the places, for each point's own variance.

    With a_k the coefficients of g it is the sum over k of a_k(i) a_k(j) correlation^k (Mehler 1866). What the
    series leaves of E[g^2] is counted half to its next power and half to the one after: even and odd.
    """
    parts = values @ normal().hermite.T
    squares = (values * values) @ normal().weights
    rests = np.maximum(squares[:, None] - np.cumsum(parts * parts, axis=1), 0.0)
    small = (rests <= _REST * squares[:, None]).all(axis=0)
    terms = int(np.argmax(small)) + 1 if small.any() else _TERMS
    rest = np.sqrt(rests[:, terms - 1])
    found = np.outer(rest, rest) * (0.5 + 0.5 * correlations)
    for k in reversed(range(terms)):
        found *= correlations
        found += np.outer(parts[:, k], parts[:, k])
    return found, parts[:, 0]
