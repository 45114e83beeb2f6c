"""The remedies of the lab on overfitting side by side: a column for each network, all on one timeline."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from playground.figures import theme
from playground.figures.curves import Series, curves
from playground.figures.overfitting import gaps, mask_maps, noisy_boundary
from playground.figures.palettes import surface_palettes
from playground.panels.cards import Card, CardsPanel
from playground.panels.columns import metric
from playground.panels.panel_with_channels import PanelWithChannels, merge_channels
from playground.panels.timeline import timeline
from playground.player.packet import Channel
from playground.player.scene import (
    ChannelRef,
    ChannelSource,
    FigurePanel,
    FrameContext,
    Scene,
    TraceBinding,
    curve,
)
from playground.probes.dropout_masks import shown_masks
from playground.probes.margin import Plane
from playground.probes.overfitting import VERDICTS, fit, weight_norm
from playground.probes.points import wrong_labels
from playground.text import _
from playground.training import Experiment, Trainer

TONES = ("", "warning", "good", "warning", "warning", "good", "warning")  # of VERDICTS
MASK_ROWS = 8  # points of the last batch whose masks are shown
METRICS = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")


Strength = Callable[[Experiment], float] | None


def remedies_scene(
    trainers: Sequence[Trainer],
    titles: Sequence[str],
    strengths: Sequence[Strength],
    words: str,
    more: Sequence[PanelWithChannels],
) -> Scene:
    """titles: of the networks. strengths: what of each stands beside its picture, since it may change while
    the run goes on. words: where to look. more: parts that stand below.
    """
    planes = [Plane(trainer) for trainer in trainers]
    names = [f"{k + 1}. {title}" for k, title in enumerate(titles)]
    masked = [k for k, trainer in enumerate(trainers) if _drops(trainer)]
    parts = [
        *(boundary_part(t, k, names[k], planes[k], strengths[k]) for k, t in enumerate(trainers)),
        _gaps(names),
        _cards(names, trainers),
        *(_masks(trainers[k], k, names[k]) for k in masked[:1]),
        _over_time(
            Quantity("weight_norm", _("Weight norm"), _("the length of all weights and biases")),
            names,
            lambda moment, k: moment.data.info(weight_norm),
        ),
        _over_time(
            Quantity(
                "margin", _("Median margin"), _("half of the training points are closer to the boundary")
            ),
            names,
            lambda moment, k: planes[k].margins(moment.data).median,
        ),
        *more,
    ]
    return lab_scene(trainers, parts, words, len(trainers))


def lab_scene(
    trainers: Sequence[Trainer], parts: Sequence[PanelWithChannels], words: str, columns: int
) -> Scene:
    first = trainers[0]
    return Scene(
        layout=f"lab overfitting columns-{columns}",
        panels=[part.panel for part in parts],
        measured=[*timeline(first), *merge_channels(parts)],
        themes={
            mode.name: theme.theme(
                mode, {"surface": surface_palettes(mode, first.task.n_classes)["confidence"]}
            )
            for mode in theme.MODES
        },
        words=words,
    )


def boundary_part(
    trainer: Trainer, k: int, name: str, plane: Plane, strength: Strength = None
) -> PanelWithChannels:
    """What a network makes of the plane, and the training points with their wrong labels."""
    shape = (plane.side, plane.side)
    surface = ChannelSource(
        Channel(f"surface_{k}", "u8", shape),
        lambda moment: plane.over(moment.data).surface(theme.MAP_LEVELS, theme.CLASS_LEVELS),
        run=k,
    )
    measured = [surface, metric("train_accuracy", k), metric("test_accuracy", k)]
    numbers = [{"label": "", "text": f"{{test_accuracy_{k}:percent}}", "role": "test"}]
    picture = _(
        "Decision boundary of {name} after {{epoch:count}} epochs: {{train_accuracy_{k}:percent}} of the "
        "training points and {{test_accuracy_{k}:percent}} of the test points are on the right side."
    )
    if strength is not None:
        now = Channel(f"strength_{k}", "f8")
        measured.append(ChannelSource(now, lambda moment: strength(moment.trainer.experiment), run=k))
        numbers.insert(0, {"label": _("strength"), "text": f"{{{now.name}:short}}", "role": "plain"})
        picture = _(
            "Decision boundary of {name}, strength {{strength_{k}:short}}, after {{epoch:count}} epochs: "
            "{{train_accuracy_{k}:percent}} of the training points and {{test_accuracy_{k}:percent}} of the "
            "test points are on the right side."
        )
    panel = FigurePanel(
        id=f"boundary-{k}",
        slot="multiples",
        title=name,
        figure=noisy_boundary(trainer.train_data, wrong_labels(trainer)),
        alt=picture.format(name=name, k=k),
        surface={"channel": f"surface_{k}", "shape": list(shape), "palette": "surface"},
        square=True,
        numbers=numbers,
    )
    return PanelWithChannels(panel, measured)


def _gaps(names: Sequence[str]) -> PanelWithChannels:
    bindings, measured = [], []
    for k in range(len(names)):
        best = {
            "x": ChannelRef(f"best_epoch_{k}"),
            "y": ChannelRef(f"best_loss_{k}"),
            "error_y.arrayminus": ChannelRef(f"best_loss_{k}"),
        }
        bindings += [
            curve(3 * k, f"train_loss_{k}"),
            curve(3 * k + 1, f"test_loss_{k}"),
            TraceBinding(3 * k + 2, best),
        ]
        measured += [
            metric("train_loss", k),
            metric("test_loss", k),
            _fitted("best_epoch", "f8", k),
            _fitted("best_loss", "f8", k),
        ]
    told = "; ".join(
        _(
            "{name}: training {{train_loss_{k}}}, test {{test_loss_{k}}}, lowest {{best_loss_{k}}} at epoch "
            "{{best_epoch_{k}:count}}"
        ).format(name=name, k=k)
        for k, name in enumerate(names)
    )
    panel = FigurePanel(
        id="gaps",
        slot="wide",
        title=_("Loss"),
        figure=gaps(names),
        alt=_("Training and test loss after {{epoch:count}} epochs. {told}.").format(told=told),
        bindings=bindings,
        log={"axis": "yaxis", "on": False},
        numbers=[
            {"label": "", "text": _("— training"), "role": "train"},
            {"label": "", "text": _("— test"), "role": "test"},
            {"label": _("◆ best epoch so far"), "text": "", "role": "plain"},
        ],
    )
    return PanelWithChannels(panel, measured)


def _fitted(name: str, type: str, k: int) -> ChannelSource:
    """A number of the probe `fit`."""
    return ChannelSource(
        Channel(f"{name}_{k}", type), lambda moment: getattr(moment.data.info(fit), name), run=k
    )


def _cards(names: Sequence[str], trainers: Sequence[Trainer]) -> PanelWithChannels:
    """In words, network by network: the verdict, and the numbers behind it."""
    cards, measured = [], []
    for k, (name, trainer) in enumerate(zip(names, trainers, strict=True)):
        noisy = bool(wrong_labels(trainer).any())
        lines = [
            _("Gap **{{gap_{k}}}** = {{test_loss_{k}}} − {{train_loss_{k}}}").format(k=k),
            _("Best epoch **{{best_epoch_{k}:count}}**: test loss {{best_loss_{k}}}").format(k=k),
            _(
                "Right: test **{{test_accuracy_{k}:percent}}**, training {{train_accuracy_{k}:percent}}"
            ).format(k=k),
            _("Weights {{weight_norm_{k}}} · median margin {{margin_{k}}}").format(k=k),
            _("{training} training, {test} test points").format(
                training=len(trainer.train_data), test=len(trainer.test_data)
            ),
        ]
        if noisy:
            lines.insert(3, _("Wrong labels learnt: **{{noise_{k}:percent}}**").format(k=k))
        cards.append(
            Card(
                title=name,
                role=f"run{k}",
                verdict=f"verdict_{k}",
                verdicts=list(zip(VERDICTS, TONES, strict=True)),
                lines=lines,
            )
        )
        measured += [_fitted(each, "f8", k) for each in ("gap", "best_epoch", "best_loss", "noise")]
        measured += [_fitted("verdict", "u8", k), *(metric(each, k) for each in METRICS)]
    return PanelWithChannels(CardsPanel("fits", "wide", _("In words"), cards), measured)


class Quantity(NamedTuple):
    """A number that is followed over the run. meaning: in a few words."""

    id: str
    title: str
    meaning: str


def _over_time(
    quantity: Quantity, names: Sequence[str], measure: Callable[[FrameContext, int], float]
) -> PanelWithChannels:
    """A line for each network. measure: of a moment of network k."""
    series = [Series(f"{quantity.id}_{k}", f"{k + 1}", f"run{k}") for k in range(len(names))]
    panel = FigurePanel(
        id=quantity.id,
        slot="half",
        title=quantity.title,
        figure=curves(series),
        alt=_("{title} ({meaning}) after {{epoch:count}} epochs: {values}.").format(
            title=quantity.title,
            meaning=quantity.meaning,
            values=", ".join(f"{name} {{{s.channel}}}" for name, s in zip(names, series, strict=True)),
        ),
        bindings=[curve(k, s.channel) for k, s in enumerate(series)],
        numbers=[{"label": s.label, "text": f"{{{s.channel}}}", "role": s.role} for s in series],
        extras={"help": _("{title}: {meaning}.").format(title=quantity.title, meaning=quantity.meaning)},
    )
    measured = [
        ChannelSource(Channel(s.channel, "f8"), lambda moment, k=k: measure(moment, k), run=k)
        for k, s in enumerate(series)
    ]
    return PanelWithChannels(panel, measured)


def _drops(trainer: Trainer) -> bool:
    return any(layer.dropout for layer in trainer.experiment.network.layers)


def _masks(trainer: Trainer, k: int, name: str) -> PanelWithChannels:
    """Which units dropout switched off in the last update, for the first points of its batch."""
    units = [layer.units for layer in trainer.experiment.network.layers]
    rows = min(MASK_ROWS, trainer.experiment.batch_size, len(trainer.train_data))
    channels = [Channel(f"mask_{i}", "f4", (rows, count)) for i, count in enumerate(units)]

    def off(moment: FrameContext) -> float:
        values = np.concatenate([mask.ravel() for mask in shown_masks(moment.trainer, rows)])
        return float(np.mean(values[~np.isnan(values)] == 0.0)) if not np.isnan(values).all() else 0.0

    panel = FigurePanel(
        id="masks",
        slot="wide",
        title=_("{name}: masks of the last update").format(name=name),
        figure=mask_maps(units, rows),
        alt=_(
            "Which units were off for the first {rows} points of the last update: {{masks_off:percent}} of "
            "them, after {{epoch:count}} epochs."
        ).format(rows=rows),
        bindings=[
            TraceBinding(i, {"z": ChannelRef(channel.name, "matrix")}) for i, channel in enumerate(channels)
        ],
        numbers=[
            {"label": _("a row for each point, pale where the unit was off"), "text": "", "role": "plain"},
            {"label": _("off"), "text": "{masks_off:percent}", "role": "plain"},
        ],
    )
    measured = [
        ChannelSource(channel, lambda moment, i=i: shown_masks(moment.trainer, rows)[i], run=k)
        for i, channel in enumerate(channels)
    ]
    return PanelWithChannels(panel, [*measured, ChannelSource(Channel("masks_off", "f8"), off, run=k)])
