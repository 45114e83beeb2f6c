"""How a run goes: its clock, and what its objective measures: losses, and accuracies or other shares."""

from collections.abc import Sequence
from itertools import cycle

from playground.figures import Figure, theme
from playground.figures.curves import Series, curves
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, FigurePanel, curve
from playground.text import _
from playground.training import Trainer
from playground.training.objective import (
    LOSS,
    SHARE,
    TEST_ACCURACY,
    TEST_LOSS,
    TRAIN_ACCURACY,
    TRAIN_LOSS,
    Metric,
)

LOSSES = (TRAIN_LOSS, TEST_LOSS, LOSS)
SHARES = (TRAIN_ACCURACY, TEST_ACCURACY, SHARE)
ROLES = {TRAIN_LOSS: "train", TRAIN_ACCURACY: "train", TEST_LOSS: "test", TEST_ACCURACY: "test"}
"""How a curve looks, by the role of its metric; those of other metrics are told apart by number."""


def _metric(name: str) -> ChannelSource:
    return ChannelSource(Channel(name, "f8"), lambda moment: moment.frame.metrics[name])


def clock(trainer: Trainer) -> list[ChannelSource]:
    """Where the run is, and its metrics: what the player itself and most panels need."""
    per_epoch = trainer.updates_per_epoch
    metrics = [_metric(metric.name) for metric in trainer.objective.metrics]
    return [
        ChannelSource(Channel("epoch", "i4"), lambda moment: moment.frame.epoch),
        ChannelSource(Channel("batch", "i4"), lambda moment: moment.frame.update % per_epoch),
        ChannelSource(Channel("update", "i4"), lambda moment: moment.frame.update),
        ChannelSource(Channel("progress", "f8"), lambda moment: moment.frame.update / per_epoch),
        *metrics,
    ]


def loss_part(trainer: Trainer) -> PanelWithChannels:
    """What is to fall. The axis begins logarithmic if one of the losses asks for it."""
    losses = _having(trainer, LOSSES)
    series = _series(losses)
    log = {"axis": "yaxis", "on": any(metric.log for metric in losses)}
    return PanelWithChannels(_curves("loss", _("Loss"), series, curves(series), log=log), [])


def accuracy_part(trainer: Trainer) -> PanelWithChannels:
    """Parts of 1: accuracies, or whatever shares the objective measures."""
    shares = _having(trainer, SHARES)
    series = _series(shares)
    title = _("Shares") if any(metric.role == SHARE for metric in shares) else _("Accuracy")
    figure = curves(series, y_range=(0.0, 1.03), percent=True)
    return PanelWithChannels(_curves("accuracy", title, series, figure, style="percent"), [])


def _having(trainer: Trainer, roles: Sequence[str]) -> list[Metric]:
    return [metric for metric in trainer.objective.metrics if metric.role in roles]


def _series(metrics: Sequence[Metric]) -> list[Series]:
    """A curve for each metric. The colours of run0 and run1 are those of "train" and "test"."""
    others = cycle(f"run{k}" for k in range(2, len(theme.RACE_COLORS)))
    return [Series(m.name, m.label, ROLES.get(m.role) or next(others)) for m in metrics]


def _curves(
    id: str, title: str, series: list[Series], figure: Figure, *, style: str = "number", **rest
) -> FigurePanel:
    """Curves with their present values beside the title. style: how `words.js` writes them."""
    values = [f"{s.label} {{{s.channel}:{style}}}" for s in series]
    return FigurePanel(
        id=id,
        slot="side",
        title=title,
        figure=figure,
        alt=_("{title} after {{epoch:count}} epochs: {values}.").format(
            title=title, values=", ".join(values)
        ),
        bindings=[curve(k, s.channel) for k, s in enumerate(series)],
        numbers=[{"label": s.label, "text": f"{{{s.channel}:{style}}}", "role": s.role} for s in series],
        extras={"smooth": True},
        **rest,
    )
