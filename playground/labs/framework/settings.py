"""LabSettings: what a lab can be told besides the Experiment that its networks share. It travels in the link
beside that Experiment.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Self

from playground.training import Setting
from playground.training.settings import Section, settings_of


class LabSettings(Section, path="lab"):
    """A frozen dataclass of declared settings; a lab inherits from it with `path="lab"`. Paths that go deeper
    than a field are for a subclass to know.
    """

    def fields(self) -> dict[str, Setting]:
        """{path: Setting} of all that can be set now."""
        return {setting.path: setting for setting in settings_of(type(self)).values()}

    def get(self, path: str) -> object:
        return getattr(self, path.removeprefix("lab."))

    def replace(self, path: str, value: object) -> Self:
        """The settings with one of them changed; ExperimentError if it cannot be."""
        return replace(self, **{path.removeprefix("lab."): value})

    def to_query(self) -> dict[str, str]:
        """What differs from the default."""
        settings = settings_of(type(self))
        values = {name: getattr(self, name) for name in settings}
        return {s.key: s.write(values[n]) for n, s in settings.items() if values[n] != s.default}

    @classmethod
    def take(cls, query: Mapping[str, str]) -> tuple[Self, dict[str, str]]:
        """The settings in a link, and what is left of the link. ExperimentError as for an Experiment."""
        known = {setting.key: (name, setting) for name, setting in settings_of(cls).items()}
        values = {known[key][0]: known[key][1].parse(text) for key, text in query.items() if key in known}
        return cls(**values), {key: text for key, text in query.items() if key not in known}
