"""The network as a graph."""

from playground.figures.theme import MAP_LEVELS
from playground.probes import wiring
from playground.probes.grid import MAP_SIDE
from playground.training import Trainer
from playground.ui.packet import Channel
from playground.ui.parts.part import Part
from playground.ui.scene import Measured, NetworkPanel


def network_part(trainer: Trainer) -> Part:
    """Units with their maps, edges with their weights; the strongest edges where there are too many."""
    columns = wiring.columns(trainer)
    count = wiring.edge_count(trainer)
    if count <= wiring.MOST_EDGES:
        title = "Network"
        layers = [part._asdict() for part in wiring.edge_layers(trainer)]
        edges = {"kind": "all", "channel": "weights", "layers": layers}
    else:
        shown = sum(wiring.shown_edges(trainer))
        title = f"Network: the {shown} strongest of {count:,} weights"
        edges = {"kind": "strongest", "channel": "weights", "ends": "edge_ends", "count": shown}
    shape = ", ".join(str(len(column.units)) for column in columns)
    panel = NetworkPanel(
        id="network",
        slot="main",
        title=title,
        alt=f"The network: layers of {shape} units, {count} weights, after {{epoch:count}} epochs.",
        columns=[column._asdict() for column in columns],
        edges=edges,
        maps={"channel": "unit_maps", "shape": [MAP_SIDE, MAP_SIDE], "palette": "diverging"},
        ranges="unit_ranges",
        biases="biases",
    )
    return Part(panel, [*_units(trainer), *_edges(trainer)])


def _units(trainer: Trainer) -> list[Measured]:
    units = sum(len(column.units) for column in wiring.columns(trainer))
    maps = Channel("unit_maps", "u8", (units, MAP_SIDE, MAP_SIDE))
    biases = Channel("biases", "f4", (units - len(trainer.task.features),))
    return [
        Measured(maps, lambda moment: moment.grid.unit_maps(MAP_LEVELS)),
        Measured(Channel("unit_ranges", "f4", (units, 2)), lambda moment: moment.grid.unit_ranges()),
        Measured(biases, lambda moment: wiring.biases(moment.trainer)),
    ]


def _edges(trainer: Trainer) -> list[Measured]:
    count = wiring.edge_count(trainer)
    if count <= wiring.MOST_EDGES:
        return [Measured(Channel("weights", "f4", (count,)), lambda moment: wiring.weights(moment.trainer))]
    shown = wiring.shown_edges(trainer)
    ends = Channel("edge_ends", "i4", (2 * sum(shown),))
    values = Channel("weights", "f4", (sum(shown),))
    return [
        Measured(ends, lambda moment: wiring.strongest_edges(moment.trainer, shown)[0]),
        Measured(values, lambda moment: wiring.strongest_edges(moment.trainer, shown)[1]),
    ]
