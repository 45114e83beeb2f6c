"""Gradient flow: how large the gradient is in each layer, measured: the mean |dE/dw| of its weights over the
whole training set, from the first layer with weights to the last. `gradient_theory` says what to expect of
the first weights.

Letters: L layers with weights.
"""

from math import nan
from typing import NamedTuple

import numpy as np

from playground.probes.data_pass import DataPass
from playground.text import _

VANISHING, HEALTHY, EXPLODING, NONE = range(4)
VERDICTS = (_("vanishing"), _("healthy"), _("exploding"), _("no gradient"))
FAINT = 1e-2  # a first layer that gets less of the last layer's gradient is starved
STRONG = 1e2  # one that gets more, or a gradient of this size anywhere, blows up


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
