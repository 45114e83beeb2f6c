"""What the topics of the lab on building blocks share: the tasks, the shape of a scene, small pictures."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from playground.figures import theme
from playground.figures.gradient_flow import small_boundary
from playground.figures.palettes import surface_palettes
from playground.panels.columns import metric, painted, small_surface
from playground.panels.panel_with_channels import PanelWithChannels, merge_channels
from playground.player.scene import ChannelSource, FigurePanel, Scene
from playground.text import _
from playground.training import Trainer

FLOOR = 1e-12  # the least that a logarithmic axis shows


Palettes = Callable[[theme.Mode], Mapping[str, Sequence[str]]]


def scene_of(
    clock: Sequence[ChannelSource],
    parts: Sequence[PanelWithChannels],
    *,
    columns: int,
    words: str,
    palettes: Palettes = lambda mode: {},
    said: str = "",
    rate: int = 30,
) -> Scene:
    """columns: how many panels stand side by side at the top. said: what the player's clock says."""
    return Scene(
        layout=f"blocks columns-{columns}",
        panels=[part.panel for part in parts],
        measured=[*clock, *merge_channels(parts)],
        themes={mode.name: theme.theme(mode, palettes(mode)) for mode in theme.MODES},
        words=words,
        clock=said,
        rate=rate,
    )


def surfaces(trainer: Trainer) -> Palettes:
    """The palettes of `boundary_part`."""
    classes = trainer.task.n_classes
    return lambda mode: {"surface": surface_palettes(mode, classes)["confidence"]}


def boundary_part(trainer: Trainer, k: int, title: str) -> PanelWithChannels:
    """What the k-th network makes of the plane, in small."""
    panel = FigurePanel(
        id=f"boundary-{k}",
        slot="top",
        title=title,
        figure=small_boundary(trainer.train_data, trainer.test_data),
        alt=_(
            "What the network {title} has learnt after {{epoch:count}} epochs: test loss {{test_loss_{k}}}."
        ).format(title=title, k=k),
        surface=painted(k),
        square=True,
        numbers=[{"label": _("test loss"), "text": f"{{test_loss_{k}}}", "role": f"run{k}"}],
    )
    return PanelWithChannels(panel, [small_surface(trainer, k), metric("test_loss", k)])


def shown(numbers: np.ndarray) -> list[float | None]:
    """Numbers of a logarithmic axis as JSON has them: what it cannot show is left out."""
    return [float(f"{number:.4g}") if number > FLOOR else None for number in numbers]
