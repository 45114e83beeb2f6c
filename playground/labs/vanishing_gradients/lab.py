"""The lab on vanishing gradients: why deep networks did not learn, and what changed that."""

from collections.abc import Sequence

from playground.labs.framework.lab import Lab, Training
from playground.labs.framework.tasks import tasks_part
from playground.labs.vanishing_gradients.controls import NAME, networks_tab, shared_tab
from playground.labs.vanishing_gradients.lesson import LESSON, WORDS
from playground.labs.vanishing_gradients.scene import vanishing_scene
from playground.labs.vanishing_gradients.settings import DeepNetwork, Networks
from playground.labs.vanishing_gradients.tasks import TASKS
from playground.player.scene import Scene
from playground.text import _
from playground.training import Experiment, Trainer

BASE = (
    Experiment()
    .replace("data.n", 300)
    .replace("data.noise", 0.1)
    .replace("optimizer.name", "sgd")
    .replace("optimizer.lr", 0.1)
)


def scene(trainers: Sequence[Trainer]) -> Scene:
    """The networks' titles come from what runs, so that a scene needs nothing but its trainers."""
    titles = [_network(trainer.experiment).title for trainer in trainers]
    return vanishing_scene(trainers, titles, WORDS, [tasks_part(NAME, TASKS, trainers)])


def _network(experiment: Experiment) -> DeepNetwork:
    """The settings that an Experiment was made from."""
    layers, network = experiment.network.layers, experiment.network
    return DeepNetwork(
        depth=len(layers),
        width=layers[0].units,
        activation=layers[0].activation,
        initializer=network.initializer,
        normalization=layers[0].normalization,
        residual=network.residual,
        clip=min(experiment.regularization.clip_norm, 100.0),
    )


LAB = Lab(
    name=NAME,
    lesson=LESSON,
    base=BASE,
    settings=Networks,
    build=lambda base, settings: Training(settings.experiments(base), scene),
    controls={_("Networks"): networks_tab, _("Shared"): shared_tab},
)
