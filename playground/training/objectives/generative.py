"""Generative: what objectives that learn to make data share. They have no labels, and draw latent numbers.

Letters: B batch, F numbers of one example, Z latent numbers.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from playground.arrays import Array, Integers
from playground.nn import OPTIMIZERS, Activation, Dense, Network
from playground.text import _, all_of
from playground.training.batches import Batches
from playground.training.learner import Learner
from playground.training.objective import SHUFFLE
from playground.training.settings import ExperimentError
from playground.training.streams import Streams, stream

LATENT = "latent"  # the stream of what training draws
SHOWN = "shown"  # the stream of what measures and pictures use: drawn once, the same at every frame


class Generative:
    """x: (n, F) the training set. latent: Z. A subclass adds learners, metrics, `step`, `gradients` and
    `measure`.
    """

    learners: Mapping[str, Learner]

    def __init__(self, x: Array, *, latent: int, batch_size: int, seed: int) -> None:
        self.x = np.array(x, dtype=float)
        if self.x.ndim != 2 or not self.x.size:
            raise ValueError(f"The training set has the shape {self.x.shape}; give one row for each example.")
        if latent < 1:
            raise ValueError(f"latent cannot be {latent}: give at least 1.")
        self.latent = latent
        self.streams = Streams(seed, (SHUFFLE, LATENT))
        self.batches = Batches(len(self.x), batch_size)

    def begin_epoch(self, order: Integers) -> None:
        self._epoch = self.x[order]

    def end_epoch(self) -> None:
        """Nothing happens between epochs."""

    def memory(self) -> dict[str, Array]:
        return {}

    def remedy(self) -> str:
        rates = all_of([f"{learner.base_lr / 10.0:.2g}" for learner in self.learners.values()])
        names = all_of([*self.learners])
        return _("Try a tenth of the learning rate: {rates} for {names}.").format(rates=rates, names=names)

    def first_error(self) -> ExperimentError:
        return ExperimentError(
            _(
                "The first numbers are not finite: give examples of about the size of 1, or fewer hidden "
                "units."
            )
        )

    def _draw(self, count: int) -> Array:
        """(count, Z) standard normal numbers for training."""
        return self.streams[LATENT].standard_normal((count, self.latent))


def shown_latents(seed: int, count: int, latent: int) -> Array:
    """(count, latent) standard normal numbers; a larger count begins with the same ones."""
    return np.random.default_rng(stream(seed, SHOWN)).standard_normal((count, latent))


def perceptron(sizes: Sequence[int], *, lr: float, seed: int, name: str) -> Learner:
    """A network of dense layers of these sizes, the input's first, with leaky ReLU between them, and Adam.

    Its first weights come from the stream `name`.
    """
    layers = []
    for units in sizes[1:-1]:
        layers += [Dense(units, init="he_normal"), Activation("leaky_relu")]
    layers.append(Dense(sizes[-1]))
    network = Network(layers, sizes[0], seed=stream(seed, name).generate_state(4).tolist())
    return Learner(network, OPTIMIZERS["adam"](network.params.size, lr=lr))
