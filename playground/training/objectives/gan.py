"""Gan: a generator that makes points from noise, and a discriminator that tells them from real ones.

Goodfellow et al. 2014, "Generative Adversarial Nets", algorithm 1 with one discriminator step for each
generator step, and the generator loss that does not saturate, -log D(G(z)) (their section 3). The
discriminator puts out logits; its loss is the mean over the real and the generated points, half the paper's
sum. Adam in place of the paper's momentum.

Letters: B batch, F numbers of one example, Z latent numbers.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from playground.arrays import Array
from playground.nn import LOSSES
from playground.text import _
from playground.training.objective import LOSS, SHARE, Metric
from playground.training.objectives.generative import Generative, perceptron, shown_latents

N_SHOWN = 256
_bce = LOSSES["bce"].function


@dataclass(frozen=True)
class GanSettings:
    """latent: Z. hidden: units of each hidden layer, the same in both networks. The two rates are live."""

    latent: int = 2
    hidden: tuple[int, ...] = (16,)
    generator_lr: float = 2e-3
    discriminator_lr: float = 2e-3
    batch_size: int = 32
    seed: int = 0


class Gan(Generative):
    """x: (n, F) the real points. shown: (N_SHOWN, Z) the latents that measures and pictures use."""

    metrics = (
        Metric("discriminator_loss", _("discriminator"), LOSS),
        Metric("generator_loss", _("generator"), LOSS),
        Metric("real_as_real", _("real points taken for real"), SHARE),
        Metric("generated_as_real", _("generated points taken for real"), SHARE),
    )

    def __init__(self, x: Array, settings: GanSettings) -> None:
        super().__init__(x, latent=settings.latent, batch_size=settings.batch_size, seed=settings.seed)
        numbers, hidden = self.x.shape[1], settings.hidden
        self.generator = perceptron(
            (settings.latent, *hidden, numbers),
            lr=settings.generator_lr,
            seed=settings.seed,
            name="generator",
        )
        self.discriminator = perceptron(
            (numbers, *hidden, 1), lr=settings.discriminator_lr, seed=settings.seed, name="discriminator"
        )
        self.learners = {"generator": self.generator, "discriminator": self.discriminator}
        self.shown = shown_latents(settings.seed, N_SHOWN, settings.latent)

    def apply(self, settings: GanSettings) -> None:
        self.generator.base_lr = settings.generator_lr
        self.discriminator.base_lr = settings.discriminator_lr

    def generate(self, z: Array) -> Array:
        """Points (B, F) that the generator makes of z: (B, Z), in evaluation mode."""
        return self.generator.network.forward(z)

    # ---- training

    def step(self, batch: slice) -> bool:
        """A step of the discriminator, then one of the generator against the new discriminator."""
        real = self._epoch[batch]
        if not isfinite(self._discriminator_gradient(real)):
            return False
        self.discriminator.step()
        if not isfinite(self._generator_gradient(len(real))):
            return False
        self.generator.step()
        return True

    def gradients(self) -> None:
        self._discriminator_gradient(self.x)
        self.discriminator.meter.note_gradient()
        self._generator_gradient(len(self.x))
        self.generator.meter.note_gradient()

    def _discriminator_gradient(self, real: Array) -> float:
        """The loss on real: (B, F) and as many generated points; overwrites the discriminator's gradients."""
        network, count = self.discriminator.network, len(real)
        generated = self.generator.network.forward(self._draw(count), True)
        both = np.concatenate([real, generated])  # one pass: a second forward would take the first's cache
        targets = np.repeat([[1.0], [0.0]], count, axis=0)
        loss, d_logits = _bce(network.forward(both, True), targets)
        network.backward_parameters(d_logits)
        return loss

    def _generator_gradient(self, count: int) -> float:
        """The generator's loss on `count` points; overwrites its gradients, and those of the
        discriminator too, which its next step writes anew.
        """
        generator, discriminator = self.generator.network, self.discriminator.network
        generated = generator.forward(self._draw(count), True)
        loss, d_logits = _bce(discriminator.forward(generated, True), np.ones((count, 1)))
        generator.backward_parameters(discriminator.backward(d_logits))
        return loss

    # ---- measuring

    def measure(self) -> dict[str, float]:
        """On all real points and on the points of the shown latents."""
        network = self.discriminator.network
        real = network.forward(self.x)
        generated = network.forward(self.generate(self.shown))
        as_real, as_generated = (
            _bce(real, np.ones_like(real))[0],
            _bce(generated, np.zeros_like(generated))[0],
        )
        return {
            "discriminator_loss": 0.5 * float(as_real + as_generated),
            "generator_loss": float(_bce(generated, np.ones_like(generated))[0]),
            "real_as_real": float((real > 0.0).mean()),
            "generated_as_real": float((generated > 0.0).mean()),
        }
