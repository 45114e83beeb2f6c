"""OPTIMIZERS: name -> optimizer class, in increasing complexity.

Formulas and defaults are PyTorch's wherever PyTorch has the optimizer, so that trajectories agree to the last
digits. In the formulas g is the gradient, w a parameter, t the step counted from 1. Each rule works in
scratch vectors, so a step allocates nothing; scalar factors are joined before they meet a vector.
"""

from math import sqrt
from typing import ClassVar

import numpy as np

from playground.nn.optimizer import Optimizer
from playground.nn.setting import Setting


def _beta(name: str, what: str, default: float) -> Setting:
    return Setting(name, f"Memory of {what}: nearer to 1 averages over more steps.", 0.0, 0.9999, default)


def _epsilon(default: float) -> Setting:
    return Setting(
        "ε", "Added to the divisor: larger tames steps where gradients are tiny.", 1e-16, 1.0, default
    )


_MOMENTUM = Setting("Momentum", "Share of the last step kept: higher rolls on further.", 0.0, 0.9999, 0.9)


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
    settings: ClassVar = {"momentum": _MOMENTUM}
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
    settings: ClassVar = {"momentum": _MOMENTUM}
    slot_names = ("velocity",)

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        velocity, ahead = self.slots["velocity"], self._scratch
        velocity *= self.momentum
        velocity += grads
        np.multiply(velocity, self.momentum, ahead)
        ahead += grads
        ahead *= self.lr
        params -= ahead


class Adagrad(Optimizer):
    """s += g^2; w -= lr / (1 + (t - 1) lr_decay) g / (sqrt(s) + eps) (Duchi, Hazan and Singer 2011)."""

    label = "Adagrad"
    source = "Duchi, Hazan and Singer 2011"
    settings: ClassVar = {
        "lr_decay": Setting("Rate decay", "Shrinks the rate with every step: higher, sooner.", 0.0, 1.0, 0.0),
        "eps": _epsilon(1e-10),
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
        "alpha": _beta("α", "squared gradients", 0.99),
        "momentum": _MOMENTUM._replace(default=0.0),
        "eps": _epsilon(1e-8),
    }
    default_lr = 1e-2
    slot_names = ("square", "velocity")

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        square, step = self.slots["square"], self._scratch
        _average_square(square, grads, self.alpha, step)
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
    settings: ClassVar = {"rho": _beta("ρ", "squared gradients and steps", 0.9), "eps": _epsilon(1e-6)}
    default_lr = 1.0
    slot_names = ("square", "step_square")

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        square, step_square = self.slots["square"], self.slots["step_square"]
        step, scratch = self._scratch, self._scratch2
        _average_square(square, grads, self.rho, scratch)
        np.add(square, self.eps, scratch)
        np.add(step_square, self.eps, step)
        step /= scratch
        np.sqrt(step, step)
        step *= grads
        _average_square(step_square, step, self.rho, scratch)
        step *= self.lr
        params -= step


class Adam(Optimizer):
    """m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= lr m^ / (sqrt(v^) + eps) (Kingma and Ba 2015).

    m^ = m / (1 - b1^t) and v^ = v / (1 - b2^t) undo the start at zero.
    """

    label = "Adam"
    source = "Kingma and Ba 2015"
    settings: ClassVar = {
        "beta1": _beta("β₁", "gradients", 0.9),
        "beta2": _beta("β₂", "squared gradients", 0.999),
        "eps": _epsilon(1e-8),
    }
    slot_names = ("mean", "square")

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        mean, square, step = self.slots["mean"], self.slots["square"], self._scratch
        _average(mean, grads, self.beta1, step)
        _average_square(square, grads, self.beta2, step)
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
        _average(mean, grads, self.beta1, self._scratch)
        _average_square(square, grads, self.beta2, self._scratch)
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
        _average(mean, grads, self.beta1, step)
        _average_square(square, grads, self.beta2, step)
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
        "beta1": _beta("β₁", "gradients in this step", 0.9),
        "beta2": _beta("β₂", "gradients between steps", 0.99),
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
        _average(mean, grads, self.beta2, scratch)


def _average(mean: np.ndarray, grads: np.ndarray, beta: float, scratch: np.ndarray) -> None:
    """mean = beta mean + (1 - beta) g, in place."""
    mean *= beta
    mean += np.multiply(grads, 1.0 - beta, scratch)


def _average_square(square: np.ndarray, grads: np.ndarray, beta: float, scratch: np.ndarray) -> None:
    """square = beta square + (1 - beta) g^2, in place."""
    square *= beta
    np.multiply(grads, grads, scratch)
    scratch *= 1.0 - beta
    square += scratch


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adagrad": Adagrad,
    "rmsprop": RMSprop,
    "adadelta": Adadelta,
    "adam": Adam,
    "adamw": AdamW,
    "amsgrad": AMSGrad,
    "nadam": NAdam,
    "lion": Lion,
}
