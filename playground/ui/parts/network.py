"""The network as a graph."""

import numpy as np

from playground.figures.theme import MAP_LEVELS
from playground.limits import MAX_PARAMETER
from playground.probes import wiring
from playground.probes.activation_view import REACH, SUM_BINS, activation_curve, sums, unit_saturation
from playground.probes.data_pass import DataPass
from playground.probes.grid import MAP_SIDE
from playground.probes.histograms import edge_gradients
from playground.training import Trainer
from playground.ui.packet import Channel
from playground.ui.parts.part import Part
from playground.ui.scene import Measured, NetworkPanel

EDGES = {"weights": "Weights", "gradients": "Gradients"}
MANY_UNITS = 200  # more than these are drawn so small that coarser maps will do
SUM_LEVELS = 15  # heights of a histogram's bars
CURVE_STEP = 4  # every fourth sample of an activation's curve is enough for its small drawing


def network_part(trainer: Trainer) -> Part:
    """Units with their maps, edges with their weights and gradients; the strongest edges where there are too
    many.
    """
    columns = wiring.columns(trainer)
    count = wiring.edge_count(trainer)
    if count <= wiring.MOST_EDGES:
        title = "Network"
        layers = [part._asdict() for part in wiring.edge_layers(trainer)]
        edges = {"kind": "all", "channel": "weights", "layers": layers}
    else:
        shown = sum(wiring.shown_edges(trainer))
        title = f"Network: {shown} strongest of {count:,} weights"
        edges = {"kind": "strongest", "channel": "weights", "ends": "edge_ends", "count": shown}
    shape = ", ".join(str(len(column.units)) for column in columns)
    side = MAP_SIDE // _map_step(trainer)
    panel = NetworkPanel(
        id="network",
        slot="main",
        title=title,
        alt=f"The network: layers of {shape} units, {count} weights, after {{epoch:count}} epochs.",
        columns=[column._asdict() for column in columns],
        edges=edges | {"gradients": "edge_gradients"},
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
    return Part(panel, [*_units(trainer), *_edges(trainer), *_stuck(trainer)])


def _curve(name: str) -> dict[str, list[float]]:
    curve = activation_curve(name)
    return {"value": curve.value[::CURVE_STEP].tolist(), "slope": curve.slope[::CURVE_STEP].tolist()}


def _unit_count(trainer: Trainer) -> int:
    return sum(len(column.units) for column in wiring.columns(trainer))


def _map_step(trainer: Trainer) -> int:
    return 2 if _unit_count(trainer) > MANY_UNITS else 1


def _units(trainer: Trainer) -> list[Measured]:
    units, step = _unit_count(trainer), _map_step(trainer)
    maps = Channel("unit_maps", "u8", (units, MAP_SIDE // step, MAP_SIDE // step))
    biases = Channel("biases", "f4", (units - len(trainer.task.features),))
    return [
        Measured(maps, lambda moment: moment.grid.unit_maps(MAP_LEVELS)[:, ::step, ::step]),
        Measured(Channel("unit_ranges", "f4", (units, 2)), lambda moment: moment.grid.unit_ranges()),
        Measured(biases, lambda moment: wiring.biases(moment.trainer)),
    ]


def _stuck(trainer: Trainer) -> list[Measured]:
    """Which units are dead or saturated, and where each hidden layer's sums are."""
    marks = Channel("unit_marks", "u8", (_unit_count(trainer),))
    bars = Channel("unit_sums", "u8", (len(trainer.experiment.network.layers), SUM_BINS))
    return [
        Measured(marks, lambda moment: unit_saturation(moment.data)),
        Measured(bars, lambda moment: np.ceil(moment.data.info(sums).heights * SUM_LEVELS)),
    ]


def _edges(trainer: Trainer) -> list[Measured]:
    count = wiring.edge_count(trainer)
    if count <= wiring.MOST_EDGES:
        return [
            Measured(Channel("weights", "f4", (count,)), lambda moment: wiring.weights(moment.trainer)),
            Measured(Channel("edge_gradients", "f4", (count,)), lambda moment: _gradients(moment.data)),
        ]
    shown = wiring.shown_edges(trainer)
    size = (sum(shown),)

    def strongest(data: DataPass) -> wiring.Edges:
        return wiring.strongest_edges(data.trainer, shown)

    return [
        Measured(
            Channel("edge_ends", "i4", (2 * sum(shown),)), lambda moment: moment.data.info(strongest).ends
        ),
        Measured(Channel("weights", "f4", size), lambda moment: moment.data.info(strongest).values),
        Measured(
            Channel("edge_gradients", "f4", size),
            lambda moment: _gradients(moment.data)[moment.data.info(strongest).places],
        ),
    ]


def _gradients(data: DataPass) -> np.ndarray:
    return wiring.rounded(edge_gradients(data))
