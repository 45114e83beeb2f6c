"""Several optimizers on the visitor's own network and data: a column for each, all on one timeline. They
start from the same weights and see the same batches, so whatever differs is theirs.
"""

from collections.abc import Callable, Sequence

from playground.figures import theme
from playground.figures.curves import Series, curves
from playground.figures.palettes import surface_palettes
from playground.nn import OPTIMIZERS
from playground.panels.cards import Card, CardsPanel
from playground.panels.columns import boundary_column
from playground.panels.panel_with_channels import PanelWithChannels
from playground.panels.timeline import timeline
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, FigurePanel, FrameContext, Scene, curve
from playground.probes.slots import slot_sizes
from playground.probes.travel import DistanceMeter, Distances
from playground.text import _
from playground.training import Trainer

WORDS = _(
    "The same first weights, the same batches: whatever differs here is the optimizer's doing. A network "
    "that has moved far has not always learnt more."
)
STATES = ((_("learning"), ""), (_("diverged"), "warning"), (_("stopped"), ""))


def network_scene(trainers: Sequence[Trainer], more: Sequence[PanelWithChannels]) -> Scene:
    """more: parts that stand below."""
    names = [OPTIMIZERS[trainer.experiment.optimizer.name].label for trainer in trainers]
    parts = [
        *(
            boundary_column(trainer, k, name)
            for k, (trainer, name) in enumerate(zip(trainers, names, strict=True))
        ),
        _cards(trainers, names),
        _curves("loss", _("Training loss"), "train_loss", names, on=True),
        _curves("travel", _("Distance from the start"), "distance", names),
        *more,
    ]
    surface = {mode: surface_palettes(mode, trainers[0].task.n_classes)["confidence"] for mode in theme.MODES}
    return Scene(
        layout=f"lab learners columns-{len(trainers)}",
        panels=[part.panel for part in parts],
        measured=[*timeline(trainers[0]), *(entry for part in parts for entry in part.measured)],
        themes={mode.name: theme.theme(mode, {"surface": surface[mode]}) for mode in theme.MODES},
        words=WORDS,
    )


def _cards(trainers: Sequence[Trainer], names: Sequence[str]) -> PanelWithChannels:
    cards, measured = [], []
    for k, (trainer, name) in enumerate(zip(trainers, names, strict=True)):
        slots, words = trainer.optimizer.slots_in_use, trainer.optimizer.slot_words
        told = [
            _("{quantity}, typical size: **{{{channel}_{k}}}**").format(
                quantity=words[slot], channel=slot, k=k
            )
            for slot in slots
        ]
        cards.append(
            Card(
                title=f"{theme.RACE_MARKS[k]} {name}",
                role=f"run{k}",
                verdict=f"state_{k}",
                verdicts=STATES,
                lines=[
                    _("Rate **{{rate_{k}:short}}** · training loss **{{train_loss_{k}}}**").format(k=k),
                    _("From the start: **{{distance_{k}}}**, on a path **{{length_{k}}}** long").format(k=k),
                    *(told or [_("It remembers nothing.")]),
                ],
            )
        )
        travelled = _travel(trainer)
        measured += [
            ChannelSource(Channel(f"state_{k}", "u8"), _state, run=k),
            ChannelSource(Channel(f"rate_{k}", "f8"), lambda moment: moment.frame.learning_rate, run=k),
            ChannelSource(Channel(f"train_loss_{k}", "f8"), lambda m: m.frame.metrics["train_loss"], run=k),
            ChannelSource(Channel(f"distance_{k}", "f8"), lambda m, t=travelled: t(m).distance, run=k),
            ChannelSource(Channel(f"length_{k}", "f8"), lambda m, t=travelled: t(m).length, run=k),
            *(
                ChannelSource(
                    Channel(f"{slot}_{k}", "f8"),
                    lambda m, slot=slot: slot_sizes(m.trainer.optimizer.slots)[slot],
                    run=k,
                )
                for slot in slots
            ),
        ]
    return PanelWithChannels(CardsPanel("learners", "wide", _("In numbers"), cards), measured)


def _travel(trainer: Trainer) -> Callable[[FrameContext], Distances]:
    travel = DistanceMeter(trainer)
    return lambda moment: travel.measure()


def _state(moment: FrameContext) -> int:
    stopped = moment.trainer.stopped
    if stopped is None:
        return 0
    return 1 if stopped.kind == "diverged" else 2


def _curves(
    id: str, title: str, channel: str, names: Sequence[str], *, on: bool = False
) -> PanelWithChannels:
    """on: whether the axis begins logarithmic. The channels are measured for the cards already."""
    series = [Series(f"{channel}_{k}", name, f"run{k}") for k, name in enumerate(names)]
    panel = FigurePanel(
        id=id,
        slot="half",
        title=title,
        figure=curves(series),
        alt=_("{title} after {{epoch:count}} epochs: {values}.").format(
            title=title, values=", ".join(f"{s.label} {{{s.channel}}}" for s in series)
        ),
        bindings=[curve(k, s.channel) for k, s in enumerate(series)],
        log={"axis": "yaxis", "on": on},
        numbers=[
            {"label": theme.RACE_MARKS[k], "text": f"{{{s.channel}}}", "role": s.role}
            for k, s in enumerate(series)
        ],
    )
    return PanelWithChannels(panel, [])
