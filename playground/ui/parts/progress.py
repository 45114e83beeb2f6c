"""How a run goes: its clock, losses, accuracies, and the gradients of its layers."""

from playground.figures import Figure
from playground.figures.curves import Series, curves
from playground.figures.layer_bars import layer_bars
from playground.training import Trainer
from playground.ui.packet import Channel
from playground.ui.parts.part import Part
from playground.ui.scene import Binding, FigurePanel, Measured, Take, curve

LOSSES = [Series("train_loss", "training", "train"), Series("test_loss", "test", "test")]
ACCURACIES = [Series("train_accuracy", "training", "train"), Series("test_accuracy", "test", "test")]


def clock(trainer: Trainer) -> list[Measured]:
    """Where the run is, and its metrics: what the player itself and most panels need."""
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
    ]


def loss_part(trainer: Trainer) -> Part:
    return Part(_curves("loss", "Loss", LOSSES, curves(LOSSES), log={"axis": "yaxis", "on": False}), [])


def accuracy_part(trainer: Trainer) -> Part:
    figure = curves(ACCURACIES, y_range=(0.0, 1.03), percent=True)
    return Part(_curves("accuracy", "Accuracy", ACCURACIES, figure, style="percent"), [])


def gradients_part(trainer: Trainer) -> Part:
    layers = len(trainer.network.weight_layers)
    panel = FigurePanel(
        id="gradients",
        slot="side",
        title="Gradient magnitude of each layer",
        figure=layer_bars(layer_names(layers)),
        alt="Gradient magnitude of each layer, first to last, after {epoch:count} epochs: {gradient_norms}.",
        bindings=[Binding(0, {"y": Take("gradient_norms")})],
        decades="yaxis",
    )
    channel = Channel("gradient_norms", "f8", (layers,))
    return Part(panel, [Measured(channel, lambda moment: moment.frame.gradient_norms)])


def layer_names(layers: int) -> list[str]:
    """The layers that have weights, first to last."""
    return [*(f"hidden {k}" for k in range(1, layers)), "output"]


def _curves(
    id: str, title: str, series: list[Series], figure: Figure, *, style: str = "number", **rest
) -> FigurePanel:
    """Curves with their present values beside the title. style: how `words.js` writes them."""
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
