"""The scene of the lab on vanishing gradients: a column for each network, all on one timeline."""

from collections.abc import Sequence

import numpy as np

from playground.figures import theme
from playground.figures.gradient_flow import (
    LOWEST,
    Column,
    gradient_bars,
    gradient_maps,
    output_maps,
)
from playground.figures.palettes import surface_palettes
from playground.panels.cards import Card, CardsPanel
from playground.panels.columns import boundary_column, legend, training_losses
from playground.panels.panel_with_channels import PanelWithChannels
from playground.panels.timeline import timeline
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, FrameContext, Scene, TraceBinding
from playground.probes.activation_view import FINE, saturation, steepest
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.gradient_flow import VERDICTS, gradient_flow
from playground.probes.gradient_theory import Prediction, predicted_flow, premise_broken
from playground.probes.layer_magnitudes import FLOOR
from playground.probes.output_ranges import OUTPUT_BINS, output_range, output_shares
from playground.text import _
from playground.training import Trainer

TONES = ("warning", "good", "warning", "warning")  # of VERDICTS
DIVERGED = len(VERDICTS)  # a verdict of its own: the run of this network has ended


def vanishing_scene(
    trainers: Sequence[Trainer], titles: Sequence[str], words: str, more: Sequence[PanelWithChannels]
) -> Scene:
    """titles: of the networks. words: where to look. more: parts that stand below."""
    starts = [DataPass(NetworkCopy(trainer)) for trainer in trainers]
    theories = [predicted_flow(data) for data in starts]
    columns = [
        _column(title, data, theory) for title, data, theory in zip(titles, starts, theories, strict=True)
    ]
    parts = [
        *(
            boundary_column(trainer, k, title)
            for k, (trainer, title) in enumerate(zip(trainers, titles, strict=True))
        ),
        _bars(columns),
        _cards(columns, starts, theories),
        _maps(columns),
        _outputs(columns),
        training_losses([column.name for column in columns], slot="half", log=False),
        *more,
    ]
    return Scene(
        layout=f"lab columns-{len(trainers)}",
        panels=[part.panel for part in parts],
        measured=[*timeline(trainers[0]), *(entry for part in parts for entry in part.measured)],
        themes={mode.name: theme.theme(mode, _palettes(mode, trainers[0])) for mode in theme.MODES},
        words=words,
    )


def _palettes(mode: theme.Mode, trainer: Trainer) -> dict[str, list[str]]:
    return {"surface": surface_palettes(mode, trainer.task.n_classes)["confidence"]}


def _column(title: str, data: DataPass, theory: Prediction | None) -> Column:
    """Without a theory its line is not there."""
    sizes = data.info(gradient_flow).sizes
    predicted = [] if theory is None else np.maximum(theory.profile * sizes[-1], FLOOR)
    outputs = output_range(data.hidden[0].activation)
    return Column(title, len(sizes), [float(f"{size:.4g}") for size in predicted], outputs)


def _power(exponent: int) -> str:
    """Such as 10⁻⁹."""
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _bars(columns: Sequence[Column]) -> PanelWithChannels:
    names = [f"gradients_{k}" for k in range(len(columns))]
    predicted = [size for column in columns for size in column.predicted if size > 0.0]
    told = "; ".join(f"{c.name} {{{name}}}" for c, name in zip(columns, names, strict=True))
    panel = FigurePanel(
        id="gradients",
        slot="wide",
        title=_("Gradient of each layer"),
        figure=gradient_bars(columns),
        alt=_("Mean gradient of each layer, first to last, after {{epoch:count}} epochs: {told}.").format(
            told=told
        ),
        bindings=[TraceBinding(k, {"y": ChannelRef(name)}) for k, name in enumerate(names)],
        decades="yaxis",
        extras={"span": [min(predicted), max(predicted)]} if predicted else {},
        numbers=[
            legend(_("mean |dE/dw|")),
            *([legend(_("··· theory: wide layers, at the start"))] if predicted else []),
        ],
    )
    measured = [
        ChannelSource(
            Channel(name, "f8", (column.layers,)),
            lambda moment: np.maximum(moment.data.info(gradient_flow).sizes, FLOOR),
            run=k,
        )
        for k, (column, name) in enumerate(zip(columns, names, strict=True))
    ]
    return PanelWithChannels(panel, measured)


