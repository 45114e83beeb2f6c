"""MOMENTS: optimizers that step by running means of gradients and their squares: Adam and its relatives."""

from collections.abc import Mapping
from math import nan, sqrt
from typing import ClassVar

import numpy as np

from playground.arrays import Array
from playground.nn.optimizer import LastStep, Lines, Optimizer, Readings
from playground.nn.optimizers.shared import (
    about_steps,
    average,
    average_square,
    epsilon_setting,
    memory_setting,
)
from playground.nn.setting import Setting
from playground.text import _

_MEANS: Lines = (
    ("mean", "beta1 * mean + (1 - beta1) * g"),
    ("square", "beta2 * square + (1 - beta2) * g ** 2"),
)
_ROOT = "(sqrt(square / (1 - beta2 ** t)) + eps)"


class Adam(Optimizer):
    """m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= lr m^ / (sqrt(v^) + eps) (Kingma and Ba 2015).

    m^ = m / (1 - b1^t) and v^ = v / (1 - b2^t) undo the start at zero.
    """

    label = _("Adam")
    source = "Kingma and Ba 2015"
    text = _("Momentum and RMSprop together: a good first choice for most tasks.")
    latex = r"w \leftarrow w - \eta\,\frac{\hat m}{\sqrt{\hat v} + \epsilon}"
    formula = (*_MEANS, ("w", f"w - lr * (mean / (1 - beta1 ** t)) / {_ROOT}"))
    settings: ClassVar = {
        "beta1": memory_setting("β₁", "gradients", 0.9),
        "beta2": memory_setting("β₂", _("squared gradients"), 0.999),
        "eps": epsilon_setting(1e-8),
    }
    slot_words: ClassVar = {"mean": _("Mean g"), "square": _("Mean g²")}
    network_lr = 0.03
    surface_lrs: ClassVar = {
        "bowl": 0.1,
        "ravine": 0.1,
        "rosenbrock": 0.2,
        "beale": 0.1,
        "himmelblau": 0.1,
        "saddle": 0.05,
        "plateau": 0.05,
    }

    beta1: float
    beta2: float
    eps: float

    def update(self, params: Array, grads: Array) -> None:
        mean, square, step = self.slots["mean"], self.slots["square"], self._scratch
        average(mean, grads, self.beta1, step)
        average_square(square, grads, self.beta2, step)
        self._descend(params, mean, square)

    def _descend(self, params: Array, mean: Array, square: Array) -> None:
        """w -= lr m^ / (sqrt(v^) + eps), the correction r of sqrt(v) moved: lr r m^ / (sqrt(v) + eps r)."""
        root = sqrt(1.0 - self.beta2**self.t)
        step = np.sqrt(square, self._scratch)
        step += self.eps * root
        np.divide(mean, step, step)
        step *= self.lr * root / (1.0 - self.beta1**self.t)
        params -= step

    @classmethod
    def readings(cls, step: LastStep, settings: Mapping[str, float]) -> Readings:
        """m and v began at 0; dividing by 1 - beta^t takes the part of the zeros away.

        step: m^ / (sqrt(v^) + eps), which the rate multiplies: near 1 in size where gradients agree, small
        where they change sign.
        """
        mean, square = step.after["mean"], step.after.get("largest", step.after["square"])
        beta1, beta2, t = settings["beta1"], settings["beta2"], step.t
        mean_hat = mean / (1.0 - beta1**t) if t else np.full_like(mean, nan)
        square_hat = square / (1.0 - beta2**t) if t else np.full_like(square, nan)
        return {
            "mean": mean,
            "mean_hat": mean_hat,
            "root": np.sqrt(square_hat),
            "step": mean_hat / (np.sqrt(square_hat) + settings["eps"]),
            "zeros1": beta1**t,
            "zeros2": beta2**t,
        }

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> list[str]:
        beta1, beta2 = settings["beta1"], settings["beta2"]
        return [
            _("Mean m̂ of g over {about_steps} (β₁ = {beta1:g}): **{{mean_hat}}**").format(
                about_steps=about_steps(beta1), beta1=beta1
            ),
            _("Root √v̂ of the mean g² over {about_steps} (β₂ = {beta2:g}): **{{root}}**").format(
                about_steps=about_steps(beta2), beta2=beta2
            ),
            _("Rate × m̂ / √v̂: × **{step}**"),
            _(
                "Still from the start at 0, and corrected for: **{zeros1:percent}** of m, "
                "**{zeros2:percent}** of v"
            ),
        ]


class AdamW(Adam):
    """Adam with decoupled weight decay: first w -= lr weight_decay w (Loshchilov and Hutter 2019)."""

    label = _("AdamW")
    source = "Loshchilov and Hutter 2019"
    text = _("Adam with the weight decay kept out of the gradient, so that it shrinks all weights alike.")
    latex = r"w \leftarrow (1 - \eta\lambda)\,w - \eta\,\frac{\hat m}{\sqrt{\hat v} + \epsilon}"
    formula = (
        *_MEANS,
        ("shrunk", "w - lr * weight_decay * w"),
        ("w", f"shrunk - lr * (mean / (1 - beta1 ** t)) / {_ROOT}"),
    )
    default_weight_decay = 1e-2
    decoupled = True

    @classmethod
    def formula_for(cls, settings: Mapping[str, float], *, decayed: bool) -> Lines:
        return cls.formula if decayed else Adam.formula


