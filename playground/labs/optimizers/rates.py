"""The sweep of the learning rate, as a film: each frame trains a hundred small networks a little further."""

from collections.abc import Callable, Sequence

import numpy as np

from playground.figures import theme
from playground.figures.rate_sweep import ceiling, rate_sweep
from playground.labs.optimizers.settings import Optimizers, weight_count
from playground.limits import MAX_SWEEP_SAMPLES, MAX_SWEEP_WEIGHTS
from playground.panels.cards import Card, CardsPanel
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.film import Film, film_clock
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, Scene, TraceBinding
from playground.probes.rate_sweep import RATES, Swept, sweep
from playground.text import _
from playground.training import Experiment, ExperimentError, Trainer

FRAMES_A_SECOND = 10
WORDS = _(
    "Left, rates so small that nothing moves; right, the edge where training blows up. Each rate has one "
    "run: with another seed the best can be ten times as large or as small."
)


def rates_film(base: Experiment, settings: Optimizers, more: Sequence[PanelWithChannels]) -> Film:
    """more: parts that stand below."""
    experiments = settings.experiments(base)
    if base.data.n > MAX_SWEEP_SAMPLES:
        raise ExperimentError(
            _("data.n cannot be {n} for a hundred networks at once: choose at most {most}.").format(
                n=base.data.n, most=MAX_SWEEP_SAMPLES
            )
        )
    if (weights := weight_count(base)) > MAX_SWEEP_WEIGHTS:
        raise ExperimentError(
            _(
                "The network cannot have {weights:,} weights for a hundred networks at once: make it "
                "smaller, with {most:,} at most."
            ).format(weights=weights, most=MAX_SWEEP_WEIGHTS)
        )
    names = [entry.label for entry in settings.learners]
    own = [experiment.optimizer.lr for experiment in experiments]
    first = Trainer(experiments[0]).frame.metrics["train_loss"]
    parts = [_sweep(names, first), _cards(names, own), *more]
    scene = Scene(
        layout=f"lab rates columns-{len(names)}",
        panels=[part.panel for part in parts],
        measured=[*film_clock(), *(entry for part in parts for entry in part.measured)],
        themes={mode.name: theme.theme(mode, {}) for mode in theme.MODES},
        words=WORDS,
        clock=_("After {updates:count} updates"),
        rate=FRAMES_A_SECOND,
    )
    moments = sweep(experiments, updates=settings.updates)
    return Film(
        scene,
        moments,
        end=_("{updates} updates are done with every rate: play them again.").format(
            updates=settings.updates
        ),
    )


def _of(k: int, name: str) -> Callable[[Swept], float]:
    return lambda moment: getattr(moment, name)[k]


def _sweep(names: Sequence[str], first: float) -> PanelWithChannels:
    count, top = len(names), ceiling(first)
    told = "; ".join(
        _("{name} best at {{best_{k}:short}}, edge at {{edge_{k}:short}}").format(name=name, k=k)
        for k, name in enumerate(names)
    )
    panel = FigurePanel(
        id="sweep",
        slot="wide",
        title=_("Training loss against the learning rate"),
        figure=rate_sweep(names, RATES, first),
        alt=_("Training loss against the learning rate after {{updates:count}} updates: {told}.").format(
            told=told
        ),
        bindings=[
            *(TraceBinding(k, {"y": ChannelRef(f"losses_{k}")}) for k in range(count)),
            *(TraceBinding(count + k, {"x": ChannelRef(f"edges_{k}")}) for k in range(count)),
            *(
                TraceBinding(2 * count + k, {"x": ChannelRef(f"best_{k}"), "y": ChannelRef(f"least_{k}")})
                for k in range(count)
            ),
        ],
        numbers=[
            {
                "label": _("○ best · vertical: edge of divergence · dotted: before training"),
                "text": "",
                "role": "plain",
            }
        ],
    )
    measured = [ChannelSource(Channel("updates", "i4"), lambda moment: moment.updates)]
    for k in range(count):
        measured += [
            ChannelSource(
                Channel(f"losses_{k}", "f8", (len(RATES),)),
                lambda moment, k=k: np.minimum(moment.losses[k], top),
            ),
            ChannelSource(
                Channel(f"edges_{k}", "f8", (2,)), lambda moment, k=k: np.repeat(moment.edge[k], 2)
            ),
            ChannelSource(Channel(f"best_{k}", "f8"), _of(k, "best")),
            ChannelSource(Channel(f"edge_{k}", "f8"), _of(k, "edge")),
            ChannelSource(Channel(f"least_{k}", "f8"), lambda moment, k=k: moment.losses[k].min()),
        ]
    return PanelWithChannels(panel, measured)


def _cards(names: Sequence[str], own: Sequence[float]) -> PanelWithChannels:
    """own: the rates that the optimizers have in the other views."""
    cards, measured = [], []
    for k, (name, rate) in enumerate(zip(names, own, strict=True)):
        cards.append(
            Card(
                title=f"{theme.RACE_MARKS[k]} {name}",
                role=f"run{k}",
                verdict="",
                verdicts=(),
                lines=[
                    _("Best rate with this seed **{{best_{k}:short}}**, loss **{{least_{k}}}**").format(k=k),
                    _("Diverges from **{{edge_{k}:short}}** on").format(k=k),
                    _("Room between the two: × **{{room_{k}:short}}**").format(k=k),
                    _("Its rate in the other views: {rate:g}").format(rate=rate),
                ],
            )
        )
        measured.append(
            ChannelSource(Channel(f"room_{k}", "f8"), lambda moment, k=k: moment.edge[k] / moment.best[k])
        )
    return PanelWithChannels(CardsPanel("rates", "wide", _("In numbers"), cards), measured)
