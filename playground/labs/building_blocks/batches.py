"""Normalization and dropout: batches through one layer, in numbers, in training and in evaluation."""

from collections.abc import Callable
from itertools import islice

import numpy as np

from playground.figures.batch_table import batch_table
from playground.figures.curves import Series, curves
from playground.labs.building_blocks.settings import Blocks
from playground.labs.building_blocks.shared import scene_of
from playground.labs.building_blocks.tasks import tasks
from playground.labs.framework.lab import Lesson
from playground.panels.cards import Card, CardsPanel
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.film import Film, film_clock
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, TraceBinding, curve
from playground.probes.one_batch import (
    KINDS,
    MEANS,
    SPREADS,
    UNITS,
    BatchPass,
    Table,
    layer_of,
    passages,
    table,
)
from playground.text import _
from playground.training import Experiment

LENGTH = 200  # batches
DIGITS = 12  # what is smaller is rounding
RATE = 2  # of them a second: numbers want to be read
VERDICTS = (("", ""),)
WORDS = {
    "batch_norm": _(
        "In training each column has mean 0 and std 1. In evaluation the running statistics do it."
    ),
    "layer_norm": _("Each row has mean 0 and std 1, whatever the other rows are: both modes are the same."),
    "dropout": _("In training a value becomes 0 or grows by a factor. In evaluation all pass as they are."),
}

LESSON = Lesson(
    see=_(
        "The **same batch** three times: before the layer, behind it in **training**, and behind it in "
        "**evaluation**. Rows are points, columns are units; every unit has a mean and spread of its own. "
        "Below and beside the numbers stand mean and standard deviation of each column and row. Each frame "
        "brings a new batch."
    ),
    try_this=_(
        "- Pause, and check one mean by hand.\n"
        "- Batch norm with **2 points** in a batch: what can each value still be?\n"
        "- Set the **momentum** to 0, then to 0.99.\n"
        "- Dropout at **0.9**: how large do the survivors get?"
    ),
    why=_(r"""**Batch norm** takes mean and variance over the batch, one pair for each unit $j$:

$$
\hat x_{ij} = \frac{x_{ij} - \mu_j}{\sqrt{\sigma_j^2 + \epsilon}}
$$

In evaluation a point must not depend on others, so running statistics stand in for those of the batch:

$$
\mu \leftarrow m\,\mu + (1 - m)\,\mu_{\text{batch}}
$$

**Layer norm** takes them over the units of each point $i$ instead, and needs no memory.

**Dropout** sets a value to 0 with probability $p$ and divides the others by $1 - p$, so that the mean stays:

$$
\mathbb{E}[y] = (1 - p) \cdot \frac{x}{1 - p} = x
$$

After either norm a network may learn a gain and a shift; here they are 1 and 0."""),
    sources={
        _("Srivastava et al. 2014 (dropout)"): "https://jmlr.org/papers/v15/srivastava14a.html",
        _("Ioffe and Szegedy 2015 (batch norm)"): "https://arxiv.org/abs/1502.03167",
        _("Ba, Kiros and Hinton 2016 (layer norm)"): "https://arxiv.org/abs/1607.06450",
    },
)

Look = Callable[[BatchPass], np.ndarray]
STAGES: dict[str, tuple[str, Look]] = {
    "x": (_("The batch"), lambda passage: passage.x),
    "trained": (_("Training"), lambda passage: passage.trained),
    "evaluated": (_("Evaluation"), lambda passage: passage.evaluated),
}
ROLES = {"x": "run2", "trained": "run0", "evaluated": "run1"}


def build(base: Experiment, settings: Blocks) -> Film:
    layer = layer_of(settings.layer, momentum=settings.momentum, rate=settings.rate)
    parts = [
        *(_table(stage, settings) for stage in STAGES),
        _over_time("mean", _("Mean of all values"), lambda values: values.mean()),
        _over_time("std", _("Standard deviation of all values"), lambda values: values.std()),
        _cards(settings),
        tasks({}),
    ]
    scene = scene_of(
        film_clock(),
        parts,
        columns=3,
        words=WORDS[settings.layer],
        said=_("Batch {batches:count}"),
        rate=RATE,
    )
    found = passages(layer, rows=settings.rows, seed=base.seed)
    return Film(
        scene,
        islice(found, LENGTH),
        end=_("These were {n} batches: press play to see them again.").format(n=LENGTH),
    )


