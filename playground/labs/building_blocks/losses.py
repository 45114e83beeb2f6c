"""Losses: value and gradient while a prediction moves, and a fit while one outlier goes away."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import cos, pi
from typing import NamedTuple

import numpy as np

from playground.figures.loss_view import FIT_COLORS, GRADIENT, VALUE, fit_lines, fit_rows, loss_curves
from playground.labs.building_blocks.settings import Blocks
from playground.labs.building_blocks.shared import scene_of
from playground.labs.building_blocks.tasks import tasks
from playground.labs.framework.lab import Lesson
from playground.nn import LOSSES
from playground.panels.cards import Card, CardsPanel
from playground.panels.columns import legend
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.film import Film
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, TraceBinding, curve
from playground.probes.loss_view import (
    DISTANCES,
    FARTHEST,
    REACH,
    Fit,
    fit,
    loss_at,
    loss_curve,
    options_of,
    targets_of,
)
from playground.text import _
from playground.training import Experiment

LENGTH = 241  # frames: the prediction goes there and back, the outlier all the way out
FAR, NEAR = 10.0, 0.1  # errors whose gradients are compared
LARGEST, SMALLEST = 1.0, 0.2  # what they may be at most, for the task
ANSWERS = ((_("right for class 1"), ""), (_("right for class 0"), ""))
WORDS = _(
    "Follow a filled mark to the right: a wrong answer turns right. The gradient is how hard it is pulled."
)

LESSON = Lesson(
    see=_(
        "A prediction moves from $-4$ to $4$ and back. Solid lines and filled marks: the answer should be "
        "**class 1**; dashed and hollow: **class 0**. Left what is paid, right the gradient, which is all "
        "that the network learns from. Below, each row fits **one number $c$** to the same nine points while "
        "one of them, the outlier, goes away."
    ),
    try_this=_(
        "- Compare **Mean squared error** with **Huber** and look at the fits.\n"
        "- Compare **Binary cross-entropy** with **Hinge**: which still pulls at answers that are right?\n"
        "- Give Huber a **δ of 5**.\n"
        "- Turn **label smoothing** up: where is its gradient 0 now?"
    ),
    why=_(r"""With $e = p - t$ the gradients are

$$
\begin{aligned}
\text{squared}\quad & 2e \\
\text{absolute}\quad & \mathrm{sign}(e) \\
\text{Huber}\quad & \max(-\delta, \min(e, \delta)) \\
\text{log-cosh}\quad & \tanh(e)
\end{aligned}
$$

A fit is where they sum to 0: for the squared error the **mean**, which any outlier can drag anywhere, for the
absolute error the **median**, which it cannot. Huber and log-cosh lie between.

For a logit $z$ and a target $t$ of 0 or 1, cross-entropy has

$$
\frac{\partial E}{\partial z} = \sigma(z) - t
$$

