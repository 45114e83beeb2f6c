"""The sweep of the lab on overfitting: one knob over its range, each value with several seeds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from playground.labs.overfitting.settings import MOST_SHARE, Overfitting, check, point_count
from playground.limits import MAX_SEED
from playground.text import _
from playground.training import Experiment, ExperimentError

MIN_SHARE = 0.01  # of the points to train with


@dataclass(frozen=True)
class Knob:
    """axis: what its values are, on the axis of the curve. turn: makes of the shared Experiment that at a
    value. note: what else a reader must know.
    """

    axis: str
    values: Sequence[float]
    turn: Callable[[Experiment, float], Experiment]
    note: str


def _width(base: Experiment, units: float) -> Experiment:
    layers = tuple(replace(layer, units=int(units)) for layer in base.network.layers)
    return base.replace("network.layers", layers)


def _points(base: Experiment, count: float) -> Experiment:
    return base.replace("data.train_share", count / point_count(base))


TURNS: dict[str, Knob] = {
    "l2": Knob(
        _("L2 rate"),
        (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
        lambda base, rate: base.replace("regularization.l2", rate),
        _("From no penalty to one that lets nothing be learnt."),
    ),
    "width": Knob(
        _("units in each hidden layer"), (1, 2, 4, 8, 16, 32, 64), _width, _("From too small to far too big.")
    ),
    "points": Knob(
        _("training points"),
        (10, 20, 40, 80, 160, 320),
        _points,
        _(
            "The same epochs for all, so more points also mean more updates. Each set holds the one before "
            "it."
        ),
    ),
    "noise": Knob(
        _("noise"),
        (0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
        lambda base, noise: base.replace("data.noise", noise),
        _("The same noise in training and in test points, so part of the error cannot be avoided."),
    ),
}


def values(base: Experiment, settings: Overfitting) -> list[float]:
    """Those of the knob that this data and network can take."""
    found = list(TURNS[settings.knob].values)
    if settings.knob == "points":
        return [count for count in found if MIN_SHARE <= count / point_count(base) <= MOST_SHARE]
    return found


def turned(base: Experiment, settings: Overfitting) -> list[Experiment]:
    """All values with the first seed, then all with the next; ExperimentError if that cannot be."""
    check(base, [])
    _check_knob(base, settings)
    knob = TURNS[settings.knob]
    experiments = [
        knob.turn(base.reseeded((base.seed + seed) % (MAX_SEED + 1)), value)
        for seed in range(settings.seeds)
        for value in values(base, settings)
    ]
    check(base, experiments)
    return experiments


def _check_knob(base: Experiment, settings: Overfitting) -> None:
    lacking = {
        "width": not base.network.layers,
        "noise": "noise" not in base.data.taken,
        "points": len(values(base, settings)) < 3,
    }
    if lacking.get(settings.knob):
        raise ExperimentError(
            _(
                "lab.knob cannot be {knob!r} here: choose another knob, more points or a network with hidden "
                "layers."
            ).format(knob=settings.knob)
        )