def _cards(
    columns: Sequence[Column], starts: Sequence[DataPass], theories: Sequence[Prediction | None]
) -> PanelWithChannels:
    """In words, network by network: the verdict, and the numbers behind it."""
    cards, measured = [], []
    for k, (column, data, theory) in enumerate(zip(columns, starts, theories, strict=True)):
        cards.append(
            Card(
                title=f"{k + 1}. {column.name}",
                role=f"run{k}",
                verdict=f"verdict_{k}",
                verdicts=[*zip(VERDICTS, TONES, strict=True), (_("diverged"), "warning")],
                lines=[
                    _("First layer ÷ last: **{{ratio_{k}}}**").format(k=k),
                    _("Each layer back: **× {{factor_{k}}}**").format(k=k),
                    _start(data, theory),
                    _("f′ ≤ {steepest:.2g} · stuck units {{stuck_{k}:percent}}").format(
                        steepest=steepest(data.hidden[0].activation), k=k
                    ),
                ],
            )
        )
        measured += [
            ChannelSource(Channel(f"verdict_{k}", "u8"), _verdict, run=k),
            ChannelSource(Channel(f"ratio_{k}", "f8"), lambda m: m.data.info(gradient_flow).ratio, run=k),
            ChannelSource(Channel(f"factor_{k}", "f8"), lambda m: m.data.info(gradient_flow).factor, run=k),
            ChannelSource(Channel(f"stuck_{k}", "f8"), _stuck, run=k),
        ]
    return PanelWithChannels(CardsPanel("flow", "wide", _("In words"), cards), measured)


def _start(data: DataPass, theory: Prediction | None) -> str:
    """What each layer leaves of the gradient before training, with the theory or why there is none."""
    measured = data.info(gradient_flow).factor
    if not np.isfinite(measured):
        return _("At the start: no gradient in the last layer")
    if theory is None:
        return _("At the start: × {measured:.2f}. {reason}").format(
            measured=measured, reason=premise_broken(data.trainer.experiment)
        )
    return _("At the start: × {measured:.2f}, theory × {theory:.2f}").format(
        measured=measured, theory=theory.factor
    )


def _verdict(moment: FrameContext) -> int:
    stopped = moment.trainer.stopped
    if stopped is not None and stopped.kind == "diverged":
        return DIVERGED
    return moment.data.info(gradient_flow).verdict


def _stuck(moment: FrameContext) -> float:
    """The part of all hidden units that is saturated or dead."""
    return float(np.mean(np.concatenate(moment.data.info(saturation).units) != FINE))


def _maps(columns: Sequence[Column]) -> PanelWithChannels:
    names = [f"log10_gradients_{k}" for k in range(len(columns))]
    panel = FigurePanel(
        id="gradient_map",
        slot="wide",
        title=_("Gradient over time"),
        figure=gradient_maps(columns),
        alt=_("Mean gradient of each layer over the epochs, as colours, a map for each network."),
        numbers=[
            legend(_("first layer at the top")),
            legend(_("{power} dark, 1 bright").format(power=_power(LOWEST))),
        ],
        bindings=[
            TraceBinding(k, {"x": ChannelRef("progress", "series"), "z": ChannelRef(name, "history")})
            for k, name in enumerate(names)
        ],
    )
    measured = [
        ChannelSource(
            Channel(name, "f4", (column.layers,)),
            lambda moment: np.log10(np.maximum(moment.data.info(gradient_flow).sizes, FLOOR)),
            run=k,
        )
        for k, (column, name) in enumerate(zip(columns, names, strict=True))
    ]
    return PanelWithChannels(panel, measured)


def _outputs(columns: Sequence[Column]) -> PanelWithChannels:
    names = [f"outputs_{k}" for k in range(len(columns))]
    panel = FigurePanel(
        id="outputs",
        slot="wide",
        title=_("Activations of each hidden layer"),
        numbers=[legend(_("first layer at the top")), legend(_("strong where most of its outputs are"))],
        figure=output_maps(columns),
        alt=_(
            "How the outputs of each hidden layer are spread, a map for each network. After {{epoch:count}} "
            "epochs these units are stuck: {shares}."
        ).format(shares="; ".join(f"{c.name} {{stuck_{k}:percent}}" for k, c in enumerate(columns))),
        bindings=[TraceBinding(k, {"z": ChannelRef(name, "matrix")}) for k, name in enumerate(names)],
    )
    measured = [
        ChannelSource(
            Channel(name, "f4", (column.layers - 1, OUTPUT_BINS)),
            lambda moment: np.round(moment.data.info(output_shares), 2),
            run=k,
        )
        for k, (column, name) in enumerate(zip(columns, names, strict=True))
    ]
    return PanelWithChannels(panel, measured)
