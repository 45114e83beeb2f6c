"""The lab on one step: what a single update of a small network does, number by number."""

from dataclasses import replace

from playground.labs.framework.lab import Lab, Training
from playground.labs.one_step.controls import NAME, network_tab, training_tab, view_button
from playground.labs.one_step.lesson import LESSON, RUN_WORDS, STEP_WORDS
from playground.labs.one_step.run_scene import run_scene
from playground.labs.one_step.settings import BASE, EPOCHS, StepSettings
from playground.labs.one_step.steps_scene import UPDATES, film, step_scene
from playground.labs.one_step.tasks import TASKS
from playground.player.film import Film
from playground.text import _
from playground.training import Experiment, Trainer


def build(base: Experiment, settings: StepSettings) -> Training | Film:
    experiment = settings.experiment(base)
    if settings.view == "run":
        stopping = replace(experiment.stopping, max_epochs=EPOCHS)
        run = replace(experiment, stopping=stopping)
        return Training(
            [run], lambda trainers: run_scene(trainers[0], settings, NAME, TASKS, RUN_WORDS), look="run"
        )
    trainer = Trainer(experiment)
    return Film(step_scene(trainer, settings, NAME, TASKS, STEP_WORDS), film(trainer), end=_end(experiment))


def _end(experiment: Experiment) -> str:
    """What is said after the last update."""
    ahead = Trainer(experiment)
    ahead.train(updates=UPDATES)
    if ahead.stopped is not None:
        return _("{reason} No update follows.").format(reason=ahead.stopped.reason)
    return _("These were {updates} updates: run {epochs} epochs to see where they lead.").format(
        updates=UPDATES, epochs=EPOCHS
    )


LAB = Lab(
    name=NAME,
    lesson=LESSON,
    base=BASE,
    settings=StepSettings,
    build=build,
    controls={_("Network"): network_tab, _("Training"): training_tab},
    above=view_button,
)
