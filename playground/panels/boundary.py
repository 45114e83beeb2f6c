"""The decision boundary: surface, points, and marks on them."""

import numpy as np

from playground.figures.boundary import boundary
from playground.figures.palettes import SURFACE_VIEWS
from playground.figures.theme import CLASS_LEVELS, MAP_LEVELS
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, FigurePanel
from playground.probes.grid import SURFACE_SIDE
from playground.probes.points import batch_points, mistakes
from playground.text import _
from playground.training import Trainer

POINTS = {"both": _("All points"), "training": _("Training"), "test": _("Test"), "none": _("No points")}
LEGEND = [{"label": _("● training  ○ test"), "text": "", "role": "plain"}]
SURFACE = ChannelSource(
    Channel("surface", "u8", (SURFACE_SIDE, SURFACE_SIDE)),
    lambda moment: moment.grid.surface(MAP_LEVELS, CLASS_LEVELS),
)


def boundary_part(trainer: Trainer) -> PanelWithChannels:
    """The main picture."""
    classification = trainer.task.kind == "classification"
    train, test = trainer.train_data, trainer.test_data
    wrong = ChannelSource(
        Channel("mistakes", "u8", (len(train) + len(test),)), lambda moment: mistakes(moment.trainer)
    )
    used = ChannelSource(
        Channel("batch_points", "u8", (len(train),)), lambda moment: batch_points(moment.trainer)
    )
    places = np.concatenate([train.x, test.x]).round(3)
    surfaces = SURFACE_VIEWS if classification else {"confidence": _("Value")}
    panel = FigurePanel(
        kind="boundary",
        id="boundary",
        slot="main",
        title=_("Decision boundary") if classification else _("Predicted value"),
        figure=boundary(train, test, labels=trainer.experiment.data.labels),
        alt=_words(classification),
        surface={
            "channel": "surface",
            "shape": [SURFACE_SIDE, SURFACE_SIDE],
            "palette": "surface-confidence",
        },
        square=True,
        numbers=LEGEND,
        extras={
            "palette": "",
            "points": {
                "x": places[:, 0].tolist(),
                "y": places[:, 1].tolist(),
                "sets": ["training"] * len(train) + ["test"] * len(test),
            },
            "mistakes": "mistakes" if classification else "",
            "batch": "batch_points",
            "choices": {"surfaces": list(surfaces.items()), "pointSets": list(POINTS.items())},
        },
    )
    return PanelWithChannels(panel, [SURFACE, used, *([wrong] if classification else [])])


def _words(classification: bool) -> str:
    if classification:
        return _(
            "Decision boundary after {epoch:count} epochs: {test_accuracy:percent} of the test points are on "
            "the right side."
        )
    return _("Predicted values after {epoch:count} epochs: the test loss is {test_loss}.")
