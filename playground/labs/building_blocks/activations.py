"""Activations: two networks that differ in nothing else, their units on the curve, and what ten layers of
each function do to a signal.
"""

from collections.abc import Sequence
from functools import partial
from math import sqrt

import numpy as np

from playground.figures.gradient_flow import Column, output_maps
from playground.figures.signal_lines import SignalPath, signal_lines
from playground.figures.unit_curve import MARKS, unit_curve
from playground.labs.building_blocks.settings import Blocks
from playground.labs.building_blocks.shared import FLOOR, scene_of, shown
from playground.labs.building_blocks.tasks import tasks
from playground.labs.framework.lab import Lesson, Training
from playground.nn import ACTIVATIONS
from playground.panels.cards import Card, CardsPanel
from playground.panels.columns import legend, metric
from playground.panels.layers import rounded
from playground.panels.panel_with_channels import PanelWithChannels
from playground.panels.timeline import timeline
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, FrameContext, Scene, TraceBinding
from playground.probes.activation_view import REACH, SUM_BINS, activation_curve, sums
from playground.probes.output_ranges import OUTPUT_BINS, output_range
from playground.probes.signal import KEPT, Draws, Stack, expected, judged
from playground.probes.units import places
from playground.text import _
from playground.training import Experiment, HiddenLayer, Trainer

UNITS = (6, 6, 6)  # of the networks that train
DEPTH, WIDTH = 10, 64  # of the layers that a signal passes
MOST_DRAWS = 60
ENOUGH = 20  # draws that a task is judged by: of ten, ReLU with He weights keeps the signal by chance
VERDICTS = ((_("fades"), "warning"), (_("kept"), "good"), (_("grows"), "warning"))
WORDS = _(
    "The marks are units at their mean sum: watch them move along f, and whether they end where f′ is 0."
)

LESSON = Lesson(
    see=_(
        "Two networks learn the **same points** and differ in their activation. Solid: $f$. Dotted: $f'$, by "
        "which every gradient through a unit is multiplied. Each **mark** is a hidden unit at its mean sum, "
        "the bars show all sums. Below: ten layers of 64 units with **random weights**, drawn again each "
        "epoch. Left, how much of a signal and of a gradient they leave (dotted: theory of very wide ones); "
        "right, the outputs of each layer."
    ),
    try_this=_(
        "- Compare **Sigmoid** with **Tanh**: which slope is larger at 0?\n"
        "- Give ReLU **Xavier** weights instead of He's.\n"
        "- Choose **SELU** and find the weights it was made for.\n"
        "- Choose **Sine**: its slope never dies for good."
    ),
    why=_(r"""A layer's sums have the variance $q_l = n\,\mathrm{Var}[w]\,\mathbb{E}[f(z)^2]$. On the way back

$$
\delta_{l} = f'(z_l) \odot \left(\delta_{l+1} W_{l+1}^\top\right)
$$

so that each layer changes the gradient's mean square by

$$
n\,\mathrm{Var}[w]\;\mathbb{E}[f'(z)^2]
$$

- **Sigmoid**: $f' = f(1-f) \le \frac14$, and all its outputs are above 0.
- **Tanh**: $f' = 1 - f^2$, which is 1 at 0 and dies where the unit saturates.
- **ReLU**: $f'$ is 1 or 0. A unit whose sums are all negative learns no more.
- **SELU**: its two constants make mean 0 and variance 1 a fixed point.
- **GELU**: $f = z\,\Phi(z)$, a ReLU without the corner.

*Signal* is the standard deviation of a unit's output over the inputs: what still tells one input from
another."""),
    sources={
        _("LeCun et al. 1998 (Efficient BackProp)"): "https://doi.org/10.1007/3-540-49430-8_2",
        "Glorot and Bengio 2010": "https://proceedings.mlr.press/v9/glorot10a.html",
        "He et al. 2015": "https://arxiv.org/abs/1502.01852",
        _("Hendrycks and Gimpel 2016 (GELU)"): "https://arxiv.org/abs/1606.08415",
        _("Poole et al. 2016 (theory)"): "https://arxiv.org/abs/1606.05340",
        _("Klambauer et al. 2017 (SELU)"): "https://arxiv.org/abs/1706.02515",
    },
)


