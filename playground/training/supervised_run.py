"""OfSupervised: what a run of an Experiment has and others do not: one network, with a task and labelled
data.
"""

from typing import Any

from playground.datasets import Dataset
from playground.nn import Network, Optimizer
from playground.training.objective import Objective
from playground.training.objectives import Supervised
from playground.training.task import Task


class OfSupervised:
    """For whoever has an `objective`. TypeError, one sentence, if that is no supervised one."""

    objective: Objective[Any]

    @property
    def supervised(self) -> Supervised:
        if isinstance(self.objective, Supervised):
            return self.objective
        raise TypeError(
            f"This run trains a {type(self.objective).__name__}, which has no one network with a task and "
            "labelled data: see `trainer.objective`."
        )

    @property
    def network(self) -> Network:
        return self.supervised.network

    @property
    def optimizer(self) -> Optimizer:
        return self.supervised.optimizer

    @property
    def task(self) -> Task:
        return self.supervised.task

    @property
    def train_data(self) -> Dataset:
        return self.supervised.train_data

    @property
    def test_data(self) -> Dataset:
        return self.supervised.test_data
