"""Symmetry: networks whose units begin alike, beside one whose weights are random, while they train."""

from collections.abc import Sequence

import numpy as np

from playground.figures.unit_weights import unit_weights
from playground.labs.building_blocks.settings import Blocks
from playground.labs.building_blocks.shared import boundary_part, scene_of, surfaces
from playground.labs.building_blocks.tasks import tasks
from playground.labs.framework.lab import Lesson, Training
from playground.nn import INITIALIZERS
from playground.panels.cards import Card, CardsPanel
from playground.panels.columns import legend, training_losses
from playground.panels.panel_with_channels import PanelWithChannels
from playground.panels.timeline import timeline
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, FrameContext, Scene, TraceBinding
from playground.probes.units import distinct_units
from playground.text import _
from playground.training import Experiment, HiddenLayer, Trainer

UNITS = 6
LAYERS = 2
ALIKE = ("zeros", "constant")
VERDICTS = ((_("all alike"), "warning"), (_("some differ"), "warning"), (_("all differ"), "good"))
WORDS = _("Each row of a table is a unit. Equal rows get equal gradients, so they never become different.")

LESSON = Lesson(
    see=_(
        "Networks with the same points and settings; only their first weights differ: all **zero**, all the "
        "same **constant**, or drawn at random. The tables hold the weights into the first hidden layer, a "
        "**row for each unit**. Equal units compute the same and get the same gradient, so the network is as "
        "good as one with a single unit in each layer."
    ),
    try_this=_(
        "- Choose **Sigmoid**: now the weights move even from zero. Do the units?\n"
        "- Change the seed: does luck help the equal units?\n"
        "- Turn **dropout** up while it runs, and watch the rows of *Constant*.\n"
        "- Drag the timeline back to where the rows part."
    ),
    why=_(r"""Take two units $j$ and $k$ of a layer with the same weights into and out of them. For every
input

$$
a_j = f(w_j \cdot x) = f(w_k \cdot x) = a_k
$$

$$
\delta_j = f'(z_j) \sum_m w_{jm}\, \delta_m = \delta_k
$$

so both get the same gradient $x\,\delta_j$, and no optimizer can tell them apart. **Zeros** are worse still:
where $f(0) = 0$ neither the outputs nor the gradients get past a layer, and only the last bias learns.

Random weights break the symmetry. So does anything random that treats units differently, such as the masks
of dropout."""),
    sources={
        "Rumelhart, Hinton and Williams 1986": "https://doi.org/10.1038/323533a0",
        "Glorot and Bengio 2010": "https://proceedings.mlr.press/v9/glorot10a.html",
        _("Srivastava et al. 2014 (dropout)"): "https://jmlr.org/papers/v15/srivastava14a.html",
    },
)


def experiment(base: Experiment, settings: Blocks, rule: str) -> Experiment:
    layers = (HiddenLayer(UNITS, settings.layer_activation, dropout=settings.dropout),) * LAYERS
    return base.replace("network.layers", layers).replace("network.initializer", rule)


def build(base: Experiment, settings: Blocks) -> Training:
    rules = dict.fromkeys((*ALIKE, settings.rule))
    return Training([experiment(base, settings, rule) for rule in rules], scene)


def scene(trainers: Sequence[Trainer]) -> Scene:
    names = [INITIALIZERS[trainer.experiment.network.initializer].label for trainer in trainers]
    parts = [
        *(boundary_part(trainer, k, names[k]) for k, trainer in enumerate(trainers)),
        _weights(trainers, names),
        training_losses(names, slot="right", log=False, numbered=False),
        _cards(names),
        tasks({"symmetry": broken}, trainers),
    ]
    return scene_of(
        timeline(trainers[0]), parts, columns=len(trainers), words=WORDS, palettes=surfaces(trainers[0])
    )


def broken(moment: FrameContext) -> bool:
    """Whether a network with constant weights has no two units that are alike."""
    constant = moment.trainer.experiment.network.initializer == "constant"
    return constant and _verdict(moment) == len(VERDICTS) - 1


def _verdict(moment: FrameContext) -> int:
    """An index of VERDICTS."""
    distinct = moment.data.info(distinct_units)
    if (distinct == UNITS).all():
        return 2
    return int((distinct > 1).any())


def _weights(trainers: Sequence[Trainer], names: Sequence[str]) -> PanelWithChannels:
    inputs = trainers[0].experiment.features.inputs
    shape = (UNITS, len(inputs) + 1)

    def table(moment: FrameContext) -> np.ndarray:
        first = moment.trainer.network.weight_layers[0]
        return np.vstack([first.W, first.b]).T

    panel = FigurePanel(
        id="weights",
        slot="left",
        title=_("Weights into the first layer"),
        figure=unit_weights(names, inputs, UNITS),
        alt=_(
            "Weights into the units of the first hidden layer. Units that differ, layer by layer: {counts}."
        ).format(counts="; ".join(f"{name} {{distinct_{k}:count}}" for k, name in enumerate(names))),
        bindings=[TraceBinding(k, {"z": ChannelRef(f"weights_{k}", "matrix")}) for k in range(len(names))],
        numbers=[legend(_("a row for each unit"))],
    )
    measured = [ChannelSource(Channel(f"weights_{k}", "f8", shape), table, run=k) for k in range(len(names))]
    return PanelWithChannels(panel, measured)


def _cards(names: Sequence[str]) -> PanelWithChannels:
    cards, measured = [], []
    for k, name in enumerate(names):
        lines = [
            _("Different units in each hidden layer: **{{distinct_{k}:count}}** of {units}").format(
                k=k, units=UNITS
            ),
            _("Training loss **{{train_loss_{k}}}**").format(k=k),
        ]
        cards.append(Card(name, f"run{k}", f"verdict_{k}", VERDICTS, lines))
        measured += [
            ChannelSource(
                Channel(f"distinct_{k}", "i4", (LAYERS,)), lambda m: m.data.info(distinct_units), run=k
            ),
            ChannelSource(Channel(f"verdict_{k}", "u8"), _verdict, run=k),
        ]
    return PanelWithChannels(CardsPanel("words", "half", _("In words"), cards), measured)
