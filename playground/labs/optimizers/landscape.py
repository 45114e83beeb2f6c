"""The landscape that a run has crossed, as a film: the run is trained first, then its path is drawn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from playground.figures.descent import descent_map, gaps
from playground.labs.optimizers.settings import Optimizers, weight_count
from playground.labs.optimizers.surfaces import LIFT, race_themes, still
from playground.limits import MAX_LANDSCAPE_UPDATES, MAX_LANDSCAPE_WEIGHTS
from playground.panels.cards import Card, CardsPanel
from playground.panels.panel_with_channels import PanelWithChannels
from playground.panels.surface3d import SpacePanel, height_channel, path_channels
from playground.player.film import Film, film_clock
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, Scene, TraceBinding, curve
from playground.probes.landscape import (
    Landscape,
    Trajectory,
    landscape,
    path_plane,
    random_plane,
    record,
)
from playground.probes.terrain import BANDS, SIDE, refined, terrain
from playground.text import _, percent
from playground.training import Experiment, ExperimentError, Frame, Trainer

FRAMES = 150
FRAMES_A_SECOND = 20
REACH = 1.0  # of a random plane: as far again as the weights are long
LEAST = 1e-8  # losses below are drawn as this
WORDS = {
    "path": _(
        "The two directions in which this run has moved most, out of all its weights. The loss is measured "
        "anew at every place of the map."
    ),
    "random": _(
        "Two random directions from the end of the run. In a space of so many weights, they see next to "
        "nothing of the way that led there."
    ),
}
AXES = {
    "path": (_("first principal component"), _("second")),
    "random": (_("random direction 1"), _("random direction 2")),
}


@dataclass(frozen=True)
class LandscapeFrame:
    """A frame of the run on its landscape."""

    index: int
    frame: Frame
    place: np.ndarray
    below: float
    off: float


def landscape_film(base: Experiment, settings: Optimizers, more: Sequence[PanelWithChannels]) -> Film:
    """more: parts that stand below."""
    entry = settings.learners[settings.path_of]
    trainer = Trainer(_bounded(settings.experiments(base)[settings.path_of], settings.epochs))
    updates = settings.epochs * trainer.updates_per_epoch
    way = record(trainer, updates=updates, every=max(1, updates // FRAMES))
    if settings.plane == "path":
        land = landscape(trainer, way, path_plane(way.params))
    else:
        land = landscape(trainer, way, random_plane(trainer.network, seed=base.seed), reach=REACH)
    names = [entry.label]
    parts = [
        _map(land, names, settings.plane),
        _space(land, settings.plane),
        _cards(land, trainer, settings),
        _losses(way, names),
        *more,
    ]
    scene = Scene(
        layout="lab race columns-3",
        panels=[part.panel for part in parts],
        measured=[*film_clock(), *(each for part in parts for each in part.measured)],
        themes=race_themes(),
        words=WORDS[settings.plane],
        clock=_("Update {ran:count}"),
        rate=FRAMES_A_SECOND,
    )
    end = (
        _("The run is over: play its path again.")
        if trainer.stopped is None
        else _("{reason} The run is over: play its path again.").format(reason=trainer.stopped.reason)
    )
    return Film(scene, _moments(way, land), end=end)


def _bounded(experiment: Experiment, epochs: int) -> Experiment:
    """The experiment, if its landscape is not too much for one visitor."""
    weights = weight_count(experiment)
    if weights > MAX_LANDSCAPE_WEIGHTS:
        raise ExperimentError(
            _(
                "The network cannot have {weights:,} weights for its landscape: make it smaller, with "
                "{most:,} at most."
            ).format(weights=weights, most=MAX_LANDSCAPE_WEIGHTS)
        )
    points = experiment.data.n * experiment.data.train_share
    if (updates := epochs * -(-points // experiment.batch_size)) > MAX_LANDSCAPE_UPDATES:
        raise ExperimentError(
            _(
                "The run cannot have {updates:,.0f} updates for its landscape: choose fewer epochs or a "
                "larger batch, with {most:,} updates at most."
            ).format(updates=updates, most=MAX_LANDSCAPE_UPDATES)
        )
    return experiment


def _moments(way: Trajectory, land: Landscape) -> Iterator[LandscapeFrame]:
    for index, frame in enumerate(way.frames):
        yield LandscapeFrame(index, frame, land.path[index], float(land.below[index]), float(land.off[index]))


def _heights(losses: np.ndarray) -> np.ndarray:
    """Powers of ten; what is not finite is as high as the highest that is."""
    finite = losses[np.isfinite(losses)]
    return np.log10(np.clip(np.where(np.isfinite(losses), losses, finite.max()), LEAST, None))


def _map(land: Landscape, names: Sequence[str], plane: str) -> PanelWithChannels:
    bounds = [float(each) for each in (land.x[0], land.x[-1], land.y[0], land.y[-1])]
    figure = descent_map(bounds, names, start=land.path[0], minima=[(0.0, 0.0)], axes=AXES[plane])
    panel = FigurePanel(
        id="map",
        slot="main",
        title=_("From above"),
        figure=figure,
        alt=_("The path of the run on its landscape, at {place_0} after {ran:count} updates: loss {loss}."),
        surface={
            "still": still(terrain(refined(_heights(land.losses)))),
            "shape": [SIDE, SIDE],
            "palette": "terrain",
        },
        square=True,
        bindings=[
            TraceBinding(0, {"x": ChannelRef("x_0", "trail"), "y": ChannelRef("y_0", "trail")}),
            TraceBinding(1, {"x": ChannelRef("x_0"), "y": ChannelRef("y_0")}),
        ],
        numbers=[{"label": _("○ start · ★ end of the run"), "text": "", "role": "plain"}],
    )
    measured = [
        ChannelSource(Channel("x_0", "f8"), lambda moment: moment.place[0]),
        ChannelSource(Channel("y_0", "f8"), lambda moment: moment.place[1]),
        ChannelSource(Channel("place_0", "f8", (2,)), lambda moment: moment.place),
    ]
    return PanelWithChannels(panel, measured)


def _space(land: Landscape, plane: str) -> PanelWithChannels:
    heights = _heights(land.losses)
    lift = LIFT * float(np.ptp(heights))
    x, y = AXES[plane]
    panel = SpacePanel(
        id="space",
        slot="side",
        title=_("In space"),
        alt=_(
            "The loss landscape in space, over {x} and {y}; where the run is, the loss is {{below}}."
        ).format(x=x, y=y),
        x=land.x,
        y=land.y,
        heights=heights,
        axes=("1", "2", _("log₁₀ loss")),
        palette="terrain",
        bands=BANDS,
        paths=[path_channels(0)],
        numbers=[{"label": _("drag to turn"), "text": "", "role": "plain"}],
    )
    return PanelWithChannels(
        panel, [height_channel(0, lambda moment: np.log10(max(moment.below, LEAST)) + lift)]
    )


def _cards(land: Landscape, trainer: Trainer, settings: Optimizers) -> PanelWithChannels:
    experiment = trainer.experiment
    if settings.plane == "path":
        shares = [percent(share, 1).replace("%", "\u00a0%") for share in land.plane.explained]
        plane = [
            _("Across: **{share}** of the path's variance").format(share=shares[0]),
            _("Up: **{share}**").format(share=shares[1]),
            _("The other {n} directions: the rest").format(n=land.plane.origin.size - 2),
        ]
    else:
        plane = [
            _("Each unit's incoming weights in a direction are as long as the trained ones."),
            _("Biases and normalisation stay as they are."),
        ]
    numbers = [
        _("Training loss **{loss}**"),
        _("On the plane below: **{below}**"),
        _("Away from the plane: **{off}**"),
    ]
    label, rate = settings.learners[settings.path_of].label, experiment.optimizer.lr
    cards = [
        Card(_("{label}, rate {rate:g}").format(label=label, rate=rate), "run0", "", (), numbers),
        Card(_("The plane"), "", "", (), plane),
        Card(
            _("How it is measured"),
            "",
            "",
            (),
            [
                _(
                    "On all {n} training points, without dropout; batch norm keeps the statistics of the "
                    "run's end."
                ).format(n=len(trainer.train_data)),
                _("Colours and heights: log₁₀ of the loss."),
            ],
        ),
    ]
    measured = [
        ChannelSource(Channel("ran", "i4"), lambda moment: moment.frame.update),
        ChannelSource(Channel("loss", "f8"), _loss),
        ChannelSource(Channel("below", "f8"), lambda moment: moment.below),
        ChannelSource(Channel("off", "f8"), lambda moment: moment.off),
    ]
    return PanelWithChannels(CardsPanel("land", "wide", _("In numbers"), cards), measured)


def _loss(moment: LandscapeFrame) -> float:
    return moment.frame.metrics["train_loss"]


def _losses(way: Trajectory, names: Sequence[str]) -> PanelWithChannels:
    """The loss of the run itself, and on the plane below it."""
    panel = FigurePanel(
        id="gaps",
        slot="half",
        title=_("Training loss"),
        figure=gaps([*names, _("on the plane")], last=len(way.frames) - 1, x_title=_("frame")),
        alt=_("Training loss {loss}, on the plane below {below}."),
        bindings=[curve(0, "drawn_loss"), curve(1, "drawn_below")],
        decades="yaxis",
        numbers=[{"label": _("dashed: on the plane below"), "text": "", "role": "plain"}],
    )

    def at_least(measure: Callable[[LandscapeFrame], float]) -> Callable[[LandscapeFrame], float]:
        return lambda moment: max(measure(moment), LEAST)

    measured = [
        ChannelSource(Channel("drawn_loss", "f8"), at_least(_loss)),
        ChannelSource(Channel("drawn_below", "f8"), at_least(lambda moment: moment.below)),
    ]
    return PanelWithChannels(panel, measured)
