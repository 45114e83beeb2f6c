"""Initial weights: a stack that grows layer by layer, before any training; all rules, and one in full."""

from collections.abc import Iterator
from math import sqrt
from typing import NamedTuple

import numpy as np

from playground.figures.ridges import ridges
from playground.figures.rule_dots import HIGHEST, LOWEST, rule_dots
from playground.figures.signal_lines import SignalPath, signal_lines
from playground.labs.building_blocks import symmetry
from playground.labs.building_blocks.activations import VERDICTS
from playground.labs.building_blocks.settings import Blocks
from playground.labs.building_blocks.shared import FLOOR, scene_of, shown
from playground.labs.building_blocks.tasks import tasks
from playground.labs.framework.lab import Lesson, Training
from playground.limits import MAX_LAB_WEIGHTS
from playground.nn import ACTIVATIONS, INITIALIZERS
from playground.panels.cards import Card, CardsPanel
from playground.panels.columns import legend
from playground.panels.layers import rounded
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.film import Film, film_clock
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, TraceBinding
from playground.probes.histograms import BINS, Histograms, histograms
from playground.probes.signal import Expected, Signal, Stack, expected, judged, passed
from playground.text import _
from playground.training import Experiment, ExperimentError

RATE = 5  # layers a second
AGAIN = 30  # draws of the whole stack, after it has grown
WORDS = _(
    "The stack grows by a layer each frame. Too small weights: both histograms fade. Too large: they grow."
)

LESSON = Lesson(
    see=_(
        "Random layers **before training**, one more in each frame; once all are there, the weights are "
        "drawn again and again. Left the outputs of each layer, right the gradient on its way back; the "
        "number beside each row is its range. Below, dots for **every rule**: filled what is measured, "
        "hollow what theory predicts of very wide layers. Only where both stay near 1 do deep networks learn."
    ),
    try_this=_(
        "- Choose **Xavier** for ReLU, then **He**.\n"
        "- Choose **Tanh**, **Normal** and 64 units: the gradient grows.\n"
        "- Make the layers **narrow**: theory is for wide ones.\n"
        "- Look at **Zeros** and **Constant**, then go to **Symmetry**."
    ),
    why=_(r"""For $n$ inputs and independent weights of variance $\mathrm{Var}[w]$

$$
\mathbb{E}[z_l^2] = n\,\mathrm{Var}[w]\;\mathbb{E}[a_{l-1}^2]
$$

$$
\mathbb{E}[\delta_{l-1}^2] = n\,\mathrm{Var}[w]\;\mathbb{E}[f'(z)^2]\;\mathbb{E}[\delta_l^2]
$$

Neither may grow or shrink, layer after layer:

- **LeCun**: $\mathrm{Var}[w] = 1/n_{\text{in}}$, for functions with $f(z) \approx z$.
- **Xavier**: $2/(n_{\text{in}} + n_{\text{out}})$, a compromise between both ways.
- **He**: $2/n_{\text{in}}$, since ReLU halves the mean square.
- **Orthogonal** matrices change no length at all.

**Zeros** pass nothing on. **Constant** weights make all units of a layer compute the same; they get the same
gradient and stay the same for ever. That is why weights begin at random: the **symmetry** has to break."""),
    sources={
        _("LeCun et al. 1998 (Efficient BackProp)"): "https://doi.org/10.1007/3-540-49430-8_2",
        _("Glorot and Bengio 2010 (Xavier)"): "https://proceedings.mlr.press/v9/glorot10a.html",
        _("Saxe, McClelland and Ganguli 2013 (orthogonal)"): "https://arxiv.org/abs/1312.6120",
        "He et al. 2015": "https://arxiv.org/abs/1502.01852",
    },
)


class Grown(NamedTuple):
    """A moment: a stack of `depth` layers. signals: what passes it, for each rule. theory: of the chosen one;
    outputs, gradients: its histograms, layer by layer.
    """

    index: int
    depth: int
    signals: dict[str, Signal]
    theories: dict[str, Expected]
    outputs: Histograms
    gradients: Histograms


