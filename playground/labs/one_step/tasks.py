"""The tasks of the lab on one step."""

import numpy as np

from playground.labs.framework.lab import Task
from playground.labs.one_step.settings import EPOCHS
from playground.labs.one_step.steps_scene import UPDATES, Phase
from playground.player.scene import FrameContext
from playground.text import _

TINY = 1e-2


def has_tiny_errors(moment: FrameContext | Phase) -> bool:
    """All errors of a hidden layer are next to nothing beside that of the output, in the update just shown.
    (A single unit's may be by chance: where its weight to the output is small.)
    """
    if not (isinstance(moment, Phase) and moment.done):
        return False
    *hidden, output = (np.abs(layer.delta).max() for layer in moment.step.layers)
    return min(hidden) < TINY * output


def goes_up(moment: FrameContext | Phase) -> bool:
    return isinstance(moment, Phase) and moment.done and moment.step.loss_after > moment.step.loss


def all_right(moment: FrameContext | Phase) -> bool:
    if isinstance(moment, Phase):
        return moment.done and moment.step.right_after == 1.0
    return moment.frame.metrics["train_accuracy"] == 1.0


TASKS = (
    Task(
        "tiny",
        _("Find a hidden layer in which every δ is less than a hundredth of the output's."),
        _(
            "Every layer on the way back multiplies by a weight and by f′, which is at most ¼ for sigmoid: "
            "give the network more layers."
        ),
        has_tiny_errors,
    ),
    Task(
        "up",
        _("Choose a learning rate at which one update makes the loss of its own samples go up."),
        _(
            "The gradient holds for small steps only. Take all four samples and a large rate, and watch the "
            "loss after each update."
        ),
        goes_up,
    ),
    Task(
        "right",
        _("Get all four samples right."),
        _("{updates} updates are too few: run {epochs} epochs.").format(updates=UPDATES, epochs=EPOCHS),
        all_right,
    ),
)
