"""The scene of the main page: boundary, network, losses, accuracies and gradients of one run."""

from collections.abc import Sequence

from playground.figures import Figure, theme
from playground.figures.boundary import boundary
from playground.figures.curves import Series, curves
from playground.figures.layer_bars import layer_bars
from playground.probes import wiring
from playground.probes.grid import MAP_SIDE, SURFACE_SIDE
from playground.training import Trainer
from playground.ui.packet import Channel
from playground.ui.scene import Binding, FigurePanel, Measured, NetworkPanel, Scene, Take, curve

LOSSES = [Series("train_loss", "training", "train"), Series("test_loss", "test", "test")]
ACCURACIES = [
    Series("train_accuracy", "training", "train"),
    Series("test_accuracy", "test", "test"),
]

POINTS = [{"label": label, "text": "", "role": "plain"} for label in ("● training", "○ test")]


def playground_scene(trainers: Sequence[Trainer]) -> Scene:
    """Everything the main page shows of a run that has just begun."""
    (trainer,) = trainers
    classification = trainer.task.kind == "classification"
    panels = [_boundary(trainer), _network(trainer), _loss(), _gradients(trainer)]
    if classification:
        panels.insert(3, _accuracy())
    return Scene(
        layout="playground",
        panels=panels,
        measured=[*_numbers(trainer), *_pictures(trainer)],
        themes={mode.name: theme.theme(mode, trainer.task.n_classes) for mode in theme.MODES},
    )


def _numbers(trainer: Trainer) -> list[Measured]:
    layers = len(trainer.network.weight_layers)
    per_epoch = trainer.updates_per_epoch
    metrics = [
        Measured(Channel(name, "f8"), lambda moment, name=name: moment.frame.metrics[name])
        for name in trainer.task.metrics
    ]
    return [
        Measured(Channel("epoch", "i4"), lambda moment: moment.frame.epoch),
        Measured(Channel("batch", "i4"), lambda moment: moment.frame.update % per_epoch),
        Measured(Channel("update", "i4"), lambda moment: moment.frame.update),
        Measured(Channel("progress", "f8"), lambda moment: moment.frame.update / per_epoch),
        *metrics,
        Measured(Channel("gradient_norms", "f8", (layers,)), lambda moment: moment.frame.gradient_norms),
    ]


def _pictures(trainer: Trainer) -> list[Measured]:
    units = sum(len(column.units) for column in wiring.columns(trainer))
    hidden_and_outputs = units - len(trainer.task.features)
    surface = Channel("surface", "u8", (SURFACE_SIDE, SURFACE_SIDE))
    maps = Channel("unit_maps", "u8", (units, MAP_SIDE, MAP_SIDE))
    ranges = Channel("unit_ranges", "f4", (units, 2))
    biases = Channel("biases", "f4", (hidden_and_outputs,))
    return [
        Measured(surface, lambda moment: moment.grid.surface(theme.MAP_LEVELS, theme.CLASS_LEVELS)),
        Measured(maps, lambda moment: moment.grid.unit_maps(theme.MAP_LEVELS)),
        Measured(ranges, lambda moment: moment.grid.unit_ranges()),
        Measured(biases, lambda moment: wiring.biases(moment.trainer)),
        *_edges(trainer),
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


def _boundary(trainer: Trainer) -> FigurePanel:
    several = trainer.task.n_classes > 2
    if trainer.task.kind == "classification":
        title = "Decision boundary"
        alt = (
            "Decision boundary after {epoch:count} epochs: "
            "{test_accuracy:percent} of the test points are on the right side."
        )
    else:
        title = "Predicted value"
        alt = "Predicted values after {epoch:count} epochs: the test loss is {test_loss}."
    return FigurePanel(
        id="boundary",
        slot="main",
        title=title,
        figure=boundary(trainer.train_data, trainer.test_data),
        alt=alt,
        surface={
            "channel": "surface",
            "shape": [SURFACE_SIDE, SURFACE_SIDE],
            "palette": "classes" if several else "diverging",
        },
        square=True,
        numbers=POINTS,
    )


def _network(trainer: Trainer) -> NetworkPanel:
    columns = wiring.columns(trainer)
    count = wiring.edge_count(trainer)
    if count <= wiring.MOST_EDGES:
        title = "Network"
        edges = {
            "kind": "all",
            "channel": "weights",
            "layers": [part._asdict() for part in wiring.edge_layers(trainer)],
        }
    else:
        shown = sum(wiring.shown_edges(trainer))
        title = f"Network: the {shown} strongest of {count:,} weights"
        edges = {"kind": "strongest", "channel": "weights", "ends": "edge_ends", "count": shown}
    shape = ", ".join(str(len(column.units)) for column in columns)
    return NetworkPanel(
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


def _curves(
    id: str, title: str, series: list[Series], figure: Figure, *, style: str = "number", **rest
) -> FigurePanel:
    """A panel of curves with their present values beside the title. style: how `words.js` writes them."""
    words = [f"{s.label} {{{s.channel}:{style}}}" for s in series]
    return FigurePanel(
        id=id,
        slot="side",
        title=title,
        figure=figure,
        alt=f"{title} after {{epoch:count}} epochs: {', '.join(words)}.",
        bindings=[curve(k, s.channel) for k, s in enumerate(series)],
        numbers=[{"label": s.label, "text": f"{{{s.channel}:{style}}}", "role": s.role} for s in series],
        **rest,
    )


def _loss() -> FigurePanel:
    return _curves("loss", "Loss", LOSSES, curves(LOSSES), log={"axis": "yaxis", "on": False})


def _accuracy() -> FigurePanel:
    figure = curves(ACCURACIES, y_range=(0.0, 1.03), percent=True)
    return _curves("accuracy", "Accuracy", ACCURACIES, figure, style="percent")


def _gradients(trainer: Trainer) -> FigurePanel:
    layers = len(trainer.network.weight_layers)
    labels = [*(f"hidden {k}" for k in range(1, layers)), "output"]
    return FigurePanel(
        id="gradients",
        slot="side",
        title="Gradient magnitude of each layer",
        figure=layer_bars(labels),
        alt="Gradient magnitude of each layer, first to last, after {epoch:count} epochs: {gradient_norms}.",
        bindings=[Binding(0, {"y": Take("gradient_norms")})],
        decades="yaxis",
    )
