"""Why a run diverged, from measured numbers: in which update, which layer first, what to try."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from playground.arrays import Array
from playground.text import _
from playground.training.engine import Engine
from playground.training.frame import Frame


class Growth(NamedTuple):
    """A layer's number before training (start) and when it was last finite (end); times: end over start."""

    layer: int
    start: float
    end: float
    times: float


def explain_divergence(engine: Engine[Any], first: Frame, last: Frame, failed: int) -> str:
    """Two sentences about a run that was no longer finite when update `failed` was done or tried.

    engine: at frame `last`, the last finite one; it is trained on, one update at a time, until a gradient, a
    parameter or the loss is not finite. first: the frame before training, the measure of growth.
    """
    gradients, weights = np.array(last.gradient_norms), np.array(last.weight_norms)
    blown = np.zeros((2, len(gradients)), bool)
    update = last.update
    while update < failed:
        update += 1
        if not engine.run(update):
            break
        norms = np.stack([engine.gradient_norms(), engine.weight_norms()])
        blown = ~np.isfinite(norms)
        if not blown[0].any():
            gradients = norms[0]
        if blown.any() or not np.isfinite(list(engine.metrics().values())).all():
            break
        weights = norms[1]
    grown = _most_grown(first.gradient_norms, gradients, blown[0])
    heavier = _most_grown(first.weight_norms, weights, blown[1])
    if heavier.times > grown.times and not blown[0].any():
        sentence = _(
            "The numbers stopped being finite in update {update} (epoch {epoch}): the weights of {name} blew "
            "up first, grown from a length of {start:.2g} to {end:.2g}. {remedy}"
        )
        return _told(engine, sentence, heavier, update)
    if grown.times > 1.0:
        sentence = _(
            "The numbers stopped being finite in update {update} (epoch {epoch}): the gradient of {name} "
            "blew up first, grown from {start:.2g} to {end:.2g}. {remedy}"
        )
    elif blown[0].any():
        sentence = _(
            "The numbers stopped being finite in update {update} (epoch {epoch}): the gradient of {name} "
            "blew up first, from {end:.2g} within one update. {remedy}"
        )
    else:
        sentence = _("The numbers stopped being finite in update {update} (epoch {epoch}). {remedy}")
    return _told(engine, sentence, grown, update)


def _most_grown(start: Sequence[float], end: Array, blown: Array) -> Growth:
    """Of the layers that are no longer finite the one that had grown most; of all, if none is."""
    begun = np.array(start)
    with np.errstate(all="ignore"):  # a gradient may begin at 0
        times = np.where(end > 0.0, end / np.maximum(begun, np.finfo(float).tiny), 0.0)
    layer = int(np.argmax(np.where(blown, times, -1.0) if blown.any() else times))
    return Growth(layer, begun[layer], end[layer], times[layer])


def _told(engine: Engine[Any], sentence: str, growth: Growth, update: int) -> str:
    return sentence.format(
        update=update,
        epoch=(update - 1) // engine.updates_per_epoch + 1,
        name=_layer_name(engine, growth.layer),
        start=growth.start,
        end=growth.end,
        remedy=engine.objective.remedy(),
    )


def _layer_name(engine: Engine[Any], layer: int) -> str:
    """Where the layer stands; layer: counted through all learners."""
    learners = engine.objective.learners
    for name, learner in learners.items():
        count = len(learner.network.weight_layers)
        if layer < count:
            place = (
                _("the output layer")
                if layer + 1 == count
                else _("hidden layer {layer}").format(layer=layer + 1)
            )
            return place if len(learners) == 1 else _("{place} of the {name}").format(place=place, name=name)
        layer -= count
    raise IndexError(f"There is no layer {layer} beyond the last one.")
