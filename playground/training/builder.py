"""From an Experiment to the things a run is made of: data, Task, Network, optimizer, schedule.

All chance comes from the Experiment's seed, in a stream for each purpose (see `streams`). Under TensorFlow
Playground's rules one stream of draws gives first the points, then their order, then the weights (see
`rules`).
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from playground.datasets import (
    DATASETS,
    TF_PLAYGROUND_RULES,
    Dataset,
    FeatureMap,
    SeedRandom,
    tf_playground_points,
    tf_playground_shuffle,
)
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
from playground.training.rules import tf_train_count
from playground.training.streams import stream
from playground.training.task import Task


def build_data(experiment: Experiment) -> tuple[Dataset, Dataset]:
    """Training and test points. Wrong labels are among the training points only: the test stays true."""
    data, seed = experiment.data, experiment.seed
    if experiment.rules.is_tf_playground:
        train, test = _tf_split(experiment, SeedRandom(experiment.rules.seed))
    else:
        train, test = _split(_points(experiment), data.train_share, stream(seed, "split"))
    if data.label_flips:
        train = train.flip_labels(data.label_flips, stream(seed, "flips"))
    return train, test


def _split(points: Dataset, train_share: float, seed: np.random.SeedSequence) -> tuple[Dataset, Dataset]:
    """Training and test points; a share of 1 trains on all of them in their own order, and tests on the
    same.
    """
    return (points, points) if train_share == 1.0 else points.split(train_share, seed)


def _points(experiment: Experiment) -> Dataset:
    data = experiment.data
    return DATASETS[data.dataset](**data.taken, seed=stream(experiment.seed, "data"))


def _tf_split(experiment: Experiment, draws: SeedRandom) -> tuple[Dataset, Dataset]:
    """Points, order and split as TensorFlow Playground draws them; of datasets it has not, their order."""
    data = experiment.data
    if data.dataset in TF_PLAYGROUND_RULES:
        x, labels = tf_playground_points(data.dataset, data.n, data.noise, draws)
        y = labels > 0 if experiment.n_classes else labels
    else:
        points = _points(experiment)
        x, y = points.x, points.y
    x, y = tf_playground_shuffle(x, y, draws)
    cut = len(y) if data.train_share == 1.0 else tf_train_count(len(y), data.train_share)
    task, n_classes = experiment.task, experiment.n_classes
    train = Dataset(x[:cut], y[:cut], task=task, n_classes=n_classes, name=data.dataset)
    return train, replace(train, x=x[cut:], y=y[cut:]) if cut < len(y) else train


def build_task(experiment: Experiment, train: Dataset) -> Task:
    """The task, with input features fitted to the training points."""
    features = FeatureMap(experiment.features.inputs, experiment.features.standardize).fit(train.x)
    output = experiment.network.output
    return Task(experiment.task, experiment.n_classes, experiment.loss_name, features, output)


def build_network(experiment: Experiment, task: Task) -> Network:
    """The network with its first weights: hidden layers, then the output's weights and activation."""
    init = experiment.network.initializer
    layers: list[Layer] = []
    shape = task.features.in_shape
    for hidden in experiment.network.layers:
        block = list(_hidden(hidden, init))
        residual = experiment.network.residual and shape == (hidden.units,)
        layers += [Residual(block)] if residual else block
        shape = (hidden.units,)
    layers.append(Dense(task.n_outputs, init=init))
    if task.output_activation != "linear":
        layers.append(Activation(task.output_activation))
    seed = stream(experiment.seed, "network").generate_state(4).tolist()
    network = Network(layers, task.features.in_shape, seed=seed)
    if experiment.rules.is_tf_playground and init == "tf_playground":
        draws = SeedRandom(experiment.rules.seed)
        _tf_split(experiment, draws)  # the weights come from where the data ends
        network.initialize(draws)
    return network


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
        if layer.kind in ("residual", "dropout"):
            ends.append(i)
    return (*ends, len(network.layers) - 1)


def build_optimizer(experiment: Experiment, network: Network) -> Optimizer:
    """The optimizer with the base rate; its own weight decay, where it has one, spares biases."""
    settings = experiment.optimizer
    return OPTIMIZERS[settings.name](
        network.params.size,
        lr=settings.lr,
        weight_decay=None,
        decay_mask=network.decay_mask,
        dtype=network.dtype.type,
        **settings.options,
    )


def build_schedule(experiment: Experiment) -> Schedule:
    return SCHEDULES[experiment.schedule.name](**experiment.schedule.options)
