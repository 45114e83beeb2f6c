"""The lab on overfitting: how a network learns its points by heart, and what keeps it from that."""

from playground.labs.framework.lab import Lab, Training
from playground.labs.framework.tasks import tasks_part
from playground.labs.overfitting.controls import NAME, compare_tab, data_tab
from playground.labs.overfitting.lesson import LESSON, REMEDIES_WORDS, SWEEP_WORDS
from playground.labs.overfitting.scene import remedies_scene
from playground.labs.overfitting.settings import BASE, REMEDIES, Overfitting, remedied
from playground.labs.overfitting.sweep import TURNS, turned, values
from playground.labs.overfitting.sweep_scene import sweep_scene
from playground.labs.overfitting.tasks import TASKS
from playground.text import _
from playground.training import Experiment


def build(base: Experiment, settings: Overfitting) -> Training:
    """The networks of the chosen view."""
    return _sweep(base, settings) if settings.view == "sweep" else _remedies(base, settings)


def _remedies(base: Experiment, settings: Overfitting) -> Training:
    headings = [settings.heading(name) for name in settings.remedies]
    strengths = [REMEDIES[name].now for name in settings.remedies]

    def scene(trainers):
        tasks = tasks_part(NAME, TASKS, trainers)
        return remedies_scene(trainers, headings, strengths, REMEDIES_WORDS, [tasks])

    return Training(remedied(base, settings), scene, look=tuple(headings))


def _sweep(base: Experiment, settings: Overfitting) -> Training:
    knob = TURNS[settings.knob]
    labels = [f"{value:g}" for value in values(base, settings)]

    def scene(trainers):
        tasks = tasks_part(NAME, TASKS, trainers[: len(labels)])
        return sweep_scene(trainers, labels, knob.axis, f"{SWEEP_WORDS} {knob.note}", [tasks])

    return Training(turned(base, settings), scene, look=(settings.knob, settings.seeds))


LAB = Lab(
    name=NAME,
    lesson=LESSON,
    base=BASE,
    settings=Overfitting,
    build=build,
    controls={_("Compare"): compare_tab, _("Data and network"): data_tab},
)
