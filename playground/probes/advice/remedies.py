"""Remedies: the changes that advice proposes, each fitted to the Experiment it is for."""

from collections.abc import Callable
from dataclasses import replace

from playground import limits
from playground.datasets import DATASETS
from playground.nn import ACTIVATIONS
from playground.probes.advice.message import Fix
from playground.text import _, ngettext
from playground.training import Experiment, HiddenLayer

LEAST_RATE, MOST_RATE = 1e-5, 10.0
PATIENCE = 20
GENTLE_L2 = 0.03
ROOMY = 16  # units that a layer has at least once it has been widened
PENALTIES = ("l2", "l1", "weight_decay")


def slower(experiment: Experiment) -> Fix | None:
    """A tenth of the learning rate."""
    lr = experiment.optimizer.lr
    if lr <= LEAST_RATE:
        return None
    lr = max(float(f"{lr / 10.0:.6g}"), LEAST_RATE)
    return Fix(_("Learning rate {lr:g}").format(lr=lr), {"optimizer.lr": lr})


def faster(experiment: Experiment) -> Fix | None:
    """Ten times the learning rate."""
    lr = experiment.optimizer.lr
    if lr >= MOST_RATE:
        return None
    lr = min(float(f"{lr * 10.0:.6g}"), MOST_RATE)
    return Fix(_("Learning rate {lr:g}").format(lr=lr), {"optimizer.lr": lr})


def other_weights(experiment: Experiment) -> Fix:
    """First weights whose size fits the width of the layers and the activations."""
    saturates = [ACTIVATIONS[layer.activation].saturates for layer in experiment.network.layers]
    if all(saturates):
        return Fix(_("Xavier initial weights"), {"network.initializer": "xavier_uniform"})
    return Fix(_("He initial weights"), {"network.initializer": "he_normal"})


def open_layers(experiment: Experiment) -> Fix:
    """What lets gradients through: ReLU with He weights, or batch norm where nothing saturates."""
    layers = experiment.network.layers
    if any(ACTIVATIONS[layer.activation].saturates for layer in layers):
        changes = _activations(experiment, "relu", lambda name: True)
        return Fix(_("ReLU with He weights"), changes | {"network.initializer": "he_normal"})
    changes = {f"network.layers.{i}.normalization": "batch_norm" for i in range(len(layers))}
    return Fix(_("Batch norm in every layer"), changes)


def leaky(experiment: Experiment) -> Fix:
    """Leaky ReLU for ReLU: its units always pass some gradient."""
    return Fix(_("Leaky ReLU instead"), _activations(experiment, "leaky_relu", lambda name: name == "relu"))


def unsaturated(experiment: Experiment) -> Fix:
    """Layer norm in front of the activations that saturate: it keeps sums where the slope is."""
    layers = experiment.network.layers
    chosen = [i for i, layer in enumerate(layers) if ACTIVATIONS[layer.activation].saturates]
    return Fix(_("Layer norm"), {f"network.layers.{i}.normalization": "layer_norm" for i in chosen})


def _activations(experiment: Experiment, name: str, of: Callable[[str], bool]) -> dict[str, object]:
    """The changes that give another activation to the hidden layers whose activation is `of` a kind."""
    layers = experiment.network.layers
    return {f"network.layers.{i}.activation": name for i, h in enumerate(layers) if of(h.activation)}


def tamed(experiment: Experiment) -> Fix:
    """Against gradients that are far too large: inputs, first weights, then clipping."""
    if not experiment.features.standardize:
        return Fix(_("Standardised inputs"), {"features.standardize": True})
    if experiment.network.initializer in ("normal", "uniform", "constant"):
        return other_weights(experiment)
    return Fix(_("Clip gradients at length 1"), {"regularization.clip_norm": 1.0})


def restrained(experiment: Experiment) -> Fix:
    """Against learning by heart: stop early, and where that is on already, L2."""
    if not experiment.stopping.patience:
        return Fix(
            ngettext("Early stopping after {n} epoch", "Early stopping after {n} epochs", PATIENCE).format(
                n=PATIENCE
            ),
            {"stopping.patience": PATIENCE},
        )
    l2 = max(GENTLE_L2, 3.0 * experiment.regularization.l2)
    return Fix(_("L2 of {l2:g}").format(l2=l2), {"regularization.l2": min(l2, 10.0)})


def unrestrained(experiment: Experiment) -> Fix | None:
    """Without penalties and dropout, if there are any."""
    rates, layers = experiment.regularization, experiment.network.layers
    changes = {f"regularization.{name}": 0.0 for name in PENALTIES if getattr(rates, name)}
    changes |= {f"network.layers.{i}.dropout": 0.0 for i, layer in enumerate(layers) if layer.dropout}
    return Fix(_("No regularisation"), changes) if changes else None


def larger(experiment: Experiment) -> Fix | None:
    """A network that can draw finer borders: bent, then at least two layers, then wider, then deeper."""
    layers = experiment.network.layers
    if layers and all(layer.activation == "linear" for layer in layers):
        return Fix(_("Tanh instead"), _activations(experiment, "tanh", lambda name: True))
    if not layers:
        return Fix(_("Two hidden layers"), {"network.layers": (HiddenLayer(), HiddenLayer())})
    if min(layer.units for layer in layers) < limits.MAX_UNITS:
        units = [min(max(2 * layer.units, ROOMY), limits.MAX_UNITS) for layer in layers]
        wider = tuple(replace(layer, units=n) for layer, n in zip(layers, units, strict=True))
        wider = wider if len(wider) > 1 else wider * 2
        return Fix(
            _("Layers of {wider}").format(wider=", ".join(str(layer.units) for layer in wider)),
            {"network.layers": wider},
        )
    if len(layers) < limits.MAX_LAYERS:
        return Fix(_("One more hidden layer"), {"network.layers": (*layers, layers[-1])})
    return None


def more_points(experiment: Experiment) -> Fix | None:
    """Four times the points, as far as that goes."""
    n = min(max(4 * experiment.data.n, 200), limits.MAX_SAMPLES)
    more = n > experiment.data.n and "n" in DATASETS[experiment.data.dataset].takes
    return Fix(ngettext("{n} point", "{n} points", n).format(n=n), {"data.n": n}) if more else None
