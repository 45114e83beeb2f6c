"""ADAPTIVE_RATES: optimizers that give each parameter a rate of its own, from the size of its gradients."""

from collections.abc import Mapping
from math import nan
from typing import ClassVar

import numpy as np

from playground.arrays import Array
from playground.nn.optimizer import LastStep, Lines, Optimizer, Readings
from playground.nn.optimizers.shared import (
    MOMENTUM_SETTING,
    about_steps,
    average_square,
    epsilon_setting,
    inverse,
    memory_setting,
)
from playground.nn.setting import Setting
from playground.text import _


class Adagrad(Optimizer):
    """s += g^2; w -= lr / (1 + (t - 1) lr_decay) g / (sqrt(s) + eps) (Duchi, Hazan and Singer 2011)."""

    label = _("Adagrad")
    source = "Duchi, Hazan and Singer 2011"
    text = _("Gives each weight a rate of its own that shrinks with all the gradients it has seen.")
    latex = r"s \leftarrow s + g^2, \quad w \leftarrow w - \eta\,\frac{g}{\sqrt{s} + \epsilon}"
    formula = (
        ("square_sum", "square_sum + g ** 2"),
        ("w", "w - lr / (1 + (t - 1) * lr_decay) * g / (sqrt(square_sum) + eps)"),
    )
    settings: ClassVar = {
        "lr_decay": Setting(
            _("Rate decay"), _("Shrinks the rate with every step: higher, sooner."), 0.0, 1.0, 0.0
        ),
        "eps": epsilon_setting(1e-10),
    }
    slot_words: ClassVar = {"square_sum": _("Sum of g²")}
    default_lr = 1e-2
    network_lr = 0.1
    surface_lrs: ClassVar = {
        "bowl": 0.5,
        "ravine": 0.5,
        "rosenbrock": 0.5,
        "beale": 0.5,
        "himmelblau": 0.5,
        "saddle": 0.2,
        "plateau": 0.2,
    }

    lr_decay: float
    eps: float

    def update(self, params: Array, grads: Array) -> None:
        total, step = self.slots["square_sum"], self._scratch
        total += np.multiply(grads, grads, step)
        np.sqrt(total, step)
        step += self.eps
        np.divide(grads, step, step)
        step *= self.lr / (1.0 + (self.t - 1) * self.lr_decay)
        params -= step

    @classmethod
    def readings(cls, step: LastStep, settings: Mapping[str, float]) -> Readings:
        """s, the sum of all squared gradients, only grows, so that the factor 1 / sqrt(s) only shrinks."""
        total, decay = step.after["square_sum"], 1.0 + (step.t - 1) * settings["lr_decay"]
        return {"square_sum": total, "factor": inverse((np.sqrt(total) + settings["eps"]) * decay, step.t)}

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> list[str]:
        return [
            _("Sum s of all g²: **{square_sum}**"),
            _("Rate × 1/√s, and the rate's own decay: × **{factor}**")
            if settings["lr_decay"]
            else _("Rate × 1/√s: × **{factor}**"),
            _("s only grows, so steps only shrink."),
        ]


