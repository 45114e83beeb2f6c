"""Descent: optimizers of `playground.nn` that go down a surface, step by step, from one starting point.

    for moment in race(SURFACES["ravine"], (-3.4, 1.2), [Racer("sgd", 0.03), Racer("adam", 0.2)], steps=300):
        moment.stands[1].position

A path that leaves a rectangle FAR times as large as the drawn one has diverged: it ends at its last place
inside, and that is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from playground.nn import OPTIMIZERS, Optimizer
from playground.nn.optimizer import LastStep
from playground.probes.surfaces import Surface

NEAR = 1e-3  # a path has reached the minimum when f is this close to the lowest value
FAR = 5.0


@dataclass(frozen=True)
class Competitor:
    """An optimizer by its name in OPTIMIZERS, with its learning rate and options."""

    optimizer: str
    lr: float
    options: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class OptimizerState:
    """Where one path is after t steps. gradient: (2,) here. step: the last one, and the optimizer's slots.
    ahead: (2,) the next step. length: of the path so far. reached: the number of steps after which it first
    came NEAR the lowest value, -1: not yet. t stays when it has diverged.
    """

    t: int
    position: np.ndarray
    value: float
    gradient: np.ndarray
    step: LastStep
    ahead: np.ndarray
    length: float
    reached: int
    diverged: bool


@dataclass(frozen=True)
class RaceMoment:
    """All paths after `index` steps."""

    index: int
    surface: Surface
    start: tuple[float, ...]
    racers: tuple[Competitor, ...]
    stands: tuple[OptimizerState, ...]


def race(
    surface: Surface, start: Sequence[float], racers: Sequence[Competitor], *, steps: int
) -> Iterator[RaceMoment]:
    """The moments 0 to `steps`. All begin at `start`; each step takes the gradient where the path is."""
    optimizers = [_optimizer(racer) for racer in racers]
    here = [_first(surface, start, optimizer) for optimizer in optimizers]
    for index in range(steps + 1):
        following = [_next(surface, *pair) for pair in zip(here, optimizers, strict=True)]
        stands = tuple(
            replace(stand, ahead=after.position - stand.position)
            for stand, after in zip(here, following, strict=True)
        )
        yield RaceMoment(index, surface, tuple(start), tuple(racers), stands)
        here = following


def _optimizer(racer: Competitor) -> Optimizer:
    kind = OPTIMIZERS[racer.optimizer]
    return kind(2, lr=racer.lr, weight_decay=None, decay_mask=None, dtype=np.float64, **racer.options)


def _first(surface: Surface, start: Sequence[float], optimizer: Optimizer) -> OptimizerState:
    position = np.array(start, float)
    value, nothing, slots = surface.value(position), np.zeros(2), _copied(optimizer.slots)
    return OptimizerState(
        t=0,
        position=position,
        value=value,
        gradient=surface.slope(position),
        step=LastStep(0, nothing, slots, slots),
        ahead=nothing,
        length=0.0,
        reached=0 if value - surface.lowest <= NEAR else -1,
        diverged=False,
    )


def _next(surface: Surface, stand: OptimizerState, optimizer: Optimizer) -> OptimizerState:
    """One step on; a path that has diverged stays where it was."""
    if stand.diverged:
        return stand
    position = stand.position.copy()
    with np.errstate(all="ignore"):
        optimizer.step(position, stand.gradient)
    value, gradient = surface.value(position), surface.slope(position)
    finite = np.isfinite([*position, value, *gradient]).all()
    if not (finite and surface.contains(position, times=FAR)):
        return replace(stand, diverged=True)
    near = value - surface.lowest <= NEAR
    return OptimizerState(
        t=stand.t + 1,
        position=position,
        value=value,
        gradient=gradient,
        step=LastStep(stand.t + 1, stand.gradient, stand.step.after, _copied(optimizer.slots)),
        ahead=np.zeros(2),
        length=stand.length + float(np.hypot(*(position - stand.position))),
        reached=stand.t + 1 if near and stand.reached < 0 else stand.reached,
        diverged=False,
    )


def _copied(slots: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: slot.copy() for name, slot in slots.items()}
