"""The scene in which the network of the lab on one step is trained to the end."""

from collections.abc import Callable, Sequence

import numpy as np

from playground.datasets import DOMAIN
from playground.figures import theme
from playground.figures.curves import Series, curves
from playground.figures.one_step import RANGE, truth_table
from playground.figures.palettes import surface_palettes
from playground.labs.framework.lab import Task
from playground.labs.framework.tasks import tasks_part
from playground.labs.one_step.settings import StepSettings
from playground.labs.one_step.steps_scene import PANELS, StepPanel, network_model
from playground.panels.panel_with_channels import PanelWithChannels
from playground.panels.progress import clock
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, FigurePanel, FrameContext, Scene, curve
from playground.probes.grid import SURFACE_SIDE, GridPass, points
from playground.probes.one_step import NetworkNow, standing
from playground.text import _
from playground.training import Trainer

LOSS = Series("train_loss", _("loss"), "train")


def run_scene(
    trainer: Trainer, settings: StepSettings, name: str, tasks: Sequence[Task], words: str
) -> Scene:
    """name: of the lab. tasks: what there is to try. words: where to look."""
    parts = [_graph(trainer), _boundary(trainer), _loss(), tasks_part(name, tasks, [trainer])]
    palettes = {mode: surface_palettes(mode, trainer.task.n_classes)["confidence"] for mode in theme.MODES}
    return Scene(
        layout="lab step run",
        panels=[part.panel for part in parts],
        measured=[*clock(trainer), *(entry for part in parts for entry in part.measured)],
        themes={mode.name: theme.theme(mode, {"surface": palettes[mode]}) for mode in theme.MODES},
        view={"pick": settings.pick, "sample": settings.sample},
        words=words,
        modules=[PANELS],
    )


def _graph(trainer: Trainer) -> PanelWithChannels:
    """The same graph as in the film, of all samples; no update is shown, so nothing comes and goes."""
    panel = StepPanel(
        "step-graph",
        "graph",
        "picture",
        _("The network"),
        _(
            "The network after {epoch:count} epochs: loss {train_loss}, {train_accuracy:percent} of the "
            "samples are right."
        ),
        network_model(trainer),
    )
    layers, samples = trainer.network.weight_layers, len(trainer.train_data)
    units = sum(layer.b.size for layer in layers)

    def of(name: str, shape: tuple[int, ...], measure: Callable[[NetworkNow], np.ndarray], type: str = "f8"):
        return ChannelSource(Channel(name, type, shape), lambda moment: measure(moment.data.info(standing)))

    def joined(name: str) -> Callable[[NetworkNow], np.ndarray]:
        return lambda found: np.hstack([getattr(layer, name) for layer in found.layers])

    return PanelWithChannels(
        panel,
        [
            of("rows", (samples,), lambda found: np.arange(samples), "i4"),
            of("x", (samples, len(trainer.task.features)), lambda found: found.layers[0].x),
            *(of(name, (samples, units), joined(name)) for name in ("z", "a", "delta")),
            of("losses", (samples,), lambda found: found.losses),
            of("outputs", (samples, trainer.task.n_outputs), lambda found: found.outputs),
            of("before", (trainer.network.params.size,), lambda found: found.params),
        ],
    )


def _boundary(trainer: Trainer) -> PanelWithChannels:
    """What the network makes of the plane around its four samples."""
    low, high = DOMAIN
    square = RANGE[0] + (points(SURFACE_SIDE) - low) * (RANGE[1] - RANGE[0]) / (high - low)
    inputs = trainer.task.features(square)
    shape = (SURFACE_SIDE, SURFACE_SIDE)

    def surface(moment: FrameContext) -> np.ndarray:
        return GridPass(moment.trainer, inputs).surface(theme.MAP_LEVELS, theme.CLASS_LEVELS)

    panel = FigurePanel(
        id="boundary",
        slot="formulas",
        title=_("Decision boundary"),
        figure=truth_table(trainer.train_data),
        alt=_(
            "The plane around the four samples after {epoch:count} epochs: {train_accuracy:percent} of them "
            "are on the right side."
        ),
        surface={"channel": "surface", "shape": list(shape), "palette": "surface"},
        square=True,
        numbers=[{"label": _("right"), "text": "{train_accuracy:percent}", "role": "train"}],
    )
    return PanelWithChannels(panel, [ChannelSource(Channel("surface", "u8", shape), surface)])


def _loss() -> PanelWithChannels:
    panel = FigurePanel(
        id="loss",
        slot="formulas",
        title=_("Loss"),
        figure=curves([LOSS]),
        alt=_("Loss of the four samples after {epoch:count} epochs: {train_loss}."),
        bindings=[curve(0, LOSS.channel)],
        log={"axis": "yaxis", "on": False},
        numbers=[{"label": _("mean of all samples"), "text": "{train_loss}", "role": "train"}],
    )
    return PanelWithChannels(panel, [])
