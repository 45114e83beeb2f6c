"""The settings of the lab on one step, and the Experiment they make of a network: XOR in four samples."""

import re
from dataclasses import dataclass, replace

from playground.datasets import OwnPoints
from playground.labs.framework.settings import LabSettings
from playground.limits import MAX_ONE_STEP_LAYERS, MAX_ONE_STEP_UNITS
from playground.text import _
from playground.training import Experiment, HiddenLayer, Setting
from playground.training.fields import choice, declare, integer
from playground.training.settings import ExperimentError

XOR = OwnPoints(((0, 0), (0, 1), (1, 0), (1, 1)), (0, 1, 1, 0))
SAMPLES = len(XOR)
EPOCHS = 1000  # of the run to the end

_OPENING = {
    "data.points": XOR,
    "data.train_share": 1.0,
    "features.standardize": False,
    "network.layers": (HiddenLayer(4, "sigmoid"),),
    "loss.name": "mse",
    "network.output": "sigmoid",
    "optimizer.name": "sgd",
    "optimizer.lr": 2.0,
    "batch_size": SAMPLES,
    "shuffle": False,
    "seed": 6,
}
FREE = ("network.layers", "network.initializer", "network.output", "loss.name", "optimizer.", "seed")


def _opening() -> Experiment:
    experiment = Experiment()
    for path, value in _OPENING.items():
        experiment = experiment.replace(path, value)
    return experiment


BASE = _opening()

PICK = re.compile(r"u[0-3]\.[1-6]|b[1-4]\.[1-6]|w[1-4]\.[1-6]\.[1-6]")


class PickSetting(Setting):
    """A unit, bias or weight: `u1.2` is unit 2 of layer 1 (0: the inputs), `b1.2` its bias, `w1.3.2` its
    weight from unit 3 of the layer before.
    """

    kind = "pick"

    def check(self, value, owner=None):
        if isinstance(value, str) and PICK.fullmatch(value):
            return value
        raise self.error(value, _("name a unit such as u1.2, a bias such as b1.2 or a weight such as w1.3.2"))


@dataclass(frozen=True)
class StepSettings(LabSettings, path="lab"):
    """How the network is watched."""

    view: str = choice(
        "step",
        {"step": _("One step at a time"), "run": _("Run {epochs} epochs").format(epochs=EPOCHS)},
        label=_("Show"),
        key="view",
        help=_("Every number of the first updates, or the same network trained to the end."),
    )
    samples: str = choice(
        "one",
        {"one": _("One sample"), "all": _("All four samples")},
        label=_("Each update uses"),
        key="samples",
        help=_("One sample after the other, or the mean gradient of the whole batch."),
    )
    sample: int = integer(
        4,
        low=1,
        high=SAMPLES,
        label=_("Sample"),
        key="sample",
        help=_("The sample of the first update; of a batch, the one whose numbers stand on the graph."),
    )
    pick: str = declare(
        PickSetting(
            default="w1.1.1",
            label=_("Unit or weight"),
            key="pick",
            help=_("What is written out beside the graph."),
        )
    )

    def experiment(self, base: Experiment) -> Experiment:
        """The run of a base network; ExperimentError if it is none that can be taken apart."""
        check(base)
        if self.samples == "all":
            return base.replace("batch_size", SAMPLES)
        first = self.sample - 1
        points = OwnPoints(XOR.x[first:] + XOR.x[:first], XOR.y[first:] + XOR.y[:first])
        return base.replace("data.points", points).replace("batch_size", 1)


def check(base: Experiment) -> None:
    """ExperimentError unless a network differs from the lab's own only in what the lab explains."""
    fields = base.fields()
    layers = base.network.layers
    if not 1 <= len(layers) <= MAX_ONE_STEP_LAYERS:
        raise ExperimentError(
            _("network.layers cannot hold {n} hidden layers here: choose 1 to {most}.").format(
                n=len(layers), most=MAX_ONE_STEP_LAYERS
            )
        )
    for k, layer in enumerate(layers):
        path = f"network.layers.{k}.units"
        if layer.units > MAX_ONE_STEP_UNITS:
            raise fields[path].error(
                layer.units,
                _("choose 1 to {most} units here").format(most=MAX_ONE_STEP_UNITS),
            )
        for name in ("normalization", "dropout"):
            path, value = f"network.layers.{k}.{name}", getattr(layer, name)
            if value != fields[path].default:
                raise fields[path].error(
                    value, _("choose {default} in this lab").format(default=fields[path].default)
                )
    for path in base.differences(BASE):
        if not path.startswith(FREE):
            setting = fields[path]
            allowed = setting.write(BASE.get(path))
            raise setting.error(
                base.get(path),
                _("this lab needs {wanted}, so leave it out of the link").format(wanted=allowed),
            )


def same_layers(layers: tuple[HiddenLayer, ...], depth: int) -> tuple[HiddenLayer, ...]:
    """So many layers; new ones are like the last."""
    return layers[:depth] + (replace(layers[-1]),) * max(0, depth - len(layers))
