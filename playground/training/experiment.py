"""Experiment: the one description of a run. Controls return it, links and JSON carry it, presets name it.

A frozen dataclass tree in which every field is declared once (see `settings`), so the controls, the checks
and the forms of a link all derive from it. Building one checks it: a bad value raises ExperimentError.

    Experiment()                                     the page's default run
    experiment.fields()                              {path: Setting} of all that can be set now
    experiment.get("optimizer.lr")                   one value
    experiment.replace("network.layers.0.units", 4)  a new Experiment with one field changed
"""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from playground import limits
from playground.nn import LOSSES
from playground.text import _
from playground.training import tf_links
from playground.training.description import Description
from playground.training.fields import flag, integer
from playground.training.rules import TF_POINTS, Rules
from playground.training.sections import (
    Data,
    Features,
    Loss,
    Network,
    Optimizer,
    Regularization,
    Schedule,
    Stopping,
)
from playground.training.settings import ExperimentError, settings_of
from playground.training.task import AUTO, OUTPUT_SPECS


@dataclass(frozen=True)
class Experiment(Description):
    """A whole run. Equal Experiments give equal runs, bit for bit."""

    data: Data = field(default_factory=Data)
    features: Features = field(default_factory=Features)
    network: Network = field(default_factory=Network)
    loss: Loss = field(default_factory=Loss)
    optimizer: Optimizer = field(default_factory=Optimizer)
    schedule: Schedule = field(default_factory=Schedule)
    regularization: Regularization = field(default_factory=Regularization)
    stopping: Stopping = field(default_factory=Stopping)
    rules: Rules = field(default_factory=Rules)
    batch_size: int = integer(
        32,
        low=1,
        high=limits.MAX_SAMPLES,
        label=_("Batch size"),
        key="batch",
        help=_(
            "How many points each step looks at, at most all. More of them make smoother and fewer steps."
        ),
    )
    shuffle: bool = flag(
        True,
        label=_("Shuffle"),
        key="shuffle",
        help=_("Go through the training points in a new order each epoch, or in the same one every time."),
    )
    seed: int = integer(
        0,
        low=0,
        high=limits.MAX_SEED,
        label=_("Seed"),
        key="seed",
        help=_("The number all chance comes from. The same seed gives the same run; another gives another."),
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        problem = _loss_problem(self.data, self.loss) or _output_problem(self)
        if problem:
            raise problem

    @property
    def task(self) -> str:
        """What is learnt: "classification" or "regression"."""
        return self.data.kind[0]

    @property
    def n_classes(self) -> int:
        """How many classes the data has; 0 for regression."""
        return self.data.kind[1]

    @property
    def loss_name(self) -> str:
        """The loss in use, also where the setting is automatic."""
        return _loss_name(self.data, self.loss)

    def _changes(self, path: str, value: object) -> dict[str, Any]:
        """What no longer fits goes back to its default: options with another optimizer or schedule, the loss
        with another kind of data, label smoothing and the outputs' activation with another loss, own points
        with another dataset (and choosing points chooses the dataset that has them). Under TensorFlow
        Playground's rules its number of points goes with the kind of data.
        """
        changes = super()._changes(path, value)
        data = changes.get("data", self.data)
        loss = changes.get("loss", self.loss)
        network = changes.get("network", self.network)
        if path == "data.dataset" and self.rules.is_tf_playground and self.data.n == TF_POINTS[self.task]:
            data = changes["data"] = dataclasses.replace(data, n=TF_POINTS[data.kind[0]])
        if "data" in changes:
            loss = changes["loss"] = _first_fitting(data, loss, Loss(loss.name), Loss())
        if path == "loss.name":
            loss = changes["loss"] = _first_fitting(data, loss, Loss(loss.name))
        if path != "network.output" and network.output != "linear" and _loss_name(data, loss) in OUTPUT_SPECS:
            changes["network"] = dataclasses.replace(network, output=AUTO)
        return changes

    def reseeded(self, seed: int) -> "Experiment":
        """The same with other chance: under TensorFlow Playground's rules its own seed changes as well."""
        changed = self.replace("seed", seed)
        if not self.rules.is_tf_playground:
            return changed
        return changed.replace("rules.seed", f"{seed / (limits.MAX_SEED + 1):.5f}")

    @classmethod
    def from_tf_playground(cls, url: str) -> "Experiment":
        """The run that a link of playground.tensorflow.org shows, number for number; see `tf_links`."""
        return cls(**tf_links.read_sections(url))


SMOOTHED = tuple(name for name, entry in LOSSES.items() if "label_smoothing" in entry.settings)


def _loss_name(data: Data, loss: Loss) -> str:
    if loss.name != AUTO:
        return loss.name
    return {0: "mse", 2: "bce"}.get(data.kind[1], "cross_entropy")


def _loss_problem(data: Data, loss: Loss) -> ExperimentError | None:
    """Why this loss does not go with this data, if it does not."""
    name, task, settings = _loss_name(data, loss), data.kind[0], settings_of(Loss)
    if task not in LOSSES[name].tasks:
        fitting = ", ".join([AUTO, *(other for other, entry in LOSSES.items() if task in entry.tasks)])
        return settings["name"].error(
            loss.name,
            _("{dataset} is {task}, so choose one of {fitting}").format(
                dataset=data.dataset, task=task, fitting=fitting
            ),
        )
    if loss.label_smoothing and name not in SMOOTHED:
        remedy = _("{name} has no label smoothing, so choose 0 or one of {smoothed}").format(
            name=name, smoothed=", ".join(SMOOTHED)
        )
        return settings["label_smoothing"].error(loss.label_smoothing, remedy)
    return None


def _output_problem(experiment: Experiment) -> ExperimentError | None:
    """Why the activation of the outputs does not go with the loss, if it does not."""
    name, output = experiment.loss_name, experiment.network.output
    if name in OUTPUT_SPECS and output not in (AUTO, "linear"):
        remedy = _("{name} reads the outputs as they are, so choose {auto} or linear").format(
            name=name, auto=AUTO
        )
        return settings_of(Network)["output"].error(output, remedy)
    return None


def _first_fitting(data: Data, *losses: Loss) -> Loss:
    """The first of the losses that goes with the data, or else the last."""
    return next((loss for loss in losses if not _loss_problem(data, loss)), losses[-1])
