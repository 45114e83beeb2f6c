"""The learning rate over the epochs: as a schedule is going to set it, or as it has set it."""

from math import log
from typing import NamedTuple

import numpy as np

from playground.nn.schedules import Schedule
from playground.training import Experiment, Trainer
from playground.training.builder import build_schedule

SAMPLES = 241
DROPS = 5  # of a schedule in steps, so many are shown
FADED = 0.02  # an exponential schedule is shown until this part of the rate is left
MOST_EPOCHS = 100_000.0
FEWEST_EPOCHS = 10.0  # that are shown
MARGIN = 1.1  # how much more is shown than there is to say


class SchedulePreview(NamedTuple):
    """epochs, rates: (S,). now: the epoch up to which the run has been trained."""

    epochs: np.ndarray
    rates: np.ndarray
    now: float


def schedule_preview(trainer: Trainer, experiment: Experiment) -> SchedulePreview:
    """experiment: the settings in force, or about to be.

    Of a schedule that follows the loss nobody knows the future: its rates are those of the frames so far.
    """
    schedule, base = build_schedule(experiment), experiment.optimizer.lr
    done = trainer.history.values("update") / trainer.updates_per_epoch
    now = float(done[-1])
    end = max(_length(schedule), MARGIN * now, FEWEST_EPOCHS)
    if schedule.follows_loss:
        rates = trainer.history.values("learning_rate")
        return SchedulePreview(np.append(done, end), np.append(rates, rates[-1]), now)
    epochs = np.linspace(0.0, end, SAMPLES)
    return SchedulePreview(epochs, base * np.array([schedule.factor(epoch) for epoch in epochs]), now)


def _length(schedule: Schedule) -> float:
    """The epochs in which a schedule shows what it does."""
    if hasattr(schedule, "horizon"):
        return MARGIN * schedule.horizon
    if hasattr(schedule, "period"):
        return DROPS * schedule.period
    gamma = schedule.gamma if hasattr(schedule, "gamma") else 1.0
    return min(log(FADED) / log(gamma), MOST_EPOCHS) if gamma < 1.0 else 0.0
