"""The scene of the main page: boundary and network of one run, and the panels its visitor has chosen."""

from collections.abc import Sequence
from dataclasses import replace

from playground.figures import theme
from playground.figures.palettes import surface_palettes
from playground.panels.boundary import boundary_part
from playground.panels.library import LIBRARY
from playground.panels.network import network_part
from playground.panels.panel_with_channels import PanelWithChannels, merge_channels
from playground.panels.progress import clock
from playground.player.scene import Scene
from playground.training import Trainer
from playground.ui.main_page.advice_words import advise, preset_words
from playground.ui.main_page.exports import EXPORTS
from playground.ui.main_page.view import View

BESIDE = 3  # so many panels stand beside the boundary, the others below


def playground_scene(trainers: Sequence[Trainer], view: View) -> Scene:
    """Everything the main page shows of a run."""
    (trainer,) = trainers
    parts = [boundary_part(trainer), network_part(trainer), *chosen_parts(trainer, view)]
    return Scene(
        layout="playground",
        panels=[part.panel for part in parts],
        measured=[*clock(trainer), *merge_channels(parts)],
        themes={mode.name: _theme(mode, trainer.task.n_classes) for mode in theme.MODES},
        view=view.plain(),
        exports={name: export.label for name, export in EXPORTS.items()},
        words=preset_words(trainer.experiment),
        advise=advise,
    )


def chosen_parts(trainer: Trainer, view: View) -> list[PanelWithChannels]:
    """The panels of a view that make sense for this run, each in its slot."""
    parts = [LIBRARY[name].part(trainer) for name in view.panels if LIBRARY[name].fits(trainer)]
    return [
        part._replace(panel=replace(part.panel, slot="side" if k < BESIDE else "below"))
        for k, part in enumerate(parts)
    ]


def _theme(mode: theme.Mode, n_classes: int) -> dict:
    surfaces = {f"surface-{name}": colors for name, colors in surface_palettes(mode, n_classes).items()}
    return theme.theme(mode, {"diverging": theme.diverging(mode), **surfaces})