def build(base: Experiment, settings: Blocks) -> Film | Training:
    if settings.view == "symmetry":
        return symmetry.build(base, settings)
    weights = settings.depth * settings.width**2
    if weights > MAX_LAB_WEIGHTS:
        raise ExperimentError(
            _("The layers cannot have {weights:,} weights: choose {most:,} at most.").format(
                weights=weights, most=MAX_LAB_WEIGHTS
            )
        )
    parts = [
        _histograms(settings, "outputs", _("Outputs of each layer")),
        _histograms(settings, "gradients", _("Gradient of each layer's outputs")),
        _lines(settings),
        _dots(settings),
        _cards(settings),
        tasks({}),
    ]
    scene = scene_of(
        film_clock(),
        parts,
        columns=2,
        words=WORDS,
        said=_("{depth:count} layers, draw {draw:count}"),
        rate=RATE,
    )
    return Film(scene, grow(settings, base.seed))


def grow(settings: Blocks, seed: int) -> Iterator[Grown]:
    for index in range(settings.depth + AGAIN):
        depth = min(index + 1, settings.depth)
        stacks = {
            rule: Stack(settings.layer_activation, rule, settings.width, depth) for rule in INITIALIZERS
        }
        draw = index - depth + 1
        signals = {rule: passed(stack, np.random.default_rng([seed, draw])) for rule, stack in stacks.items()}
        theories = {rule: expected(stack) for rule, stack in stacks.items()}
        chosen = signals[settings.rule]
        yield Grown(index, depth, signals, theories, histograms(chosen.outputs), histograms(chosen.gradients))


QUANTITIES = {"outputs": _("outputs"), "gradients": _("gradients")}


def _histograms(settings: Blocks, which: str, title: str) -> PanelWithChannels:
    """Of all layers that there will be; those that are not there yet are empty."""
    depth, every = settings.depth, _every(settings.depth)
    panel, places = _ridges(settings, which, title)

    def heights(grown: Grown) -> np.ndarray:
        found = getattr(grown, which).heights
        return rounded(np.vstack([found, np.zeros((depth - len(found), BINS))]))

    def ranges(grown: Grown) -> np.ndarray:
        found = getattr(grown, which).ranges
        return np.append(found, np.full(depth - len(found), np.nan))

    def written(grown: Grown) -> np.ndarray:
        """Where the ranges stand: nowhere for layers that are not there yet."""
        return np.where(np.isfinite(ranges(grown)[::every]), places, np.nan)

    return PanelWithChannels(
        panel,
        [
            ChannelSource(Channel(f"{which}_heights", "f4", (depth, BINS)), heights),
            ChannelSource(Channel(f"{which}_ranges", "f4", (depth,)), ranges),
            ChannelSource(Channel(f"{which}_written", "f4", (len(places),)), lambda g: ranges(g)[::every]),
            ChannelSource(Channel(f"{which}_places", "f4", (len(places),)), written),
            ChannelSource(Channel("depth", "i4"), lambda grown: grown.depth),
            ChannelSource(Channel("draw", "i4"), lambda grown: grown.index - grown.depth + 2),
        ],
    )


def _ridges(settings: Blocks, which: str, title: str) -> tuple[FigurePanel, np.ndarray]:
    """The picture of the histograms, and the heights at which ranges are written."""
    names = [f"{k + 1}" for k in range(settings.depth)]
    rule, every = INITIALIZERS[settings.rule].label, _every(settings.depth)
    figure = ridges(names, QUANTITIES[which], of=len(names))
    places = np.array(figure.data[1].y)[::every]
    figure.update_yaxes(tickvals=figure.layout.yaxis.tickvals[::every], ticktext=names[::every])
    figure.data[1].update(x=[1.0] * len(places), y=[])
    panel = FigurePanel(
        id=which,
        slot="top",
        title=title,
        figure=figure,
        alt=_(
            "Histograms with {rule} weights, {{depth:count}} layers. First layer to last, they lie within ± "
            "{{{channel}_ranges}}."
        ).format(rule=rule, channel=which),
        bindings=[
            TraceBinding(0, {"y": ChannelRef(f"{which}_heights")}),
            TraceBinding(
                1, {"customdata": ChannelRef(f"{which}_written"), "y": ChannelRef(f"{which}_places")}
            ),
        ],
        numbers=[legend(f"{rule}, {ACTIVATIONS[settings.layer_activation].label}")],
    )
    return panel, places


def _every(depth: int) -> int:
    """So that no two names of layers touch."""
    return 1 if depth <= 12 else 2 if depth <= 20 else 3


