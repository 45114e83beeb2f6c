"""The scene of several runs side by side: a boundary for each, and their curves in one picture, on one
timeline.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from playground.figures import theme
from playground.figures.curves import Series, curves
from playground.figures.palettes import surface_palettes
from playground.panels.boundary import boundary_part
from playground.panels.panel_with_channels import PanelWithChannels, merge_channels
from playground.panels.timeline import timeline
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, FigurePanel, Scene, curve
from playground.text import _
from playground.training import Trainer
from playground.ui.main_page.view import View

MOST = len(theme.RUN_COLORS)
WORDS = _(
    "All runs stand on one timeline, at the same epoch; one that has stopped stays as it was. What differs "
    "between them is listed on the left."
)


def compare_scene(trainers: Sequence[Trainer], view: View) -> Scene:
    """At most MOST runs, each with its colour."""
    boundaries = [_boundary(trainer, k) for k, trainer in enumerate(trainers)]
    losses = _curves(trainers, "loss", _("Test loss"), log=True)
    parts = [*boundaries, losses]
    if all(trainer.task.kind == "classification" for trainer in trainers):
        parts.append(_curves(trainers, "accuracy", _("Test accuracy"), percent=True))
    return Scene(
        layout="compare",
        panels=[part.panel for part in parts],
        measured=[*timeline(trainers[0]), *merge_channels(parts)],
        themes={mode.name: _theme(mode, trainers) for mode in theme.MODES},
        view=view.plain(),
        words=WORDS,
    )


def _boundary(trainer: Trainer, k: int) -> PanelWithChannels:
    """The main page's boundary, with channels and palettes of its own."""
    panel, measured = boundary_part(trainer)
    numbers = [{"label": _("test loss"), "text": f"{{test_loss_{k}}}", "role": f"run{k}"}]
    if trainer.task.kind == "classification":
        numbers.append({"label": _("accuracy"), "text": f"{{test_accuracy_{k}:percent}}", "role": f"run{k}"})
    extras = {
        **panel.extras,
        "choices": None,
        "run": k,
        "palette": f"run{k}-",
        "mistakes": panel.extras["mistakes"] and f"mistakes_{k}",
        "batch": f"batch_points_{k}",
    }
    panel = replace(
        panel,
        id=f"boundary-{k}",
        slot="multiples",
        title=_("Run {number}").format(number=k + 1),
        alt=re.sub(r"\{(test_\w+)", rf"{{\1_{k}", panel.alt),
        surface={**panel.surface, "channel": f"surface_{k}", "palette": f"run{k}-surface-confidence"},
        numbers=numbers,
        extras=extras,
    )
    return PanelWithChannels(panel, [_renamed(entry, k) for entry in measured])


def _renamed(entry: ChannelSource, k: int) -> ChannelSource:
    """The same measurement of another trainer, in a channel of its own."""
    return replace(entry, channel=replace(entry.channel, name=f"{entry.channel.name}_{k}"), run=k)


def _curves(
    trainers: Sequence[Trainer], metric: str, title: str, *, percent: bool = False, log: bool = False
) -> PanelWithChannels:
    name = f"test_{metric}"
    series = [Series(f"{name}_{k}", f"{k + 1}", f"run{k}") for k in range(len(trainers))]
    style = "percent" if percent else "number"
    panel = FigurePanel(
        id=metric,
        slot="side",
        title=title,
        figure=curves(series, y_range=(0.0, 1.03) if percent else None, percent=percent),
        alt=_("{title} after {{epoch:count}} epochs: {values}").format(
            title=title,
            values=", ".join(
                _("run {number} {{{channel}:{style}}}").format(number=s.label, channel=s.channel, style=style)
                for s in series
            ),
        ),
        bindings=[curve(k, s.channel) for k, s in enumerate(series)],
        log={"axis": "yaxis", "on": False} if log else None,
        numbers=[{"label": s.label, "text": f"{{{s.channel}:{style}}}", "role": s.role} for s in series],
    )
    measured = [
        ChannelSource(Channel(s.channel, "f8"), lambda moment: moment.frame.metrics[name], run=k)
        for k, s in enumerate(series)
    ]
    return PanelWithChannels(panel, measured)


def _theme(mode: theme.Mode, trainers: Sequence[Trainer]) -> dict:
    palettes = {
        f"run{k}-surface-{name}": colors
        for k, trainer in enumerate(trainers)
        for name, colors in surface_palettes(mode, trainer.task.n_classes).items()
    }
    return theme.theme(mode, palettes)
