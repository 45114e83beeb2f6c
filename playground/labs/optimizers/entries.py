"""Entries: the optimizers that take part in the lab on optimizers, and the place where they start. In a link
they are `sgd-0.03~adam-0.1-beta1:0.8`, or a name alone for its usual rate, and `1.5~-0.5`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from numbers import Real

from playground.nn import OPTIMIZERS
from playground.text import _
from playground.training.fields import declare
from playground.training.lists import ListSetting
from playground.training.options import options
from playground.training.sections import Optimizer
from playground.training.settings import FloatSetting, Section, Setting, settings_of

USUAL = None  # a rate that stands for the optimizer's usual one
OF_RUNS = settings_of(Optimizer)


class RateSetting(FloatSetting):
    """A learning rate, or USUAL."""

    def check(self, value, owner=None):
        return USUAL if value is USUAL else super().check(value, owner)


def _rate(high: float) -> RateSetting:
    of_runs = OF_RUNS["lr"]
    return RateSetting(
        default=USUAL,
        low=of_runs.low,
        high=high,
        step=of_runs.step,
        scale=of_runs.scale,
        live=of_runs.live,
        label=of_runs.label,
        key=of_runs.key,
        help=of_runs.help,
    )


RATES = {"racers": _rate(100.0), "learners": _rate(OF_RUNS["lr"].high)}
"""By list: Adadelta needs large ones on a surface."""


@dataclass(frozen=True)
class Entry(Section, path="lab.entries", form="{name}[-{lr}]{options}"):
    """An optimizer that takes part. lr: USUAL for its usual rate where it runs."""

    name: str = declare(replace(OF_RUNS["name"], default="sgd"))
    lr: float | None = declare(RATES["racers"])
    options: Mapping[str, float] = options(
        OPTIMIZERS, label=OF_RUNS["options"].label, key=OF_RUNS["options"].key, help=OF_RUNS["options"].help
    )

    @property
    def label(self) -> str:
        return OPTIMIZERS[self.name].label

    def following(self, name: str, value: object) -> dict[str, object]:
        """Another optimizer has its own usual rate."""
        return super().following(name, value) | ({"lr": USUAL} if name == "name" else {})


class PlaceSetting(Setting):
    """A place of the plane, x~y in a link; () for the surface's own start."""

    kind = "place"

    def check(self, value, owner=None):
        if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
            place = tuple(value)
            numbers = all(isinstance(each, Real) and not isinstance(each, bool) for each in place)
            if numbers and len(place) in (0, 2) and all(abs(each) < 1e6 for each in place):
                return tuple(round(float(each), 4) + 0.0 for each in place)
        raise self.error(value, _("give two numbers such as 1.5~-0.5"))

    def write(self, value):
        return "~".join(f"{each:g}" for each in value)

    def read(self, text):
        try:
            return tuple(float(part) for part in text.split("~"))
        except ValueError:
            return text

    def parts(self, value, owner=None):
        """x and y, each with the bounds of the owner's surface."""
        bounds = [owner.ground.bounds[2 * k : 2 * k + 2] for k in range(2)]
        return {
            str(k): FloatSetting(
                default=0.0,
                low=low,
                high=high,
                step=0.1,
                path=f"{self.path}.{k}",
                label=_("{label}, {axis}").format(label=self.label, axis=axis),
                help=_("Where all of them begin."),
                key=self.key,
            )
            for k, (axis, (low, high)) in enumerate(zip("xy", bounds, strict=True))
        }

    def part(self, value, rest, owner=None):
        return float(owner.place[int(rest)])

    def with_part(self, value, rest, new, owner=None):
        return tuple(new if k == int(rest) else owner.place[k] for k in range(2))


def entries(default: Iterable[str], high: int, **described):
    """A field that holds 1 to `high` optimizers, with the rates of its key in RATES."""
    return declare(
        ListSetting(
            kinds={"optimizer": Entry},
            item=_("optimizer"),
            items=_("optimizers"),
            here={"lr": RATES[described["key"]]},
            examples=(Entry("sgd", 0.03), Entry("adam")),
            default=tuple(Entry(name) for name in default),
            low=1,
            high=high,
            **described,
        )
    )
