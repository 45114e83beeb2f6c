"""Description: a run, or a choice of what to see, as a tree of settings that are declared once.

A description is a frozen dataclass. Its fields are settings, or sections with settings of their own; a
section that lies in it twice has a prefix for its keys in a link (see `Section`):

    @dataclass(frozen=True)
    class GanRun(Description):
        generator: Generator = field(default_factory=Generator)
        discriminator: Discriminator = field(default_factory=Discriminator)
        seed: int = integer(0, ...)

    run = GanRun().replace("generator.layers.0.units", 4)
    run.get("generator.layers.0.units")
    GanRun.from_query(run.to_query()) == GanRun.from_json(run.to_json()) == run

Two fields with the same key in a link are refused when the class is made.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self, TypeVar

from playground.text import _
from playground.training import links
from playground.training.lists import ListSetting
from playground.training.options import OptionsSetting
from playground.training.sections import Stopping
from playground.training.settings import (
    ExperimentError,
    Section,
    Setting,
    placed,
    sections_among,
    sections_of,
    settings_of,
    shown,
)


@dataclass(frozen=True)
class Description(Section):
    """versioned: whether its link says the version of its form; one that travels beside another that does
    needs none.
    """

    versioned: ClassVar[bool] = True

    def __init_subclass__(cls, **where: str | None) -> None:
        super().__init_subclass__(**where)
        refuse_clashes(cls.__name__, cls)

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, section in sections_of(type(self)).items():
            if not isinstance(getattr(self, name), section):
                raise ExperimentError(
                    _("{name} cannot be {value}: give a {kind}.").format(
                        name=name, value=shown(getattr(self, name)), kind=section.__name__
                    )
                )

    def fields(self) -> dict[str, Setting]:
        """{path: Setting} of all that can be set now: those that are always there and the present options,
        then those of the items of lists.
        """
        found: dict[str, Setting] = {}
        of_items: dict[str, Setting] = {}
        for section in self._sections():
            for name, setting in settings_of(type(section)).items():
                found[setting.path] = setting
                parts = setting.parts(getattr(section, name), section)
                into = of_items if isinstance(setting, ListSetting) else found
                into |= {part.path: part for part in parts.values()}
        return found | of_items

    def get(self, path: str) -> object:
        """The value at a path that `fields` knows."""
        section, name, rest = self._find(path)
        value = getattr(section, name)
        return settings_of(type(section))[name].part(value, rest, section) if rest else value

    def replace(self, path: str, value: object) -> Self:
        """A new description with one field changed, and with it what no longer fits. ExperimentError if it
        cannot be.
        """
        return dataclasses.replace(self, **self._changes(path, value))

    def _changes(self, path: str, value: object) -> dict[str, Any]:
        """The fields of this description that are other ones when the value at a path is."""
        section, name, rest = self._find(path)
        if rest:
            value = settings_of(type(section))[name].with_part(getattr(section, name), rest, value, section)
        changes = {**section.following(name, value), name: value}
        if section is self:
            return changes
        return {section.path.rpartition(".")[2]: dataclasses.replace(section, **changes)}

    def differences(self, other: Self) -> tuple[str, ...]:
        """The paths in which two descriptions differ, in the order of `fields`: of options and items, the
        parts that do; of a list whose items are others in number or kind, only its own path.
        """
        mine, theirs = self.fields(), other.fields()
        lists = {path: setting for path, setting in mine.items() if isinstance(setting, ListSetting)}
        rebuilt = [p for p, s in lists.items() if s.kinds_of(self.get(p)) != s.kinds_of(other.get(p))]
        inside = tuple(f"{path}." for path in rebuilt)
        split = [path for path, setting in mine.items() if isinstance(setting, ListSetting | OptionsSetting)]
        return tuple(
            path
            for path in mine
            if (path in rebuilt or not (path in split or path.startswith(inside)))
            and (path not in theirs or self.get(path) != other.get(path))
        )

    def to_query(self) -> dict[str, str]:
        """What a link holds: the fields that differ from the default, and then the form's version too."""
        query = links.write(self)
        return {"v": str(links.VERSION), **query} if query and self.versioned else query

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """The description of a link's keys and values; ExperimentError for anything it should not hold."""
        if not isinstance(query, Mapping):
            raise ExperimentError(
                _("A link cannot be {query}: give a mapping from keys to texts.").format(query=shown(query))
            )
        described, left = cls.take(query)
        for key in left:
            raise ExperimentError(
                _("The link's key {key} is unknown: remove it or correct its spelling.").format(
                    key=shown(key)
                )
            )
        return described

    @classmethod
    def take(cls, query: Mapping[str, str]) -> tuple[Self, dict[str, str]]:
        """The description in a link that may hold other things too, and what is left of the link."""
        left = dict(query)
        if left and cls.versioned:
            links.require_version(left.pop("v", str(links.VERSION)), str(links.VERSION), "link")
        return links.read(cls, left), left

    def to_json(self) -> str:
        """Every field, as JSON text: one object for each section."""
        return links.to_json(self)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The description of a JSON text; fields that are not in it have their default."""
        return links.from_json(cls, text)

    def _sections(self) -> tuple[Section, ...]:
        """Where settings lie: here, and in each section."""
        return (self, *(getattr(self, name) for name in sections_of(type(self))))

    def _find(self, path: str) -> tuple[Section, str, str]:
        """The section that a path leads to, its field there, and the rest of the path within its value."""
        for section in self._sections():
            for name, setting in settings_of(type(section)).items():
                if path == setting.path:
                    return section, name, ""
                if isinstance(path, str) and path.startswith(f"{setting.path}."):
                    rest = path[len(setting.path) + 1 :]
                    if rest in setting.parts(getattr(section, name), section):
                        return section, name, rest
        raise ExperimentError(f"There is no setting {shown(path)}: choose a path that fields() lists.")


class RunDescription(Protocol):
    """What a Trainer asks of a description of a run; see `Description` for the rest of it."""

    @property
    def stopping(self) -> Stopping: ...

    def fields(self) -> Mapping[str, Setting]: ...

    def differences(self, other: Self) -> tuple[str, ...]: ...

    def to_json(self) -> str: ...


Described = TypeVar("Described", bound=RunDescription)


def refuse_clashes(owner: str, *descriptions: type[Description]) -> None:
    """TypeError if two fields of descriptions that share a link have the same key in it; `owner` begins the
    sentence.
    """
    taken: dict[str, str] = {}
    for path, claim in (pair for each in descriptions for pair in _claims(each)):
        for other, place in taken.items():
            if claim == other or _covers(claim, other) or _covers(other, claim):
                key = max(claim, other, key=len).rstrip(".")
                raise TypeError(
                    f"{owner}: {place} and {path} cannot both have the key {key!r} in a link, so give one of "
                    "them another key, or its section a prefix."
                )
        taken[claim] = path


def _covers(claim: str, other: str) -> bool:
    return claim.endswith(".") and other.startswith(claim)


def _claims(description: type[Description]) -> list[tuple[str, str]]:
    """(path, what it claims of a link) of all fields, also while the dataclass is being made."""
    found: dict[str, dataclasses.Field[Any]] = {}
    for base in reversed(description.__mro__):
        found |= vars(base).get("__dataclass_fields__", {})
        found |= {name: value for name, value in vars(base).items() if isinstance(value, dataclasses.Field)}
    settings = [*placed(description, found).values()]
    for name, section in sections_among(found).items():
        path = f"{description.path}.{name}" if description.path else name
        if section.path != path:
            raise TypeError(
                f"{description.__name__}.{name} cannot be a {section.__name__}, which lies at "
                f"{section.path!r}: give it a subclass with path={path!r}."
            )
        settings += settings_of(section).values()
    version = [(_("its version"), "v")] if description.versioned else []
    return [*version, *((setting.path, setting.claims()) for setting in settings)]
