"""TfPlayground: supervised training by the rules of TensorFlow Playground (see `rules`).

The penalties follow the optimizer's step, and what is left over after an epoch's last whole batch joins the
next epoch's first update.
"""

import numpy as np

from playground.arrays import Array, Integers
from playground.nn.regularization import tf_playground_penalty
from playground.training.batches import Batches
from playground.training.edit import NetworkEdit
from playground.training.experiment import Experiment
from playground.training.objectives.supervised import Supervised


class JoinedBatches(Batches):
    """Whole batches only; the rows left over join the first batch of the next epoch."""

    def __init__(self, count: int, size: int, *, shuffle: bool = True) -> None:
        super().__init__(count, size, shuffle=shuffle)
        self.per_epoch, self._left_over = divmod(count, self.size)
        self._slices = self._slices[: self.per_epoch]
        stops = [self._left_over + part.stop for part in self._slices]
        self._joined = [slice(stop - self.size, stop) for stop in stops]
        self._joined[0] = slice(0, stops[0])

    def order(self, epoch: int, draws: np.random.Generator) -> Integers:
        order = super().order(epoch, draws)
        return np.roll(order, self._left_over) if epoch and self._left_over else order

    def slices(self, epoch: int) -> list[slice]:
        return self._joined if epoch else self._slices


class TfPlayground(Supervised):
    """memory()["dead"]: (N,) bool, the weights that L1 has switched off for good."""

    batching = JoinedBatches

    def _prepare(self) -> None:
        self._previous = np.empty_like(self.network.params)
        self._dead = np.zeros(self.network.params.size, bool)

    def apply(self, experiment: Experiment) -> None:
        super().apply(experiment)
        self._pulls = self._penalized or bool(self._dead.any())
        self._penalized = False  # the penalties are no part of the gradient

    def edit(self, edit: NetworkEdit) -> None:
        """Change parameters by hand; a weight that L1 had switched off learns again."""
        self._dead[edit.apply(self.network)] = False

    def memory(self) -> dict[str, Array]:
        return {"dead": self._dead}

    def _step_optimizer(self) -> None:
        """The step, then the penalties. L1 is made at rate 0 too: what is dead stays dead."""
        if not self._pulls:
            super()._step_optimizer()
            return
        rates, params = self._regularization, self.network.params
        self._previous[:] = params
        super()._step_optimizer()
        before, lr, mask, dead = self._previous, self.optimizer.lr, self._mask, self._dead
        if rates.l2:
            tf_playground_penalty(params, before, lr=lr, rate=rates.l2, kind="l2", mask=mask, dead=dead)
        tf_playground_penalty(params, before, lr=lr, rate=rates.l1, kind="l1", mask=mask, dead=dead)
