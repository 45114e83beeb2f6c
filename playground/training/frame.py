"""Frame: one moment of a run in numbers. Snapshot: the same moment in full, to go on from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from playground.nn import OptimizerSnapshot

PLAIN_BYTES = 3_100  # what a snapshot's objects and random-number states take besides its arrays


@dataclass(frozen=True, slots=True)
class Frame:
    """The numbers of one moment.

    index: position in the history. epoch: completed epochs. update: optimizer steps taken.
    metrics: train_loss and test_loss, with classes train_accuracy and test_accuracy too, all measured in
        evaluation mode and without penalties. (Do not modify.)
    gradient_norms, weight_norms, update_ratios: one number for each of network.weight_layers, weight and bias
        together: the gradient's L2 norm before clipping, as root mean square over the updates since the frame
        before (before training: on the whole training set at once); the parameters' norm; how large the last
        update was in proportion to it.
    learning_rate: of the last update; before training, of the first.
    """

    index: int
    epoch: int
    update: int
    metrics: Mapping[str, float]
    gradient_norms: tuple[float, ...]
    weight_norms: tuple[float, ...]
    update_ratios: tuple[float, ...]
    learning_rate: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that decides how a run goes on. The arrays are copies.

    params, state: of the network. dead: (N,) bool, the weights that TensorFlow Playground's L1 has switched
    off for good; (0,) under the standard rules. streams: the states of the random number generators by name;
    that of the shuffle is the one at the beginning of the epoch, from which the epoch's order is drawn again;
    "epoch" is the one from which the order of the last update's epoch was drawn.
    """

    update: int
    params: np.ndarray
    state: np.ndarray
    dead: np.ndarray
    optimizer: OptimizerSnapshot
    schedule: tuple
    streams: Mapping[str, dict]

    @property
    def nbytes(self) -> int:
        slots = sum(slot.nbytes for slot in self.optimizer.slots.values())
        return self.params.nbytes + self.state.nbytes + self.dead.nbytes + slots + PLAIN_BYTES
