"""MOMENTS: optimizers that step by a running mean of the gradients: Adam and its relatives, and Lion."""

from math import sqrt
from typing import ClassVar

import numpy as np

from playground.nn.optimizer import Optimizer
from playground.nn.optimizers.shared import average, average_square, epsilon_setting, memory_setting
from playground.nn.setting import Setting


class Adam(Optimizer):
    """m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= lr m^ / (sqrt(v^) + eps) (Kingma and Ba 2015).

    m^ = m / (1 - b1^t) and v^ = v / (1 - b2^t) undo the start at zero.
    """

    label = "Adam"
    source = "Kingma and Ba 2015"
    settings: ClassVar = {
        "beta1": memory_setting("β₁", "gradients", 0.9),
        "beta2": memory_setting("β₂", "squared gradients", 0.999),
        "eps": epsilon_setting(1e-8),
    }
    slot_names = ("mean", "square")

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        mean, square, step = self.slots["mean"], self.slots["square"], self._scratch
        average(mean, grads, self.beta1, step)
        average_square(square, grads, self.beta2, step)
        self._descend(params, mean, square)

    def _descend(self, params: np.ndarray, mean: np.ndarray, square: np.ndarray) -> None:
        """w -= lr m^ / (sqrt(v^) + eps), the correction r of sqrt(v) moved: lr r m^ / (sqrt(v) + eps r)."""
        root = sqrt(1.0 - self.beta2**self.t)
        step = np.sqrt(square, self._scratch)
        step += self.eps * root
        np.divide(mean, step, step)
        step *= self.lr * root / (1.0 - self.beta1**self.t)
        params -= step


class AdamW(Adam):
    """Adam with decoupled weight decay: first w -= lr weight_decay w (Loshchilov and Hutter 2019)."""

    label = "AdamW"
    source = "Loshchilov and Hutter 2019"
    default_weight_decay = 1e-2
    decoupled = True


class AMSGrad(Adam):
    """Adam whose v never shrinks: the largest v so far divides (Reddi, Kale and Kumar 2018).

    As in PyTorch the maximum is taken before the correction 1 - b2^t.
    """

    label = "AMSGrad"
    source = "Reddi, Kale and Kumar 2018"
    slot_names = ("mean", "square", "largest")

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
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

    label = "NAdam"
    source = "Dozat 2016"
    settings = Adam.settings | {
        "momentum_decay": Setting(
            "Momentum decay", "How fast the look-ahead warms up: higher, sooner.", 0.0, 1.0, 4e-3
        )
    }
    default_lr = 2e-3
    carried = ("mu_product",)

    def __init__(self, n_params: int, **options: float) -> None:
        super().__init__(n_params, **options)
        self.mu_product = 1.0

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
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


class Lion(Optimizer):
    """w -= lr sign(b1 m + (1 - b1) g), then m = b2 m + (1 - b2) g (Chen et al. 2023).

    Weight decay is decoupled: w -= lr weight_decay w before the step.
    """

    label = "Lion"
    source = "Chen et al. 2023"
    settings: ClassVar = {
        "beta1": memory_setting("β₁", "gradients in this step", 0.9),
        "beta2": memory_setting("β₂", "gradients between steps", 0.99),
    }
    default_lr = 1e-4
    decoupled = True
    slot_names = ("mean",)

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        mean, step, scratch = self.slots["mean"], self._scratch, self._scratch2
        np.multiply(mean, self.beta1, step)
        step += np.multiply(grads, 1.0 - self.beta1, scratch)
        np.sign(step, step)
        step *= self.lr
        params -= step
        average(mean, grads, self.beta2, scratch)


MOMENTS: dict[str, type[Optimizer]] = {
    "adam": Adam,
    "adamw": AdamW,
    "amsgrad": AMSGrad,
    "nadam": NAdam,
    "lion": Lion,
}
