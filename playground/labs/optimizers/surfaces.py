"""The race on a surface, as a film: a map, the same in space, curves, and what each optimizer remembers."""

import base64
import re
from collections.abc import Callable, Sequence

import numpy as np

from playground.figures import theme
from playground.figures.descent import descent_map, gaps, terrain_palette
from playground.labs.optimizers.settings import Optimizers
from playground.nn import OPTIMIZERS
from playground.nn.optimizer import LastStep
from playground.panels.cards import Card, CardsPanel
from playground.panels.columns import legend
from playground.panels.panel_with_channels import PanelWithChannels
from playground.panels.surface3d import SIDE as SPACE_SIDE
from playground.panels.surface3d import SpacePanel, height_channel, path_channels
from playground.player.film import Film, film_clock
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, Scene, TraceBinding, curve
from playground.probes.descent import NEAR, Competitor, OptimizerState, RaceMoment, race
from playground.probes.slots import readings, settings_in_use
from playground.probes.surfaces import Surface
from playground.probes.terrain import BANDS, SIDE, terrain
from playground.text import _

LIFT = 0.01  # of paths in space above the ground, as a part of its heights
ARROW = 0.08  # length of an arrow, as a part of the map's width
NAMED = re.compile(r"\{(\w+)")  # in a line of an optimizer's memory: a reading
STATES = ((_("on its way"), ""), (_("reached"), "good"), (_("diverged"), "warning"))


def surfaces_film(settings: Optimizers, more: Sequence[PanelWithChannels]) -> Film:
    """more: parts that stand below."""
    surface, racers = settings.ground, settings.field_racers()
    names = [OPTIMIZERS[racer.optimizer].label for racer in racers]
    parts = [
        _map(surface, names, settings.place),
        _space(surface, names),
        _cards(surface, racers, names),
        _memories(racers, names),
        _gaps(surface, names, settings.steps),
        *more,
    ]
    scene = Scene(
        layout=f"lab race field columns-{len(racers)}",
        panels=[part.panel for part in parts],
        measured=[*film_clock(), *(entry for part in parts for entry in part.measured)],
        themes=race_themes(),
        words=f"{surface.label}: {surface.hard}",
        clock=_("Step {update:count}"),
    )
    moments = race(surface, settings.place, racers, steps=settings.steps)
    return Film(
        scene,
        moments,
        end=_("All have taken {steps} steps: play again, or click another start.").format(
            steps=settings.steps
        ),
    )


def race_themes() -> dict:
    return {mode.name: theme.theme(mode, {"terrain": terrain_palette(mode)}) for mode in theme.MODES}


def still(indices: np.ndarray) -> str:
    """Palette indices as the player reads them where they stay the same."""
    return base64.b64encode(indices.astype(np.uint8).tobytes()).decode()


def of(
    k: int, measure: Callable[[OptimizerState], np.ndarray | float]
) -> Callable[[RaceMoment], np.ndarray | float]:
    """A measure of the k-th path."""
    return lambda moment: measure(moment.stands[k])


