"""The smallest lab: two networks on one timeline. The tests put it into a copy of the project."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.figures import theme
from playground.figures.palettes import surface_palettes
from playground.labs.framework.lab import Lab, Lesson, Training
from playground.labs.framework.session import LabSession
from playground.labs.framework.settings import LabSettings
from playground.panels.columns import boundary_column
from playground.panels.timeline import timeline
from playground.player.scene import Scene
from playground.training import Experiment, HiddenLayer, Trainer
from playground.training.fields import integer

BASE = Experiment().replace("data.n", 60)


@dataclass(frozen=True)
class Tiny(LabSettings, path="lab"):
    units: int = integer(
        4, low=1, high=8, label="Units", key="units", help="How many units the second network has."
    )


def build(base: Experiment, settings: Tiny) -> Training:
    layers = [(HiddenLayer(units, "tanh"),) for units in (1, settings.units)]
    return Training([base.replace("network.layers", each) for each in layers], scene)


def scene(trainers: Sequence[Trainer]) -> Scene:
    parts = [boundary_column(trainer, k, "Network") for k, trainer in enumerate(trainers)]
    return Scene(
        layout=f"lab columns-{len(trainers)}",
        panels=[part.panel for part in parts],
        measured=[*timeline(trainers[0]), *(entry for part in parts for entry in part.measured)],
        themes={
            mode.name: theme.theme(mode, {"surface": surface_palettes(mode, 2)["confidence"]})
            for mode in theme.MODES
        },
        words="The second network can bend its border.",
    )


def units_tab(session: LabSession) -> None:
    session.controls().show(["lab.units"])


LAB = Lab(
    name="tiny",
    lesson=Lesson(see="Two networks.", try_this="- Give one more units.", why="It has more.", sources={}),
    base=BASE,
    settings=Tiny,
    build=build,
    controls={"Units": units_tab},
)
