"""How weights, gradients and activations are spread: of each layer now, and of all layers over time."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from playground.figures.band_map import band_map
from playground.figures.ridges import ridges
from playground.panels.layers import hidden_names, rounded, weight_layer_names
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, TraceBinding
from playground.probes.data_pass import DataPass
from playground.probes.histograms import (
    BINS,
    GRADIENT_SCALE,
    WEIGHT_SCALE,
    Histograms,
    SignedScale,
    activation_histograms,
    gradient_histograms,
    gradient_shares,
    weight_histograms,
    weight_shares,
)
from playground.probes.sizes import Sizes, gradient_sizes, weight_sizes
from playground.text import _
from playground.training import Trainer


class Words(NamedTuple):
    """What a panel says. seen: the title of its axis, or what is said of the cell below the pointer."""

    title: str
    seen: str
    alt: str


def weights_part(trainer: Trainer) -> PanelWithChannels:
    layers = weight_layer_names(trainer)
    words = Words(
        _("Weights of each layer now"),
        _("weights"),
        _(
            "Histograms of the weights of each layer. After {epoch:count} epochs they lie, first layer to "
            "last, within ± {weight_ranges}."
        ),
    )
    return _now("weights", words, "weight", layers, weight_histograms, of=len(layers))


def weight_gradients_part(trainer: Trainer) -> PanelWithChannels:
    layers = weight_layer_names(trainer)
    words = Words(
        _("Gradients of each layer now"),
        _("gradients"),
        _(
            "Histograms of the gradients of each layer. After {epoch:count} epochs they lie, first layer to "
            "last, within ± {weight_gradient_ranges}."
        ),
    )
    return _now("gradients", words, "weight_gradient", layers, gradient_histograms, of=len(layers))


def activations_part(trainer: Trainer) -> PanelWithChannels:
    layers = hidden_names(trainer)
    words = Words(
        _("Activations of each layer now"),
        _("activations"),
        _(
            "Histograms of the activations of each layer. After {epoch:count} epochs they lie, first layer "
            "to last, within ± {activation_ranges}."
        ),
    )
    return _now("activations", words, "activation", layers, activation_histograms, of=len(layers) + 1)


def weights_over_time_part(trainer: Trainer) -> PanelWithChannels:
    words = Words(
        _("Weights over time"),
        _("epoch %{x:.4~g}: %{z:.5~p} of the weights<extra></extra>"),
        _(
            "How the weights of all layers are spread over time. After {epoch:count} epochs half of them are "
            "no larger than {weight_median}, and none is larger than {weight_largest}."
        ),
    )
    return _over_time("weights", words, "weight", WEIGHT_SCALE, weight_shares, weight_sizes)


def gradients_over_time_part(trainer: Trainer) -> PanelWithChannels:
    words = Words(
        _("Gradients over time"),
        _("epoch %{x:.4~g}: %{z:.5~p} of the gradients<extra></extra>"),
        _(
            "How the gradients of all layers are spread over time. After {epoch:count} epochs half of them "
            "are no larger than {weight_gradient_median}, and none is larger than {weight_gradient_largest}."
        ),
    )
    return _over_time("gradients", words, "weight_gradient", GRADIENT_SCALE, gradient_shares, gradient_sizes)


def _now(
    id: str,
    words: Words,
    name: str,
    layers: list[str],
    probe: Callable[[DataPass], Histograms],
    *,
    of: int,
) -> PanelWithChannels:
    """A histogram for each layer. name: how the channels begin; of: how many layers the network has."""
    heights, ranges = f"{name}_heights", f"{name}_ranges"
    panel = FigurePanel(
        id=f"{id}_now",
        slot="side",
        title=words.title,
        figure=ridges(layers, words.seen, of=of),
        alt=words.alt,
        bindings=[
            TraceBinding(0, {"y": ChannelRef(heights)}),
            TraceBinding(1, {"customdata": ChannelRef(ranges)}),
        ],
    )
    return PanelWithChannels(
        panel,
        [
            ChannelSource(
                Channel(heights, "f4", (len(layers), BINS)),
                lambda moment: rounded(moment.data.info(probe).heights),
            ),
            ChannelSource(
                Channel(ranges, "f4", (len(layers),)), lambda moment: moment.data.info(probe).ranges
            ),
        ],
    )


def _over_time(
    id: str,
    words: Words,
    name: str,
    scale: SignedScale,
    shares: Callable[[DataPass], np.ndarray],
    sizes: Callable[[DataPass], Sizes],
) -> PanelWithChannels:
    """The histogram of all layers together as colours, frame after frame."""
    channel, median, largest = f"{name}_shares", f"{name}_median", f"{name}_largest"
    panel = FigurePanel(
        id=f"{id}_over_time",
        slot="side",
        title=words.title,
        figure=band_map(scale, words.seen),
        alt=words.alt,
        bindings=[
            TraceBinding(0, {"x": ChannelRef("progress", "series"), "z": ChannelRef(channel, "history")})
        ],
        numbers=[
            {"label": _("median size"), "text": f"{{{median}}}", "role": "plain"},
            {"label": _("largest"), "text": f"{{{largest}}}", "role": "plain"},
        ],
    )
    return PanelWithChannels(
        panel,
        [
            ChannelSource(Channel(channel, "f4", (scale.rows,)), lambda moment: moment.data.info(shares)),
            ChannelSource(Channel(median, "f4"), lambda moment: moment.data.info(sizes).median),
            ChannelSource(Channel(largest, "f4"), lambda moment: moment.data.info(sizes).largest),
        ],
    )
