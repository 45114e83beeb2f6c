"""MOMENTUM: optimizers that add gradients up: not at all, in a velocity, and one step ahead."""

from collections.abc import Mapping
from math import nan
from typing import ClassVar

import numpy as np

from playground.arrays import Array
from playground.nn.optimizer import LastStep, Optimizer, Readings
from playground.nn.optimizers.shared import MOMENTUM_SETTING, cosine, size, window
from playground.text import _


class SGD(Optimizer):
    """w -= lr g (Robbins and Monro 1951)."""

    label = _("SGD")
    source = "Robbins and Monro 1951"
    text = _("A step against the gradient of each batch, and no more.")
    latex = r"w \leftarrow w - \eta\,g"
    formula = (("w", "w - lr * g"),)
    network_lr = 0.3
    surface_lrs: ClassVar = {
        "bowl": 0.05,
        "ravine": 0.035,
        "rosenbrock": 0.002,
        "beale": 0.01,
        "himmelblau": 0.003,
        "saddle": 0.1,
        "plateau": 0.2,
    }

    def update(self, params: Array, grads: Array) -> None:
        params -= np.multiply(grads, self.lr, self._scratch)

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> list[str]:
        return [_("It remembers nothing:"), _("step = rate × gradient.")]


class Momentum(Optimizer):
    """v = momentum v + g; w -= lr v (Polyak 1964; PyTorch's SGD with dampening 0)."""

    label = _("SGD + momentum")
    source = "Polyak 1964"
    text = _(
        "Keeps part of the last step, like a ball with weight: faster along valleys, calmer across them."
    )
    latex = r"v \leftarrow \mu v + g, \quad w \leftarrow w - \eta\,v"
    formula = (("velocity", "momentum * velocity + g"), ("w", "w - lr * velocity"))
    settings: ClassVar = {"momentum": MOMENTUM_SETTING}
    slot_words: ClassVar = {"velocity": _("Velocity v")}
    network_lr = 0.1
    surface_lrs: ClassVar = {
        "bowl": 0.02,
        "ravine": 0.01,
        "rosenbrock": 0.001,
        "beale": 0.002,
        "himmelblau": 0.001,
        "saddle": 0.02,
        "plateau": 0.05,
    }

    momentum: float

    def update(self, params: Array, grads: Array) -> None:
        velocity = self.slots["velocity"]
        velocity *= self.momentum
        velocity += grads
        params -= np.multiply(velocity, self.lr, self._scratch)

    @classmethod
    def readings(cls, step: LastStep, settings: Mapping[str, float]) -> Readings:
        """v = momentum v + g: gradients that agree add up to 1 / (1 - momentum) of them."""
        velocity, gradient = step.after["velocity"], step.gradient
        return {
            "velocity": velocity,
            "gain": size(velocity) / size(gradient) if gradient.any() else nan,
            "agreement": cosine(velocity, gradient),
        }

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> list[str]:
        beta = settings["momentum"]
        return [
            _("Velocity v: **{velocity}**"),
            _(
                "v is **{{gain}}** × as long as the last gradient; β = {beta:g} lets it grow to "
                "{window:,.0f} × where gradients agree."
            ).format(beta=beta, window=window(beta)),
            _("It points along that gradient: **{agreement}** (1 with it, −1 against it)"),
        ]


class Nesterov(Momentum):
    """v = momentum v + g; w -= lr (g + momentum v) (Nesterov 1983, in the form of Sutskever et al. 2013)."""

    label = _("Nesterov momentum")
    source = "Nesterov 1983; Sutskever et al. 2013"
    text = _("Momentum that looks ahead: it steps as if it had already rolled on.")
    latex = r"v \leftarrow \mu v + g, \quad w \leftarrow w - \eta\,(g + \mu v)"
    formula = (("velocity", "momentum * velocity + g"), ("w", "w - lr * (g + momentum * velocity)"))

    def update(self, params: Array, grads: Array) -> None:
        velocity, ahead = self.slots["velocity"], self._scratch
        velocity *= self.momentum
        velocity += grads
        np.multiply(velocity, self.momentum, ahead)
        ahead += grads
        ahead *= self.lr
        params -= ahead


MOMENTUM: dict[str, type[Optimizer]] = {"sgd": SGD, "momentum": Momentum, "nesterov": Nesterov}