class AMSGrad(Adam):
    """Adam whose v never shrinks: the largest v so far divides (Reddi, Kale and Kumar 2018).

    As in PyTorch the maximum is taken before the correction 1 - b2^t.
    """

    label = _("AMSGrad")
    source = "Reddi, Kale and Kumar 2018"
    text = _(
        "Adam that divides by the largest size of gradient so far, so that what divides a step never "
        "shrinks again."
    )
    latex = r"\hat v \leftarrow \max(\hat v, v)"
    formula = (
        *_MEANS,
        ("largest", "max(largest, square)"),
        ("w", f"w - lr * (mean / (1 - beta1 ** t)) / {_ROOT.replace('square', 'largest')}"),
    )
    slot_words: ClassVar = Adam.slot_words | {"largest": _("Largest mean g²")}

    def update(self, params: Array, grads: Array) -> None:
        mean, square, largest = self.slots["mean"], self.slots["square"], self.slots["largest"]
        average(mean, grads, self.beta1, self._scratch)
        average_square(square, grads, self.beta2, self._scratch)
        np.maximum(largest, square, out=largest)
        self._descend(params, mean, largest)


class NAdam(Adam):
    """Adam with Nesterov's look ahead (Dozat 2016), in PyTorch's form.

    mu_t = b1 (1 - 0.96^(t momentum_decay) / 2), P_t their product up to t;
    w -= lr (mu_(t+1) m / (1 - P_(t+1)) + (1 - mu_t) g / (1 - P_t)) / (sqrt(v^) + eps).
    P is a float64 here; PyTorch keeps it in its default dtype, mostly float32, which costs it eight digits.
    """

    label = _("NAdam")
    source = "Dozat 2016"
    text = _("Adam with the look ahead of Nesterov momentum.")
    latex = r"w \leftarrow w - \eta\,\frac{\beta_1 \hat m + (1 - \beta_1)\,\hat g}{\sqrt{\hat v} + \epsilon}"
    formula = (
        *_MEANS,
        ("mu", "beta1 * (1 - 0.96 ** (t * momentum_decay) / 2)"),
        ("mu_next", "beta1 * (1 - 0.96 ** ((t + 1) * momentum_decay) / 2)"),
        ("mu_product", "mu_product * mu"),
        ("ahead", "mu_next * mean / (1 - mu_product * mu_next) + (1 - mu) * g / (1 - mu_product)"),
        ("w", f"w - lr * ahead / {_ROOT}"),
    )
    settings: ClassVar = Adam.settings | {
        "momentum_decay": Setting(
            _("Momentum decay"), _("How fast the look-ahead warms up: higher, sooner."), 0.0, 1.0, 4e-3
        )
    }
    default_lr = 2e-3
    surface_lrs: ClassVar = {
        "bowl": 0.05,
        "ravine": 0.05,
        "rosenbrock": 0.05,
        "beale": 0.1,
        "himmelblau": 0.05,
        "saddle": 0.03,
        "plateau": 0.03,
    }
    carried = ("mu_product",)

    momentum_decay: float
    mu_product = 1.0

    def update(self, params: Array, grads: Array) -> None:
        mean, square, step, scratch = self.slots["mean"], self.slots["square"], self._scratch, self._scratch2
        average(mean, grads, self.beta1, step)
        average_square(square, grads, self.beta2, step)
        mu = self.beta1 * (1.0 - 0.5 * 0.96 ** (self.t * self.momentum_decay))
        mu_next = self.beta1 * (1.0 - 0.5 * 0.96 ** ((self.t + 1) * self.momentum_decay))
        self.mu_product *= mu
        np.multiply(mean, self.lr * mu_next / (1.0 - self.mu_product * mu_next), step)
        step += np.multiply(grads, self.lr * (1.0 - mu) / (1.0 - self.mu_product), scratch)
        np.multiply(square, 1.0 / (1.0 - self.beta2**self.t), scratch)
        np.sqrt(scratch, scratch)
        scratch += self.eps
        step /= scratch
        params -= step

    @classmethod
    def readings(cls, step: LastStep, settings: Mapping[str, float]) -> Readings:
        """As Adam's, but for the step, in which mean and gradient are weighed and corrected anew."""
        told = super().readings(step, settings)
        if not step.t:
            return told
        mu = settings["beta1"] * (1.0 - 0.5 * 0.96 ** (np.arange(1, step.t + 2) * settings["momentum_decay"]))
        product = float(np.prod(mu[:-1]))
        ahead = mu[-1] * step.after["mean"] / (1.0 - product * mu[-1])
        ahead += (1.0 - mu[-2]) * step.gradient / (1.0 - product)
        return {**told, "step": ahead / (told["root"] + settings["eps"])}

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> list[str]:
        mean, root, _step, zeros = super().memory(settings)
        return [mean, root, _("Rate × m̂ looking ahead / √v̂: × **{step}**"), zeros]


MOMENTS: dict[str, type[Optimizer]] = {
    "adam": Adam,
    "adamw": AdamW,
    "amsgrad": AMSGrad,
    "nadam": NAdam,
}
