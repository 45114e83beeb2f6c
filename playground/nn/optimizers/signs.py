"""SIGNS: optimizers whose steps have one size for every parameter: only a sign counts."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from playground.arrays import Array
from playground.nn.optimizer import Optimizer, Readings
from playground.nn.optimizers.shared import about_steps, average, memory_setting
from playground.text import _


class Lion(Optimizer):
    """w -= lr sign(b1 m + (1 - b1) g), then m = b2 m + (1 - b2) g (Chen et al. 2023).

    Weight decay is decoupled: w -= lr weight_decay w before the step.
    """

    label = _("Lion")
    source = "Chen et al. 2023"
    text = _(
        "Steps of the same size for every weight: only the sign of a running mean counts. It wants a smaller "
        "learning rate than Adam."
    )
    latex = r"w \leftarrow w - \eta\,\mathrm{sign}(\beta_1 m + (1 - \beta_1)\,g)"
    formula = (
        ("w", "w - lr * sign(beta1 * mean + (1 - beta1) * g)"),
        ("mean", "beta2 * mean + (1 - beta2) * g"),
    )
    settings: ClassVar = {
        "beta1": memory_setting("β₁", _("gradients in this step"), 0.9),
        "beta2": memory_setting("β₂", _("gradients between steps"), 0.99),
    }
    slot_words: ClassVar = {"mean": _("Mean g")}
    default_lr = 1e-4
    network_lr = 0.003
    surface_lrs: ClassVar = {
        "bowl": 0.03,
        "ravine": 0.02,
        "rosenbrock": 0.01,
        "beale": 0.01,
        "himmelblau": 0.02,
        "saddle": 0.02,
        "plateau": 0.03,
    }
    decoupled = True

    beta1: float
    beta2: float

    def update(self, params: Array, grads: Array) -> None:
        mean, step, scratch = self.slots["mean"], self._scratch, self._scratch2
        np.multiply(mean, self.beta1, step)
        step += np.multiply(grads, 1.0 - self.beta1, scratch)
        np.sign(step, step)
        step *= self.lr
        params -= step
        average(mean, grads, self.beta2, scratch)

    @classmethod
    def readings(
        cls,
        t: int,
        gradient: Array,
        slots: Mapping[str, Array],
        settings: Mapping[str, float],
    ) -> Readings:
        """Only the signs of the mean count."""
        return {"mean": slots["mean"], "sign": np.sign(slots["mean"])}

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> list[str]:
        beta2 = settings["beta2"]
        return [
            _("Mean m of g over {about_steps} (β₂ = {beta2:g}): **{{mean}}**").format(
                about_steps=about_steps(beta2), beta2=beta2
            ),
            _("Only signs count: **{sign}**, so every step is as long as the rate in each direction."),
        ]


SIGNS: dict[str, type[Optimizer]] = {"lion": Lion}
