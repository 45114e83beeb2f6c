"""Schedules: networks that differ in nothing but how their learning rate moves, on one timeline."""

from collections.abc import Sequence

from playground.figures.rates import Rates, rate_curves
from playground.labs.building_blocks.settings import Blocks
from playground.labs.building_blocks.shared import boundary_part, scene_of, surfaces
from playground.labs.building_blocks.tasks import tasks
from playground.labs.framework.lab import Lesson, Training
from playground.limits import MAX_LAB_NETWORKS
from playground.nn import SCHEDULES
from playground.panels.cards import Card, CardsPanel
from playground.panels.columns import training_losses
from playground.panels.panel_with_channels import PanelWithChannels
from playground.panels.timeline import timeline
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, Scene, TraceBinding, curve
from playground.probes.schedule_preview import schedule_preview
from playground.text import _
from playground.training import Experiment, ExperimentError, Trainer

WORDS = _(
    "A high rate moves far and shakes; a low one settles. Watch what happens to a loss when its rate falls."
)

LESSON = Lesson(
    see=_(
        "Up to four networks with the same weights, points and batches. They differ in their **schedule**: "
        "dotted the rate as it is going to be, solid as far as the run has come. Right, the training losses. "
        "A high rate makes a loss fall fast and shake; as the rate falls, the loss settles."
    ),
    try_this=_(
        "- Raise the **highest rate** tenfold: who still learns?\n"
        "- Compare **Cosine** with **Warm-up, then cosine** at a high rate.\n"
        "- Choose **Reduce on plateau**: nobody knows its curve beforehand.\n"
        "- Shorten the run to **20 epochs**."
    ),
    why=_(r"""The gradient of a batch is that of all points plus noise. At a fixed rate $\eta$ the weights end
up in a cloud around the minimum whose size grows with $\eta$; letting it fall shrinks the cloud. A **cosine**
does that smoothly over $T$ epochs,

$$
\eta_t = \eta_{\min} + \tfrac12(\eta_0 - \eta_{\min})\left(1 + \cos\tfrac{\pi t}{T}\right)
$$

**Steps** do it at once: $\eta_t = \eta_0\,\gamma^{\lfloor t/k \rfloor}$. **One cycle** rises first, so
that the early, rough part of the way is taken with growing steps, and **warm-up** spares the first weights
the full rate. **Reduce on plateau** waits until the loss has stopped falling."""),
    sources={
        _("Loshchilov and Hutter 2017 (cosine, SGDR)"): "https://arxiv.org/abs/1608.03983",
        _("Goyal et al. 2017 (warm-up)"): "https://arxiv.org/abs/1706.02677",
        _("Smith and Topin 2018 (one cycle)"): "https://arxiv.org/abs/1708.07120",
        _("Smith 2018 (one cycle, in practice)"): "https://arxiv.org/abs/1803.09820",
    },
)


def experiment(base: Experiment, name: str, settings: Blocks) -> Experiment:
    options = SCHEDULES[name].stretched(settings.length)
    changed = base.replace("schedule.name", name).replace("schedule.options", options)
    return changed.replace("optimizer.lr", settings.peak).replace("stopping.max_epochs", settings.length)


def build(base: Experiment, settings: Blocks) -> Training:
    if len(settings.schedules) > MAX_LAB_NETWORKS:
        raise ExperimentError(
            _("lab.schedules cannot hold {n}: choose at most {most}.").format(
                n=len(settings.schedules), most=MAX_LAB_NETWORKS
            )
        )
    experiments = [experiment(base, name, settings) for name in settings.schedules]
    return Training(experiments, scene, look=(settings.schedules, settings.length))


def scene(trainers: Sequence[Trainer]) -> Scene:
    labels = [SCHEDULES[trainer.experiment.schedule.name].label for trainer in trainers]
    parts = [
        *(boundary_part(trainer, k, labels[k]) for k, trainer in enumerate(trainers)),
        _rates(trainers, labels),
        training_losses(labels, slot="right", log=True),
        _cards(labels),
        tasks({}, trainers),
    ]
    return scene_of(
        timeline(trainers[0]), parts, columns=len(trainers), words=WORDS, palettes=surfaces(trainers[0])
    )


def _rates(trainers: Sequence[Trainer], labels: Sequence[str]) -> PanelWithChannels:
    length = trainers[0].experiment.stopping.max_epochs
    schedules = []
    for trainer, label in zip(trainers, labels, strict=True):
        schedule = SCHEDULES[trainer.experiment.schedule.name]
        preview = schedule_preview(trainer, trainer.experiment)
        epochs, rates = ([], []) if schedule.follows_loss else (preview.epochs.round(3), preview.rates)
        schedules.append(Rates(label, epochs, rates, schedule.stepped))
    panel = FigurePanel(
        id="rates",
        slot="left",
        title=_("Learning rate"),
        figure=rate_curves(schedules, float(length)),
        alt=_("Learning rate after {{epoch:count}} epochs: {rates}.").format(
            rates=", ".join(f"{label} {{rate_{k}}}" for k, label in enumerate(labels))
        ),
        bindings=[
            *(curve(len(labels) + k, f"rate_{k}") for k in range(len(labels))),
            *(
                TraceBinding(2 * len(labels) + k, {"x": ChannelRef("progress"), "y": ChannelRef(f"rate_{k}")})
                for k in range(len(labels))
            ),
        ],
        numbers=[
            {"label": str(k + 1), "text": f"{{rate_{k}}}", "role": f"run{k}"} for k in range(len(labels))
        ],
    )
    return PanelWithChannels(panel, [_rate(k) for k in range(len(labels))])


def _rate(k: int) -> ChannelSource:
    return ChannelSource(Channel(f"rate_{k}", "f8"), lambda moment: moment.frame.learning_rate, run=k)


def _cards(labels: Sequence[str]) -> PanelWithChannels:
    cards = [
        Card(
            f"{k + 1}. {label}",
            f"run{k}",
            "no_verdict",
            (("", ""),),
            [
                _("Rate now **{{rate_{k}}}**").format(k=k),
                _("Training loss **{{train_loss_{k}}}**").format(k=k),
                _("Test loss {{test_loss_{k}}}").format(k=k),
            ],
        )
        for k, label in enumerate(labels)
    ]
    no_verdict = ChannelSource(Channel("no_verdict", "u8"), lambda moment: 0)
    return PanelWithChannels(CardsPanel("words", "half", _("In words"), cards), [no_verdict])
