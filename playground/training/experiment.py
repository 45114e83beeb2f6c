"""Experiment: the one description of a run. Controls return it, links and JSON carry it, presets name it.

A frozen dataclass tree in which every field is declared once (see `settings`), so the controls, the checks
and the forms of a link all derive from it. Building one checks it: a bad value raises ExperimentError.

    Experiment()                                     the page's default run
    experiment.fields()                              {path: Setting} of all that can be set now
    experiment.get("optimizer.lr")                   one value
    experiment.replace("network.layers.0.units", 4)  a new Experiment with one field changed
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from playground import limits
from playground.datasets import DATASETS, STARTER
from playground.nn import LOSSES
from playground.training import links, tf_links
from playground.training.layers import HiddenLayer
from playground.training.options import Options, OptionsSetting
from playground.training.points import OWN
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
from playground.training.settings import ExperimentError, Section, Setting, flag, integer, settings_of, shown
from playground.training.task import AUTO, READINGS


@dataclass(frozen=True)
class Experiment(Section):
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
        label="Batch size",
        key="batch",
        help="How many points each step looks at, at most all. More of them make smoother and fewer steps.",
    )
    shuffle: bool = flag(
        True,
        label="Shuffle",
        key="shuffle",
        help="Go through the training points in a new order each epoch, or in the same one every time.",
    )
    seed: int = integer(
        0,
        low=0,
        high=limits.MAX_SEED,
        label="Seed",
        key="seed",
        help="The number all chance comes from. The same seed gives the same run; another gives another.",
    )

    def __post_init__(self):
        super().__post_init__()
        for name, section in SECTIONS.items():
            if not isinstance(getattr(self, name), section):
                raise ExperimentError(
                    f"{name} cannot be {shown(getattr(self, name))}: give a {section.__name__}."
                )
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

    def fields(self) -> dict[str, Setting]:
        """{path: Setting} of all that can be set now, with each layer's fields and the present options."""
        found = dict(settings_of(Experiment))
        for name, section in SECTIONS.items():
            for setting in settings_of(section).values():
                found[setting.path] = setting
                if isinstance(setting, OptionsSetting):
                    found |= {s.path: s for s in setting.settings(getattr(self, name)).values()}
        for i in range(len(self.network.layers)):
            for name, setting in settings_of(HiddenLayer).items():
                path = f"network.layers.{i}.{name}"
                found[path] = dataclasses.replace(setting, path=path)
        return found

    def get(self, path: str) -> object:
        """The value at a path that `fields` knows."""
        setting = self._setting(path)
        node = self
        for part in path.split("."):
            if isinstance(node, Options):
                node = node.get(part, setting.default)
            else:
                node = node[int(part)] if isinstance(node, tuple) else getattr(node, part)
        return node

    def replace(self, path: str, value: object) -> "Experiment":
        """A new Experiment with one field changed.

        What no longer fits goes back to its default: options with another optimizer or schedule, the loss
        with another kind of data, label smoothing and the outputs' activation with another loss, own points
        with another dataset (and choosing points chooses the dataset that has them). Under TensorFlow
        Playground's rules its number of points goes with the kind of data.
        """
        self._setting(path)
        head, *rest = path.split(".")
        changes = {head: _replaced(getattr(self, head), rest, value)}
        if path == "data.dataset" and self.rules.is_tf_playground and self.data.n == TF_POINTS[self.task]:
            changes["data"] = dataclasses.replace(changes["data"], n=TF_POINTS[DATASETS[value].task])
        if head == "data":
            changes["loss"] = _first_fitting(changes["data"], self.loss, Loss(self.loss.name), Loss())
        if path == "loss.name":
            changes["loss"] = _first_fitting(self.data, changes["loss"], Loss(value))
        if _loss_name(changes.get("data", self.data), changes.get("loss", self.loss)) in READINGS:
            network = changes.get("network", self.network)
            if path != "network.output" and network.output != "linear":
                changes["network"] = dataclasses.replace(network, output=AUTO)
        return dataclasses.replace(self, **changes)

    def reseeded(self, seed: int) -> "Experiment":
        """The same with other chance: under TensorFlow Playground's rules its own seed changes as well."""
        changed = self.replace("seed", seed)
        if not self.rules.is_tf_playground:
            return changed
        return changed.replace("rules.seed", f"{seed / (limits.MAX_SEED + 1):.5f}")

    def differences(self, other: "Experiment") -> tuple[str, ...]:
        """The paths in which two Experiments differ; "network.layers" if the number of layers does."""
        mine, theirs = self.fields(), other.fields()
        paths = [path for path in mine if path not in ("optimizer.options", "schedule.options")]
        if len(self.network.layers) == len(other.network.layers):
            paths.remove("network.layers")
        else:
            paths = [path for path in paths if not path.startswith("network.layers.")]
        return tuple(path for path in paths if path not in theirs or self.get(path) != other.get(path))

    def to_query(self) -> dict[str, str]:
        """What a link holds: the fields that differ from the default, and then the form's version too."""
        return links.to_query(self)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Experiment":
        """The Experiment of a link's keys and values; ExperimentError for anything it should not hold."""
        return links.from_query(cls, query)

    def to_json(self) -> str:
        """Every field, as JSON text."""
        return links.to_json(self)

    @classmethod
    def from_json(cls, text: str) -> "Experiment":
        """The Experiment of a JSON text; fields that are not in it have their default."""
        return links.from_json(cls, text)

    @classmethod
    def from_tf_playground(cls, url: str) -> "Experiment":
        """The run that a link of playground.tensorflow.org shows, number for number; see `tf_links`."""
        return cls(**tf_links.read_sections(url))

    def _setting(self, path: str) -> Setting:
        found = self.fields().get(path)
        if found is None:
            raise ExperimentError(f"There is no setting {shown(path)}: choose a path that fields() lists.")
        return found