def _map(surface: Surface, names: Sequence[str], start: Sequence[float]) -> PanelWithChannels:
    count = len(names)
    told = ", ".join(_("{name} at {{place_{k}}}").format(name=name, k=k) for k, name in enumerate(names))
    panel = FigurePanel(
        id="map",
        slot="main",
        kind="pick",
        title=_("From above"),
        figure=descent_map(surface.bounds, names, start=start, minima=surface.minima),
        alt=_("{label} from above after {{update:count}} steps: {told}.").format(
            label=surface.label, told=told
        ),
        surface={"still": _ground(surface), "shape": [SIDE, SIDE], "palette": "terrain"},
        square=True,
        bindings=[
            *(
                TraceBinding(k, {"x": ChannelRef(f"x_{k}", "trail"), "y": ChannelRef(f"y_{k}", "trail")})
                for k in range(count)
            ),
            *(
                TraceBinding(count + k, {"x": ChannelRef(f"x_{k}"), "y": ChannelRef(f"y_{k}")})
                for k in range(count)
            ),
            *(
                TraceBinding(
                    2 * count + k, {"x": ChannelRef(f"ahead_x_{k}"), "y": ChannelRef(f"ahead_y_{k}")}
                )
                for k in range(count)
            ),
            TraceBinding(3 * count, {"x": ChannelRef("downhill_x"), "y": ChannelRef("downhill_y")}),
        ],
        numbers=[legend(_("○ start · ★ minimum")), legend(_("click for another start"))],
        extras={"sets": "lab.start", "help": _("Arrows show directions; they are all drawn equally long.")},
    )
    size = ARROW * np.array([surface.bounds[1] - surface.bounds[0], surface.bounds[3] - surface.bounds[2]])
    measured = []
    for k in range(count):
        measured += [
            ChannelSource(Channel(f"x_{k}", "f8"), of(k, lambda stand: stand.position[0])),
            ChannelSource(Channel(f"y_{k}", "f8"), of(k, lambda stand: stand.position[1])),
            ChannelSource(Channel(f"place_{k}", "f8", (2,)), of(k, lambda stand: stand.position)),
            *_pair(f"ahead_{{}}_{k}", (2,), of(k, lambda stand: arrow(stand.position, stand.ahead, size))),
        ]
    measured += _pair("downhill_{}", (3 * count,), lambda moment: _downhill(moment, size))
    return PanelWithChannels(panel, measured)


def _pair(
    name: str, shape: tuple[int, ...], measure: Callable[[RaceMoment], np.ndarray]
) -> list[ChannelSource]:
    """Two channels, for x and y, of a measure (2, ...)."""
    return [
        ChannelSource(Channel(name.format(axis), "f4", shape), lambda moment, k=k: measure(moment)[k])
        for k, axis in enumerate("xy")
    ]


def arrow(position: np.ndarray, direction: np.ndarray, size: np.ndarray) -> np.ndarray:
    """(2, 2) the x and the y of both ends of an arrow that looks equally long whatever its direction. size:
    (2,) that length in both axes' units. Without a direction it has no length.
    """
    seen = direction / size
    length = np.hypot(*seen)
    end = position + (direction / length if length > 0.0 else 0.0)
    return np.stack([position, end], axis=1)


def _downhill(moment: RaceMoment, size: np.ndarray) -> np.ndarray:
    """(2, 3 K) the arrows against the gradient, with a gap after each."""
    ends = [arrow(stand.position, -stand.gradient, size) for stand in moment.stands]
    gap = np.full((2, 1), np.nan)
    return np.concatenate([part for end in ends for part in (end, gap)], axis=1)


def _ground(surface: Surface) -> str:
    return still(terrain(surface.height(surface.grid(SIDE)[2])))


def _space(surface: Surface, names: Sequence[str]) -> PanelWithChannels:
    x, y, values = surface.grid(SPACE_SIDE)
    heights = surface.height(values)
    lift = LIFT * float(np.ptp(heights))
    places = ", ".join(f"{name} {{gap_{k}}}" for k, name in enumerate(names))
    panel = SpacePanel(
        id="space",
        slot="side",
        title=_("In space"),
        alt=_("{label} as a landscape. After {{update:count}} steps, above the minimum: {places}.").format(
            label=surface.label, places=places
        ),
        x=x,
        y=y,
        heights=heights,
        axes=("x", "y", _("log(1 + f − lowest)")),
        palette="terrain",
        bands=BANDS,
        paths=[path_channels(k) for k in range(len(names))],
        numbers=[legend(_("drag to turn"))],
    )

    def height(stand: OptimizerState) -> float:
        """A hair above the ground; outside the drawn rectangle nothing."""
        return float(surface.height(stand.value)) + lift if surface.contains(stand.position) else np.nan

    return PanelWithChannels(panel, [height_channel(k, of(k, height)) for k in range(len(names))])


def _state(stand: OptimizerState) -> int:
    return 2 if stand.diverged else int(stand.reached >= 0)


