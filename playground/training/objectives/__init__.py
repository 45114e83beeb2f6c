"""Objectives: what a run can train, each in a module of its own.

A description of another kind of run says here what it trains; then a Trainer trains it:

    @build_objective.register
    def _(described: GanExperiment) -> Gan: ...
"""

from functools import singledispatch
from typing import Any

from playground.training.experiment import Experiment
from playground.training.objective import Objective
from playground.training.objectives.supervised import Supervised
from playground.training.objectives.tf_playground import TfPlayground

__all__ = ["Supervised", "TfPlayground", "build_objective"]


@singledispatch
def build_objective(described: object) -> Objective[Any]:  # of the description's own class
    """The objective of a description, by its class."""
    raise TypeError(
        f"Nothing is known of how to train a {type(described).__name__}: register a function for it with "
        "build_objective.register."
    )


@build_objective.register
def _(described: Experiment) -> Supervised:
    """By whose rules it goes."""
    return TfPlayground(described) if described.rules.is_tf_playground else Supervised(described)
