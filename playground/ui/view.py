"""View: what a visitor chose to see of a run. It travels in the link beside the Experiment and changes no
number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from playground.figures.palettes import SURFACE_VIEWS
from playground.training.settings import ExperimentError, Section, choice, flag, settings_of, subset
from playground.ui.parts.boundary import POINTS
from playground.ui.parts.library import LIBRARY

EDGES = {"weights": "Weights", "gradients": "Gradients"}


@dataclass(frozen=True)
class View(Section, path="view"):
    """Everything on the main page that only looks different."""

    panels: tuple[str, ...] = subset(
        ("loss", "accuracy", "gradients"),
        LIBRARY,
        label="Panels",
        key="panels",
        help="What is drawn beside and below the boundary.",
    )
    surface: str = choice(
        "confidence",
        SURFACE_VIEWS,
        label="Surface",
        key="surface",
        help="Colour the plane by how sure the network is, by the class alone, or by its doubt.",
    )
    points: str = choice(
        "both",
        POINTS,
        label="Points shown",
        key="points",
        help="Which points lie on the boundary.",
    )
    mistakes: bool = flag(
        False,
        label="Mistakes",
        key="mistakes",
        help="Mark the points that the network gets wrong now.",
    )
    edges: str = choice(
        "weights",
        EDGES,
        label="Edges",
        key="edges",
        help="Draw the weights, or the gradients that training last measured for them.",
    )

    @classmethod
    def take(cls, query: Mapping[str, str]) -> tuple["View", dict[str, str]]:
        """The view in a link, and what is left of the link. ExperimentError as for an Experiment."""
        settings = {setting.key: (name, setting) for name, setting in settings_of(cls).items()}
        values = {settings[k][0]: settings[k][1].parse(text) for k, text in query.items() if k in settings}
        return cls(**values), {key: text for key, text in query.items() if key not in settings}

    def to_query(self) -> dict[str, str]:
        """What differs from the default."""
        settings = settings_of(View)
        values = {name: getattr(self, name) for name in settings}
        return {s.key: s.write(values[n]) for n, s in settings.items() if values[n] != s.default}

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
