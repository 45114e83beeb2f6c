"""Shared by the tests of exports: small trained runs, and exported scripts as modules."""

from types import SimpleNamespace

import numpy as np

from playground.export import CODE
from playground.training import Experiment, Trainer

PLACES = np.random.default_rng(7).uniform(-6.0, 6.0, (40, 2))


def trained(*, epochs: int = 2, **settings: object) -> Trainer:
    """A trainer after a few epochs on 60 points. settings: paths with "__" for the dot."""
    experiment = Experiment().replace("data.n", 60).replace("batch_size", 10)
    for path, value in settings.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    trainer = Trainer(experiment)
    trainer.train(epochs=epochs)
    return trainer


def loaded(text: str) -> SimpleNamespace:
    """What a script defines, without its demonstration."""
    names = {"__name__": "network"}
    exec(compile(text, "network.py", "exec"), names)
    return SimpleNamespace(**names)


def exported(trainer: Trainer, framework: str) -> SimpleNamespace:
    """The trainer's network as a script of a framework, loaded."""
    return loaded(CODE[framework].write(trainer))


def outputs(trainer: Trainer, places: np.ndarray = PLACES) -> np.ndarray:
    """(n, K) what the trainer's own network says at places (n, 2)."""
    return trainer.network.activations(trainer.task.features(places))[-1]
