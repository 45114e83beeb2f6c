"""A landscape in space, with paths on it: a panel that turns when it is dragged, drawn in every frame."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playground.figures import theme
from playground.player.packet import Channel
from playground.player.scene import ChannelSource

SIDE = 71  # of the ground, where it costs nothing to know it better


@dataclass(frozen=True)
class SpacePanel:
    """x, y: (S,) places. heights: (S, S), a row for each y. axes: words for x, y and the height. palette: the
    theme's colours, from the lowest height up; only the first `bands` of them. paths: the channels of each,
    {"x", "y", "z"}, z in the units of heights, NaN where it is not to be seen. See
    `playground/player/browser/panels/surface3d.js`.
    """

    id: str
    slot: str
    title: str
    alt: str
    x: np.ndarray
    y: np.ndarray
    heights: np.ndarray
    axes: tuple[str, str, str]
    palette: str
    bands: int
    paths: Sequence[Mapping[str, str]]
    numbers: Sequence[Mapping] = ()

    def describe(self) -> dict:
        low, high = float(self.heights.min()), float(self.heights.max())
        paths = [
            {**path, "color": theme.RACE_COLORS[k], "mark": theme.RACE_MARKS[k]}
            for k, path in enumerate(self.paths)
        ]
        return {
            "kind": "space",
            "id": self.id,
            "slot": self.slot,
            "title": self.title,
            "alt": self.alt,
            "numbers": self.numbers,
            "range": {axis: [float(p[0]), float(p[-1])] for axis, p in (("x", self.x), ("y", self.y))},
            "heights": {"range": [low, high], "rows": np.round(self.heights, 3).tolist()},
            "axes": self.axes,
            "palette": self.palette,
            "bands": self.bands,
            "paths": paths,
        }


def height_channel(k: int, measure: Callable[..., float]) -> ChannelSource:
    """The height of the k-th path, beside its channels x_k and y_k."""
    return ChannelSource(Channel(f"z_{k}", "f4"), measure)


def path_channels(k: int) -> dict[str, str]:
    return {axis: f"{axis}_{k}" for axis in "xyz"}