class RMSprop(Optimizer):
    """s = alpha s + (1 - alpha) g^2; d = g / (sqrt(s) + eps); with momentum v = momentum v + d; w -= lr v.

    Tieleman and Hinton 2012 (lecture 6e). PyTorch's form, not centred: eps stands outside the root.
    """

    label = _("RMSprop")
    source = "Tieleman and Hinton 2012"
    text = _("Divides each weight's gradient by its usual size of late, so that all weights move alike.")
    latex = (
        r"s \leftarrow \alpha s + (1 - \alpha)\,g^2, \quad "
        r"w \leftarrow w - \eta\,\frac{g}{\sqrt{s} + \epsilon}"
    )
    formula = (
        ("square", "alpha * square + (1 - alpha) * g ** 2"),
        ("w", "w - lr * g / (sqrt(square) + eps)"),
    )
    rolling: ClassVar[Lines] = (
        ("square", "alpha * square + (1 - alpha) * g ** 2"),
        ("velocity", "momentum * velocity + g / (sqrt(square) + eps)"),
        ("w", "w - lr * velocity"),
    )
    """The formula with momentum."""
    settings: ClassVar = {
        "alpha": memory_setting("α", _("squared gradients"), 0.99),
        "momentum": MOMENTUM_SETTING._replace(default=0.0),
        "eps": epsilon_setting(1e-8),
    }
    slot_words: ClassVar = {"square": _("Mean g²"), "velocity": _("Velocity v")}
    default_lr = 1e-2
    network_lr = 0.02
    surface_lrs: ClassVar = {
        "bowl": 0.03,
        "ravine": 0.03,
        "rosenbrock": 0.02,
        "beale": 0.03,
        "himmelblau": 0.03,
        "saddle": 0.02,
        "plateau": 0.02,
    }

    alpha: float
    momentum: float
    eps: float

    def update(self, params: Array, grads: Array) -> None:
        square, step = self.slots["square"], self._scratch
        average_square(square, grads, self.alpha, step)
        np.sqrt(square, step)
        step += self.eps
        np.divide(grads, step, step)
        if self.momentum:
            velocity = self.slots["velocity"]
            velocity *= self.momentum
            velocity += step
            np.multiply(velocity, self.lr, step)
        else:
            step *= self.lr
        params -= step

    @classmethod
    def formula_for(cls, settings: Mapping[str, float], *, decayed: bool) -> Lines:
        return cls.rolling if settings["momentum"] else cls.formula

    @property
    def slots_in_use(self) -> tuple[str, ...]:
        """Without momentum the velocity never moves."""
        return tuple(self.slots) if self.momentum else ("square",)

    @classmethod
    def readings(cls, step: LastStep, settings: Mapping[str, float]) -> Readings:
        """s, the mean of recent squared gradients, divides the step."""
        square = step.after["square"]
        return {"square": square, "factor": inverse(np.sqrt(square) + settings["eps"], step.t)}

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> list[str]:
        alpha = settings["alpha"]
        return [
            _("Mean s of g² over {about_steps} (α = {alpha:g}): **{{square}}**").format(
                about_steps=about_steps(alpha), alpha=alpha
            ),
            _("Rate × 1/√s: × **{factor}**"),
        ]


class Adadelta(Optimizer):
    """s = rho s + (1 - rho) g^2; d = g sqrt(u + eps) / sqrt(s + eps); u = rho u + (1 - rho) d^2; w -= lr d.

    Zeiler 2012. lr is 1 in the paper: the running size u of past steps sets the scale.
    """

    label = _("Adadelta")
    source = "Zeiler 2012"
    text = _("RMSprop that sets the size of its steps from the size of its past steps.")
    latex = r"w \leftarrow w - \eta\,\frac{\sqrt{u + \epsilon}}{\sqrt{s + \epsilon}}\,g"
    formula = (
        ("square", "rho * square + (1 - rho) * g ** 2"),
        ("d", "g * sqrt((step_square + eps) / (square + eps))"),
        ("step_square", "rho * step_square + (1 - rho) * d ** 2"),
        ("w", "w - lr * d"),
    )
    settings: ClassVar = {
        "rho": memory_setting("ρ", _("squared gradients and steps"), 0.9),
        "eps": epsilon_setting(1e-6),
    }
    slot_words: ClassVar = {"square": _("Mean g²"), "step_square": _("Mean squared step")}
    default_lr = 1.0
    network_lr = 1.0
    surface_lrs: ClassVar = {
        "bowl": 5.0,
        "ravine": 5.0,
        "rosenbrock": 1.0,
        "beale": 3.0,
        "himmelblau": 3.0,
        "saddle": 3.0,
        "plateau": 2.0,
    }

    rho: float
    eps: float

    def update(self, params: Array, grads: Array) -> None:
        square, step_square = self.slots["square"], self.slots["step_square"]
        step, scratch = self._scratch, self._scratch2
        average_square(square, grads, self.rho, scratch)
        np.add(square, self.eps, scratch)
        np.add(step_square, self.eps, step)
        step /= scratch
        np.sqrt(step, step)
        step *= grads
        average_square(step_square, step, self.rho, scratch)
        step *= self.lr
        params -= step

    @classmethod
    def readings(cls, step: LastStep, settings: Mapping[str, float]) -> Readings:
        """factor: of the last step, the size of those before it over that of all gradients."""
        square, steps, eps = step.after["square"], step.before["step_square"], settings["eps"]
        factor = np.sqrt((steps + eps) / (square + eps)) if step.t else np.full_like(square, nan)
        return {"square": square, "step_square": steps, "factor": factor}

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> list[str]:
        rho = settings["rho"]
        return [
            _("Mean of g² over {about_steps} (ρ = {rho:g}): **{{square}}**").format(
                about_steps=about_steps(rho), rho=rho
            ),
            _("Mean of squared steps before the last: **{step_square}**"),
            _("Root of their ratio: × **{factor}**"),
        ]


ADAPTIVE_RATES: dict[str, type[Optimizer]] = {"adagrad": Adagrad, "rmsprop": RMSprop, "adadelta": Adadelta}
