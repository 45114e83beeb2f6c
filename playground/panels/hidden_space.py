"""The hidden space: what the last hidden layer makes of the plane."""

import numpy as np

from playground.figures.hidden_space import hidden_space
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, FrameContext, TraceBinding
from playground.probes.hidden_space import SHOWN_POINTS, HiddenSpace, HiddenView, coarse, grid_lines, polyline
from playground.text import _
from playground.training import Trainer


def hidden_space_part(trainer: Trainer) -> PanelWithChannels:
    layers = trainer.experiment.network.layers
    units = layers[-1].units
    space = HiddenSpace(trainer)
    words = _("its two units") if units == 2 else _("the plane in which they vary most")
    panel = FigurePanel(
        id="hidden_space",
        slot="side",
        title=_("Hidden space"),
        figure=hidden_space(trainer.train_data, units, labels=trainer.experiment.data.labels),
        alt=_(
            "The training points as the last hidden layer sees them after {{epoch:count}} epochs, in {axes}, "
            "which holds {{hidden_explained:percent}} of their variance."
        ).format(axes=words),
        bindings=[
            TraceBinding(0, {"x": ChannelRef("hidden_lines_x"), "y": ChannelRef("hidden_lines_y")}),
            TraceBinding(1, {"x": ChannelRef("hidden_x"), "y": ChannelRef("hidden_y")}),
        ],
        numbers=[{"label": _("variance shown"), "text": "{hidden_explained:percent}", "role": "plain"}]
        if units > 2
        else [],
        extras={"fitted": True},
    )

    def look(moment: FrameContext) -> HiddenView:
        return moment.data.info(space.look)

    shown = min(SHOWN_POINTS, len(trainer.train_data))
    along = len(polyline(grid_lines()))

    def along_axis(k: int, axis: str) -> list[ChannelSource]:
        return [
            ChannelSource(
                Channel(f"hidden_{axis}", "f4", (shown,)), lambda moment: coarse(look(moment).points)[:, k]
            ),
            ChannelSource(
                Channel(f"hidden_lines_{axis}", "f4", (along,)),
                lambda moment: polyline(coarse(look(moment).lines))[:, k],
            ),
        ]

    axes = [entry for k, axis in enumerate("xy") for entry in along_axis(k, axis)]
    explained = Channel("hidden_explained", "f4")
    return PanelWithChannels(
        panel, [*axes, ChannelSource(explained, lambda moment: float(np.sum(look(moment).explained)))]
    )
