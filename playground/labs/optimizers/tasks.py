"""What there is to achieve in the lab on optimizers; each task is checked in the view that it speaks of."""

from dataclasses import replace

from playground.labs.framework.lab import Task
from playground.labs.framework.tasks import settings_so_far
from playground.labs.optimizers.settings import BASE
from playground.player.scene import FrameContext
from playground.probes.descent import RaceMoment
from playground.probes.surfaces import RAVINE, SURFACES
from playground.text import _
from playground.training import Experiment

STEEP = 2.0 / RAVINE  # the theory: plain SGD diverges above 2 / the largest curvature
BARELY = 0.05
QUICK = 300
LOW, EPOCHS = 0.05, 40


def diverges_barely(moment: object) -> bool:
    """Plain SGD has left the ravine with a rate that is hardly too large."""
    if not isinstance(moment, RaceMoment) or moment.surface is not SURFACES["ravine"]:
        return False
    return any(
        racer.optimizer == "sgd" and racer.lr <= BARELY and stand.diverged
        for racer, stand in zip(moment.racers, moment.stands, strict=True)
    )


def quick_on_rosenbrock(moment: object) -> bool:
    """Momentum has come down Rosenbrock's valley, from its usual start, in few steps."""
    surface = SURFACES["rosenbrock"]
    if not isinstance(moment, RaceMoment) or moment.surface is not surface or moment.start != surface.start:
        return False
    return any(
        racer.optimizer == "momentum" and 0 <= stand.reached < QUICK
        for racer, stand in zip(moment.racers, moment.stands, strict=True)
    )


def low_with_sgd(moment: object) -> bool:
    """Plain SGD has learnt the task of the lab's own network early."""
    if not isinstance(moment, FrameContext) or not 0 < moment.frame.epoch <= EPOCHS:
        return False
    plain = all(is_plain_sgd(each) for each in settings_so_far(moment))
    return plain and moment.frame.metrics["train_loss"] < LOW


def is_plain_sgd(experiment: Experiment) -> bool:
    """Whether SGD and its rate are all that differs from what the lab opens with: on other points, with
    another network or loss, a low loss may be no merit.
    """
    opening = replace(BASE, seed=experiment.seed, optimizer=experiment.optimizer)
    return experiment.optimizer.name == "sgd" and experiment == opening


TASKS = (
    Task(
        "ravine",
        _("Surfaces: let plain SGD diverge in the ravine, with a rate of {barely:g} at most.").format(
            barely=BARELY
        ),
        _(
            "Across the ravine the curvature is {ravine:g}. A step overshoots by more than it corrects once "
            "the rate is above 2 / {ravine:g} = {steep:g}."
        ).format(ravine=RAVINE, steep=STEEP),
        diverges_barely,
    ),
    Task(
        "rosenbrock",
        _(
            "Surfaces: bring SGD + momentum to Rosenbrock's minimum, from its usual start, in fewer than "
            "{quick} steps."
        ).format(quick=QUICK),
        _(
            "Its usual rate is careful. Raise it a little, or let it remember for longer, but not so far "
            "that it shoots out of the valley."
        ),
        quick_on_rosenbrock,
    ),
    Task(
        "sgd",
        _(
            "Your network: bring plain SGD to a training loss below {low:g} within {epochs} epochs. (All "
            "else but the seed as the lab opens.)"
        ).format(low=LOW, epochs=EPOCHS),
        _("The view Learning rates shows which rate serves SGD best, and how near to the edge that is."),
        low_with_sgd,
    ),
)
