"""PanelWithChannels: a panel with what is measured for it. A scene measures a shared channel once."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.player.scene import ChannelSource, FigurePanel, NetworkPanel


class PanelWithChannels(NamedTuple):
    panel: FigurePanel | NetworkPanel
    measured: Sequence[ChannelSource]


def merge_channels(parts: Sequence[PanelWithChannels]) -> list[ChannelSource]:
    """What all parts need, each channel once."""
    return list({entry.channel.name: entry for part in parts for entry in part.measured}.values())
