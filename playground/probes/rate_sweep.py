"""Rate sweep: one small network trained with many learning rates by each of several optimizers, from the same
weights and with the same batches. What is compared is the training loss after so many updates.

The edge of divergence is the smallest rate above the best one that leaves the network worse than it was
before training, or with a loss that is not finite; NaN if no rate of the sweep does that.

Letters: E optimizers, R rates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf, nan

import numpy as np

from playground.training import Experiment
from playground.training.engine import Engine
from playground.training.objectives import build_objective

RATES = np.array([float(f"{rate:.3g}") for rate in 10.0 ** np.linspace(-5.0, 1.0, 25)])  # four a power of ten
MOST_FRAMES = 60


@dataclass(frozen=True)
class Swept:
    """A moment of a sweep. updates: after how many. losses: (E, R), infinite where a network has diverged.
    first: the loss before training. best, edge: (E,) rates; NaN where there is none.
    """

    index: int
    updates: int
    losses: np.ndarray
    first: float
    best: np.ndarray
    edge: np.ndarray


def sweep(experiments: Sequence[Experiment], *, updates: int, rates: np.ndarray = RATES) -> Iterator[Swept]:
    """experiments: one for each optimizer, alike but for that; their own rates do not count."""
    rows = [
        [Engine(build_objective(_with_rate(experiment, float(rate)))) for rate in rates]
        for experiment in experiments
    ]
    with np.errstate(all="ignore"):
        first = rows[0][0].metrics()["train_loss"]
    count = min(updates, MOST_FRAMES)
    alive = np.ones((len(rows), len(rates)), bool)
    for index in range(count + 1):
        done = round(index * updates / count)
        losses = np.full(alive.shape, inf)
        for place in zip(*np.nonzero(alive), strict=True):
            engine = rows[place[0]][place[1]]
            alive[place] = _train(engine, done)
            losses[place] = engine.metrics()["train_loss"] if alive[place] else inf
        losses[~np.isfinite(losses)] = inf
        yield judged(index, done, losses, first, rates)


def judged(index: int, updates: int, losses: np.ndarray, first: float, rates: np.ndarray) -> Swept:
    """losses: (E, R). Which rate is best, and where divergence begins."""
    best, edges = [], []
    for row in losses:
        at = int(np.argmin(row))
        best.append(float(rates[at]) if row[at] < first else nan)
        worse = np.nonzero(row[at:] > first)[0]
        edges.append(float(rates[at + worse[0]]) if len(worse) else nan)
    return Swept(index, updates, losses, first, np.array(best), np.array(edges))


def _with_rate(experiment: Experiment, rate: float) -> Experiment:
    return replace(experiment, optimizer=replace(experiment.optimizer, lr=rate))


def _train(engine: Engine, until: int) -> bool:
    """Whether it gets there with finite weights."""
    return engine.run(until) and engine.is_finite
