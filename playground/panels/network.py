"""The network as a graph."""

from collections.abc import Callable

import numpy as np

from playground.figures.theme import MAP_LEVELS
from playground.limits import MAX_PARAMETER
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, FrameContext, NetworkPanel
from playground.probes import wiring
from playground.probes.activation_view import REACH, SUM_BINS, activation_curve, sums, unit_saturation
from playground.probes.data_pass import DataPass
from playground.probes.grid import MAP_SIDE
from playground.probes.histograms import edge_gradients
from playground.text import _
from playground.training import Trainer

Values = Callable[[DataPass], np.ndarray]

EDGES = {"weights": _("Weights"), "gradients": _("Gradients")}
MANY_UNITS = 200  # more than these are drawn so small that coarser maps will do
SUM_LEVELS = 15  # heights of a histogram's bars
CURVE_STEP = 4  # every fourth sample of an activation's curve is enough for its small drawing


def network_part(trainer: Trainer) -> PanelWithChannels:
    """Units with their maps, edges with their weights and gradients; the strongest edges where there are too
    many.
    """
    columns = wiring.columns(trainer)
    count = wiring.edge_count(trainer)
    if count <= wiring.MOST_EDGES:
        title = _("Network")
        layers = [part._asdict() for part in wiring.edge_layers(trainer)]
        lists = {kind: {"weights": "weights", "gradients": "edge_gradients"} for kind in EDGES}
        edges = {"kind": "all", "layers": layers, "lists": lists}
    else:
        shown = sum(wiring.shown_edges(trainer))
        title = _("Network: the {shown} largest of {count:,} {{edges}}").format(shown=shown, count=count)
        edges = {"kind": "strongest", "lists": {kind: _strongest_names(kind) for kind in EDGES}}
    shape = ", ".join(str(len(column.units)) for column in columns)
    side = MAP_SIDE // _map_step(trainer)
    panel = NetworkPanel(
        id="network",
        slot="main",
        title=title,
        alt=_("The network: layers of {shape} units, {count} weights, after {{epoch:count}} epochs.").format(
            shape=shape, count=count
        ),
        columns=[column._asdict() for column in columns],
        edges=edges,
        maps={"channel": "unit_maps", "shape": [side, side], "palette": "diverging"},
        ranges="unit_ranges",
        biases="biases",
        extras={
            "marks": "unit_marks",
            "shortcuts": wiring.shortcuts(trainer),
            "sums": {"channel": "unit_sums", "bins": SUM_BINS, "levels": SUM_LEVELS, "reach": REACH},
            "curves": {name: _curve(name) for name in {c.activation for c in columns if c.activation}},
            "choices": {"edges": list(EDGES.items())},
            "largest": MAX_PARAMETER,
        },
    )
    return PanelWithChannels(panel, [*_units(trainer), *_edges(trainer), *_stuck(trainer)])


def _curve(name: str) -> dict[str, list[float]]:
    curve = activation_curve(name)
    return {"value": curve.value[::CURVE_STEP].tolist(), "slope": curve.slope[::CURVE_STEP].tolist()}


def _unit_count(trainer: Trainer) -> int:
    return sum(len(column.units) for column in wiring.columns(trainer))


def _map_step(trainer: Trainer) -> int:
    return 2 if _unit_count(trainer) > MANY_UNITS else 1


def _units(trainer: Trainer) -> list[ChannelSource]:
    units, step = _unit_count(trainer), _map_step(trainer)
    maps = Channel("unit_maps", "u8", (units, MAP_SIDE // step, MAP_SIDE // step))
    biases = Channel("biases", "f4", (units - len(trainer.task.features),))
    return [
        ChannelSource(maps, lambda moment: moment.grid.unit_maps(MAP_LEVELS)[:, ::step, ::step]),
        ChannelSource(Channel("unit_ranges", "f4", (units, 2)), lambda moment: moment.grid.unit_ranges()),
        ChannelSource(biases, lambda moment: wiring.biases(moment.trainer)),
    ]


def _stuck(trainer: Trainer) -> list[ChannelSource]:
    """Which units are dead or saturated, and where each hidden layer's sums are."""
    marks = Channel("unit_marks", "u8", (_unit_count(trainer),))
    bars = Channel("unit_sums", "u8", (len(trainer.experiment.network.layers), SUM_BINS))
    return [
        ChannelSource(marks, lambda moment: unit_saturation(moment.data)),
        ChannelSource(bars, lambda moment: np.ceil(moment.data.info(sums).heights * SUM_LEVELS)),
    ]


def _edges(trainer: Trainer) -> list[ChannelSource]:
    count = wiring.edge_count(trainer)
    if count <= wiring.MOST_EDGES:
        return [
            ChannelSource(Channel("weights", "f4", (count,)), lambda moment: wiring.weights(moment.trainer)),
            ChannelSource(Channel("edge_gradients", "f4", (count,)), lambda moment: _gradients(moment.data)),
        ]
    shown = wiring.shown_edges(trainer)
    return [entry for kind, values in VALUES.items() for entry in _strongest(kind, values, shown)]


def _strongest(kind: str, values: Values, shown: list[int]) -> list[ChannelSource]:
    """The edges whose weights (or gradients) are largest, with both numbers of each."""
    names, count = _strongest_names(kind), sum(shown)

    def edges(data: DataPass) -> wiring.Edges:
        return wiring.strongest_edges(data.trainer, values(data), shown)

    def numbers(of: Values) -> Callable[[FrameContext], np.ndarray]:
        return lambda moment: of(moment.data)[moment.data.info(edges).places]

    return [
        ChannelSource(
            Channel(names["ends"], "i4", (2 * count,)), lambda moment: moment.data.info(edges).ends
        ),
        *(ChannelSource(Channel(names[each], "f4", (count,)), numbers(of)) for each, of in VALUES.items()),
    ]


def _strongest_names(kind: str) -> dict[str, str]:
    """The channels of the edges that are shown for a kind."""
    return {name: f"{kind}_edges_{name}" for name in ("ends", *EDGES)}


def _weights(data: DataPass) -> np.ndarray:
    return wiring.weights(data.trainer)


def _gradients(data: DataPass) -> np.ndarray:
    return wiring.rounded(edge_gradients(data))


VALUES: dict[str, Values] = {"weights": _weights, "gradients": _gradients}
"""What an edge may show: all edges' numbers, by the names of EDGES."""
