"""SIGNS: optimizers whose steps have one size for every parameter: only a sign counts."""

from collections.abc import Mapping
from math import nan
from typing import ClassVar

import numpy as np

from playground.arrays import Array
from playground.nn.optimizer import LastStep, Optimizer, Readings
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
    def readings(cls, step: LastStep, settings: Mapping[str, float]) -> Readings:
        """sign: of what the last step followed, the mean before it moved on and that step's gradient."""
        beta1 = settings["beta1"]
        followed = beta1 * step.before["mean"] + (1.0 - beta1) * step.gradient
        sign = np.sign(followed) if step.t else np.full_like(followed, nan)
        return {"mean": step.after["mean"], "sign": sign}

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> list[str]:
        beta2 = settings["beta2"]
        return [
            _("Mean m of g over {about_steps} (β₂ = {beta2:g}): **{{mean}}**").format(
                about_steps=about_steps(beta2), beta2=beta2
            ),
            _(
                "Only the signs of β₁ m + (1 − β₁) g count, at the last step **{sign}**: each is as long as "
                "the rate in every direction."
            ),
        ]


SIGNS: dict[str, type[Optimizer]] = {"lion": Lion}
