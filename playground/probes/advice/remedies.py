"""Remedies: the changes that advice proposes, each fitted to the Experiment it is for."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from playground import limits
from playground.datasets import DATASETS
from playground.nn import ACTIVATIONS
from playground.probes.advice.evidence import Evidence
from playground.probes.advice.message import Fix
from playground.text import _, all_of, ngettext, percent
from playground.training import Experiment, HiddenLayer

EXPLODING = 100.0  # a layer's gradient norm; sound runs with inputs of spread 1 stay below 10
LEAST_RATE, MOST_RATE = 1e-5, 10.0
HUGE_STEP = 0.2  # of the weights: a tenth of it would still be a large one
USUAL_MOMENTUM = 0.9
LEAST_UNITS = 4  # of a layer, whose norm leaves something of them
CARRIED_OVER = 0.1  # a skill at the least test loss that is worth stopping for
PATIENCE = 20
GENTLE_L2 = 0.03
ROOMY = 32  # units of a layer that can draw fine borders
TELLING = ("x", "y", "x_squared", "y_squared", "xy", "sin_x", "sin_y")
NARROW = 8  # units of a layer, of which a few dead ones would leave too few
LARGE_SHARE = 0.8
PENALTIES = ("l2", "l1", "weight_decay")


def slower(experiment: Experiment, step: float = 0.0) -> Fix | None:
    """A tenth of the learning rate, or a hundredth where steps are far too large.

    step: how much of its weights a step has changed.
    """
    lr = experiment.optimizer.lr
    if lr <= LEAST_RATE:
        return None
    lr = max(float(f"{lr / (100.0 if step >= HUGE_STEP else 10.0):.6g}"), LEAST_RATE)
    return at_rate(lr, experiment)


def at_rate(lr: float, experiment: Experiment) -> Fix | None:
    """Another learning rate."""
    return _real(Fix(_("Learning rate {lr:g}").format(lr=lr), {"optimizer.lr": lr}), experiment)


def faster(experiment: Experiment) -> Fix | None:
    """Ten times the learning rate."""
    lr = experiment.optimizer.lr
    if lr >= MOST_RATE:
        return None
    return at_rate(min(float(f"{lr * 10.0:.6g}"), MOST_RATE), experiment)


def less_momentum(experiment: Experiment) -> Fix:
    """The usual momentum."""
    label = _("Momentum {momentum:g}").format(momentum=USUAL_MOMENTUM)
    return Fix(label, {"optimizer.options.momentum": USUAL_MOMENTUM})


def other_weights(experiment: Experiment) -> Fix | None:
    """First weights whose size fits the width of the layers and the activations."""
    saturates = [ACTIVATIONS[layer.activation].saturates for layer in experiment.network.layers]
    if all(saturates):
        fix = Fix(_("Xavier initial weights"), {"network.initializer": "xavier_uniform"})
    else:
        fix = Fix(_("He initial weights"), {"network.initializer": "he_normal"})
    return _real(fix, experiment)


def livelier(experiment: Experiment) -> Fix | None:
    """What keeps a signal up through the layers: first weights of the right size, or else batch norm."""
    small = experiment.network.initializer in ("normal", "uniform", "constant", "zeros")
    return (other_weights(experiment) if small else None) or _batch_norm(experiment)


def open_layers(experiment: Experiment) -> Fix | None:
    """What lets gradients through: ReLU with He weights, or batch norm where nothing saturates."""
    layers = experiment.network.layers
    if any(ACTIVATIONS[layer.activation].saturates for layer in layers):
        narrow = min(layer.units for layer in layers) < NARROW
        label = _("Leaky ReLU with He weights") if narrow else _("ReLU with He weights")
        changes = _activations(experiment, "leaky_relu" if narrow else "relu", lambda name: True)
        return Fix(label, changes | {"network.initializer": "he_normal"})
    return _batch_norm(experiment) or other_weights(experiment)


def _batch_norm(experiment: Experiment) -> Fix | None:
    layers = range(len(experiment.network.layers))
    changes = {f"network.layers.{i}.normalization": "batch_norm" for i in layers}
    return _real(Fix(_("Batch norm in every layer"), changes), experiment)


def leaky(experiment: Experiment, layer: int) -> Fix | None:
    """Leaky ReLU, whose units always pass some gradient, for the activation of a hidden layer (from 1 on)."""
    dead = experiment.network.layers[layer - 1].activation
    fix = Fix(_("Leaky ReLU instead"), _activations(experiment, "leaky_relu", lambda name: name == dead))
    return _real(fix, experiment)


def unsaturated(experiment: Experiment, layer: int) -> Fix | None:
    """Layer norm in front of the activation of a hidden layer (from 1 on) and of its kind: it keeps sums
    where the slope is.
    """
    layers = experiment.network.layers
    stuck = layers[layer - 1].activation
    return normalized(experiment, [i for i, other in enumerate(layers) if other.activation == stuck])


def normalized(experiment: Experiment, layers: Sequence[int]) -> Fix | None:
    """Layer norm in these hidden layers (from 0 on), if all have enough units to tell apart."""
    if min(experiment.network.layers[i].units for i in layers) < LEAST_UNITS:
        return None
    changes = {f"network.layers.{i}.normalization": "layer_norm" for i in layers}
    return _real(Fix(_("Layer norm"), changes), experiment)


def both(one: Fix | None, other: Fix | None) -> Fix | None:
    """Two fixes at once, as far as there are two."""
    if one is None or other is None or one.changes.keys() & other.changes.keys():
        return one or other
    return Fix(all_of([one.label, other.label]), {**one.changes, **other.changes})


def _real(fix: Fix, experiment: Experiment) -> Fix | None:
    """The fix, if it changes anything."""
    return fix if fix.apply(experiment) != experiment else None


def _activations(experiment: Experiment, name: str, of: Callable[[str], bool]) -> dict[str, object]:
    """The changes that give another activation to the hidden layers whose activation is `of` a kind."""
    layers = experiment.network.layers
    return {f"network.layers.{i}.activation": name for i, h in enumerate(layers) if of(h.activation)}


def tamed(e: Evidence) -> Fix | None:
    """Against gradients that are far too large: inputs, first weights, then clipping; smaller steps, where
    the first weights were sound.
    """
    experiment = e.experiment
    if not experiment.features.standardize:
        return Fix(_("Standardised inputs"), {"features.standardize": True})
    if max(e.trainer.history[0].gradient_norms) < EXPLODING:
        return slower(experiment, float(e.steps.max()))
    if experiment.network.initializer in ("normal", "uniform", "constant"):
        return other_weights(experiment)
    if experiment.regularization.clip_norm != 1.0:
        return Fix(_("Clip gradients at length 1"), {"regularization.clip_norm": 1.0})
    return slower(experiment)


def stopped_early(experiment: Experiment) -> Fix | None:
    """Back to the frame of the least test loss, where that is not done already."""
    if experiment.stopping.patience:
        return None
    label = ngettext("Early stopping after {n} epoch", "Early stopping after {n} epochs", PATIENCE)
    return Fix(label.format(n=PATIENCE), {"stopping.patience": PATIENCE})


def restrained(e: Evidence) -> Fix | None:
    """Against learning by heart: stop early, where there was something to stop for; more points; or L2."""
    experiment, best = e.experiment, int(np.argmin(e.course("test_loss")))
    worth = e.skill_at(float(e.course("train_loss")[best])) >= CARRIED_OVER
    found = stopped_early(experiment) if worth else more_points(experiment)
    if found:
        return found
    l2 = min(max(GENTLE_L2, 3.0 * experiment.regularization.l2), 10.0)
    return _real(Fix(_("L2 of {l2:g}").format(l2=l2), {"regularization.l2": l2}), experiment)


def unrestrained(experiment: Experiment) -> Fix | None:
    """Without penalties and dropout, if there are any."""
    rates, layers = experiment.regularization, experiment.network.layers
    changes = {f"regularization.{name}": 0.0 for name in PENALTIES if getattr(rates, name)}
    changes |= {f"network.layers.{i}.dropout": 0.0 for i, layer in enumerate(layers) if layer.dropout}
    return Fix(_("No regularisation"), changes) if changes else None


def larger(experiment: Experiment) -> Fix | None:
    """A network that can draw finer borders, and learns them soon: at least three ReLU layers of 32 units
    with He weights; then more inputs; then wider, then deeper.
    """
    layers = experiment.network.layers
    units = max([ROOMY, *(layer.units for layer in layers)])
    roomy = (HiddenLayer(units, "relu"),) * 3
    alike = {replace(layer, dropout=0.0) for layer in layers} == set(roomy)
    count = max(3, len(layers)) if alike else 3
    if len(layers) < count or not alike:
        label = _("{count} ReLU layers of {units}").format(count=count, units=units)
        return Fix(label, {"network.layers": roomy, "network.initializer": "he_normal"})
    chosen = experiment.features.inputs
    if len(set(chosen) | set(TELLING)) > len(chosen):
        return Fix(_("More inputs"), {"features.inputs": (*chosen, *(set(TELLING) - set(chosen)))})
    if units < limits.MAX_UNITS:
        wider = min(2 * units, limits.MAX_UNITS)
        changes = {"network.layers": (HiddenLayer(wider, "relu"),) * count}
        return Fix(_("{count} ReLU layers of {units}").format(count=count, units=wider), changes)
    if count < limits.MAX_LAYERS:
        return Fix(_("One more hidden layer"), {"network.layers": (*layers, layers[-1])})
    return None


def more_points(experiment: Experiment) -> Fix | None:
    """Four times the points, as far as that goes."""
    n = min(max(4 * experiment.data.n, 200), limits.MAX_SAMPLES)
    more = n > experiment.data.n and "n" in DATASETS[experiment.data.dataset].takes
    return Fix(ngettext("{n} point", "{n} points", n).format(n=n), {"data.n": n}) if more else None


def more_training(experiment: Experiment) -> Fix | None:
    """More of the points to learn from."""
    if experiment.data.train_share >= LARGE_SHARE:
        return None
    return Fix(
        _("Training share {share}").format(share=percent(LARGE_SHARE)), {"data.train_share": LARGE_SHARE}
    )
