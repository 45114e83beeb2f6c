"""Part: a panel and what must be measured for it. Parts may share channels; a scene measures each once."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.player.scene import FigurePanel, Measured, NetworkPanel


class Part(NamedTuple):
    panel: FigurePanel | NetworkPanel
    measured: Sequence[Measured]


def together(parts: Sequence[Part]) -> list[Measured]:
    """What all parts need, each channel once."""
    return list({entry.channel.name: entry for part in parts for entry in part.measured}.values())
