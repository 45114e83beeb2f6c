"""A scene: what the player shows of a run. Its panels are sent once; its channels say what each frame
carries.

To show something new, a page gives a scene one more panel, and one more channel with the function that
measures it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from playground.figures import Figure, as_plain
from playground.player.packet import Channel, Plain
from playground.player.texts import browser_texts
from playground.probes.data_pass import DataPass
from playground.probes.grid import GridPass
from playground.probes.passes import Passes
from playground.text import LANGUAGE
from playground.training import Frame, Trainer

PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class FrameContext:
    """What a channel's measure may look at: the trainer, standing at `frame`, and of a run of an Experiment
    one pass over the grid and one over the data's own points, made when first asked for.
    """

    trainer: Trainer[Any]  # of whatever describes the run
    frame: Frame
    passes: Passes

    @cached_property
    def grid(self) -> GridPass:
        return self.passes.grid()

    @cached_property
    def data(self) -> DataPass:
        return self.passes.data()


ALL = "all"


@dataclass(frozen=True)
class ChannelSource:
    """A channel and how its numbers are measured; run: of which trainer of the run, None: of the one that has
    come furthest, as others may have ended, ALL: of a list of the moments of all.
    """

    channel: Channel
    measure: Callable[[Any], np.ndarray | float]  # of a FrameContext, for ALL a list of them; or of a Still
    run: int | str | None = 0


@dataclass(frozen=True)
class ChannelRef:
    """How numbers are taken from a channel.

    how: "vector", this frame's values; "matrix", this frame's values as rows; "percents", the same, parts of
    1 in words; "series", a number over all frames so far; "history", a vector over all frames so far, a row
    for each entry; "trail", a number from the first frame to this one, also while looking back.
    """

    channel: str
    how: str = "vector"


@dataclass(frozen=True)
class TraceBinding:
    """A trace whose attributes ("y", "marker.color") follow channels."""

    trace: int
    takes: Mapping[str, ChannelRef]

    def describe(self) -> Plain:
        return {"trace": self.trace, "takes": {name: vars(take) for name, take in self.takes.items()}}


def curve(trace: int, channel: str) -> TraceBinding:
    """A line of a number over the epochs."""
    return TraceBinding(trace, {"x": ChannelRef("progress", "series"), "y": ChannelRef(channel, "series")})


@dataclass(frozen=True)
class FigurePanel:
    """A Plotly figure.

    slot: the place of the layout in which it stands. alt: its text alternative, with {channel} for numbers.
    surface: the channel, shape and palette painted under the plot area; instead of the channel, "still" may
    hold what is the same in all frames: palette indices as base64.
    log: the axis that a switch makes logarithmic, and whether it begins so. square: keep the figure's sides
    equal.
    decades: a logarithmic axis that always shows whole powers of ten, those of all frames so far.
    numbers: shown live beside the title, each {"label", "text" with {channel}, "role": "train", "test" or
    "plain"}.
    kind, extras: of a figure with a JavaScript class of its own, and what that needs besides.
    """

    id: str
    slot: str
    title: str
    figure: Figure
    alt: str
    bindings: Sequence[TraceBinding] = ()
    surface: Mapping[str, object] | None = None
    log: Mapping[str, object] | None = None
    square: bool = False
    decades: str = ""
    numbers: Sequence[Mapping[str, object]] = ()
    kind: str = "figure"
    extras: Mapping[str, object] = field(default_factory=dict)

    def describe(self) -> Plain:
        return {
            **self.extras,
            "kind": self.kind,
            "id": self.id,
            "slot": self.slot,
            "title": self.title,
            "alt": self.alt,
            "figure": as_plain(self.figure),
            "bindings": [binding.describe() for binding in self.bindings],
            "surface": self.surface,
            "log": self.log,
            "square": self.square,
            "decades": self.decades,
            "numbers": self.numbers,
        }


@dataclass(frozen=True)
class NetworkPanel:
    """The network as a graph. columns, edges, maps: see `browser/network/panel.js`; ranges, biases:
    channels. extras: what else that file needs."""

    id: str
    slot: str
    title: str
    alt: str
    columns: Sequence[Mapping[str, object]]
    edges: Mapping[str, object]
    maps: Mapping[str, object]
    ranges: str
    biases: str
    numbers: Sequence[Mapping[str, object]] = ()
    extras: Mapping[str, object] = field(default_factory=dict)

    def describe(self) -> Plain:
        own = {name: value for name, value in vars(self).items() if name != "extras"}
        return {**self.extras, "kind": "network", **own}


@dataclass(frozen=True)
class Scene:
    """layout: a class name of the style sheets that places the slots. view: what the visitor chose to see.

    exports: the files on offer, label by name. words: what to look for, until there is something more
    pressing to say.
    advise: what there is to say about a moment, each {"rule", "text", "kind", "fix": a button's label or
    None}.
    drawing: the visitor's own points as they are now; None where nobody can draw.
    modules: files of JavaScript, below the package, that bring the kinds of panels which the player has not:
    each exports PANELS, {kind: class}.
    clock: what the player says of where it is, with {channel}; "" for the epoch. rate: frames a second, as
    long as the visitor has not chosen another speed.

    A panel finds its numbers by the names of channels: ValueError if two have the same one.
    """

    layout: str
    panels: Sequence[FigurePanel | NetworkPanel]
    measured: Sequence[ChannelSource]
    themes: Mapping[str, Mapping[str, object]]
    view: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    exports: Mapping[str, str] = field(default_factory=dict)
    advise: Callable[[FrameContext], list[Plain]] | None = None
    drawing: Callable[[], Plain] | None = None
    modules: Sequence[Path] = ()
    clock: str = ""
    rate: int = 30
    channels: Sequence[Channel] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "channels", [entry.channel for entry in self.measured])
        names = [channel.name for channel in self.channels]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(
                f"A scene cannot have two channels of one name ({', '.join(twice)}): rename one, or "
                "measure what several panels share once."
            )

    def measure(self, moments: Sequence[FrameContext]) -> dict[str, np.ndarray]:
        """The values of all channels, with a moment for each trainer; copies, so that training may go on."""
        furthest = max(moments, key=lambda moment: moment.frame.update / moment.trainer.updates_per_epoch)
        of: dict[int | str | None, object] = {None: furthest, ALL: moments, **dict(enumerate(moments))}
        return {entry.channel.name: np.array(entry.measure(of[entry.run])) for entry in self.measured}

    def describe(self) -> Plain:
        """All that the player needs to know before the first frame, as plain values."""
        modules = [path.relative_to(PACKAGE).as_posix() for path in self.modules]
        texts = browser_texts(LANGUAGE, tuple(path.parent for path in self.modules))
        return {
            "layout": self.layout,
            "panels": [panel.describe() for panel in self.panels],
            "channels": [channel.describe() for channel in self.channels],
            "themes": self.themes,
            "view": self.view,
            "words": self.words,
            "exports": list(self.exports.items()),
            "drawing": self.drawing and self.drawing(),
            "clock": self.clock,
            "rate": self.rate,
            **({"modules": modules} if modules else {}),
            **({"texts": texts} if texts else {}),
        }
