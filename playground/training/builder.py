"""From an Experiment to the things a run is made of: data, Task, Network, optimizer, schedule.

All chance comes from the Experiment's seed, which spawns a stream of its own for each purpose, so that
changing one thing (the noise, say) leaves the draws of the others as they were.
"""

from collections.abc import Iterator

import numpy as np

from playground.datasets import DATASETS, Dataset, FeatureMap
from playground.nn import (
    LAYERS,
    OPTIMIZERS,
    SCHEDULES,
    Activation,
    Dense,
    Dropout,
    Layer,
    Network,
    Optimizer,
    Residual,
)
from playground.nn.schedules import Schedule
from playground.training.experiment import Experiment
from playground.training.layers import HiddenLayer
from playground.training.task import Task

STREAMS = ("data", "split", "flips", "network", "shuffle", "input_noise")


def stream(seed: int, name: str) -> np.random.SeedSequence:
    """The seed of one purpose; name is one of STREAMS."""
    return np.random.SeedSequence(seed, spawn_key=(STREAMS.index(name),))


def build_data(experiment: Experiment) -> tuple[Dataset, Dataset]:
    """Training and test points. Wrong labels are among the training points only: the test stays true."""
    data, seed = experiment.data, experiment.seed
    generator = DATASETS[data.dataset]
    options = {"classes": data.classes} if "classes" in generator.options else {}
    points = generator(data.n, noise=data.noise, seed=stream(seed, "data"), **options)
    train, test = points.split(data.train_share, stream(seed, "split"))
    if data.label_flips:
        train = train.flip_labels(data.label_flips, stream(seed, "flips"))
    return train, test


def build_task(experiment: Experiment, train: Dataset) -> Task:
    """The task, with input features fitted to the training points."""
    features = FeatureMap(experiment.features.inputs, experiment.features.standardize).fit(train.x)
    return Task(experiment.task, experiment.n_classes, experiment.loss_name, features)


def build_network(experiment: Experiment, task: Task) -> Network:
    """The network with its first weights: hidden layers, then the output's weights and activation."""
    init = experiment.network.initializer
    layers, width = [], len(task.features)
    for hidden in experiment.network.layers:
        block = list(_hidden(hidden, init))
        residual = experiment.network.residual and hidden.units == width
        layers += [Residual(block)] if residual else block
        width = hidden.units
    layers.append(Dense(task.n_outputs, init=init))
    if task.output_activation != "linear":
        layers.append(Activation(task.output_activation))
    seed = stream(experiment.seed, "network").generate_state(4).tolist()
    return Network(layers, len(task.features), seed=seed)


def _hidden(hidden: HiddenLayer, init: str) -> Iterator[Layer]:
    """The layers of a hidden layer. Dropout is there at rate 0 too: its rate may change in mid-run."""
    yield Dense(hidden.units, init=init)
    if hidden.normalization != "none":
        yield LAYERS[hidden.normalization]()
    yield Activation(hidden.activation)
    yield Dropout(hidden.dropout)


def unit_outputs(experiment: Experiment, network: Network) -> tuple[int, ...]:
    """For each hidden layer and then the output, the index in network.layers of the layer that ends it."""
    ends = []
    for i, layer in enumerate(network.layers):
        if isinstance(layer, Residual | Dropout):
            ends.append(i)
    return (*ends, len(network.layers) - 1)


def build_optimizer(experiment: Experiment, network: Network) -> Optimizer:
    """The optimizer with the base rate; its own weight decay, where it has one, spares biases."""
    settings = experiment.optimizer
    return OPTIMIZERS[settings.name](
        network.params.size, lr=settings.lr, decay_mask=network.decay_mask, **settings.options
    )


def build_schedule(experiment: Experiment) -> Schedule:
    return SCHEDULES[experiment.schedule.name](**experiment.schedule.options)
