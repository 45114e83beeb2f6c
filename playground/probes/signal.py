"""Signal: what equal random layers do to a batch of normal inputs on the way there, and to a normal gradient
on the way back; measured on a real network, and what theory predicts of very wide ones.

    signal = passed(Stack("tanh", "xavier_normal", 64, 10), rng)
    theory = expected(Stack("tanh", "xavier_normal", 64, 10))

Both speak of three numbers for each layer. power: mean square of its outputs, over units and inputs. spread:
standard deviation over the inputs of a unit's output (as root mean square over the units), which is what the
layer still tells of the inputs: outputs may be large and yet the same for all of them. gradient: mean square
of the gradient of its outputs, where that of the last layer's outputs has 1.

    power      q_l = n E[w^2] p_(l-1),   p_l = E[f(z)^2],   z ~ N(b, q_l),   p_0 = 1
    common     m_l = n E[w^2] c_(l-1),   c_l = E[f(z) f(z')],   cov(z, z') = m_l,   c_0 = 0
    spread     sqrt(p_l - c_l),   the variance that is not common to all inputs
    gradient   d_(l-1) = n E[w^2] E[f'(z)^2] d_l,   d_H = 1

p and d: Glorot and Bengio 2010, He et al. 2015. c, of two independent inputs z and z': Poole et al. 2016.
b: the bias of all units, 0 but by TensorFlow Playground's rule. Constant weights are no draws and make equal
units: for them the theory has nothing to say.

Letters: B inputs, H layers of n units each.
"""

from dataclasses import dataclass
from functools import cache
from math import nan, sqrt
from typing import NamedTuple

import numpy as np

from playground.limits import MAX_LAB_LAYERS, MAX_SEED
from playground.nn import ACTIVATIONS, INITIALIZERS, Activation, Dense, Network
from playground.probes.data_pass import walk
from playground.probes.output_ranges import output_range, range_counts

INPUTS = 200
FADES, KEPT, GROWS = range(3)
KEEPS = (0.5, 2.0)  # what a stack may make of a signal's size and still pass it on

_REACH = 8.0  # of the normal distribution, in standard deviations
_PLACES, _PAIR_PLACES = 1600, 140  # midpoints, which avoid the kinks


class Stack(NamedTuple):
    """Layers, all alike. activation, rule: of ACTIVATIONS, INITIALIZERS. depth: at most MAX_LAB_LAYERS."""

    activation: str
    rule: str
    width: int
    depth: int


class Signal(NamedTuple):
    """outputs, gradients: for each layer (B, n), of its outputs. power, spread, gradient: (H,)."""

    outputs: list[np.ndarray]
    gradients: list[np.ndarray]
    power: np.ndarray
    spread: np.ndarray
    gradient: np.ndarray


def passed(stack: Stack, rng: np.random.Generator) -> Signal:
    """One draw of the weights, from the first layer on, the inputs and the gradient: with the same numbers a
    deeper stack begins as a less deep one.
    """
    seed, x = int(rng.integers(MAX_SEED)), rng.standard_normal((INPUTS, stack.width))
    pairs = [(Dense(stack.width, init=stack.rule), Activation(stack.activation)) for _ in range(stack.depth)]
    network = Network([layer for pair in pairs for layer in pair], stack.width, seed=seed)
    _, ends = walk(network.layers, x)
    outputs = ends[1::2]
    gradients: list[np.ndarray] = []
    dy: np.ndarray = rng.standard_normal(outputs[-1].shape)
    with np.errstate(all="ignore"):
        for dense, activation in reversed(pairs):
            gradients.insert(0, dy)
            dy = dense.backward(activation.backward(dy))
        return Signal(
            outputs,
            gradients,
            power=np.array([np.mean(y * y) for y in outputs]),
            spread=np.array([sqrt(np.mean(np.var(y, axis=0))) for y in outputs]),
            gradient=np.array([np.mean(dy * dy) for dy in gradients]),
        )


class Expected(NamedTuple):
    """What theory predicts of a stack: (H,) each, NaN where it has nothing to say."""

    power: np.ndarray
    spread: np.ndarray
    gradient: np.ndarray


def expected(stack: Stack) -> Expected:
    powers, variances, factors = (part[: stack.depth] for part in _chain(*stack[:3]))
    return Expected(powers, np.sqrt(variances), np.cumprod([1.0, *factors[:0:-1]])[::-1])


