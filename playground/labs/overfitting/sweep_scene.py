"""The sweep of the lab on overfitting: the boundaries of the first seed in a row, and what all seeds say."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from playground.figures.overfitting import knob_curves
from playground.labs.overfitting.scene import boundary_part, lab_scene
from playground.panels.cards import Card, CardsPanel
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import (
    ALL,
    ChannelRef,
    ChannelSource,
    FigurePanel,
    FrameContext,
    Scene,
    TraceBinding,
)
from playground.probes.margin import Plane
from playground.probes.sweep import DOUBLE_DESCENT, SHAPES, U_CURVE, Swept, swept
from playground.text import _
from playground.training import Trainer

SIDE = 40  # of the pictures, which are small
Values = Callable[[Sequence[FrameContext]], np.ndarray]


def sweep_scene(
    trainers: Sequence[Trainer],
    labels: Sequence[str],
    axis: str,
    words: str,
    more: Sequence[PanelWithChannels],
) -> Scene:
    """trainers: all values with one seed, then all with the next. labels: the values. axis: what they are."""
    columns, seeds = len(labels), len(trainers) // len(labels)
    parts = [
        *(
            boundary_part(trainer, k, label, Plane(trainer, SIDE))
            for k, (trainer, label) in enumerate(zip(trainers, labels, strict=False))
        ),
        _curves("error", _("Error"), labels, axis, seeds),
        _cards(),
        _curves("loss", _("Loss"), labels, axis, seeds),
        *more,
    ]
    return lab_scene(trainers, parts, words, columns)


def _errors(name: str, columns: int) -> Callable[[Sequence[FrameContext]], Swept]:
    """What was measured of "train_error", "test_loss" ..., by value of the knob."""
    kind, what = name.split("_")

    def measure(moments: Sequence[FrameContext]) -> Swept:
        if what == "error":
            values = [1.0 - moment.frame.metrics[f"{kind}_accuracy"] for moment in moments]
        else:
            values = [moment.frame.metrics[name] for moment in moments]
        return swept(np.array(values).reshape(-1, columns))

    return measure


def _channels(name: str, labels: Sequence[str]) -> list[ChannelSource]:
    """{name}_mean, {name}_spread, {name}_lowest and {name}_shape."""
    columns, probe = len(labels), _errors(name, len(labels))

    def part(of: str, moments: Sequence[FrameContext]) -> np.ndarray | int:
        return getattr(probe(moments), of)

    return [
        ChannelSource(Channel(f"{name}_mean", "f8", (columns,)), partial(part, "mean"), run=ALL),
        ChannelSource(Channel(f"{name}_spread", "f8", (columns,)), partial(part, "spread"), run=ALL),
        ChannelSource(Channel(f"{name}_lowest", "u8", (), tuple(labels)), partial(part, "lowest"), run=ALL),
        ChannelSource(Channel(f"{name}_shape", "u8", (), SHAPES), partial(part, "shape"), run=ALL),
    ]


def _curves(what: str, title: str, labels: Sequence[str], axis: str, seeds: int) -> PanelWithChannels:
    percent = what == "error"
    style = ":percent" if percent else ""
    names = [f"train_{what}", f"test_{what}"]
    bars = _("mean ± standard deviation, {seeds} seeds").format(seeds=seeds) if seeds > 1 else _("one seed")
    panel = FigurePanel(
        id=f"knob_{what}",
        slot="wide" if percent else "half",
        title=_("{title} against {axis}").format(title=title, axis=axis) if percent else title,
        figure=knob_curves(labels, axis, percent=percent),
        alt=_(
            "{title} after {{epoch:count}} epochs, {axis} {labels}: training "
            "{{train_{quantity}_mean{style}}}; test {{test_{quantity}_mean{style}}}; {bars}."
        ).format(title=title, axis=axis, labels=", ".join(labels), quantity=what, style=style, bars=bars),
        bindings=[
            TraceBinding(k, {"y": ChannelRef(f"{name}_mean"), "error_y.array": ChannelRef(f"{name}_spread")})
            for k, name in enumerate(names)
        ],
        log=None if percent else {"axis": "yaxis", "on": False},
        numbers=[
            {"label": "", "text": _("● training"), "role": "train"},
            {"label": "", "text": _("◆ test"), "role": "test"},
            *([{"label": bars, "text": "", "role": "plain"}] if percent else []),
        ],
    )
    return PanelWithChannels(panel, [entry for name in names for entry in _channels(name, labels)])


def _cards() -> PanelWithChannels:
    tones = ["good" if k in (U_CURVE, DOUBLE_DESCENT) else "" for k in range(len(SHAPES))]
    cards = [
        Card(
            title=title,
            role=role,
            verdict=f"{name}_shape",
            verdicts=list(zip(SHAPES, tones, strict=True)),
            lines=[_("Lowest at **{{{name}_lowest:word}}**").format(name=name)],
        )
        for title, name, role in (
            (_("Test error"), "test_error", "run1"),
            (_("Test loss"), "test_loss", "run1"),
            (_("Training error"), "train_error", "run0"),
        )
    ]
    return PanelWithChannels(CardsPanel("shapes", "wide", _("In words, from left to right"), cards), [])
