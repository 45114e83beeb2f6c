"""Entries: the optimizers that take part in the lab on optimizers, and the place where they start. In a link
they are `sgd-0.03~adam-0.1-beta1:0.8`, or a name alone for its usual rate, and `1.5~-0.5`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from numbers import Real

from playground.nn import OPTIMIZERS
from playground.training import Setting
from playground.training.options import Options, OptionsSetting
from playground.training.sections import Optimizer
from playground.training.settings import declare, settings_of

USUAL = None  # a rate that stands for the optimizer's usual one
OPTIONS: OptionsSetting = settings_of(Optimizer)["options"]
_RATE = settings_of(Optimizer)["lr"]
RATES = {"racers": replace(_RATE, high=100.0), "learners": _RATE}  # Adadelta needs large ones on a surface


@dataclass(frozen=True)
class Entry:
    """An optimizer that takes part. lr: USUAL for its usual rate where it runs."""

    name: str = "sgd"
    lr: float | None = USUAL
    options: Mapping[str, float] = field(default_factory=Options)

    @property
    def label(self) -> str:
        return OPTIMIZERS[self.name].label


NUMBER = r"[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?"
OPTION = rf"-([a-z0-9_]+):({NUMBER})"
FORM = re.compile(rf"(?P<name>[a-z0-9_]+)(?:-(?P<lr>{NUMBER}))?(?P<options>(?:{OPTION})*)")


class EntriesSetting(Setting):
    """One to `high` optimizers, joined by ~ in a link."""

    kind = "entries"

    def check(self, value, owner=None):
        if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
            entries = tuple(value)
            if 1 <= len(entries) <= self.high and all(isinstance(entry, Entry) for entry in entries):
                return tuple(self._checked(entry) for entry in entries)
        raise self.error(value, f"give 1 to {self.high} optimizers such as sgd-0.03 or adam")

    def _checked(self, entry: Entry) -> Entry:
        if not isinstance(entry.name, str) or entry.name not in OPTIMIZERS:
            raise self.error(entry.name, f"choose from {', '.join(OPTIMIZERS)}")
        lr = USUAL if entry.lr is USUAL else RATES[self.key].check(entry.lr)
        return Entry(entry.name, lr, OPTIONS.check(entry.options, entry))

    def write(self, value):
        return "~".join(_write(entry) for entry in value)

    def read(self, text):
        forms = [FORM.fullmatch(part) for part in text.split("~")]
        return tuple(_read(form) for form in forms) if all(forms) else text


def _write(entry: Entry) -> str:
    rate = "" if entry.lr is USUAL else f"-{_RATE.write(entry.lr)}"
    return entry.name + rate + "".join(f"-{name}:{float(value)!r}" for name, value in entry.options.items())


def _read(form: re.Match) -> Entry:
    options = {name: float(value) for name, value in re.findall(OPTION, form["options"])}
    return Entry(form["name"], float(form["lr"]) if form["lr"] else USUAL, options)


class PlaceSetting(Setting):
    """A place of the plane, x~y in a link; () for the surface's own start."""

    kind = "place"

    def check(self, value, owner=None):
        if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
            place = tuple(value)
            numbers = all(isinstance(each, Real) and not isinstance(each, bool) for each in place)
            if numbers and len(place) in (0, 2) and all(abs(each) < 1e6 for each in place):
                return tuple(round(float(each), 4) + 0.0 for each in place)
        raise self.error(value, "give two numbers such as 1.5~-0.5")

    def write(self, value):
        return "~".join(f"{each:g}" for each in value)

    def read(self, text):
        try:
            return tuple(float(part) for part in text.split("~"))
        except ValueError:
            return text


def entries(default: Iterable[str], high: int, **described):
    """A field that holds 1 to `high` optimizers."""
    named = tuple(Entry(name) for name in default)
    return declare(EntriesSetting(default=named, low=1, high=high, **described))
