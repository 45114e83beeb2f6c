"""The lab on building blocks: what networks are made of, one topic at a time."""

from types import ModuleType

from playground.labs.building_blocks import activations, batches, losses, schedules, symmetry, weights
from playground.labs.building_blocks.controls import controls_tab, topics
from playground.labs.building_blocks.settings import Blocks
from playground.labs.building_blocks.tasks import NAME
from playground.labs.framework.lab import Lab, Lesson, Training
from playground.player.film import Film
from playground.text import _
from playground.training import Experiment

BASE = (
    Experiment()
    .replace("data.dataset", "moons")
    .replace("data.n", 200)
    .replace("data.noise", 0.5)
    .replace("optimizer.lr", 0.01)
)


TOPIC_MODULES: dict[str, ModuleType] = {  # each has LESSON and `build`
    "activations": activations,
    "losses": losses,
    "weights": weights,
    "batches": batches,
    "schedules": schedules,
}


def build(base: Experiment, settings: Blocks) -> Training | Film:
    return TOPIC_MODULES[settings.topic].build(base, settings)


def lesson(settings: Blocks) -> Lesson:
    """The text of what is shown."""
    return symmetry.LESSON if settings.shows_symmetry else TOPIC_MODULES[settings.topic].LESSON


LAB = Lab(
    name=NAME,
    lesson=lesson,
    base=BASE,
    settings=Blocks,
    build=build,
    above=topics,
    controls={_("Controls"): controls_tab},
)
