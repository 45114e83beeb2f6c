"""The field machinery: each setting of an Experiment is declared once, and everything else derives from it.

A section of an Experiment is a frozen dataclass that inherits from `Section`; its fields are made by
the functions of `fields`, such as `integer` (or hold any other `Setting`). A `Setting` knows
the field's label, help, default, bounds or choices, its key in a link and whether it may change while a run
is under way. It can

- `check(value, owner) -> value`: the value in its plain Python form, or an ExperimentError;
- `write(value) -> str` and `parse(text, owner) -> value`: the form in a link, exact both ways.

`owner` is the section the value belongs to: what an optimizer's options may be depends on the optimizer's
name. A value may have parts with settings of their own: an option, a field of a layer in a list.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from numbers import Integral, Real
from typing import Any, ClassVar

from playground.limits import MAX_LINK_VALUE, MAX_SHOWN
from playground.text import _

Value = Any
"""What a setting's `check` has returned: each class of settings says of what type its own values are."""


class ExperimentError(ValueError):
    """A setting that cannot be: one sentence naming the field, the value and the remedy."""


def shown(value: object) -> str:
    """A value as an error message repeats it: its repr, cut to a readable length."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # whole numbers of thousands of digits, endlessly nested lists
        text = _("a {name} too large to show").format(name=type(value).__name__)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is known about one field. `low`, `high`, `step` are for numbers, `choices` (name: label) for
    menus."""

    kind: ClassVar[str]
    pattern: ClassVar[str] = ""  # how its value looks in the form of a list's item; "": it cannot stand there
    follows: ClassVar[str] = ""  # the field that, when it changes, sends this one back to its default

    default: object
    label: str
    help: str
    key: str
    live: bool = False
    path: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    scale: str = "linear"
    choices: Mapping[str, str] = field(default_factory=dict)

    def error(self, value: object, remedy: str) -> ExperimentError:
        """The error for a value: `remedy` says what is allowed or what to do, without a full stop."""
        name = self.path if self.key in self.path else f"{self.path} ({self.key})"
        return ExperimentError(
            _("{name} cannot be {value}: {remedy}.").format(name=name, value=shown(value), remedy=remedy)
        )

    def check(self, value: object, owner: object = None) -> Value:
        raise NotImplementedError

    def write(self, value: Value) -> str:
        return str(value)

    def parse(self, text: object, owner: object = None) -> Value:
        """The value that a link's text stands for, checked."""
        if not isinstance(text, str):
            raise self.error(text, _("a link holds text only"))
        if len(text) > MAX_LINK_VALUE:
            raise self.error(
                text,
                _("a value in a link has at most {most} characters").format(most=MAX_LINK_VALUE),
            )
        return self.check(self.read(text), owner)

    def read(self, text: str) -> object:
        """The unchecked value of a text; text that has no such form stays text, and fails the check."""
        return text

    def to_plain(self, value: Value) -> object:
        """The form of a value in JSON."""
        return value

    def from_plain(self, value: object) -> object:
        """The unchecked value of what JSON holds."""
        return value

    def claims(self) -> str:
        """What of a link is this setting's alone: its key, or all keys that begin with a text that ends in
        a dot.
        """
        return self.key

    def parts(self, value: Value, owner: object = None) -> Mapping[str, "Setting"]:
        """The settings of what lies within a value, by the rest of their paths: "beta1", "0.units"."""
        return {}

    def part(self, value: Value, rest: str, owner: object = None) -> Value:
        """The value of one of the `parts`."""
        raise NotImplementedError

    def with_part(self, value: Value, rest: str, new: object, owner: object = None) -> Value:
        """The value with one of its `parts` changed."""
        raise NotImplementedError


class IntSetting(Setting):
    kind = "int"
    pattern = "[0-9]{1,9}"

    low: float
    high: float

    def check(self, value: object, owner: object = None) -> int:
        if (
            isinstance(value, Integral)
            and not isinstance(value, bool)
            and self.low <= int(value) <= self.high
        ):
            return int(value)
        raise self.error(
            value, _("choose a whole number from {low} to {high}").format(low=self.low, high=self.high)
        )

    def read(self, text: str) -> int | str:
        return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else text


class FloatSetting(Setting):
    kind = "float"
    pattern = "[0-9.e-]+"

    default: float
    low: float
    high: float

    def check(self, value: object, owner: object = None) -> float:
        if isinstance(value, Real) and not isinstance(value, bool) and self._holds(value):
            return float(value) + 0.0  # -0.0 becomes 0.0
        raise self.error(
            value, _("choose a number from {low:g} to {high:g}").format(low=self.low, high=self.high)
        )

    def _holds(self, value: Real) -> bool:
        return bool(value <= self.high) and not value < self.low  # NaN is not even at most `high`

    def write(self, value: float) -> str:
        return repr(int(value)) if value.is_integer() else repr(value)

    def read(self, text: str) -> float | str:
        if not re.fullmatch(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text):
            return text
        value = float(text)
        return value if math.isfinite(value) else text


