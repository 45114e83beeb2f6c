"""Rules about what flows through a network: gradients, units, steps, first weights.

A rule takes the Evidence and returns a Finding, or None. Letters: L weight layers, U units of a layer.
"""

import numpy as np

from playground.probes.activation_view import DEAD, FLAT, SATURATED, STUCK
from playground.probes.advice import remedies
from playground.probes.advice.evidence import TREND, Evidence
from playground.probes.advice.message import Finding, Fix, Severity
from playground.text import _, percent

LEARNT = 0.9  # with this skill there is little left to explain
VANISHING = 1e-2  # the first layer's gradient over the last one's
EXPLODING = 100.0  # a layer's gradient norm; sound runs with inputs of spread 1 stay below 10
DEAD_SHARE = 0.6  # of a layer's units: half of a ReLU layer may sleep in a network that learns well
SATURATED_SHARE = 0.5
UNREST = 0.05  # the mean rise of the loss a frame, as a part of the loss
HALF = 0.5  # a skill that is well on its way
BRISK = 0.1  # a loss that falls by this much in TREND epochs needs no haste
LARGE_STEP, SMALL_STEP = 1e-2, 4e-4  # updates over weights; near 1e-3 is sound (Karpathy 2015)
USUAL_STEP = 1e-3
WILD_STEP = 0.05  # a single one can move a unit beyond all points
SPREAD = 1e-9  # units whose weights differ by less than this part of them are the same


def diverged(e: Evidence) -> Finding | None:
    """The run has stopped because its numbers were no longer finite; the trainer has measured why."""
    stopped = e.trainer.stopped
    if stopped is None or not _has_diverged(e):
        return None
    values = {
        "epoch": e.frame.epoch,
        "learning_rate": e.frame.learning_rate,
        "gradient": max(e.frame.gradient_norms),
    }
    return Finding(Severity.PROBLEM, stopped.reason, values, _calm(e))


def _has_diverged(e: Evidence) -> bool:
    return e.trainer.stopped is not None and e.trainer.stopped.kind == "diverged"


def _calm(e: Evidence) -> Fix | None:
    """What keeps the numbers finite: a weaker pull, sounder first weights, or smaller steps."""
    rates, lr = e.experiment.regularization, e.experiment.optimizer.lr
    if lr * max(rates.l2, rates.weight_decay) > 2.0:  # w (1 - pull) is longer than w
        return remedies.unrestrained(e.experiment)
    if max(e.trainer.history[0].gradient_norms) >= EXPLODING:
        return remedies.tamed(e.experiment)
    return remedies.slower(e.experiment)


def symmetric(e: Evidence) -> Finding | None:
    """All units of a hidden layer have the same weights: they will stay the same for ever."""
    network, alike = e.trainer.network, []
    for number, layer in enumerate(network.weight_layers[:-1], start=1):
        rows = np.vstack([layer.W, layer.b])
        if rows.shape[1] > 1 and np.ptp(rows, axis=1).max() <= SPREAD * np.abs(rows).max():
            alike.append((number, rows.shape[1]))
    if not alike:
        return None
    number, units = alike[0]
    sentence = _(
        "All {units} units of hidden layer {number} have the same weights, so they get the same gradient and "
        "stay copies of one another: the layer is worth a single unit."
    ).format(units=units, number=number)
    values = {"layer": number, "units": units, "layers": len(alike)}
    return Finding(Severity.PROBLEM, sentence, values, remedies.other_weights(e.experiment))


def exploding(e: Evidence) -> Finding | None:
    """A layer's gradient is far larger than any sound step could use; if the run diverged, from the start."""
    gradients = e.trainer.history[0].gradient_norms if _has_diverged(e) else e.gradients
    layer = int(np.argmax(gradients))
    norm = float(gradients[layer])
    if norm < EXPLODING:
        return None
    sentence = _(
        "The gradients explode: that of {layer_name} is {norm:.3g} long, and in sound runs they are shorter "
        "than 10. One step along it throws the weights far away."
    ).format(layer_name=layer_name(e, layer), norm=norm)
    values = {"layer": layer + 1, "gradient": norm}
    return Finding(Severity.PROBLEM, sentence, values, remedies.tamed(e.experiment))


