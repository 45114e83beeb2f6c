"""Vae: an encoder that gives each example a small cloud of latent numbers, and a decoder that turns a draw
from the cloud back into the example.

Kingma and Welling 2014, "Auto-Encoding Variational Bayes": one draw for each example, z = mean + std * noise
(their section 2.4), a normal cloud whose distance from the standard normal is known in closed form (their
appendix B), pixels in [0, 1] as chances (their appendix C.1). beta weighs that distance (Higgins et al. 2017;
1 is the paper's bound). Adam in place of the paper's Adagrad. Losses are in nats for one example.

Letters: B batch, F numbers of one example, Z latent numbers.
"""

from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

import numpy as np

from playground.arrays import Array
from playground.nn import LOSSES
from playground.text import _
from playground.training.objective import LOSS, TEST_LOSS, TRAIN_LOSS, Metric
from playground.training.objectives.generative import Generative, perceptron, shown_latents

_bce = LOSSES["bce"].function


@dataclass(frozen=True)
class VaeSettings:
    """latent: Z. hidden: units of each hidden layer of the encoder; the decoder has them in reverse. beta and
    lr are live.
    """

    latent: int = 2
    hidden: tuple[int, ...] = (32,)
    beta: float = 1.0
    lr: float = 2e-3
    batch_size: int = 32
    seed: int = 0


class LatentPass(NamedTuple):
    """A pass of examples through both networks. reconstruction, distance: the two parts of the loss, the
    latter without beta. d_logits: (B, F) gradient of the first. mean, log_variance: (B, Z) of the clouds.
    """

    reconstruction: float
    distance: float
    d_logits: Array
    mean: Array
    log_variance: Array


class Vae(Generative):
    """x: (n, F) and x_test: (m, F), of numbers in [0, 1]."""

    metrics = (
        Metric("train_loss", _("training"), TRAIN_LOSS),
        Metric("test_loss", _("test"), TEST_LOSS),
        Metric("reconstruction", _("reconstruction"), LOSS),
        Metric("distance", _("distance from the standard normal"), LOSS, log=True),
    )

    def __init__(self, x: Array, x_test: Array, settings: VaeSettings) -> None:
        super().__init__(x, latent=settings.latent, batch_size=settings.batch_size, seed=settings.seed)
        self.x_test = np.array(x_test, dtype=float)
        numbers, hidden = self.x.shape[1], settings.hidden
        if self.x_test.ndim != 2 or not len(self.x_test) or self.x_test.shape[1] != numbers:
            raise ValueError(
                f"The test set has the shape {self.x_test.shape}; give rows of {numbers} numbers."
            )
        if not all(x.min() >= 0.0 and x.max() <= 1.0 for x in (self.x, self.x_test)):
            raise ValueError("A VAE takes its examples' numbers for chances: give numbers from 0 to 1.")
        lr, seed = settings.lr, settings.seed
        self.encoder = perceptron((numbers, *hidden, 2 * settings.latent), lr=lr, seed=seed, name="encoder")
        self.decoder = perceptron((settings.latent, *hidden[::-1], numbers), lr=lr, seed=seed, name="decoder")
        self.learners = {"encoder": self.encoder, "decoder": self.decoder}
        self._noise = shown_latents(settings.seed, max(len(self.x), len(self.x_test)), settings.latent)
        self.beta = settings.beta

    def apply(self, settings: VaeSettings) -> None:
        self.encoder.base_lr = self.decoder.base_lr = settings.lr
        self.beta = settings.beta

    # ---- training

    def step(self, batch: slice) -> bool:
        """One step of both networks on the same draw."""
        if not isfinite(self._gradient(self._epoch[batch])):
            return False
        self.decoder.step()
        self.encoder.step()
        return True

    def gradients(self) -> None:
        self._gradient(self.x)
        self.decoder.meter.note_gradient()
        self.encoder.meter.note_gradient()

    def _gradient(self, x: Array) -> float:
        """The loss on x: (B, F) with new noise; overwrites the gradients of both networks."""
        noise = self._draw(len(x))
        passed = self._pass(x, noise, train=True)
        weight = self.beta / len(x)
        dz = self.decoder.network.backward(passed.d_logits)
        std, variance = np.exp(0.5 * passed.log_variance), np.exp(passed.log_variance)
        d_mean = dz + weight * passed.mean
        d_log_variance = 0.5 * (dz * noise * std + weight * (variance - 1.0))
        self.encoder.network.backward_parameters(np.hstack([d_mean, d_log_variance]))
        return passed.reconstruction + self.beta * passed.distance

    def _pass(self, x: Array, noise: Array, *, train: bool) -> LatentPass:
        """x: (B, F); noise: (B, Z)."""
        mean, log_variance = np.split(self.encoder.network.forward(x, train), 2, axis=1)
        z = mean + np.exp(0.5 * log_variance) * noise
        value, d_logits = _bce(self.decoder.network.forward(z, train), x)  # a mean over B and F
        numbers = x.shape[1]
        distance = 0.5 * (np.exp(log_variance) + mean * mean - 1.0 - log_variance).sum() / len(x)
        return LatentPass(float(numbers * value), float(distance), numbers * d_logits, mean, log_variance)

    # ---- measuring

    def measure(self) -> dict[str, float]:
        """The paper's bound, whatever beta is, with noise that is the same at every frame."""
        train, test = (self._pass(x, self._noise[: len(x)], train=False) for x in (self.x, self.x_test))
        return {
            "train_loss": train.reconstruction + train.distance,
            "test_loss": test.reconstruction + test.distance,
            "reconstruction": train.reconstruction,
            "distance": train.distance,
        }
