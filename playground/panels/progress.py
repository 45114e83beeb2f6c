"""How a run goes: its clock, losses and accuracies."""

from playground.figures import Figure
from playground.figures.curves import Series, curves
from playground.panels.panel_with_channels import Part
from playground.player.packet import Channel
from playground.player.scene import FigurePanel, Measured, curve
from playground.training import Trainer

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
        extras={"smooth": True},
        **rest,
    )
