"""The lab on optimizers: a race on surfaces and on the visitor's own network, all rates, the landscape."""

from collections.abc import Sequence

from playground.labs.framework.lab import Lab, Training
from playground.labs.framework.tasks import tasks_part
from playground.labs.optimizers.controls import NAME, optimizers_tab, setup_tab, view_row
from playground.labs.optimizers.landscape import landscape_film
from playground.labs.optimizers.lesson import LESSON
from playground.labs.optimizers.network import network_scene
from playground.labs.optimizers.rates import rates_film
from playground.labs.optimizers.settings import BASE, Optimizers
from playground.labs.optimizers.surfaces import surfaces_film
from playground.labs.optimizers.tasks import TASKS
from playground.player.film import Film
from playground.player.scene import Scene
from playground.text import _
from playground.training import Experiment, Trainer


def build(base: Experiment, settings: Optimizers) -> Training | Film:
    """What there is to see in each view."""
    if settings.view == "network":
        return Training(settings.experiments(base), _network_scene)
    film = {"surfaces": surfaces_film, "rates": rates_film, "landscape": landscape_film}[settings.view]
    tasks = [tasks_part(NAME, TASKS, range(1))]
    return film(settings, tasks) if settings.on_surface else film(base, settings, tasks)


def _network_scene(trainers: Sequence[Trainer]) -> Scene:
    return network_scene(trainers, [tasks_part(NAME, TASKS, trainers)])


LAB = Lab(
    name=NAME,
    lesson=LESSON,
    base=BASE,
    settings=Optimizers,
    build=build,
    controls={_("Optimizers"): optimizers_tab, _("Setup"): setup_tab},
    top=view_row,
)
