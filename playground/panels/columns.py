"""Networks side by side: what several labs show of each, and the words beside their panels' titles."""

from collections.abc import Sequence

import numpy as np

from playground.figures import theme
from playground.figures.curves import Series, curves
from playground.figures.gradient_flow import small_boundary
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, FigurePanel, FrameContext, curve
from playground.probes.grid import points, prediction_levels
from playground.text import _
from playground.training import Trainer

SURFACE_SIDE = 40  # the pictures are small


def legend(words: str, role: str = "plain") -> dict:
    """Words beside a panel's title, without a number."""
    return {"label": words, "text": "", "role": role}


def metric(name: str, k: int) -> ChannelSource:
    """A metric of the k-th network, in the channel `name_k`."""
    return ChannelSource(Channel(f"{name}_{k}", "f8"), lambda moment: moment.frame.metrics[name], run=k)


def small_surface(trainer: Trainer, k: int) -> ChannelSource:
    """What the k-th network makes of the plane, in the channel `surface_k`: palette indices on a grid of
    SURFACE_SIDE x SURFACE_SIDE, coarser than the main page's.
    """
    inputs, shape = trainer.task.features(points(SURFACE_SIDE)), (SURFACE_SIDE, SURFACE_SIDE)

    def measure(moment: FrameContext) -> np.ndarray:
        task, outputs = moment.trainer.task, moment.trainer.network.activations(inputs)[-1]
        return prediction_levels(task, outputs, theme.MAP_LEVELS, theme.CLASS_LEVELS).reshape(shape)

    return ChannelSource(Channel(f"surface_{k}", "u8", shape), measure, run=k)


def painted(k: int) -> dict:
    """What a figure panel needs to paint `small_surface`."""
    return {"channel": f"surface_{k}", "shape": [SURFACE_SIDE, SURFACE_SIDE], "palette": "surface"}


def boundary_column(trainer: Trainer, k: int, title: str) -> PanelWithChannels:
    """The k-th network's boundary, with its test accuracy, or its test loss if it predicts values."""
    numbers = [{"label": "", "text": f"{{test_loss_{k}}}", "role": f"run{k}"}]
    measured = [small_surface(trainer, k), metric("test_loss", k)]
    if trainer.task.kind == "classification":
        numbers = [{"label": "", "text": f"{{test_accuracy_{k}:percent}}", "role": f"run{k}"}]
        measured.append(metric("test_accuracy", k))
    panel = FigurePanel(
        id=f"boundary-{k}",
        slot="multiples",
        title=f"{k + 1}. {title}",
        figure=small_boundary(trainer.train_data, trainer.test_data),
        alt=_(
            "What network {number}, {title}, has learnt after {{epoch:count}} epochs: test loss "
            "{{test_loss_{k}}}."
        ).format(number=k + 1, title=title, k=k),
        surface=painted(k),
        square=True,
        numbers=numbers,
    )
    return PanelWithChannels(panel, measured)


def training_losses(
    names: Sequence[str], *, slot: str, log: bool, numbered: bool = True
) -> PanelWithChannels:
    """The training losses of all networks. log: whether the axis begins logarithmic. numbered: whether the
    numbers beside the title have the networks' numbers instead of their names.
    """
    series = [Series(f"train_loss_{k}", name, f"run{k}") for k, name in enumerate(names)]
    panel = FigurePanel(
        id="loss",
        slot=slot,
        title=_("Training loss"),
        figure=curves(series),
        alt=_("Training loss after {{epoch:count}} epochs: {losses}.").format(
            losses=", ".join(f"{s.label} {{{s.channel}}}" for s in series)
        ),
        bindings=[curve(k, s.channel) for k, s in enumerate(series)],
        log={"axis": "yaxis", "on": log},
        numbers=[
            {"label": f"{k + 1}" if numbered else s.label, "text": f"{{{s.channel}}}", "role": s.role}
            for k, s in enumerate(series)
        ],
    )
    return PanelWithChannels(panel, [metric("train_loss", k) for k in range(len(names))])
