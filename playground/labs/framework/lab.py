"""Lab: what a lab is made of. It is shown where `playground.ui.chrome.navigation` names its folder.

A lab adds no training loop and no player of its own: its settings become Experiments, which one Run trains on
one timeline, or a Film of what is worked out frame by frame; and a scene with the panels that answer its
question.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.labs.framework.settings import LabSettings
from playground.player.film import Film, Still
from playground.player.scene import FrameContext, Scene
from playground.text import _
from playground.training import Experiment, Trainer
from playground.training.description import refuse_clashes

if TYPE_CHECKING:
    from playground.labs.framework.session import LabSession


@dataclass(frozen=True)
class Lesson:
    """The text beside the picture, in Markdown with LaTeX between dollar signs. sources: title by address."""

    see: str
    try_this: str
    why: str
    sources: Mapping[str, str]


@dataclass(frozen=True)
class Task:
    """Something to achieve. done: whether a network has done it, from what is measured at a moment of the run
    or film.
    """

    id: str
    text: str
    hint: str
    done: Callable[[FrameContext | Still], bool]


@dataclass(frozen=True)
class Training:
    """Networks to be trained on one timeline, and what is shown of them. look: what the scene depends on
    besides the experiments; with another one, the same run is shown anew.
    """

    experiments: Sequence[Experiment]
    scene: Callable[[Sequence[Trainer]], Scene]
    look: object = None


@dataclass(frozen=True)
class Lab:
    """name: of its folder; keys begin with it. lesson: the text, or what it is for the present settings.
    base: what the networks share when the lab is opened. settings: everything else, with defaults; TypeError
    if one of its keys in a link is taken by the base. shows: what there is to see for these; ExperimentError
    if that cannot be had. A scene shows tasks with `panels.tasks_part`, and its `words` say where to look.
    controls: the widgets, on tabs by label. above: those above all tabs. top: those in a row above the
    picture.
    """

    name: str
    lesson: Lesson | Callable[[LabSettings], Lesson]
    base: Experiment
    settings: type[LabSettings]
    build: Callable[[Experiment, LabSettings], Training | Film]
    controls: Mapping[str, Callable[["LabSession"], None]] = field(default_factory=dict)
    above: Callable[["LabSession"], None] = lambda session: None
    top: Callable[["LabSession"], None] | None = None

    def __post_init__(self) -> None:
        refuse_clashes(_("The lab {name}").format(name=self.name), type(self.base), self.settings)