def experiment(base: Experiment, activation: str, rule: str) -> Experiment:
    layers = tuple(HiddenLayer(units, activation) for units in UNITS)
    return base.replace("network.layers", layers).replace("network.initializer", rule)


def build(base: Experiment, settings: Blocks) -> Training:
    chosen = (settings.activation, settings.compared)
    return Training([experiment(base, activation, settings.rule) for activation in chosen], scene)


def scene(trainers: Sequence[Trainer]) -> Scene:
    draws = [Draws(stack_of(trainer.experiment), trainer.experiment.seed, MOST_DRAWS) for trainer in trainers]
    names = [ACTIVATIONS[each.stack.activation].label for each in draws]
    parts = [
        *(_curve(each.stack.activation, k) for k, each in enumerate(draws)),
        _signal(draws, names),
        _outputs(draws, names),
        _cards(draws, names),
        tasks({"signal": partial(keeps, draws)}, trainers),
    ]
    return scene_of(timeline(trainers[0]), parts, columns=2, words=WORDS)


def stack_of(experiment: Experiment) -> Stack:
    network = experiment.network
    return Stack(network.layers[0].activation, network.initializer, WIDTH, DEPTH)


def keeps(draws: Sequence[Draws], moment: FrameContext) -> bool:
    """Whether a function that is no straight line keeps signal and gradient."""
    stack = stack_of(moment.trainer.experiment)
    mine = next(each for each in draws if each.stack == stack)
    enough = mine.pooled(moment.frame.epoch).count >= ENOUGH
    return enough and stack.activation != "linear" and _verdict(mine, moment) == KEPT


def _spread(draws: Draws, moment: FrameContext) -> np.ndarray:
    return draws.pooled(moment.frame.epoch).spread


def _gradient(draws: Draws, moment: FrameContext) -> np.ndarray:
    return np.sqrt(draws.pooled(moment.frame.epoch).gradient)


def _verdict(draws: Draws, moment: FrameContext) -> int:
    return judged(_spread(draws, moment)[-1], _gradient(draws, moment)[0])


def _curve(activation: str, k: int) -> PanelWithChannels:
    curve = activation_curve(activation)
    panel = FigurePanel(
        id=f"curve-{k}",
        slot="top",
        title=curve.label,
        figure=unit_curve(curve, UNITS),
        alt=_(
            "{label} and its slope, with the network's units on the curve. After {{epoch:count}} epochs the "
            "mean slope at their sums is {{slope_{k}}}, and {{beyond_{k}:percent}} of the sums lie beyond "
            "±{reach:g}."
        ).format(label=curve.label, k=k, reach=REACH),
        bindings=[
            TraceBinding(0, {"y": ChannelRef(f"heights_{k}")}),
            TraceBinding(MARKS, {"x": ChannelRef(f"sums_{k}"), "y": ChannelRef(f"outputs_{k}")}),
        ],
        numbers=[
            legend("— f", "train"),
            legend("··· f′", "test"),
            {"label": _("mean f′"), "text": f"{{slope_{k}}}", "role": "plain"},
            {"label": _("loss"), "text": f"{{train_loss_{k}}}", "role": "plain"},
        ],
    )
    count = sum(UNITS)
    measured = [
        ChannelSource(
            Channel(f"heights_{k}", "f4", (SUM_BINS,)),
            lambda m: rounded(m.data.info(sums).together),
            run=k,
        ),
        ChannelSource(Channel(f"beyond_{k}", "f4"), lambda m: m.data.info(sums).beyond.mean(), run=k),
        ChannelSource(Channel(f"sums_{k}", "f4", (count,)), lambda m: m.data.info(places).sums, run=k),
        ChannelSource(Channel(f"outputs_{k}", "f4", (count,)), lambda m: m.data.info(places).outputs, run=k),
        ChannelSource(Channel(f"slope_{k}", "f8"), lambda m: m.data.info(places).slope, run=k),
        metric("train_loss", k),
    ]
    return PanelWithChannels(panel, measured)


