"""Why a run diverged, from measured numbers: in which update, which layer's gradient first, what to try."""

import numpy as np

from playground.training.engine import Engine
from playground.training.experiment import Experiment
from playground.training.frame import Frame


def explain_divergence(engine: Engine, experiment: Experiment, first: Frame, last: Frame, failed: int) -> str:
    """Two sentences about a run that was no longer finite when update `failed` was done or tried.

    engine: at frame `last`, the last finite one; it is trained on, one update at a time, until a gradient or
    the loss is not finite. experiment: the settings in force. first: the frame before training, whose
    gradients are the measure of growth.
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
    name = "the output layer" if layer + 1 == len(norms) else f"hidden layer {layer + 1}"
    epoch = (update - 1) // engine.updates_per_epoch + 1
    return (
        f"The numbers stopped being finite in update {update} (epoch {epoch}): "
        f"the gradient of {name} blew up first, grown from {start[layer]:.2g} to {norms[layer]:.2g}. "
        f"{_remedy(experiment)}"
    )


def _remedy(experiment: Experiment) -> str:
    """What to try, most likely first."""
    rates, lr = experiment.regularization, experiment.optimizer.lr
    pull = lr * max(rates.l2, rates.weight_decay)
    if pull > 2.0:  # w (1 - pull) is longer than w
        return f"The pull of L2 or weight decay overshoots: try a rate below {1.0 / lr:.2g}."
    tries = [f"a learning rate of {max(lr / 10.0, 1e-5):.2g} instead of {lr:.2g}"]
    if not rates.clip_norm:
        tries.append("clipping the gradient's length at 1")
    if not experiment.features.standardize:
        tries.append("standardised inputs")
    return f"Try {' or '.join(tries)}."
