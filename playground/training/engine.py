"""Engine: training itself, of any Objective. It updates, measures and goes back to any Snapshot; it has no
history.

Letters: L weight layers of all learners, in the learners' order.
"""

from collections.abc import Mapping
from typing import Generic

import numpy as np

from playground.arrays import Array, Integers
from playground.training.frame import Frame, Snapshot
from playground.training.objective import SHUFFLE, LiveSettings, Objective
from playground.training.streams import State


class Engine(Generic[LiveSettings]):
    """The run of one objective, at `update` updates."""

    def __init__(self, objective: Objective[LiveSettings]) -> None:
        self.objective = objective
        self.update = 0
        self.updates_per_epoch = objective.batches.per_epoch
        self._learners = tuple(objective.learners.values())
        self._shuffle = objective.streams[SHUFFLE]
        self._epoch_streams: Mapping[str, State] = (
            objective.streams.state()
        )  # at the beginning of the last update's epoch
        self._slices: list[slice] = []
        self._set_rates()

    def apply(self, settings: LiveSettings) -> None:
        """Put live settings in force from the next update on."""
        self.objective.apply(settings)
        self._set_rates()

    def _set_rates(self) -> None:
        self._scheduled = [learner for learner in self._learners if learner.is_scheduled]
        for learner in self._learners:
            learner.set_rate(self.update / self.updates_per_epoch)

    # ---- training

    def run(self, until: int) -> bool:
        """Train until `update` is `until`. False if a loss is not finite; that update does not count then."""
        with np.errstate(all="ignore"):
            while self.update < until:
                position = self.update % self.updates_per_epoch
                if position == 0:
                    self._begin_epoch()
                stop = min(self.updates_per_epoch, position + until - self.update)
                if not self._step(self._slices[position:stop]):
                    return False
                if stop == self.updates_per_epoch:
                    self.objective.end_epoch()
        return True

    def _step(self, batches: list[slice]) -> bool:
        """An update on each of the batches; False if one could not be made."""
        step, scheduled = self.objective.step, self._scheduled
        for batch in batches:
            for learner in scheduled:
                learner.set_rate(self.update / self.updates_per_epoch)
            if not step(batch):
                return False
            self.update += 1
        return True

    def _begin_epoch(self) -> None:
        """Draw the epoch's order, and have the training set put into it."""
        self._epoch_streams = self.objective.streams.state()
        epoch, batches = self.update // self.updates_per_epoch, self.objective.batches
        self._slices = batches.slices(epoch)
        self.objective.begin_epoch(batches.order(epoch, self._shuffle))

    @property
    def last_batch(self) -> Integers:
        """The rows of the training set that the last update used; none before the first."""
        if self.update == 0:
            return np.empty(0, int)
        draws = np.random.Generator(np.random.PCG64(0))
        draws.bit_generator.state = self._epoch_streams[SHUFFLE]
        epoch, position = divmod(self.update - 1, self.updates_per_epoch)
        batches = self.objective.batches
        return batches.order(epoch, draws)[batches.slices(epoch)[position]]

    # ---- measuring

    def frame(self, index: int, gradient_norms: Array) -> Frame:
        """The present moment in numbers; gradient_norms: (L,)."""
        meters = [learner.meter for learner in self._learners]
        with np.errstate(all="ignore"):
            metrics = self.objective.measure()
            weight_norms = np.concatenate([meter.weight_norms() for meter in meters])
            ratios = np.concatenate([meter.update_ratios() for meter in meters])
        return Frame(
            index=index,
            epoch=self.update // self.updates_per_epoch,
            update=self.update,
            metrics=metrics,
            gradient_norms=tuple(gradient_norms.tolist()),
            weight_norms=tuple(weight_norms.tolist()),
            update_ratios=tuple(ratios.tolist()),
            learning_rate=float(self._learners[0].optimizer.lr),
        )

    def metrics(self) -> dict[str, float]:
        """What the objective measures."""
        with np.errstate(all="ignore"):
            return self.objective.measure()

    def remember_parameters(self) -> None:
        """A frame's update ratios compare with the parameters as they are now."""
        for learner in self._learners:
            learner.meter.remember_parameters()

    def gradient_norms(self) -> Array:
        """(L,) root mean square of each layer's gradient norm over the updates since the last call."""
        with np.errstate(all="ignore"):
            return np.concatenate([learner.meter.gradient_norms() for learner in self._learners])

    def first_gradient_norms(self) -> Array:
        """(L,) gradient norms on the whole training set in training mode; the run is left as it was. To be
        asked for before the first update.
        """
        networks, streams = [learner.network for learner in self._learners], self.objective.streams
        before = [(network.state.copy(), network.rng.bit_generator.state) for network in networks]
        drawn, memory = streams.state(), self._memory()
        with np.errstate(all="ignore"):
            self.objective.gradients()
            norms = self.gradient_norms()
        streams.load(drawn)
        self._load_memory(memory)
        for network, (state, masks) in zip(networks, before, strict=True):
            network.state[:], network.rng.bit_generator.state = state, masks
        return norms

    def weight_norms(self) -> Array:
        """(L,) the norm of each layer's weights and biases."""
        with np.errstate(all="ignore"):
            return np.concatenate([learner.meter.weight_norms() for learner in self._learners])

    @property
    def is_finite(self) -> bool:
        """Whether every parameter is a finite number."""
        return all(np.isfinite(learner.network.params).all() for learner in self._learners)

    # ---- going back

    def snapshot(self) -> Snapshot:
        """A copy of everything that decides how the run goes on."""
        objective, begun = self.objective, self._epoch_streams
        if self.update % self.updates_per_epoch == 0:
            begun = {SHUFFLE: begun[SHUFFLE]}  # all that `last_batch` needs; the next epoch begins anew
        return Snapshot(
            update=self.update,
            learners={name: learner.snapshot() for name, learner in objective.learners.items()},
            streams=objective.streams.state(),
            epoch_streams=begun,
            memory=self._memory(),
        )

    def load(self, snapshot: Snapshot, settings: LiveSettings) -> None:
        """Go to the moment of a snapshot; settings: those in force when it was taken."""
        self.update = snapshot.update
        self._load_memory(snapshot.memory)
        self.apply(settings)
        for name, learner in self.objective.learners.items():
            learner.restore(snapshot.learners[name])
        self._epoch_streams = snapshot.epoch_streams
        if self.update % self.updates_per_epoch:
            self.objective.streams.load(snapshot.epoch_streams)
            self._begin_epoch()
            self._load_memory(snapshot.memory)  # whatever beginning it again has moved
        self.objective.streams.load(snapshot.streams)
        self.gradient_norms()

    def _memory(self) -> dict[str, Array]:
        """A copy of what else the objective says decides how training goes on."""
        return {name: array.copy() for name, array in self.objective.memory().items()}

    def _load_memory(self, memory: Mapping[str, Array]) -> None:
        for name, array in self.objective.memory().items():
            array[...] = memory[name]
