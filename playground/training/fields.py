"""The makers of a description's fields: each declares one setting, with all that is known of it."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, NotRequired, TypedDict, TypeVar, Unpack

from playground.training.settings import (
    BoolSetting,
    ChoiceSetting,
    FloatSetting,
    IntSetting,
    Setting,
    SubsetSetting,
    TextSetting,
)

Default = TypeVar("Default")


class Described(TypedDict):
    """What is said of any field."""

    label: str
    help: str
    key: str
    live: NotRequired[bool]
    scale: NotRequired[str]
    path: NotRequired[str]


def declare(setting: Setting) -> Any:  # the class says of what type the field is, as with `dataclasses.field`
    """A dataclass field that is described by `setting`."""
    return _declared(setting.default, setting)


def _declared(default: Default, setting: Setting) -> Default:
    return field(default=default, metadata={"setting": setting})


def integer(default: int, *, low: int, high: int, step: int = 1, **described: Unpack[Described]) -> int:
    """A whole-number field from low to high."""
    return _declared(default, IntSetting(default=default, low=low, high=high, step=step, **described))


def number(default: float, *, low: float, high: float, step: float, **described: Unpack[Described]) -> float:
    """A real-number field from low to high; `step` is how finely a control moves it."""
    return _declared(default, FloatSetting(default=default, low=low, high=high, step=step, **described))


def flag(default: bool, **described: Unpack[Described]) -> bool:
    """A yes-or-no field."""
    return _declared(default, BoolSetting(default=default, **described))


def choice(default: str, choices: Mapping[str, object], **described: Unpack[Described]) -> str:
    """A field that is one name of a registry or of a plain {name: label}."""
    return _declared(default, ChoiceSetting(default=default, choices=labels(choices), **described))


def subset(
    default: tuple[str, ...], choices: Mapping[str, object], **described: Unpack[Described]
) -> tuple[str, ...]:
    """A field that holds some names of a registry, in order."""
    return _declared(default, SubsetSetting(default=default, choices=labels(choices), **described))


def text(default: str, *, high: int, **described: Unpack[Described]) -> str:
    """A field that holds a line of at most `high` characters."""
    return _declared(default, TextSetting(default=default, high=high, **described))


def labels(registry: Mapping[str, object]) -> dict[str, str]:
    """{name: label} of a registry: the entry itself where it is text, else its `label`, else its name."""
    return {
        name: entry if isinstance(entry, str) else getattr(entry, "label", name.replace("_", " "))
        for name, entry in registry.items()
    }
