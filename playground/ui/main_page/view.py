"""View: what a visitor chose to see of a run. It travels in the link beside the Experiment and changes no
number.
"""

from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase

from playground.figures.palettes import SURFACE_VIEWS
from playground.panels.boundary import POINTS
from playground.panels.library import LIBRARY
from playground.panels.network import EDGES
from playground.text import _
from playground.training.description import Description
from playground.training.fields import choice, declare, flag, subset
from playground.training.settings import ExperimentError, SubsetSetting
from playground.training.tf_links import HIDABLE, TfPlaygroundView

HIDDEN = {
    "playButton": _("Play"),
    "stepButton": _("Step"),
    "resetButton": _("Reset"),
    "dataset": _("Dataset"),
    "noise": _("Noise"),
    "percTrainData": _("Training share"),
    "numHiddenLayers": _("Hidden layers"),
    "activation": _("Activation"),
    "learningRate": _("Learning rate"),
    "batchSize": _("Batch size"),
    "regularization": _("Regularisation"),
    "showTestData": _("Points shown"),
    "discretize": _("Surface"),
}
"""What a lesson may hide, by the names that TensorFlow Playground's links give it."""


class HiddenSetting(SubsetSetting):
    """Any of the choices, or none."""

    def check(self, value, owner=None):
        return () if isinstance(value, list | tuple) and not value else super().check(value, owner)

    def write(self, value):
        return super().write(value) or "none"

    def read(self, text):
        return () if text == "none" else super().read(text)


@dataclass(frozen=True)
class View(Description, path="view"):
    """Everything on the main page that only looks different."""

    versioned = False

    panels: tuple[str, ...] = subset(
        ("loss", "accuracy", "gradients"),
        LIBRARY,
        label=_("Panels"),
        key="panels",
        help=_("What is drawn beside and below the boundary."),
    )
    surface: str = choice(
        "confidence",
        SURFACE_VIEWS,
        label=_("Surface"),
        key="surface",
        help=_("Colour the plane by how sure the network is, by the class alone, or by its doubt."),
    )
    points: str = choice(
        "both",
        POINTS,
        label=_("Points shown"),
        key="points",
        help=_("Which points lie on the boundary."),
    )
    mistakes: bool = flag(
        False,
        label=_("Mistakes"),
        key="mistakes",
        help=_("Mark the points that the network gets wrong now."),
    )
    edges: str = choice(
        "weights",
        EDGES,
        label=_("Edges"),
        key="edges",
        help=_(
            "Draw the weights, or the gradients of the training loss with respect to them at this moment."
        ),
    )

    hide: tuple[str, ...] = declare(
        HiddenSetting(
            default=(),
            choices=HIDDEN,
            label=_("Hidden controls"),
            key="hide",
            help=_("What a lesson leaves out, so that nobody is led astray. It is in the link."),
        )
    )

    def hides(self, path: str) -> bool:
        """Whether a setting, by its path, or a part such as "player.play" is not to be seen."""
        return any(fnmatchcase(path, pattern) for name in self.hide for pattern in HIDABLE[name])

    @classmethod
    def from_tf_playground(cls, link: TfPlaygroundView) -> "View":
        """How a link of TensorFlow Playground wants its run shown."""
        hidden = tuple(name for name in HIDDEN if any(path in link.hidden for path in HIDABLE[name]))
        return cls(
            surface="classes" if link.discretize else "confidence",
            points="both" if link.show_test_data else "training",
            hide=hidden,
        )

    def with_choice(self, name: object, value: object) -> "View":
        """This view with one field as the player sends it; unchanged if that makes no sense."""
        if name not in {field.name for field in fields(self)}:
            return self
        try:
            return replace(self, **{name: value})
        except ExperimentError:
            return self

    def plain(self) -> dict:
        return {field.name: getattr(self, field.name) for field in fields(self)}