def _signal(draws: Sequence[Draws], names: Sequence[str]) -> PanelWithChannels:
    ways, bindings, measured = [], [], []
    for k, (each, name) in enumerate(zip(draws, names, strict=True)):
        theory = expected(each.stack)
        ways.append(SignalPath(name, shown(theory.spread), shown(np.sqrt(theory.gradient))))
        measured += [
            ChannelSource(Channel(f"spread_{k}", "f8", (DEPTH,)), partial(_seen, _spread, each), run=k),
            ChannelSource(Channel(f"back_{k}", "f8", (DEPTH,)), partial(_seen, _gradient, each), run=k),
        ]
    for at, channel in enumerate(("spread", "back")):
        bindings += [
            TraceBinding(at * len(draws) + k, {"y": ChannelRef(f"{channel}_{k}")}) for k in range(len(draws))
        ]
    told = "; ".join(
        _("{name}: signal {{spread_{k}}}, gradient {{back_{k}}}").format(name=name, k=k)
        for k, name in enumerate(names)
    )
    panel = FigurePanel(
        id="signal",
        slot="left",
        title=_("Ten layers"),
        figure=signal_lines(ways, (_("signal, there"), _("gradient, back")), DEPTH),
        alt=_("What ten random layers leave, first layer to last, as a part of 1. {told}.").format(told=told),
        bindings=bindings,
        decades="yaxis",
        extras={"span": [0.1, 1.0]},
        numbers=[
            *(legend(f"● {name}", f"run{k}") for k, name in enumerate(names)),
            {"label": _("draws"), "text": "{draws:count}", "role": "plain"},
        ],
    )
    count = ChannelSource(Channel("draws", "i4"), lambda m: min(m.frame.epoch + 1, MOST_DRAWS))
    return PanelWithChannels(panel, [*measured, count])


def _seen(measure, draws: Draws, moment: FrameContext) -> np.ndarray:
    """Numbers of a logarithmic axis."""
    return np.maximum(measure(draws, moment), FLOOR)


def _outputs(draws: Sequence[Draws], names: Sequence[str]) -> PanelWithChannels:
    columns = [
        Column(name, DEPTH + 1, outputs=output_range(each.stack.activation))
        for each, name in zip(draws, names, strict=True)
    ]
    panel = FigurePanel(
        id="outputs",
        slot="right",
        title=_("Outputs of the ten layers"),
        figure=output_maps(columns),
        alt=_(
            "How the outputs of each of the ten layers are spread, first layer at the top: {spreads}."
        ).format(
            spreads="; ".join(
                _("{name} ends with a spread of {{kept_{k}}}").format(name=name, k=k)
                for k, name in enumerate(names)
            )
        ),
        bindings=[TraceBinding(k, {"z": ChannelRef(f"shares_{k}", "matrix")}) for k in range(len(draws))],
        numbers=[
            legend(_("first layer at the top")),
            *(legend(name, f"run{k}") for k, name in enumerate(names)),
        ],
    )
    measured = [
        ChannelSource(
            Channel(f"shares_{k}", "f4", (DEPTH, OUTPUT_BINS)),
            lambda m, each=each: np.round(each.pooled(m.frame.epoch).shares, 2),
            run=k,
        )
        for k, each in enumerate(draws)
    ]
    return PanelWithChannels(panel, measured)


def _cards(draws: Sequence[Draws], names: Sequence[str]) -> PanelWithChannels:
    cards, measured = [], []
    for k, (each, name) in enumerate(zip(draws, names, strict=True)):
        theory = expected(each.stack)
        lines = [
            _("Signal after ten layers: **× {{kept_{k}}}**, theory {{kept_theory_{k}}}").format(k=k),
            _("Gradient at the first: **× {{first_{k}}}**, theory {{first_theory_{k}}}").format(k=k),
            _("Trained: mean slope {{slope_{k}}}, training loss {{train_loss_{k}}}").format(k=k),
        ]
        cards.append(Card(name, f"run{k}", f"verdict_{k}", VERDICTS, lines))
        measured += [
            ChannelSource(Channel(f"kept_{k}", "f8"), lambda m, each=each: _spread(each, m)[-1], run=k),
            ChannelSource(Channel(f"first_{k}", "f8"), lambda m, each=each: _gradient(each, m)[0], run=k),
            ChannelSource(
                Channel(f"kept_theory_{k}", "f8"), lambda m, theory=theory: theory.spread[-1], run=k
            ),
            ChannelSource(
                Channel(f"first_theory_{k}", "f8"), lambda m, theory=theory: sqrt(theory.gradient[0]), run=k
            ),
            ChannelSource(Channel(f"verdict_{k}", "u8"), partial(_verdict, each), run=k),
        ]
    return PanelWithChannels(CardsPanel("words", "half", _("In words"), cards), measured)
