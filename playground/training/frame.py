"""Frame: one moment of a run in numbers. Snapshot: the same moment in full, to go on from."""

from collections.abc import Mapping
from dataclasses import dataclass

from playground.arrays import Array
from playground.training.learner import LearnerSnapshot
from playground.training.streams import State

PLAIN_BYTES = 1_600  # what a snapshot's objects and random-number states take besides its arrays and learners


@dataclass(frozen=True, slots=True)
class Frame:
    """The numbers of one moment.

    index: position in the history. epoch: completed epochs. update: optimizer steps taken.
    metrics: the objective's, measured in evaluation mode and without penalties: train_loss and test_loss of
        a supervised run, with classes train_accuracy and test_accuracy too. (Do not modify.)
    gradient_norms, weight_norms, update_ratios: one number for each of network.weight_layers of each learner,
        weight and bias together: the L2 norm of the loss's gradient, without penalties and before clipping,
        as root mean square over the updates since the frame before (before training: on the whole training
        set at once); the parameters' norm; how large the last update was in proportion to it.
    learning_rate: the first learner's, of the last update; before training, of the first.
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

    streams: the states of the objective's random number generators by name. epoch_streams: those at the
    beginning of the last update's epoch, from which it begins again; of a complete epoch the shuffle's alone.
    memory: of the objective.
    """

    update: int
    learners: Mapping[str, LearnerSnapshot]
    streams: Mapping[str, State]
    epoch_streams: Mapping[str, State]
    memory: Mapping[str, Array]

    @property
    def nbytes(self) -> int:
        learners = sum(learner.nbytes for learner in self.learners.values())
        return learners + sum(array.nbytes for array in self.memory.values()) + PLAIN_BYTES
