"""Runs that nobody tuned: settings as visitors leave them, most of them sound, some far from it.

untuned(rng)   an Experiment: the default run with one to five settings changed at random
"""

from collections.abc import Callable

import numpy as np

from playground.datasets import DATASETS, FEATURES
from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.training import Experiment, ExperimentError, HiddenLayer
from playground.training.layers import NORMALIZATIONS

Move = Callable[[Experiment, np.random.Generator], Experiment]

SHARE_CLASSIFICATION = 0.75


def untuned(rng: np.random.Generator, *moves: str) -> Experiment:
    """The default run on other data after up to four moves of any kind, and then those that are named; a move
    that does not go with the others is left out.
    """
    experiment = _data(Experiment().replace("seed", int(rng.integers(1000))), rng)
    more = rng.choice(list(MOVES), size=int(rng.integers(0, 5)), replace=False)
    for name in (*more, *moves):
        try:
            experiment = MOVES[str(name)](experiment, rng)
        except ExperimentError:
            continue
    return experiment


def _data(e: Experiment, rng: np.random.Generator) -> Experiment:
    names = [name for name in DATASETS if name != "own"]
    e = e.replace("data.dataset", str(rng.choice(names)))
    e = e.replace("data.n", int(rng.choice([60, 100, 200, 500], p=[0.15, 0.25, 0.3, 0.3])))
    if rng.random() < 0.3:
        e = e.replace("data.noise", round(float(rng.uniform(0.05, 0.5)), 2))
    if rng.random() < 0.15 and e.n_classes:
        e = e.replace("data.label_flips", round(float(rng.uniform(0.05, 0.4)), 2))
    return e


def _layers(e: Experiment, rng: np.random.Generator) -> Experiment:
    count = int(rng.choice([0, 1, 2, 3, 4, 6, 8], p=[0.1, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1]))
    units, activation = int(rng.choice([1, 2, 3, 4, 8, 16, 32])), str(rng.choice(list(ACTIVATIONS)))
    mixed = rng.random() < 0.2
    kinds = [str(rng.choice(list(ACTIVATIONS))) if mixed else activation for _ in range(count)]
    return e.replace("network.layers", tuple(HiddenLayer(units, kind) for kind in kinds))


def _each_layer(e: Experiment, path: str, value: object) -> Experiment:
    for i in range(len(e.network.layers)):
        e = e.replace(f"network.layers.{i}.{path}", value)
    return e


def _activation(e: Experiment, rng: np.random.Generator) -> Experiment:
    return _each_layer(e, "activation", str(rng.choice(list(ACTIVATIONS))))


def _normalization(e: Experiment, rng: np.random.Generator) -> Experiment:
    return _each_layer(e, "normalization", str(rng.choice(list(NORMALIZATIONS))))


def _dropout(e: Experiment, rng: np.random.Generator) -> Experiment:
    return _each_layer(e, "dropout", round(float(rng.choice([0.1, 0.3, 0.5, 0.8])), 2))


def _initializer(e: Experiment, rng: np.random.Generator) -> Experiment:
    return e.replace("network.initializer", str(rng.choice(list(INITIALIZERS))))


def _residual(e: Experiment, rng: np.random.Generator) -> Experiment:
    return e.replace("network.residual", True)


def _output(e: Experiment, rng: np.random.Generator) -> Experiment:
    e = e.replace("loss.name", "mse")
    return e.replace("network.output", str(rng.choice(["linear", "tanh", "sigmoid", "relu"])))


def _loss(e: Experiment, rng: np.random.Generator) -> Experiment:
    fitting = [name for name, entry in LOSSES.items() if e.task in entry.tasks]
    return e.replace("loss.name", str(rng.choice(fitting)))


def _smoothing(e: Experiment, rng: np.random.Generator) -> Experiment:
    return e.replace("loss.label_smoothing", round(float(rng.choice([0.05, 0.1, 0.2, 0.5])), 2))


def _optimizer(e: Experiment, rng: np.random.Generator) -> Experiment:
    e = e.replace("optimizer.name", str(rng.choice(list(OPTIMIZERS))))
    if rng.random() < 0.5:
        e = e.replace("optimizer.lr", float(f"{10.0 ** rng.uniform(-3.0, 0.0):.2g}"))
    return e