@cache
def _chain(activation: str, rule: str, width: int) -> np.ndarray:
    """(3, MAX_LAB_LAYERS) of each layer, which depends on those before it alone: the power, the variance over
    the inputs, and by what the squared gradient of its outputs is multiplied on the way to its inputs.
    """
    weights = INITIALIZERS[rule](np.random.default_rng(0), (width, width))
    if weights.any() and not np.ptp(weights):
        return np.full((3, MAX_LAB_LAYERS), nan)
    gain, bias = width * INITIALIZERS[rule].mean_square((width, width)), Dense(width, init=rule).bias_init
    common, variance, layers = 0.0, 1.0, []
    for _ in range(MAX_LAB_LAYERS):
        sums = NormalSums.of(activation, gain * (common + variance), bias)
        common, variance = _parts(activation, bias, gain * common, gain * variance)
        layers.append((sums.power, variance, gain * sums.slope))
    return np.array(layers).T


class NormalSums(NamedTuple):
    """Of an activation f under z ~ N(b, q): E[f^2], E[f'^2]."""

    power: float
    slope: float

    @classmethod
    def of(cls, activation: str, q: float, b: float) -> "NormalSums":
        places, weights = _normal(_PLACES)
        z = b + sqrt(q) * places
        with np.errstate(all="ignore"):
            y = ACTIVATIONS[activation].value(z)
            slope = ACTIVATIONS[activation].derivative(z, y)
            return cls(*(float(weights @ values) for values in (y * y, slope * slope)))


@cache
def _normal(count: int) -> tuple[np.ndarray, np.ndarray]:
    """(count,) places of the standard normal distribution, and what part of it each stands for."""
    step = 2.0 * _REACH / count
    places = -_REACH + step * (np.arange(count) + 0.5)
    weights = np.exp(-0.5 * places * places)
    return places, weights / weights.sum()


def _parts(activation: str, bias: float, common: float, variance: float) -> tuple[float, float]:
    """E[f(z) f(z')] of two normal sums whose covariance is `common`, and E[f(z)^2] less that. What they share
    is a normal number, and each has another of its own, so the second is a mean of variances: unlike the
    difference it is exact where next to nothing is left of it.
    """
    places, weights = _normal(_PAIR_PLACES)
    with np.errstate(all="ignore"):
        y = ACTIVATIONS[activation].value(bias + sqrt(common) * places[:, None] + sqrt(variance) * places)
        if not variance:  # no rounding in the place of nothing
            return float(weights @ (y[:, 0] * y[:, 0])), 0.0
        means = y @ weights
        away = y - means[:, None]
        return float(weights @ (means * means)), float(weights @ ((away * away) @ weights))


@dataclass(frozen=True)
class Pooled:
    """Of several draws together. count: how many. power, spread, gradient: (H,), means over the draws (of
    squares, where the number itself is a root). shares: (H, OUTPUT_BINS) how the outputs are spread over
    `output_range`, the fullest bin of each layer being 1.
    """

    count: int
    power: np.ndarray
    spread: np.ndarray
    gradient: np.ndarray
    shares: np.ndarray


class Draws:
    """Draws of a stack, one after the other, made when first asked for; `pooled(k)` has 1 + k of them, up to
    `most`. The k-th is the same whenever it is asked for.
    """

    def __init__(self, stack: Stack, seed: int, most: int) -> None:
        self.stack, self.seed, self.most = stack, seed, most
        self._sums: list[tuple[np.ndarray, ...]] = []

    def pooled(self, k: int) -> Pooled:
        k = min(k, self.most - 1)
        while len(self._sums) <= k:
            self._sums.append(self._next())
        with np.errstate(all="ignore"):
            power, variance, gradient = (total / (k + 1) for total in self._sums[k][:3])
            counts = self._sums[k][3]
            shares = counts / np.maximum(counts.max(axis=1, keepdims=True), 1)
            return Pooled(k + 1, power, np.sqrt(variance), gradient, shares)

    def _next(self) -> tuple[np.ndarray, ...]:
        """The sums over one more draw: power, variance, gradient and counts."""
        signal = passed(self.stack, np.random.default_rng([self.seed, len(self._sums)]))
        bounds = output_range(self.stack.activation)
        counts = np.array([range_counts(y, bounds) for y in signal.outputs])
        with np.errstate(all="ignore"):
            drawn = (signal.power, signal.spread**2, signal.gradient, counts)
            return tuple(map(np.add, self._sums[-1], drawn)) if self._sums else drawn


def judged(there: float, back: float) -> int:
    """FADES, KEPT or GROWS. there, back: what is left of a signal of size 1 after the last layer, and of a
    gradient of size 1 at the first.
    """
    if min(there, back) < KEEPS[0]:
        return FADES
    return KEPT if max(there, back) <= KEEPS[1] else GROWS