SMOOTHED = tuple(name for name, entry in LOSSES.items() if "label_smoothing" in entry.settings)

SECTIONS: dict[str, type] = {
    f.name: f.default_factory
    for f in dataclasses.fields(Experiment)
    if f.default_factory is not dataclasses.MISSING
}


def _loss_name(data: Data, loss: Loss) -> str:
    if loss.name != AUTO:
        return loss.name
    return {0: "mse", 2: "bce"}.get(data.kind[1], "cross_entropy")


def _loss_problem(data: Data, loss: Loss) -> ExperimentError | None:
    """Why this loss does not go with this data, if it does not."""
    name, task, settings = _loss_name(data, loss), data.kind[0], settings_of(Loss)
    if task not in LOSSES[name].tasks:
        fitting = ", ".join([AUTO, *(other for other, entry in LOSSES.items() if task in entry.tasks)])
        return settings["name"].error(loss.name, f"{data.dataset} is {task}, so choose one of {fitting}")
    if loss.label_smoothing and name not in SMOOTHED:
        remedy = f"{name} has no label smoothing, so choose 0 or one of {', '.join(SMOOTHED)}"
        return settings["label_smoothing"].error(loss.label_smoothing, remedy)
    return None


def _output_problem(experiment: Experiment) -> ExperimentError | None:
    """Why the activation of the outputs does not go with the loss, if it does not."""
    name, output = experiment.loss_name, experiment.network.output
    if name in READINGS and output not in (AUTO, "linear"):
        remedy = f"{name} reads the outputs as they are, so choose {AUTO} or linear"
        return settings_of(Network)["output"].error(output, remedy)
    return None


def _first_fitting(data: Data, *losses: Loss) -> Loss:
    """The first of the losses that goes with the data, or else the last."""
    return next((loss for loss in losses if not _loss_problem(data, loss)), losses[-1])


def _replaced(node: object, parts: list[str], value: object) -> object:
    """`node` with the value at the end of a path changed; options go with the name they belong to."""
    if not parts:
        return value
    head, rest = parts[0], parts[1:]
    if isinstance(node, Options):
        return Options({**node, head: value})
    if isinstance(node, tuple):
        index = int(head)
        return (*node[:index], _replaced(node[index], rest, value), *node[index + 1 :])
    changes = {head: _replaced(getattr(node, head), rest, value)}
    if head == "name" and hasattr(node, "options"):
        changes["options"] = Options()
    if head == "dataset" and value != OWN:
        changes["points"] = STARTER
    if head == "points" and value != node.points:
        changes["dataset"] = OWN
    return dataclasses.replace(node, **changes)
