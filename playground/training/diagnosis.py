"""Why a run diverged, from measured numbers: in which update, which layer's gradient first, what to try."""

from typing import Any

import numpy as np

from playground.text import _
from playground.training.engine import Engine
from playground.training.frame import Frame


def explain_divergence(engine: Engine[Any], first: Frame, last: Frame, failed: int) -> str:
    """Two sentences about a run that was no longer finite when update `failed` was done or tried.

    engine: at frame `last`, the last finite one; it is trained on, one update at a time, until a gradient or
    the loss is not finite. first: the frame before training, whose gradients are the measure of growth.
    """
    norms = np.array(last.gradient_norms)
    blown = np.ones(len(norms), bool)
    update = last.update
    while update < failed:
        update += 1
        if not engine.run(update):
            break
        now = engine.gradient_norms()
        if not np.isfinite(now).all():
            blown = ~np.isfinite(now)
            break
        norms = now
        if not np.isfinite([*engine.metrics().values(), *engine.weight_norms()]).all():
            break
    start = np.array(first.gradient_norms)
    with np.errstate(all="ignore"):  # a gradient may begin at 0
        growth = np.where(blown, norms / np.maximum(start, np.finfo(float).tiny), -1.0)
    layer = int(np.argmax(growth))
    epoch = (update - 1) // engine.updates_per_epoch + 1
    name = _layer_name(engine, layer)
    return _(
        "The numbers stopped being finite in update {update} (epoch {epoch}): the gradient of {name} blew up "
        "first, grown from {start:.2g} to {norms:.2g}. {remedy}"
    ).format(
        update=update,
        epoch=epoch,
        name=name,
        start=start[layer],
        norms=norms[layer],
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