def _table(stage: str, settings: Blocks) -> PanelWithChannels:
    title, look = STAGES[stage]
    panel = FigurePanel(
        id=f"table-{stage}",
        slot="top",
        title=title
        if stage == "x"
        else _("{title}: after {layer}").format(title=title, layer=KINDS[settings.layer].lower()),
        figure=batch_table(settings.rows, UNITS),
        alt=_(
            "{title}, batch {{batches:count}}. Means of the units: {{{stage}_means}}. Their standard "
            "deviations: {{{stage}_stds}}."
        ).format(title=title, stage=stage),
        bindings=[
            TraceBinding(trace, {"z": ChannelRef(f"{stage}_{part}", "matrix")})
            for trace, part in enumerate(Table._fields)
        ],
    )
    shapes = {"values": (settings.rows, UNITS), "columns": (2, UNITS), "rows": (settings.rows, 2)}
    measured = [
        ChannelSource(
            Channel(f"{stage}_{part}", "f8", shape),
            lambda passage, part=part: getattr(table(look(passage)), part),
        )
        for part, shape in shapes.items()
    ]
    told = [
        ChannelSource(
            Channel(f"{stage}_{name}", "f8", (UNITS,)),
            lambda passage, row=row: table(look(passage)).columns[row],
        )
        for row, name in enumerate(("means", "stds"))
    ]
    count = ChannelSource(Channel("batches", "i4"), lambda passage: passage.index + 1)
    return PanelWithChannels(panel, [*measured, *told, count])


def _over_time(name: str, title: str, of: Callable[[np.ndarray], float]) -> PanelWithChannels:
    series = [Series(f"{name}_{stage}", STAGES[stage][0].lower(), role) for stage, role in ROLES.items()]
    figure = curves(series)
    figure.update_xaxes(title={"text": _("batch")})
    panel = FigurePanel(
        id=name,
        slot="left" if name == "mean" else "right",
        title=title,
        figure=figure,
        alt=_("{title}, batch after batch. Now {series}.").format(
            title=title, series=", ".join(f"{s.label} {{{s.channel}}}" for s in series)
        ),
        bindings=[curve(k, s.channel) for k, s in enumerate(series)],
        numbers=[{"label": s.label, "text": f"{{{s.channel}}}", "role": s.role} for s in series],
    )
    measured = [
        ChannelSource(
            Channel(f"{name}_{stage}", "f8"),
            lambda passage, look=STAGES[stage][1]: np.round(of(look(passage)), DIGITS),
        )
        for stage in STAGES
    ]
    return PanelWithChannels(panel, measured)


def _cards(settings: Blocks) -> PanelWithChannels:
    """What the layer remembers or leaves out."""
    lines, measured = {"batch_norm": _running, "layer_norm": _alike, "dropout": _silent}[settings.layer](
        settings
    )
    card = Card(KINDS[settings.layer], "run0", "verdict", VERDICTS, lines)
    verdict = ChannelSource(Channel("verdict", "u8"), lambda passage: 0)
    return PanelWithChannels(CardsPanel("words", "half", _("In words"), [card]), [*measured, verdict])


def _listed(numbers: np.ndarray) -> str:
    return ", ".join(f"{number:g}".replace("-", "−") for number in numbers)


def _running(settings: Blocks) -> tuple[list[str], list[ChannelSource]]:
    lines = [
        _("Running mean of each unit: **{running_mean}**"),
        _("The units' own means: {listed}").format(listed=_listed(MEANS)),
        _("Running std of each unit: **{running_std}**"),
        _("The units' own stds: {listed}").format(listed=_listed(SPREADS)),
    ]
    names = ("running_mean", "running_std")
    return lines, [
        ChannelSource(Channel(name, "f8", (UNITS,)), lambda passage, row=row: passage.running[row])
        for row, name in enumerate(names)
    ]


def _alike(settings: Blocks) -> tuple[list[str], list[ChannelSource]]:
    lines = [
        _("Largest |mean| of a row: **{largest_mean}**"),
        _("Stds of the rows: **{row_stds}**"),
        _("Largest difference between training and evaluation: **{difference}**"),
    ]
    rows = settings.rows
    return lines, [
        ChannelSource(
            Channel("largest_mean", "f8"),
            lambda p: np.round(np.abs(table(p.trained).rows[:, 0]).max(), DIGITS),
        ),
        ChannelSource(Channel("row_stds", "f8", (rows,)), lambda p: table(p.trained).rows[:, 1]),
        ChannelSource(Channel("difference", "f8"), lambda p: np.abs(p.trained - p.evaluated).max()),
    ]


def _silent(settings: Blocks) -> tuple[list[str], list[ChannelSource]]:
    lines = [
        _("Set to 0 so far: **{{silent:percent}}** of all values (p = {rate:g})").format(rate=settings.rate),
        _("The others are multiplied by 1 ÷ (1 − p) = **{rate:.4g}**").format(
            rate=1.0 / (1.0 - settings.rate)
        ),
        _("Mean size in training ÷ in evaluation, all batches so far: **{kept}**"),
    ]
    return lines, [
        ChannelSource(Channel("silent", "f8"), lambda passage: passage.silent),
        ChannelSource(Channel("kept", "f8"), lambda passage: passage.kept),
    ]