never more than 1, and never quite 0. **Hinge** stops at the margin, $t\,p \ge 1$. **Label smoothing** moves
the target to $t(1-s) + s/2$: too much certainty is paid for, too."""),
    sources={
        "Huber 1964": "https://doi.org/10.1214/aoms/1177703732",
        _("Cortes and Vapnik 1995 (hinge)"): "https://doi.org/10.1007/BF00994018",
        _("Szegedy et al. 2016 (label smoothing)"): "https://arxiv.org/abs/1512.00567",
    },
)


class Sweep(NamedTuple):
    """A moment: where the prediction and the outlier are, and the fit of each loss."""

    index: int
    prediction: float
    outlier: float
    fits: Mapping[str, Fit]


class _Chosen(NamedTuple):
    """A loss with its options."""

    name: str
    options: Mapping[str, float]

    @property
    def label(self) -> str:
        return LOSSES[self.name].label

    @property
    def short(self) -> str:
        """Such as "MSE"."""
        return LOSSES[self.name].short or self.label


def build(base: Experiment, settings: Blocks) -> Film:
    options = partial(options_of, delta=settings.delta, label_smoothing=settings.softness)
    pair = [_Chosen(name, options(name)) for name in (settings.first_loss, settings.second_loss)]
    of_distances = settings.first_loss in DISTANCES
    fitted = [_Chosen(name, options(name)) for name in LOSSES if (name in DISTANCES) == of_distances]
    parts = [
        _curves(pair, VALUE, "value", _("Loss")),
        _curves(pair, GRADIENT, "gradient", _("Gradient")),
        _rows(fitted, classes=not of_distances),
        _lines(fitted, classes=not of_distances),
        _cards(pair),
        tasks({"loss": lambda sweep: any(robust(each.name, each.options) for each in pair)}),
    ]
    scene = scene_of(_clock(), parts, columns=2, words=WORDS, said=_("Prediction {prediction}"))
    return Film(
        scene, sweep(fitted), end=_("The outlier has gone as far as it goes: press play to see it again.")
    )


def sweep(fitted: Sequence[_Chosen]) -> Iterator[Sweep]:
    for index in range(LENGTH):
        share = index / (LENGTH - 1)
        outlier = FARTHEST * share
        fits = {each.name: fit(each.name, outlier, each.options) for each in fitted}
        yield Sweep(index, -REACH * cos(2.0 * pi * share), outlier, fits)


def robust(name: str, options: Mapping[str, float]) -> bool:
    """Whether a loss pulls no harder than LARGEST at a far error, and less than SMALLEST at a small one."""
    far, near = (abs(off_by(error, name, options)[1]) for error in (FAR, NEAR))
    return bool(far <= LARGEST + 1e-12 and near < SMALLEST)


def off_by(error: float, name: str, options: Mapping[str, float]) -> np.ndarray:
    """(2,) loss and gradient of a prediction for class 1 that is so far below its target, or for the losses
    of classes so far on the wrong side.
    """
    target = targets_of(name)[1]
    place = target - error if name in DISTANCES else -error
    return loss_at(name, np.array([place]), target, options)[:, 0]


def _clock() -> list[ChannelSource]:
    """The timeline is where the outlier is."""
    return [
        ChannelSource(Channel("epoch", "i4"), lambda sweep: sweep.index),
        ChannelSource(Channel("batch", "i4"), lambda sweep: 0),
        ChannelSource(Channel("update", "i4"), lambda sweep: sweep.index),
        ChannelSource(Channel("progress", "f8"), lambda sweep: sweep.outlier),
        ChannelSource(Channel("prediction", "f8"), lambda sweep: sweep.prediction),
    ]


def _curves(pair: Sequence[_Chosen], which: int, what: str, title: str) -> PanelWithChannels:
    shown = [loss_curve(each.name, each.options) for each in pair]
    bindings, measured, told = [], [], []
    for k, (each, drawn) in enumerate(zip(pair, shown, strict=True)):
        for side, target in (("high", drawn.targets[1]), ("low", drawn.targets[0])):
            channel = f"{what}_{side}_{k}"
            takes = {"x": ChannelRef("prediction"), "y": ChannelRef(channel)}
            bindings.append(TraceBinding(2 * len(pair) + len(bindings), takes))
            measured.append(ChannelSource(Channel(channel, "f8"), partial(_at, each, target, which)))
        told.append(
            _("{label} {{{what}_high_{k}}} for class 1 and {{{what}_low_{k}}} for class 0").format(
                label=each.label, what=what, k=k
            )
        )
    panel = FigurePanel(
        id=what,
        slot="top",
        title=title,
        figure=loss_curves(shown, which),
        alt=_("{title} at prediction {{prediction}}: {told}.").format(title=title, told="; ".join(told)),
        bindings=bindings,
        numbers=[
            *(legend(f"● {each.label}", f"run{k}") for k, each in enumerate(pair)),
            legend(_("— class 1")),
            legend(_("- - class 0")),
        ],
    )
    return PanelWithChannels(panel, measured)


def _at(chosen: _Chosen, target: float, which: int, sweep: Sweep) -> float:
    return loss_at(chosen.name, np.array([sweep.prediction]), target, chosen.options)[which, 0]


def _rows(fitted: Sequence[_Chosen], *, classes: bool) -> PanelWithChannels:
    count = len(fitted)
    panel = FigurePanel(
        id="fits",
        slot="left",
        title=_("One outlier"),
        figure=fit_rows([each.short for each in fitted], classes=classes),
        alt=_("With the outlier at {{outlier}} the fits are: {fits}.").format(
            fits=", ".join(f"{each.label} {{fit_{each.name}}}" for each in fitted)
        ),
        bindings=[
            TraceBinding(1, {"x": ChannelRef("outliers")}),
            TraceBinding(2, {"x": ChannelRef("centers")}),
        ],
        numbers=[
            legend(_("◆ class 0, far on the wrong side") if classes else _("◆ the outlier")),
            legend(_("❙ the best c")),
            {"label": _("outlier"), "text": "{outlier}", "role": "plain"},
        ],
    )
    return PanelWithChannels(
        panel,
        [
            ChannelSource(Channel("outlier", "f8"), lambda sweep: sweep.outlier),
            ChannelSource(Channel("outliers", "f8", (count,)), lambda sweep: np.full(count, sweep.outlier)),
            ChannelSource(
                Channel("centers", "f8", (count,)), lambda sweep: [f.center for f in sweep.fits.values()]
            ),
            *(_fitted(f"fit_{each.name}", each.name, "center") for each in fitted),
        ],
    )


def _fitted(channel: str, name: str, what: str) -> ChannelSource:
    return ChannelSource(Channel(channel, "f8"), lambda sweep: getattr(sweep.fits[name], what))


def _lines(fitted: Sequence[_Chosen], *, classes: bool) -> PanelWithChannels:
    panel = FigurePanel(
        id="fit_lines",
        slot="right",
        title=_("Where the border goes") if classes else _("Where the fit goes"),
        figure=fit_lines([each.label for each in fitted]),
        alt=_("The best c of each loss while the outlier goes away. Mean loss there: {losses}.").format(
            losses=", ".join(f"{each.label} {{paid_{each.name}}}" for each in fitted)
        ),
        bindings=[curve(k, f"fit_{each.name}") for k, each in enumerate(fitted)],
        numbers=[
            {
                "label": each.short,
                "text": f"{{fit_{each.name}}}",
                "role": f"fit{k % len(FIT_COLORS)}",
            }
            for k, each in enumerate(fitted)
        ],
    )
    fits = [_fitted(f"fit_{each.name}", each.name, "center") for each in fitted]
    return PanelWithChannels(
        panel, [*fits, *(_fitted(f"paid_{each.name}", each.name, "loss") for each in fitted)]
    )


def _cards(pair: Sequence[_Chosen]) -> PanelWithChannels:
    """What each of the two says of the prediction, and of a far and a small error."""
    cards = []
    for k, each in enumerate(pair):
        far, near = (off_by(error, each.name, each.options) for error in (FAR, NEAR))
        costs = (
            _("An error of {error:g} costs {value}, |gradient| {slope:.3g}")
            if each.name in DISTANCES
            else _("{error:g} on the wrong side costs {value}, |gradient| {slope:.3g}")
        )
        lines = [
            _("Class 1 costs **{{value_high_{k}}}**, gradient **{{gradient_high_{k}}}**").format(k=k),
            _("Class 0 costs **{{value_low_{k}}}**, gradient **{{gradient_low_{k}}}**").format(k=k),
            costs.format(error=FAR, value=f"{far[0]:.4g}", slope=abs(far[1])),
            costs.format(error=NEAR, value=f"{near[0]:.3g}", slope=abs(near[1])),
        ]
        cards.append(Card(each.label, f"run{k}", "answer", ANSWERS, lines))
    answer = ChannelSource(Channel("answer", "u8"), lambda sweep: float(sweep.prediction < 0.0))
    return PanelWithChannels(CardsPanel("words", "half", _("In words"), cards), [answer])