def _lines(settings: Blocks) -> PanelWithChannels:
    """Measured and predicted, layer by layer. The theory is of the whole stack."""
    theory = expected(Stack(settings.layer_activation, settings.rule, settings.width, settings.depth))
    rule, depth = INITIALIZERS[settings.rule].label, settings.depth
    way = SignalPath(rule, shown(np.sqrt(theory.power)), shown(np.sqrt(theory.gradient)))
    seen = [each for each in (*way.there, *way.back, 1.0) if each]

    def there(grown: Grown) -> np.ndarray:
        return _filled(np.sqrt(grown.signals[settings.rule].power), depth)

    def back(grown: Grown) -> np.ndarray:
        return _filled(np.sqrt(grown.signals[settings.rule].gradient), depth)

    panel = FigurePanel(
        id="signal",
        slot="left",
        title=_("Size in each layer"),
        figure=signal_lines([way], (_("outputs, there"), _("gradient, back")), depth),
        alt=_("Root mean square in each layer, first to last: outputs {there}; gradient {back}."),
        bindings=[TraceBinding(0, {"y": ChannelRef("there")}), TraceBinding(1, {"y": ChannelRef("back")})],
        decades="yaxis",
        extras={"span": [min(seen), max(seen)]},
        numbers=[legend(_("● root mean square"), "run0"), legend(_("··· theory"))],
    )
    return PanelWithChannels(
        panel,
        [
            ChannelSource(Channel("there", "f8", (depth,)), there),
            ChannelSource(Channel("back", "f8", (depth,)), back),
        ],
    )


def _filled(numbers: np.ndarray, depth: int) -> np.ndarray:
    """(depth,) with NaN for layers that are not there yet."""
    return np.append(np.maximum(numbers, FLOOR), np.full(depth - len(numbers), np.nan))


def _dots(settings: Blocks) -> PanelWithChannels:
    rules = list(INITIALIZERS)
    labels = [INITIALIZERS[rule].label for rule in rules]
    lowest, highest = 10.0**LOWEST, 10.0**HIGHEST

    def ends(of: str, side: str):
        """The last layer's outputs or the first layer's gradient, of each rule."""

        def measure(grown: Grown) -> np.ndarray:
            found = grown.signals if of == "signals" else grown.theories
            squares = [
                found[rule].power[-1] if side == "power" else found[rule].gradient[0] for rule in rules
            ]
            return np.clip(np.sqrt(squares), lowest, highest)

        return measure

    names = ("measured_there", "measured_back", "theory_there", "theory_back")
    measures = [ends(of, side) for of in ("signals", "theories") for side in ("power", "gradient")]
    panel = FigurePanel(
        id="rules",
        slot="right",
        title=_("Every rule"),
        figure=rule_dots(
            labels, rules.index(settings.rule), (_("outputs, last layer"), _("gradient, first"))
        ),
        alt=_(
            "Root mean square after {{depth:count}} layers, in the order {labels}: outputs "
            "{{measured_there}}; gradient of the first layer {{measured_back}}."
        ).format(labels=", ".join(labels)),
        bindings=[TraceBinding(k, {"x": ChannelRef(name)}) for k, name in enumerate(names)],
        numbers=[legend(_("● measured")), legend(_("○ theory"))],
    )
    return PanelWithChannels(
        panel,
        [
            ChannelSource(Channel(n, "f8", (len(rules),)), each)
            for n, each in zip(names, measures, strict=True)
        ],
    )


def _cards(settings: Blocks) -> PanelWithChannels:
    rule, sizes = settings.rule, ("last_there", "first_back", "theory_last", "theory_first")

    def size(of: str, side: str):
        def measure(grown: Grown) -> float:
            found = getattr(grown, of)[rule]
            return sqrt(found.power[-1] if side == "power" else found.gradient[0])

        return measure

    measures = [size(of, side) for of in ("signals", "theories") for side in ("power", "gradient")]
    measured = [ChannelSource(Channel(n, "f8"), each) for n, each in zip(sizes, measures, strict=True)]
    verdict = ChannelSource(
        Channel("verdict", "u8"), lambda grown: judged(measures[0](grown), measures[1](grown))
    )
    lines = [
        _("Outputs of the last layer: **{last_there}**, theory {theory_last}"),
        _("Gradient of the first layer: **{first_back}**, theory {theory_first}"),
        _("Root mean squares; inputs and the last gradient have 1."),
    ]
    card = Card(INITIALIZERS[rule].label, "run0", "verdict", VERDICTS, lines)
    return PanelWithChannels(CardsPanel("words", "half", _("In words"), [card]), [*measured, verdict])
