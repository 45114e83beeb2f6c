"""Rules about what flows through a network: gradients, units, first weights.

A rule takes the Evidence and returns a Finding, or None. Letters: L weight layers, U units of a layer.
"""

import numpy as np

from playground.probes.activation_view import DEAD, FLAT, SATURATED, STUCK
from playground.probes.advice import remedies
from playground.probes.advice.evidence import Evidence
from playground.probes.advice.message import Finding, Fix, Severity
from playground.text import _, percent

LEARNT = 0.9  # with this skill there is little left to explain
VANISHING = 1e-2  # the first layer's gradient over the last one's
FADED = 0.02  # how much the points differ in a layer's outputs, over how much in the inputs
NOTHING = 0.05  # a skill that is next to none
DEAD_SHARE = 0.6  # of a layer's units: half of a ReLU layer may sleep in a network that learns well
SATURATED_SHARE = 0.5
WILD_STEP = 0.05  # a single one can move a unit beyond all points
SPREAD = 1e-9  # units whose weights differ by less than this part of them are the same


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
    """A layer's gradient is so long that a step along it throws its weights away."""
    if e.diverged or e.frame.index == 0:
        return _exploding_at_first(e)
    layer = int(np.argmax(e.gradients))
    norm, step = float(e.gradients[layer]), float(e.steps[layer])
    if norm < remedies.EXPLODING or step < WILD_STEP:
        return None
    sentence = _(
        "The gradients explode: that of {layer_name} is {norm:.3g} long, where in sound runs it is shorter "
        "than 10, and a step changes its weights by {step}."
    ).format(layer_name=layer_name(e, layer), norm=norm, step=percent(step))
    values = {"layer": layer + 1, "gradient": norm, "step": step}
    return Finding(Severity.PROBLEM, sentence, values, remedies.tamed(e))


def _exploding_at_first(e: Evidence) -> Finding | None:
    """The same of the first weights, which a run that diverged has not survived for long."""
    gradients = e.trainer.history[0].gradient_norms
    layer = int(np.argmax(gradients))
    norm = float(gradients[layer])
    if norm < remedies.EXPLODING:
        return None
    sentence = _(
        "The gradients explode: with the first weights, that of {layer_name} is {norm:.3g} long, where in "
        "sound runs it is shorter than 10."
    ).format(layer_name=layer_name(e, layer), norm=norm)
    values = {"layer": layer + 1, "gradient": norm}
    return Finding(Severity.PROBLEM, sentence, values, remedies.tamed(e))


def vanishing(e: Evidence) -> Finding | None:
    """The gradient shrinks from layer to layer on its way back, and the loss is still high."""
    g = e.gradients
    if len(g) < 3 or not g[0] > 0.0 or g[0] >= VANISHING * g[-1] or not _to_explain(e):
        return None
    if 0 < e.normalized_together <= 2:  # it is batch norm that lets nothing through
        return None
    reached = int(np.flatnonzero(g < VANISHING * g[-1])[-1])
    factor = float((g[0] / g[-1]) ** (1.0 / (len(g) - 1)))
    sentence = _(
        "The gradient vanishes on its way back: it is {last:.2g} long in the output layer and {first:.2g} in "
        "hidden layer 1, shrinking to {factor:.2g} of itself with each layer on average."
    ).format(last=g[-1], first=g[0], factor=factor)
    values = {"layer": reached + 1, "first": float(g[0]), "last": float(g[-1]), "factor": factor}
    return Finding(Severity.PROBLEM, sentence, values, remedies.open_layers(e.experiment))


def fading(e: Evidence) -> Finding | None:
    """All points look alike to the output layer: each layer passes on less of what tells them apart."""
    spreads = e.spreads
    if len(spreads) < 2 or not spreads[0] > 0.0 or e.skill >= NOTHING or spreads[-1] >= FADED * spreads[0]:
        return None
    sentence = _(
        "The signal fades on its way: the points differ by {first:.2g} in the inputs and by {last:.2g} in "
        "the outputs of hidden layer {number}, so that they all look alike to the output layer."
    ).format(first=spreads[0], last=spreads[-1], number=len(spreads) - 1)
    values = {"first": float(spreads[0]), "last": float(spreads[-1])}
    return Finding(Severity.PROBLEM, sentence, values, remedies.livelier(e.experiment))


def dead_units(e: Evidence) -> Finding | None:
    """Most units of a layer give out nothing at any training point, so no gradient reaches their weights."""
    layer, dead, units = e.stuck_units(DEAD)
    if not _to_explain(e) or dead < DEAD_SHARE * units:
        return None
    step = float(e.course("update_ratios").max())
    wild = step >= WILD_STEP
    sentence = (
        _(
            "{dead} of the {units} units of hidden layer {layer} are dead: their output is 0 for all "
            "{n_train} training points, so hardly any gradient reaches their weights. The largest step "
            "changed a layer by {step}: steps like that throw units out."
        )
        if wild
        else _(
            "{dead} of the {units} units of hidden layer {layer} are dead: their output is 0 for all "
            "{n_train} training points, so hardly any gradient reaches their weights."
        )
    ).format(dead=dead, units=units, layer=layer, n_train=e.n_train, step=percent(step))
    fix: Fix | None = remedies.slower(e.experiment, step) if wild else remedies.leaky(e.experiment, layer)
    severity = Severity.PROBLEM if dead == units else Severity.WARNING
    return Finding(severity, sentence, {"layer": layer, "dead": dead, "units": units, "step": step}, fix)


def saturated(e: Evidence) -> Finding | None:
    """Most units of a layer sit where their activation is flat, for nearly all points."""
    layer, stuck, units = e.stuck_units(SATURATED)
    if e.diverged or not _to_explain(e) or stuck < max(SATURATED_SHARE * units, 1):
        return None
    step = float(e.course("update_ratios").max())
    sentence = _(
        "{stuck} of the {units} units of hidden layer {layer} are saturated: for at least {share} of the "
        "training points their slope is below {flat} of the steepest, so they hardly learn."
    ).format(stuck=stuck, units=units, layer=layer, share=percent(STUCK), flat=percent(FLAT))
    values = {"layer": layer, "saturated": stuck, "units": units}
    wild = step >= WILD_STEP
    fix = remedies.slower(e.experiment, step) if wild else remedies.unsaturated(e.experiment, layer)
    return Finding(Severity.WARNING, sentence, values, fix)


def _to_explain(e: Evidence) -> bool:
    """Whether there is something left to learn that has not been learnt."""
    return e.skill < min(LEARNT, e.sought_skill)


def layer_name(e: Evidence, index: int) -> str:
    """What the reader calls a weight layer."""
    return (
        _("the output layer")
        if index + 1 == len(e.frame.gradient_norms)
        else _("hidden layer {k}").format(k=index + 1)
    )
