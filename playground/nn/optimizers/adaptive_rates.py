"""ADAPTIVE_RATES: optimizers that give each parameter a rate of its own, from the size of its gradients."""

from typing import ClassVar

import numpy as np

from playground.nn.optimizer import Optimizer
from playground.nn.optimizers.shared import MOMENTUM_SETTING, average_square, epsilon_setting, memory_setting
from playground.nn.setting import Setting


class Adagrad(Optimizer):
    """s += g^2; w -= lr / (1 + (t - 1) lr_decay) g / (sqrt(s) + eps) (Duchi, Hazan and Singer 2011)."""

    label = "Adagrad"
    source = "Duchi, Hazan and Singer 2011"
    settings: ClassVar = {
        "lr_decay": Setting("Rate decay", "Shrinks the rate with every step: higher, sooner.", 0.0, 1.0, 0.0),
        "eps": epsilon_setting(1e-10),
    }
    default_lr = 1e-2
    slot_names = ("square_sum",)

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        total, step = self.slots["square_sum"], self._scratch
        total += np.multiply(grads, grads, step)
        np.sqrt(total, step)
        step += self.eps
        np.divide(grads, step, step)
        step *= self.lr / (1.0 + (self.t - 1) * self.lr_decay)
        params -= step


class RMSprop(Optimizer):
    """s = alpha s + (1 - alpha) g^2; d = g / (sqrt(s) + eps); with momentum v = momentum v + d; w -= lr v.

    Tieleman and Hinton 2012 (lecture 6e). PyTorch's form, not centred: eps stands outside the root.
    """

    label = "RMSprop"
    source = "Tieleman and Hinton 2012"
    settings: ClassVar = {
        "alpha": memory_setting("α", "squared gradients", 0.99),
        "momentum": MOMENTUM_SETTING._replace(default=0.0),
        "eps": epsilon_setting(1e-8),
    }
    default_lr = 1e-2
    slot_names = ("square", "velocity")

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
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


class Adadelta(Optimizer):
    """s = rho s + (1 - rho) g^2; d = g sqrt(u + eps) / sqrt(s + eps); u = rho u + (1 - rho) d^2; w -= lr d.

    Zeiler 2012. lr is 1 in the paper: the running size u of past steps sets the scale.
    """

    label = "Adadelta"
    source = "Zeiler 2012"
    settings: ClassVar = {
        "rho": memory_setting("ρ", "squared gradients and steps", 0.9),
        "eps": epsilon_setting(1e-6),
    }
    default_lr = 1.0
    slot_names = ("square", "step_square")

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
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


ADAPTIVE_RATES: dict[str, type[Optimizer]] = {"adagrad": Adagrad, "rmsprop": RMSprop, "adadelta": Adadelta}
