"""MOMENTUM: optimizers that add gradients up: not at all, in a velocity, and one step ahead."""

from typing import ClassVar

import numpy as np

from playground.nn.optimizer import Optimizer
from playground.nn.optimizers.shared import MOMENTUM_SETTING


class SGD(Optimizer):
    """w -= lr g (Robbins and Monro 1951)."""

    label = "SGD"
    source = "Robbins and Monro 1951"

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        params -= np.multiply(grads, self.lr, self._scratch)


class Momentum(Optimizer):
    """v = momentum v + g; w -= lr v (Polyak 1964; PyTorch's SGD with dampening 0)."""

    label = "SGD + momentum"
    source = "Polyak 1964"
    settings: ClassVar = {"momentum": MOMENTUM_SETTING}
    slot_names = ("velocity",)

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        velocity = self.slots["velocity"]
        velocity *= self.momentum
        velocity += grads
        params -= np.multiply(velocity, self.lr, self._scratch)


class Nesterov(Optimizer):
    """v = momentum v + g; w -= lr (g + momentum v) (Nesterov 1983, in the form of Sutskever et al. 2013)."""

    label = "Nesterov momentum"
    source = "Nesterov 1983; Sutskever et al. 2013"
    settings: ClassVar = {"momentum": MOMENTUM_SETTING}
    slot_names = ("velocity",)

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        velocity, ahead = self.slots["velocity"], self._scratch
        velocity *= self.momentum
        velocity += grads
        np.multiply(velocity, self.momentum, ahead)
        ahead += grads
        ahead *= self.lr
        params -= ahead


MOMENTUM: dict[str, type[Optimizer]] = {"sgd": SGD, "momentum": Momentum, "nesterov": Nesterov}
