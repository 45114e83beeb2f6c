"""The tasks of the lab on building blocks: each belongs to one of its topics."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from playground.labs.framework.lab import Task
from playground.labs.framework.tasks import tasks_part
from playground.panels.panel_with_channels import PanelWithChannels
from playground.text import _

NAME = "building_blocks"


def never(moment: object) -> bool:
    return False


TASKS = (
    Task(
        "signal",
        _(
            "Activations: find a function that bends, and initial weights, with which ten layers keep both "
            "the signal and the gradient between a half and twice their size, in the mean of twenty draws."
        ),
        _("ReLU with He weights comes close. SELU was made for this: its paper says with which weights."),
        never,
    ),
    Task(
        "loss",
        _(
            "Losses: find one whose gradient is at most 1 for an error of 10, and below 0.2 for an error of "
            "0.1."
        ),
        _("Far away it should be like the absolute error, close by like the squared one."),
        never,
    ),
    Task(
        "symmetry",
        _(
            "Initial weights, Symmetry: let the network with constant weights learn until all its units "
            "differ."
        ),
        _("Equal units get equal gradients. Something random has to treat them differently in each update."),
        never,
    ),
)


def tasks(done: Mapping[str, Callable], trainers: Sequence[object] = (None,)) -> PanelWithChannels:
    """done: of the tasks that can be done in what is shown; the others are for other topics."""
    found = [replace(task, done=done.get(task.id, never)) for task in TASKS]
    return tasks_part(NAME, found, trainers)
