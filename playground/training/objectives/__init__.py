"""Objectives: what a run can train, each in a module of its own."""

from playground.training.experiment import Experiment
from playground.training.objectives.supervised import Supervised
from playground.training.objectives.tf_playground import TfPlayground

__all__ = ["Supervised", "TfPlayground", "build_objective"]


def build_objective(experiment: Experiment) -> Supervised:
    """The objective of an Experiment, by whose rules it goes."""
    return TfPlayground(experiment) if experiment.rules.is_tf_playground else Supervised(experiment)
