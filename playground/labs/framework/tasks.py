"""Panels of words for labs: what was measured, network by network, and tasks that check themselves; and what
the checks of several labs ask for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.labs.framework.lab import Task
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, FrameContext
from playground.text import _
from playground.training import Experiment, Trainer


@dataclass(frozen=True)
class TasksPanel:
    """Tasks with their hints; channels: of each task, one for each network, 1 where it is done. See
    `playground/player/browser/panels/tasks.js`.
    """

    id: str
    slot: str
    title: str
    tasks: Sequence[Mapping]

    def describe(self) -> dict:
        return {"kind": "tasks", "numbers": [], **vars(self)}


def settings_so_far(moment: FrameContext) -> list[Experiment]:
    """All that the run has had up to now: rates and penalties may change while it goes on."""
    plan = moment.trainer.plan
    return [plan.first, *(each.made for each in plan.until(moment.frame.update) if not each.is_edit)]


def tasks_part(lab: str, tasks: Sequence[Task], trainers: Sequence[Trainer]) -> PanelWithChannels:
    """lab: its name, so that what is done stays done while the browser's tab is open."""
    entries, measured = [], []
    for task in tasks:
        channels = [f"task_{task.id}_{k}" for k in range(len(trainers))]
        entries.append({"id": f"{lab}-{task.id}", "text": task.text, "hint": task.hint, "channels": channels})
        measured += [
            ChannelSource(Channel(name, "u8"), lambda moment, done=task.done: float(done(moment)), run=k)
            for k, name in enumerate(channels)
        ]
    return PanelWithChannels(TasksPanel("tasks", "tasks", _("Three things to try"), entries), measured)
