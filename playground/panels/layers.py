"""Layer by layer: gradients, updates, activations and the units that are stuck.

Letters: L layers with weights, H hidden layers.
"""

import numpy as np

from playground.figures.activation_view import TRACES, activation_view
from playground.figures.layer_bars import layer_bars
from playground.figures.layer_heat_map import layer_heat_map
from playground.figures.saturation_bars import saturation_bars
from playground.figures.update_ratios import HEALTHY, update_ratios
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, FrameContext, TraceBinding, curve
from playground.probes.activation_view import FINE, REACH, SUM_BINS, activation_curve, saturation, sums
from playground.probes.layer_magnitudes import layer_magnitudes
from playground.text import _
from playground.training import Trainer

FEW = 5  # so many layers' names stand side by side in full
HEIGHTS = 64  # so many heights of a bar can be told apart: what is sent is rounded to them


def layer_names(layers: int) -> list[str]:
    """The layers that have weights, first to last."""
    return [*(_("hidden {k}").format(k=k) for k in range(1, layers)), _("output")]


def weight_layer_names(trainer: Trainer) -> list[str]:
    return layer_names(len(trainer.network.weight_layers))


def hidden_names(trainer: Trainer) -> list[str]:
    return weight_layer_names(trainer)[:-1]


def bar_names(names: list[str]) -> list[str]:
    """What `layer_names` calls layers, for below a bar each: short where there are many. (Bare numbers would
    be read as places.)
    """
    if len(names) <= FEW:
        return names
    short = {_("hidden {k}").format(k=k): _("h{k}").format(k=k) for k in range(1, len(names) + 1)}
    return [short.get(name, _("out")) for name in names]


def rounded(heights: np.ndarray) -> np.ndarray:
    """Heights from 0 to 1 in HEIGHTS steps: half the bytes to send."""
    return np.round(heights * HEIGHTS) / HEIGHTS


def _gradient_norms(trainer: Trainer) -> ChannelSource:
    channel = Channel("gradient_norms", "f8", (len(trainer.network.weight_layers),))
    return ChannelSource(channel, lambda moment: moment.frame.gradient_norms)


def gradients_part(trainer: Trainer) -> PanelWithChannels:
    panel = FigurePanel(
        id="gradients",
        slot="side",
        title=_("Gradient magnitude of each layer"),
        figure=layer_bars(bar_names(weight_layer_names(trainer))),
        alt=_(
            "Gradient magnitude of each layer, first to last, after {epoch:count} epochs: {gradient_norms}."
        ),
        bindings=[TraceBinding(0, {"y": ChannelRef("gradient_norms")})],
        decades="yaxis",
    )
    return PanelWithChannels(panel, [_gradient_norms(trainer)])


def gradient_map_part(trainer: Trainer) -> PanelWithChannels:
    names = weight_layer_names(trainer)
    panel = FigurePanel(
        id="gradient_map",
        slot="side",
        title=_("Gradient magnitude over time"),
        figure=layer_heat_map(names),
        alt=_(
            "Gradient magnitude of each layer over time. After {epoch:count} epochs, first to last: "
            "{gradient_norms}."
        ),
        bindings=[
            TraceBinding(
                0, {"x": ChannelRef("progress", "series"), "z": ChannelRef("log10_gradient_norms", "history")}
            )
        ],
    )
    channel = Channel("log10_gradient_norms", "f4", (len(names),))
    logarithms = ChannelSource(channel, lambda moment: layer_magnitudes(moment.frame).log10_gradient_norms)
    return PanelWithChannels(panel, [_gradient_norms(trainer), logarithms])


def update_ratios_part(trainer: Trainer) -> PanelWithChannels:
    names = weight_layer_names(trainer)
    channels = [f"update_ratio_{k}" for k in range(len(names))]
    words = ", ".join(f"{name} {{{channel}}}" for name, channel in zip(names, channels, strict=True))
    panel = FigurePanel(
        id="update_ratios",
        slot="side",
        title=_("Update-to-weight ratio"),
        figure=update_ratios(names),
        alt=_(
            "How large the last update was in proportion to the weights, after {{epoch:count}} epochs: "
            "{ratios}. About 0.001 is healthy."
        ).format(ratios=words),
        bindings=[curve(k, channel) for k, channel in enumerate(channels)],
        decades="yaxis",
        extras={"span": HEALTHY},
    )

    def ratio(k: int) -> ChannelSource:
        channel = Channel(channels[k], "f4")
        return ChannelSource(channel, lambda moment: layer_magnitudes(moment.frame).update_ratios[k])

    return PanelWithChannels(panel, [ratio(k) for k in range(len(names))])


def saturation_part(trainer: Trainer) -> PanelWithChannels:
    names = hidden_names(trainer)
    panel = FigurePanel(
        id="saturation",
        slot="side",
        title=_("Dead and saturated units"),
        figure=saturation_bars(bar_names(names)),
        alt=_(
            "Units of each hidden layer, first to last, after {epoch:count} epochs: saturated "
            "{saturated:percent}; dead {dead:percent}."
        ),
        bindings=[
            TraceBinding(0, {"y": ChannelRef("saturated")}),
            TraceBinding(1, {"y": ChannelRef("dead")}),
        ],
        numbers=[{"label": _("of all units"), "text": "{stuck:percent}", "role": "plain"}],
    )

    def stuck(moment: FrameContext) -> float:
        return float(np.mean(np.concatenate(moment.data.info(saturation).units) != FINE))

    return PanelWithChannels(
        panel,
        [
            ChannelSource(
                Channel("saturated", "f4", (len(names),)),
                lambda moment: moment.data.info(saturation).saturated,
            ),
            ChannelSource(
                Channel("dead", "f4", (len(names),)), lambda moment: moment.data.info(saturation).dead
            ),
            ChannelSource(Channel("stuck", "f4"), stuck),
        ],
    )


def activation_functions_part(trainer: Trainer) -> PanelWithChannels:
    layers = trainer.experiment.network.layers
    curves = [activation_curve(layer.activation) for layer in layers]
    labels = [
        f"{name} · {curve.label}"
        for name, curve in zip(bar_names(hidden_names(trainer)), curves, strict=True)
    ]
    panel = FigurePanel(
        id="activation_functions",
        slot="side",
        title=_("Activation functions"),
        figure=activation_view(labels, curves),
        alt=_(
            "Each hidden layer's activation function, with its slope and a histogram of the sums that enter "
            "it. After {{epoch:count}} epochs, beyond ±{reach:g} are {{sums_beyond:percent}} of them."
        ).format(reach=REACH),
        numbers=[
            {"label": "", "text": "— f", "role": "train"},
            {"label": "", "text": "··· f′", "role": "test"},
        ],
        bindings=[TraceBinding(TRACES * k, {"y": ChannelRef(f"sums_{k}")}) for k in range(len(layers))],
    )

    def heights(k: int) -> ChannelSource:
        channel = Channel(f"sums_{k}", "f4", (SUM_BINS,))
        return ChannelSource(channel, lambda moment: rounded(moment.data.info(sums).heights[k]))

    beyond = Channel("sums_beyond", "f4", (len(layers),))
    return PanelWithChannels(
        panel,
        [
            *(heights(k) for k in range(len(layers))),
            ChannelSource(beyond, lambda moment: moment.data.info(sums).beyond),
        ],
    )
