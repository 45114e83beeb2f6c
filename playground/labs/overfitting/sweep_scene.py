"""The sweep of the lab on overfitting: the boundaries of the first seed in a row, and what all seeds say."""

from collections.abc import Sequence
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
from playground.probes.shapes import DOUBLE_DESCENT, U_CURVE, shape_words, shapes
from playground.probes.sweep import swept
from playground.text import _, ngettext
from playground.training import Trainer

SIDE = 40  # of the pictures, which are small
TOLD = ("test_error", "test_loss", "train_error")  # in words, which are read together
LEAST_LOSS = 1e-12  # has a logarithm


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
        _cards(labels, seeds),
        _curves("loss", _("Loss"), labels, axis, seeds),
        *more,
    ]
    return lab_scene(trainers, parts, words, columns)


def _values(name: str, moments: Sequence[FrameContext], columns: int) -> np.ndarray:
    """(S, V) what was measured of "train_error", "test_loss" ..., by seed and value of the knob."""
    kind, what = name.split("_")
    if what == "error":
        values = [1.0 - moment.frame.metrics[f"{kind}_accuracy"] for moment in moments]
    else:
        values = [moment.frame.metrics[name] for moment in moments]
    return np.array(values).reshape(-1, columns)


def _shapes(moments: Sequence[FrameContext], columns: int) -> np.ndarray:
    """The shape of each that is TOLD; of losses, their ratios count: one large one would hide the others."""
    values = {name: _values(name, moments, columns) for name in TOLD}
    values["test_loss"] = np.log(np.maximum(values["test_loss"], LEAST_LOSS))
    data = [moment.trainer for moment in moments[:columns]]
    steps = {
        "test_error": [1.0 / len(trainer.test_data) for trainer in data],
        "test_loss": [0.0] * columns,
        "train_error": [1.0 / len(trainer.train_data) for trainer in data],
    }
    return shapes(np.stack([values[name] for name in TOLD]), np.array([steps[name] for name in TOLD]))


def _means(name: str, columns: int) -> list[ChannelSource]:
    """{name}_mean and {name}_spread."""

    def part(of: str, moments: Sequence[FrameContext]) -> np.ndarray:
        return getattr(swept(_values(name, moments, columns)), of)

    return [
        ChannelSource(Channel(f"{name}_mean", "f8", (columns,)), partial(part, "mean"), run=ALL),
        ChannelSource(Channel(f"{name}_spread", "f8", (columns,)), partial(part, "spread"), run=ALL),
    ]


def _words(k: int, name: str, labels: Sequence[str], seeds: int) -> list[ChannelSource]:
    """{name}_lowest and {name}_shape, of entry k that is TOLD."""
    columns = len(labels)
    return [
        ChannelSource(
            Channel(f"{name}_lowest", "u8", (), tuple(labels)),
            lambda moments: swept(_values(name, moments, columns)).lowest,
            run=ALL,
        ),
        ChannelSource(
            Channel(f"{name}_shape", "u8", (), shape_words(seeds)),
            lambda moments: _shapes(moments, columns)[k],
            run=ALL,
        ),
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
    return PanelWithChannels(panel, [entry for name in names for entry in _means(name, len(labels))])


def _cards(labels: Sequence[str], seeds: int) -> PanelWithChannels:
    words = shape_words(seeds)
    tones = ["good" if k in (U_CURVE, DOUBLE_DESCENT) else "" for k in range(len(words))]
    titles = {
        "test_error": _("Test error"),
        "test_loss": _("Test loss"),
        "train_error": _("Training error"),
    }
    lowest = ngettext(
        "Lowest at **{place}**, with {seeds} seed", "Lowest mean of {seeds} seeds at **{place}**", seeds
    )
    cards = [
        Card(
            title=titles[name],
            role="run0" if name.startswith("train") else "run1",
            verdict=f"{name}_shape",
            verdicts=list(zip(words, tones, strict=True)),
            lines=[lowest.format(seeds=seeds, place=f"{{{name}_lowest:word}}")],
        )
        for name in TOLD
    ]
    measured = [entry for k, name in enumerate(TOLD) for entry in _words(k, name, labels, seeds)]
    return PanelWithChannels(CardsPanel("shapes", "wide", _("In words, from left to right"), cards), measured)