def vanishing(e: Evidence) -> Finding | None:
    """The gradient shrinks from layer to layer on its way back, and the loss is still high."""
    g = e.gradients
    if len(g) < 3 or not g[0] > 0.0 or g[0] >= VANISHING * g[-1] or e.skill >= LEARNT:
        return None
    reached = int(np.flatnonzero(g < VANISHING * g[-1])[-1])
    factor = float((g[0] / g[-1]) ** (1.0 / (len(g) - 1)))
    sentence = _(
        "The gradient vanishes in {layer} and before: it is {last:.2g} long in the output layer and "
        "{first:.2g} in hidden layer 1, shrinking to {factor:.2g} of itself with each layer."
    ).format(layer=layer_name(e, reached), last=g[-1], first=g[0], factor=factor)
    values = {"layer": reached + 1, "first": float(g[0]), "last": float(g[-1]), "factor": factor}
    return Finding(Severity.PROBLEM, sentence, values, remedies.open_layers(e.experiment))


def dead_units(e: Evidence) -> Finding | None:
    """Most units of a layer give out nothing at any training point, so no gradient reaches their weights."""
    layer, dead, units = e.stuck_units(DEAD)
    if e.skill >= LEARNT or dead < DEAD_SHARE * units:
        return None
    step = float(e.course("update_ratios").max())
    wild = step >= WILD_STEP
    sentence = (
        _(
            "{dead} of the {units} units of hidden layer {layer} are dead: their output is 0 for all "
            "{n_train} training points, so no gradient reaches their weights. The largest step changed a "
            "layer by {step}: steps like that throw units out."
        )
        if wild
        else _(
            "{dead} of the {units} units of hidden layer {layer} are dead: their output is 0 for all "
            "{n_train} training points, so no gradient reaches their weights."
        )
    ).format(dead=dead, units=units, layer=layer, n_train=e.n_train, step=percent(step))
    fix: Fix | None = remedies.slower(e.experiment) if wild else remedies.leaky(e.experiment)
    severity = Severity.PROBLEM if dead == units else Severity.WARNING
    return Finding(severity, sentence, {"layer": layer, "dead": dead, "units": units, "step": step}, fix)


def saturated(e: Evidence) -> Finding | None:
    """Most units of a layer sit where their activation is flat, for nearly all points."""
    layer, stuck, units = e.stuck_units(SATURATED)
    if e.skill >= LEARNT or stuck < max(SATURATED_SHARE * units, 1):
        return None
    sentence = _(
        "{stuck} of the {units} units of hidden layer {layer} are saturated: for at least {share} of the "
        "training points their slope is below {flat} of the steepest, so they hardly learn."
    ).format(stuck=stuck, units=units, layer=layer, share=percent(STUCK), flat=percent(FLAT))
    values = {"layer": layer, "saturated": stuck, "units": units}
    return Finding(Severity.WARNING, sentence, values, remedies.unsaturated(e.experiment))


def rate_too_high(e: Evidence) -> Finding | None:
    """The training loss goes up and down while the steps are large, and it is still high."""
    step = float(e.steps.max())
    if step < LARGE_STEP or e.unrest < UNREST or e.skill >= LEARNT:
        return None
    sentence = _(
        "The learning rate is too high: each step changes the weights by {step}, where about "
        "{usual_step} is sound, and from frame to frame the training loss jumps up by {unrest} "
        "on average."
    ).format(step=percent(step, 1), usual_step=percent(USUAL_STEP, 1), unrest=percent(e.unrest))
    values = {"step": step, "unrest": e.unrest, "learning_rate": e.frame.learning_rate}
    return Finding(Severity.WARNING, sentence, values, remedies.slower(e.experiment))


def rate_too_low(e: Evidence) -> Finding | None:
    """The loss is high and falls, but the steps are tiny."""
    step, fall = float(e.steps.max()), e.fall(TREND)
    if not 0.0 < step < SMALL_STEP or e.skill >= HALF or not 0.0 < fall < BRISK:
        return None
    sentence = _(
        "The learning rate is too low: a step changes the weights by {step} at most, where about "
        "{usual_step} is sound, and in {trend:.0f} epochs the training loss fell by only {fall}."
    ).format(step=percent(step, 2), usual_step=percent(USUAL_STEP, 1), trend=TREND, fall=percent(fall, 1))
    values = {"step": step, "fall": fall, "learning_rate": e.frame.learning_rate}
    return Finding(Severity.WARNING, sentence, values, remedies.faster(e.experiment))


def layer_name(e: Evidence, index: int) -> str:
    """What the reader calls a weight layer."""
    return (
        _("the output layer")
        if index + 1 == len(e.frame.gradient_norms)
        else _("hidden layer {k}").format(k=index + 1)
    )