def _cards(surface: Surface, racers: Sequence[Competitor], names: Sequence[str]) -> PanelWithChannels:
    cards, measured = [], []
    for k, (racer, name) in enumerate(zip(racers, names, strict=True)):
        cards.append(
            Card(
                title=f"{theme.RACE_MARKS[k]} {name}",
                role=f"run{k}",
                verdict=f"state_{k}",
                verdicts=STATES,
                lines=[
                    _("Rate **{lr:g}**").format(lr=racer.lr),
                    _("Above the minimum: **{{gap_{k}}}**").format(k=k),
                    _("Within {distance:g} after **{{reached_{k}:count}}** steps").format(distance=NEAR, k=k),
                    _("Path **{{length_{k}}}** long").format(k=k),
                ],
            )
        )
        measured += [
            ChannelSource(Channel(f"state_{k}", "u8"), of(k, _state)),
            ChannelSource(Channel(f"gap_{k}", "f8"), of(k, lambda stand: stand.value - surface.lowest)),
            ChannelSource(
                Channel(f"reached_{k}", "f8"), of(k, lambda s: s.reached if s.reached >= 0 else np.nan)
            ),
            ChannelSource(Channel(f"length_{k}", "f8"), of(k, lambda stand: stand.length)),
        ]
    return PanelWithChannels(CardsPanel("race", "wide", _("The race in numbers"), cards), measured)


def _memories(racers: Sequence[Competitor], names: Sequence[str]) -> PanelWithChannels:
    """What each remembers now: the numbers in its slots, and what they do to the next step."""
    cards, measured = [], []
    for k, (racer, name) in enumerate(zip(racers, names, strict=True)):
        lines = OPTIMIZERS[racer.optimizer].memory(settings_in_use(racer.optimizer, racer.options))
        slots = OPTIMIZERS[racer.optimizer](2).slots
        first = readings(racer.optimizer, LastStep(0, np.zeros(2), slots, slots), racer.options)
        for word in dict.fromkeys(NAMED.findall(" ".join(lines))):
            channel = Channel(f"{word}_{k}", "f8", np.shape(first[word]))
            measured.append(ChannelSource(channel, of(k, _reading(racer, word))))
        lines = [NAMED.sub(rf"{{\1_{k}", line) for line in lines]
        lines = [_("Gradient g for the next step: **{{slope_{k}}}**").format(k=k), *lines]
        cards.append(Card(f"{theme.RACE_MARKS[k]} {name}", f"run{k}", "", (), lines))
        measured.append(ChannelSource(Channel(f"slope_{k}", "f8", (2,)), of(k, lambda stand: stand.gradient)))
    return PanelWithChannels(
        CardsPanel("memory", "wide", _("What they remember now (x, y)"), cards), measured
    )


def _reading(racer: Competitor, word: str) -> Callable[[OptimizerState], np.ndarray | float]:
    return lambda stand: readings(racer.optimizer, stand.step, racer.options)[word]


def _gaps(surface: Surface, names: Sequence[str], steps: int) -> PanelWithChannels:
    panel = FigurePanel(
        id="gaps",
        slot="half",
        title=_("Height above the minimum"),
        figure=gaps(names, last=steps, x_title=_("step"), guide=NEAR),
        alt=_("Height above the minimum after {{update:count}} steps: {heights}.").format(
            heights=", ".join(f"{name} {{gap_{k}}}" for k, name in enumerate(names))
        ),
        bindings=[curve(k, f"drawn_gap_{k}") for k in range(len(names))],
        decades="yaxis",
        numbers=[legend(_("dotted: {distance:g}").format(distance=NEAR))],
    )
    measured = [
        ChannelSource(
            Channel(f"drawn_gap_{k}", "f8"),
            of(k, lambda stand: max(stand.value - surface.lowest, LEAST)),
        )
        for k in range(len(names))
    ]
    return PanelWithChannels(panel, measured)


LEAST = 1e-12  # the end of the logarithmic axis
