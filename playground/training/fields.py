"""The makers of a description's fields: each declares one setting, with all that is known of it."""

from collections.abc import Mapping
from dataclasses import field

from playground.training.settings import (
    BoolSetting,
    ChoiceSetting,
    FloatSetting,
    IntSetting,
    Setting,
    SubsetSetting,
    TextSetting,
)


def declare(setting: Setting):
    """A dataclass field that is described by `setting`."""
    return field(default=setting.default, metadata={"setting": setting})


def integer(default: int, *, low: int, high: int, **described):
    """A whole-number field from low to high."""
    return declare(
        IntSetting(default=default, low=low, high=high, step=described.pop("step", 1), **described)
    )


def number(default: float, *, low: float, high: float, step: float, **described):
    """A real-number field from low to high; `step` is how finely a control moves it."""
    return declare(FloatSetting(default=default, low=low, high=high, step=step, **described))


def flag(default: bool, **described):
    """A yes-or-no field."""
    return declare(BoolSetting(default=default, **described))


def choice(default: str, choices: Mapping[str, object], **described):
    """A field that is one name of a registry or of a plain {name: label}."""
    return declare(ChoiceSetting(default=default, choices=labels(choices), **described))


def subset(default: tuple[str, ...], choices: Mapping[str, object], **described):
    """A field that holds some names of a registry, in order."""
    return declare(SubsetSetting(default=default, choices=labels(choices), **described))


def text(default: str, *, high: int, **described):
    """A field that holds a line of at most `high` characters."""
    return declare(TextSetting(default=default, high=high, **described))


def labels(registry: Mapping[str, object]) -> dict[str, str]:
    """{name: label} of a registry: the entry itself where it is text, else its `label`, else its name."""
    return {
        name: entry if isinstance(entry, str) else getattr(entry, "label", name.replace("_", " "))
        for name, entry in registry.items()
    }