class BoolSetting(Setting):
    kind = "bool"

    def check(self, value: object, owner: object = None) -> bool:
        if isinstance(value, bool):
            return value
        raise self.error(value, _("choose true or false"))

    def write(self, value: bool) -> str:
        return "true" if value else "false"

    def read(self, text: str) -> bool | str:
        return {"true": True, "false": False}.get(text, text)


class ChoiceSetting(Setting):
    kind = "choice"
    pattern = "[a-z0-9_]+"

    def check(self, value: object, owner: object = None) -> str:
        if isinstance(value, str) and value in self.choices:
            return str(value)
        raise self.error(value, _("choose one of {choices}").format(choices=", ".join(self.choices)))


class SubsetSetting(Setting):
    """Some of the choices, at least one, each once, in an order of the visitor's own."""

    kind = "subset"

    def check(self, value: object, owner: object = None) -> tuple[str, ...]:
        if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
            names = tuple(value)
            known = all(isinstance(name, str) and name in self.choices for name in names)
            if names and known and len(set(names)) == len(names):
                return names
        raise self.error(
            value, _("choose at least one, each once, from {choices}").format(choices=", ".join(self.choices))
        )

    def write(self, value: tuple[str, ...]) -> str:
        return "~".join(value)

    def read(self, text: str) -> tuple[str, ...]:
        return tuple(text.split("~"))


class TextSetting(Setting):
    """A short line of text, of 1 to `high` printable characters."""

    kind = "text"

    high: float

    def check(self, value: object, owner: object = None) -> str:
        if isinstance(value, str) and 1 <= len(value) <= self.high and value.isprintable():
            return str(value)
        raise self.error(value, _("give 1 to {high} printable characters").format(high=self.high))


@dataclass(frozen=True)
class Section:
    """A frozen dataclass whose fields are Settings: checks and normalises every field when it is built.

    A subclass says where it lies: `class Data(Section, path="data")`. Where one class describes two things,
    each has a subclass, whose keys in a link begin with its prefix:
    `class Generator(Network, path="generator", prefix="g_")` has g_layers. form: how a link writes one of
    them in a list (see `lists`).
    """

    path: ClassVar[str] = ""
    prefix: ClassVar[str] = ""
    form: ClassVar[str] = ""

    def __init_subclass__(
        cls, *, path: str | None = None, prefix: str | None = None, form: str | None = None
    ) -> None:
        super().__init_subclass__()
        for name, given in (("path", path), ("prefix", prefix), ("form", form)):
            if given is not None:
                setattr(cls, name, given)

    def __post_init__(self) -> None:
        for name, setting in settings_of(type(self)).items():
            object.__setattr__(self, name, setting.check(getattr(self, name), self))

    def following(self, name: str, value: object) -> dict[str, object]:
        """The other fields that change when one does: those that follow it go back to their defaults."""
        settings = settings_of(type(self))
        return {other: setting.default for other, setting in settings.items() if setting.follows == name}


_SETTINGS: dict[type[Section], dict[str, Setting]] = {}
_SECTIONS: dict[type[Section], dict[str, type[Section]]] = {}


def settings_of(section: type[Section]) -> dict[str, Setting]:
    """The Settings that a section declares, by field name, each with its full path. (Do not modify.)"""
    if section not in _SETTINGS:
        _SETTINGS[section] = placed(section, {f.name: f for f in fields(section)})
    return _SETTINGS[section]


def sections_of(section: type[Section]) -> dict[str, type[Section]]:
    """{name: class} of the fields that are sections themselves. (Do not modify.)"""
    if section not in _SECTIONS:
        _SECTIONS[section] = sections_among({f.name: f for f in fields(section)})
    return _SECTIONS[section]


def placed(section: type[Section], declared: Mapping[str, Field[Any]]) -> dict[str, Setting]:
    """The Settings among dataclass fields, as the fields of a section."""
    return {
        name: replace(f.metadata["setting"], path=path, key=section.prefix + f.metadata["setting"].key)
        for name, f in declared.items()
        if "setting" in f.metadata
        for path in [f"{section.path}.{name}" if section.path else name]
    }


def sections_among(declared: Mapping[str, Field[Any]]) -> dict[str, type[Section]]:
    """{name: class} of those dataclass fields that are sections."""
    made: dict[str, object] = {name: f.default_factory for name, f in declared.items()}
    return {name: kind for name, kind in made.items() if isinstance(kind, type) and issubclass(kind, Section)}
