"""Shared by the tests of training: a small run, and changes to it."""

from playground.training import Experiment

SMALL = Experiment().replace("data.n", 60)


def changed(experiment, **values):
    """Changes by path, with __ for the dot."""
    for path, value in values.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    return experiment
