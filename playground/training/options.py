"""Options: the hyper-parameters that belong to one named thing, such as Adam's beta1.

The registries declare them (`settings` of an optimizer or schedule); this module makes them fields like any
other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Unpack

from playground import nn
from playground.text import _
from playground.training.fields import Described, declare
from playground.training.settings import FloatSetting, Setting


class Options(Mapping[str, float]):
    """An immutable mapping that can be compared, hashed and pickled: {name: value}, sorted by name."""

    def __init__(self, values: Mapping[str, float] | tuple[()] = ()) -> None:
        self._values: dict[str, float] = dict(sorted(dict(values).items()))

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))

    def __repr__(self) -> str:
        return repr(self._values)


class HasSettings(Protocol):
    """An entry of a registry, such as an optimizer."""

    @property
    def settings(self) -> Mapping[str, nn.Setting]: ...


_OPTION = r"-([a-z0-9_]+):([0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?)"


@dataclass(frozen=True, kw_only=True)
class OptionsSetting(Setting):
    """The options of the thing named by `owner.name`; those at their default are left out.

    In a link each is a key of its own behind the field's key: `optimizer.beta1`. In the form of a list's item
    they stand one after the other: `-beta1:0.8-beta2:0.99`.
    """

    kind = "options"
    pattern = rf"(?:{_OPTION})*"
    follows = "name"

    registry: Mapping[str, HasSettings] = field(default_factory=dict)

    def claims(self) -> str:
        return f"{self.key}."

    def parts(self, value: Options, owner: object = None) -> Mapping[str, Setting]:
        return self.settings(owner)

    def part(self, value: Options, rest: str, owner: object = None) -> float:
        return value[rest] if rest in value else self.settings(owner)[rest].default

    def with_part(self, value: Options, rest: str, new: object, owner: object = None) -> Options:
        return self.check({**value, rest: new}, owner)

    def chosen(self, owner: object) -> str:
        """The name of the owner's present choice."""
        name: str = getattr(owner, self.follows)
        return name

    def settings(self, owner: object) -> dict[str, FloatSetting]:
        """{name: Setting} of the options that the owner's present choice has."""
        found: dict[str, FloatSetting] = {}
        for name, option in self.registry[self.chosen(owner)].settings.items():
            wide = option.low > 0.0 and option.high >= 1e4 * option.low
            found[name] = FloatSetting(
                path=f"{self.path}.{name}",
                key=f"{self.key}.{name}",
                label=option.label,
                help=option.help,
                low=option.low,
                high=option.high,
                step=option.low if wide else 1.0 if option.high > 1000.0 else 0.001,
                scale="log" if wide else "linear",
                default=option.default,
                live=self.live,
            )
        return found

    def write(self, value: Options) -> str:
        return "".join(f"-{name}:{option!r}" for name, option in value.items())

    def read(self, text: str) -> dict[str, float]:
        return {name: float(number) for name, number in re.findall(_OPTION, text)}

    def to_plain(self, value: Options) -> dict[str, float]:
        return dict(value)

    def check(self, value: object, owner: object = None) -> Options:
        allowed = self.settings(owner)
        if not isinstance(value, Mapping):
            raise self.error(value, _("give names and numbers"))
        for name in value:
            if not isinstance(name, str) or name not in allowed:
                known = (
                    _("{name} has {options}").format(name=self.chosen(owner), options=", ".join(allowed))
                    if allowed
                    else _("{name} has no options").format(name=self.chosen(owner))
                )
                raise self.error(name, known)
        checked = {name: allowed[name].check(given) for name, given in value.items()}
        return Options({name: got for name, got in checked.items() if got != allowed[name].default})


def options(registry: Mapping[str, HasSettings], **described: Unpack[Described]) -> Mapping[str, float]:
    """A field that holds the options of the entry of `registry` that its section's `name` chooses."""
    field: Mapping[str, float] = declare(OptionsSetting(default=Options(), registry=registry, **described))
    return field
