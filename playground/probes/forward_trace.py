"""The prediction trace: one point's way through the network, every number of it, as plain Python values."""

import copy
from typing import NamedTuple

import numpy as np

from playground.nn import Activation, LayerPass
from playground.probes.data_pass import blocks, walk
from playground.text import _
from playground.training import Trainer, unit_outputs
from playground.training.layers import NORMALIZATIONS

Numbers = tuple[float, ...]


class LayerTrace(NamedTuple):
    """A hidden layer or the output, in the order in which it computes.

    inputs: what it is given. z: inputs times weights, plus biases. normalized: z after batch or layer norm,
    or None. activation: the name of the function, "linear" if there is none. activated: its values. outputs:
    what the next layer is given: activated, in a residual block plus the inputs.
    """

    label: str
    inputs: Numbers
    z: Numbers
    normalized: Numbers | None
    activation: str
    activated: Numbers
    outputs: Numbers


class ForwardTrace(NamedTuple):
    """A point of the plane through the network as it is now, in evaluation mode.

    names, inputs: the features and their (standardised) values. outputs: of the network. scores: one for
    each class, None for regression. predicted: the class, or the value. target, loss: what was to be
    predicted and the loss of this one point, if it is known.
    """

    point: tuple[float, float]
    names: tuple[str, ...]
    inputs: Numbers
    layers: tuple[LayerTrace, ...]
    outputs: Numbers
    scores: Numbers | None
    predicted: float
    target: float | None
    loss: float | None


def forward_trace(
    trainer: Trainer, point: tuple[float, float], *, target: float | None = None
) -> ForwardTrace:
    """point: anywhere in the plane. target: its class or value, for the loss."""
    task = trainer.task
    inputs = task.features(np.array([point], float))
    leaves, ends = walk(copy.deepcopy(trainer.network).layers, inputs)
    outputs, scores, loss = ends[-1], None, None
    last = unit_outputs(trainer.experiment, trainer.network)
    labels = [*(_("hidden {k}").format(k=k) for k in range(1, len(last))), _("output")]
    layers = [
        _layer(label, block, ends[end])
        for label, block, end in zip(labels, blocks(leaves), last, strict=True)
    ]
    predicted = float(outputs[0, 0])
    if task.n_classes:
        scores, predicted = _row(task.scores(outputs)), int(task.winners(outputs)[0])
    if target is not None:
        loss = float(task.loss(outputs, task.targets(np.array([target])))[0])
    return ForwardTrace(
        point=(float(point[0]), float(point[1])),
        names=task.features.labels,
        inputs=_row(inputs),
        layers=tuple(layers),
        outputs=_row(outputs),
        scores=scores,
        predicted=predicted,
        target=target,
        loss=loss,
    )


def _layer(label: str, block: list[LayerPass], outputs: np.ndarray) -> LayerTrace:
    """A layer from its leaf layers, weights first, and the outputs (1, U) it ends with."""
    normalized = [leaf.y for leaf in block if leaf.layer.kind in NORMALIZATIONS]
    functions = [(leaf.layer.name, leaf.y) for leaf in block if isinstance(leaf.layer, Activation)]
    return LayerTrace(
        label=label,
        inputs=_row(block[0].x),
        z=_row(block[0].y),
        normalized=_row(normalized[0]) if normalized else None,
        activation=functions[0][0] if functions else "linear",
        activated=_row(functions[0][1] if functions else block[0].y),
        outputs=_row(outputs),
    )


def _row(values: np.ndarray) -> Numbers:
    return tuple(values[0].tolist())
