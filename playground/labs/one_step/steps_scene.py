"""The film of the lab on one step: the first updates, phase by phase.

Letters: B rows of the batch, N training points, U all hidden and output units, P parameters, L layers with
weights.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from playground.figures import theme
from playground.labs.framework.lab import Task
from playground.labs.framework.tasks import tasks_part
from playground.labs.one_step.formulas import formulas
from playground.labs.one_step.settings import StepSettings
from playground.nn import ACTIVATIONS, LOSSES, OPTIMIZERS
from playground.player.film import film_clock
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, Scene
from playground.probes.one_step import EPSILON, LayerStep, OneStep, one_step_at_a_time
from playground.text import _
from playground.training import Experiment, Trainer
from playground.training.settings import settings_of

UPDATES = 30
RATE = 2  # frames a second: slow enough to follow
CLOCK = _("Update {number:count} · {phase:word}")


PANELS = Path(__file__).parent / "browser" / "panels.js"


@dataclass(frozen=True)
class Phase:
    """A moment of the film: the update, and how far it has come; place: as in `phases`."""

    index: int
    place: int
    step: OneStep

    @property
    def done(self) -> bool:
        """Whether the whole update is to be seen."""
        return self.place == 2 * len(self.step.layers) + 1


def phases(layers: int) -> list[dict]:
    """The phases of an update: {"kind": "forward", "loss", "backward" or "update", "layer": counted from 1, 0
    for all, "words"}.
    """
    names = [*(_("hidden {k}").format(k=k) for k in range(1, layers)), _("output")]
    if layers == 2:
        names[0] = _("hidden layer")
    numbered = list(enumerate(names, start=1))
    return [
        *(
            {"kind": "forward", "layer": k, "words": _("forward, {name}").format(name=name)}
            for k, name in numbered
        ),
        {"kind": "loss", "layer": 0, "words": _("loss")},
        *(
            {"kind": "backward", "layer": k, "words": _("backward, {name}").format(name=name)}
            for k, name in reversed(numbered)
        ),
        {"kind": "update", "layer": 0, "words": _("new weights")},
    ]


def film(trainer: Trainer) -> Iterator[Phase]:
    """The phases of the first updates, one after the other."""
    count = 2 * len(trainer.network.weight_layers) + 2
    for k, step in enumerate(one_step_at_a_time(trainer, UPDATES)):
        for place in range(count):
            yield Phase(k * count + place, place, step)


@dataclass(frozen=True)
class StepPanel:
    """One of the panels that show an update; see `browser/graph.js` and its neighbours. The
    first of them brings the model that all share.
    """

    kind: str
    id: str
    slot: str
    title: str
    alt: str
    model: dict | None = None

    def describe(self) -> dict:
        own = {name: value for name, value in vars(self).items() if value is not None}
        return {"numbers": [], **own}


def step_scene(
    trainer: Trainer, settings: StepSettings, name: str, tasks: Sequence[Task], words: str
) -> Scene:
    """name: of the lab. tasks: what there is to try. words: where to look."""
    parts = tasks_part(name, tasks, [trainer])
    panels = [
        StepPanel("step-graph", "graph", "picture", _("The network"), GRAPH_ALT, _model(trainer)),
        StepPanel("step-formula", "formula", "formulas", _("In numbers"), FORMULA_ALT),
        StepPanel("step-table", "table", "table", _("All weights and biases"), TABLE_ALT),
        parts.panel,
    ]
    return Scene(
        layout="lab step",
        panels=panels,
        measured=[*film_clock(), *_measured(trainer), *parts.measured],
        themes={mode.name: theme.theme(mode, {}) for mode in theme.MODES},
        view={"pick": settings.pick, "sample": settings.sample},
        words=words,
        modules=[PANELS],
        clock=CLOCK,
        rate=RATE,
    )


GRAPH_ALT = _(
    "The network at update {number:count}, {phase:word}: loss {loss} before this update and {loss_after} "
    "after it."
)
FORMULA_ALT = _("The formulas of what is chosen, with the numbers of update {number:count}.")
TABLE_ALT = _(
    "Every weight and bias at update {number:count}; the gradients differ from finite differences by at most "
    "{largest_difference}."
)


def network_model(trainer: Trainer) -> dict:
    """What the graph knows of the network besides the numbers of a frame."""
    task, data = trainer.task, trainer.train_data
    functions = _functions(trainer)
    order = np.lexsort(data.x.T[::-1])  # as in a table of truth, whichever sample comes first
    return {
        "sizes": [len(task.features), *(layer.b.size for layer in trainer.network.weight_layers)],
        "functions": functions,
        "labels": {name: ACTIVATIONS[name].label for name in functions},
        "phases": [],
        "views": settings_of(StepSettings)["view"].choices,
        "samples": [{"row": int(row), "x": data.x[row].tolist(), "class": int(data.y[row])} for row in order],
        "targets": task.targets(data.y).tolist(),
        "loss": {"name": task.loss_name, "label": LOSSES[task.loss_name].label},
    }


def _functions(trainer: Trainer) -> list[str]:
    """The activation of each hidden layer and of the outputs."""
    hidden = [layer.activation for layer in trainer.experiment.network.layers]
    return [*hidden, trainer.task.output_activation]


def _model(trainer: Trainer) -> dict:
    """What the panels need besides, to write an update out."""
    experiment = trainer.experiment
    functions = _functions(trainer)
    return {
        **network_model(trainer),
        "phases": phases(len(functions)),
        "epsilon": EPSILON,
        "optimizer": {
            "label": OPTIMIZERS[experiment.optimizer.name].label,
            "slots": list(trainer.optimizer.slots),
            "carried": list(trainer.optimizer.carried),
            "options": _options(experiment, trainer),
        },
        "formulas": formulas(experiment, functions),
    }


def _options(experiment: Experiment, trainer: Trainer) -> dict[str, float]:
    names = trainer.optimizer.settings
    options = {name: experiment.get(f"optimizer.options.{name}") for name in names}
    return {**options, "weight_decay": trainer.optimizer.weight_decay}


def _measured(trainer: Trainer) -> list[ChannelSource]:
    """Every number of an update, in double precision."""
    layers, task = trainer.network.weight_layers, trainer.task
    size, units = trainer.network.params.size, sum(layer.b.size for layer in layers)
    batch = min(trainer.experiment.batch_size, len(trainer.train_data))
    words = tuple(phase["words"] for phase in phases(len(layers)))
    optimizer = trainer.optimizer

    def of(
        name: str, shape: tuple[int, ...], measure: Callable[[OneStep], object], type: str = "f8"
    ) -> ChannelSource:
        return ChannelSource(Channel(name, type, shape), lambda phase: measure(phase.step))

    def joined(part: Callable[[LayerStep], np.ndarray]) -> Callable[[OneStep], np.ndarray]:
        return lambda step: np.hstack([part(layer) for layer in step.layers])

    return [
        ChannelSource(Channel("phase", "u8", words=words), lambda phase: phase.place),
        of("number", (), lambda step: step.number, "i4"),
        of("rows", (batch,), lambda step: step.rows, "i4"),
        of("x", (batch, len(task.features)), lambda step: step.layers[0].x),
        *(
            of(name, (batch, units), joined(lambda layer, name=name: getattr(layer, name)))
            for name in ("z", "a", "slope", "da", "delta")
        ),
        of("losses", (batch,), lambda step: step.losses),
        of("loss", (), lambda step: step.loss),
        of("loss_after", (), lambda step: step.loss_after),
        of("outputs", (len(trainer.train_data), task.n_outputs), lambda step: step.outputs),
        of("before", (size,), lambda step: step.before),
        of("gradient", (size,), lambda step: step.gradient),
        of("above", (size,), lambda step: step.differences.above),
        of("below", (size,), lambda step: step.differences.below),
        of("difference", (size,), lambda step: step.differences.slope),
        of("largest_difference", (), lambda step: np.abs(step.gradient - step.differences.slope).max()),
        of("after", (size,), lambda step: step.after),
        *(
            of(f"{name}_{when}", (size,), lambda step, n=name, w=when: getattr(step, f"slots_{w}")[n])
            for name in optimizer.slots
            for when in ("before", "after")
        ),
        *(of(f"{name}_before", (), lambda step, n=name: step.carried[n]) for name in optimizer.carried),
        of("lr", (), lambda step: step.lr),
        of("t", (), lambda step: step.t, "i4"),
    ]