def _rate(e: Experiment, rng: np.random.Generator) -> Experiment:
    return e.replace("optimizer.lr", float(f"{10.0 ** rng.uniform(-5.0, 0.7):.2g}"))


def _momentum(e: Experiment, rng: np.random.Generator) -> Experiment:
    e = e.replace("optimizer.name", str(rng.choice(["momentum", "nesterov"])))
    return e.replace("optimizer.options.momentum", float(rng.choice([0.5, 0.95, 0.99, 0.999])))


def _schedule(e: Experiment, rng: np.random.Generator) -> Experiment:
    name = str(rng.choice([name for name in SCHEDULES if name != "constant"]))
    e = e.replace("schedule.name", name)
    if "horizon" in SCHEDULES[name].settings:
        e = e.replace("schedule.options.horizon", float(rng.choice([5, 20, 100, 300])))
    elif "gamma" in SCHEDULES[name].settings:
        e = e.replace("schedule.options.gamma", float(rng.choice([0.1, 0.5, 0.9, 0.98])))
    return e


def _penalty(e: Experiment, rng: np.random.Generator) -> Experiment:
    kind = str(rng.choice(["l1", "l2", "weight_decay"]))
    return e.replace(f"regularization.{kind}", float(f"{10.0 ** rng.uniform(-4.0, 0.5):.2g}"))


def _bound(e: Experiment, rng: np.random.Generator) -> Experiment:
    kind = str(rng.choice(["max_norm", "clip_norm", "clip_value"]))
    return e.replace(f"regularization.{kind}", float(f"{10.0 ** rng.uniform(-4.0, 1.0):.2g}"))


def _input_noise(e: Experiment, rng: np.random.Generator) -> Experiment:
    return e.replace("regularization.input_noise", round(float(rng.uniform(0.05, 2.0)), 2))


def _inputs(e: Experiment, rng: np.random.Generator) -> Experiment:
    chosen = rng.choice(list(FEATURES), size=int(rng.integers(1, 6)), replace=False)
    return e.replace("features.inputs", tuple(name for name in FEATURES if name in chosen))


def _unscaled(e: Experiment, rng: np.random.Generator) -> Experiment:
    return _inputs(e, rng).replace("features.standardize", False)


def _batch(e: Experiment, rng: np.random.Generator) -> Experiment:
    return e.replace("batch_size", int(rng.choice([1, 2, 4, 8, 128, 500])))


def _share(e: Experiment, rng: np.random.Generator) -> Experiment:
    return e.replace("data.train_share", float(rng.choice([0.1, 0.2, 0.8])))


def _wild_rate(e: Experiment, rng: np.random.Generator) -> Experiment:
    e = e.replace("optimizer.name", str(rng.choice(["sgd", "momentum", "nesterov", "adam"])))
    return e.replace("optimizer.lr", float(f"{10.0 ** rng.uniform(-0.7, 1.0):.2g}"))


def _deep(e: Experiment, rng: np.random.Generator) -> Experiment:
    kind, units = str(rng.choice(list(ACTIVATIONS))), int(rng.choice([4, 8, 16, 32]))
    return e.replace("network.layers", (HiddenLayer(units, kind),) * int(rng.choice([5, 6, 8, 10])))


def _large_weights(e: Experiment, rng: np.random.Generator) -> Experiment:
    return _deep(e, rng).replace("network.initializer", str(rng.choice(["normal", "uniform"])))


def _batch_norm(e: Experiment, rng: np.random.Generator) -> Experiment:
    return _each_layer(e, "normalization", "batch_norm").replace("batch_size", int(rng.choice([1, 2])))


MOVES: dict[str, Move] = {
    "layers": _layers,
    "activation": _activation,
    "normalization": _normalization,
    "dropout": _dropout,
    "initializer": _initializer,
    "residual": _residual,
    "output": _output,
    "loss": _loss,
    "smoothing": _smoothing,
    "optimizer": _optimizer,
    "rate": _rate,
    "wild_rate": _wild_rate,
    "momentum": _momentum,
    "schedule": _schedule,
    "penalty": _penalty,
    "bound": _bound,
    "input_noise": _input_noise,
    "inputs": _inputs,
    "unscaled": _unscaled,
    "batch": _batch,
    "share": _share,
    "deep": _deep,
    "large_weights": _large_weights,
    "batch_norm": _batch_norm,
}
