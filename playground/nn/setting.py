"""Setting: one named hyper-parameter, declared once for constructors, checks and menus."""

import math
from collections.abc import Mapping
from typing import NamedTuple


class Setting(NamedTuple):
    """A hyper-parameter's name on screen, what it does, its range (both ends included) and default."""

    label: str
    help: str
    low: float
    high: float
    default: float


def resolve(owner: str, settings: Mapping[str, Setting], given: Mapping[str, float]) -> dict[str, float]:
    """All settings by name: the given values, checked, and defaults for the others."""
    for name, value in given.items():
        if name not in settings:
            known = ", ".join(settings) or "none"
            raise ValueError(f"{owner}: setting {name!r} is unknown; it has {known}.")
        low, high = settings[name].low, settings[name].high
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not number or not low <= value <= high:
            raise ValueError(
                f"{owner}: {name} = {value!r} is not a number from {low:g} to {high:g}; choose one."
            )
    return {name: given.get(name, setting.default) for name, setting in settings.items()}
