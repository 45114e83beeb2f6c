"""Rules about what holds a network back: penalties, bounds, noise and gaps that are too strong for it.

A rule takes the Evidence and returns a Finding, or None.
"""

import numpy as np

from playground.probes.advice import remedies
from playground.probes.advice.evidence import Evidence
from playground.probes.advice.message import Finding, Fix, Severity
from playground.probes.advice.signals import LEARNT
from playground.text import _, all_of, percent

SHRUNK = 0.5  # the weights over their first size, under a penalty
AT_THE_BOUND = 0.5  # of the units; a norm within a thousandth of the bound is at it
STRONG_NOISE = 0.5  # over the spread of the inputs
FEW_LEFT = 4.0  # units that dropout leaves in a layer, on average
STRONG_DROPOUT = 0.5
PAIR = 2  # points of a batch


def over_regularised(e: Evidence) -> Finding | None:
    """Penalties have shrunk the weights, and the network has learnt hardly anything."""
    rates = e.experiment.regularization
    active = [name for name in remedies.PENALTIES if getattr(rates, name)]
    first = float(np.sum(e.trainer.history[0].weight_norms))
    shrunk = float(np.sum(e.frame.weight_norms)) / max(first, 1e-12)
    if not active or e.skill >= e.expected_skill or shrunk >= SHRUNK:
        return None
    names = {"l1": _("L1"), "l2": _("L2"), "weight_decay": _("weight decay")}
    loss = e.frame.metrics["train_loss"]
    sentence = _(
        "The regularisation is too strong ({active}): the weights are down to {shrunk} of their first "
        "size, and the training loss is {loss:.3g}, where always giving the same answer makes "
        "{constant_loss:.3g}."
    ).format(
        active=all_of([names[name] for name in active]),
        shrunk=percent(shrunk),
        loss=loss,
        constant_loss=e.constant_loss,
    )
    values = {"shrunk": shrunk, "train_loss": loss, "constant_loss": e.constant_loss}
    return Finding(Severity.WARNING, sentence, values, remedies.unrestrained(e.experiment))


def max_norm(e: Evidence) -> Finding | None:
    """Most units have weights as long as their bound lets them be, or all weights have been cut down to it,
    and the network has learnt little.
    """
    bound = e.experiment.regularization.max_norm
    if not bound or e.skill >= e.expected_skill:
        return None
    norms = np.concatenate([np.linalg.norm(layer.W, axis=0) for layer in e.trainer.network.weight_layers])
    held = int(np.count_nonzero(norms >= 0.999 * bound))
    first = float(np.sum(e.trainer.history[0].weight_norms))
    shrunk = float(np.sum(e.frame.weight_norms)) / max(first, 1e-12)
    if held >= AT_THE_BOUND * len(norms):
        sentence = _(
            "Max norm is too tight: it lets the weights into a unit be {bound:g} long, which those of {held} "
            "of {units} units are, and the training loss is {loss:.3g}, where always giving the same answer "
            "makes {constant_loss:.3g}."
        )
    elif shrunk < SHRUNK:
        sentence = _(
            "Max norm is too tight: it lets the weights into a unit be {bound:g} long, all weights are down "
            "to {shrunk} of their first size, and the training loss is {loss:.3g}, where always giving the "
            "same answer makes {constant_loss:.3g}."
        )
    else:
        return None
    loss = e.frame.metrics["train_loss"]
    sentence = sentence.format(
        bound=bound,
        held=held,
        units=len(norms),
        shrunk=percent(shrunk),
        loss=loss,
        constant_loss=e.constant_loss,
    )
    values = {"held": held, "units": len(norms), "shrunk": shrunk, "train_loss": loss}
    return Finding(
        Severity.WARNING, sentence, values, Fix(_("No max norm"), {"regularization.max_norm": 0.0})
    )


def input_noise(e: Evidence) -> Finding | None:
    """The noise on the inputs is about as large as what tells the points apart."""
    noise, spread = e.experiment.regularization.input_noise, float(e.spreads[0])
    if not noise or noise < STRONG_NOISE * spread or e.skill >= e.expected_skill:
        return None
    loss = e.frame.metrics["train_loss"]
    sentence = _(
        "The input noise is too strong: it shifts each input by {noise:g}, where the points differ by "
        "{spread:.2g}, and the training loss is {loss:.3g}, where always giving the same answer makes "
        "{constant_loss:.3g}."
    ).format(noise=noise, spread=spread, loss=loss, constant_loss=e.constant_loss)
    fix = Fix(_("No input noise"), {"regularization.input_noise": 0.0})
    return Finding(Severity.WARNING, sentence, {"noise": noise, "spread": spread, "train_loss": loss}, fix)


def dropout(e: Evidence) -> Finding | None:
    """Dropout leaves so few units of a layer that little gets through, and the network has learnt little."""
    layers = e.experiment.network.layers
    left = [layer.units * (1.0 - layer.dropout) for layer in layers if layer.dropout >= STRONG_DROPOUT]
    if not left or min(left) >= FEW_LEFT or e.skill >= e.expected_skill:
        return None
    tightest = min(layers, key=lambda layer: layer.units * (1.0 - layer.dropout))
    loss = e.frame.metrics["train_loss"]
    sentence = _(
        "Dropout is too strong: of the {units} units of hidden layer {number} it leaves {left:.2g} on "
        "average, and the training loss is {loss:.3g}, where always giving the same answer makes "
        "{constant_loss:.3g}."
    ).format(
        units=tightest.units,
        number=layers.index(tightest) + 1,
        left=min(left),
        loss=loss,
        constant_loss=e.constant_loss,
    )
    changes = {f"network.layers.{i}.dropout": 0.0 for i, layer in enumerate(layers) if layer.dropout}
    values = {"left": min(left), "train_loss": loss}
    return Finding(Severity.WARNING, sentence, values, Fix(_("No dropout"), changes))


def tiny_batches(e: Evidence) -> Finding | None:
    """Batch norm over one or two points: what it leaves of them says nothing about the points."""
    size, loss = e.normalized_together, e.frame.metrics["train_loss"]
    values = {"batch_size": size, "train_loss": loss}
    if size == 1 and e.skill < LEARNT:
        sentence = _(
            "Batch norm does nothing here: a batch has {n} point, which has no variance, so in training the "
            "sums stay as they are."
        ).format(n=size)
        return Finding(Severity.NOTE, sentence, values)
    if size != PAIR or e.skill >= e.expected_skill:
        return None
    sentence = _(
        "Batch norm needs several points in a batch to hold against one another, and there are {n}: in "
        "training their sums become about +1 and −1, however near they are, and the training loss is "
        "{loss:.3g}, where always giving the same answer makes {constant_loss:.3g}."
    ).format(n=size, loss=loss, constant_loss=e.constant_loss)
    layers = enumerate(e.experiment.network.layers)
    chosen = [i for i, layer in layers if layer.normalization == "batch_norm"]
    return Finding(Severity.WARNING, sentence, values, remedies.normalized(e.experiment, chosen))
