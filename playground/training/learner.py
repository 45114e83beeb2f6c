"""Learner: a network together with what changes it, which is an optimizer and a schedule of its rate."""

from dataclasses import dataclass

from playground.arrays import Array
from playground.nn import SCHEDULES, Network, Optimizer, OptimizerSnapshot, Schedule
from playground.nn.schedules import Seen
from playground.training.meter import Meter
from playground.training.streams import State

PLAIN_BYTES = 1_500  # what a snapshot's objects and its random-number state take besides its arrays
_CONSTANT = SCHEDULES["constant"]


@dataclass(frozen=True, slots=True)
class LearnerSnapshot:
    """Everything that decides how a learner goes on but its settings. The arrays are copies.

    params: (N,). state: running statistics. masks: where the stream of the network's masks is.
    """

    params: Array
    state: Array
    optimizer: OptimizerSnapshot
    schedule: Seen
    masks: State

    @property
    def nbytes(self) -> int:
        slots = sum(slot.nbytes for slot in self.optimizer.slots.values())
        return self.params.nbytes + self.state.nbytes + slots + PLAIN_BYTES


class Learner:
    """network, optimizer, schedule: none but this learner uses them. base_lr: the rate that the schedule
    multiplies. meter: measures the network; whoever takes a step notes the gradient in it.
    """

    def __init__(self, network: Network, optimizer: Optimizer, schedule: Schedule | None = None) -> None:
        self.network = network
        self.optimizer = optimizer
        self.schedule = _CONSTANT() if schedule is None else schedule
        self.base_lr = optimizer.lr
        self.meter = Meter(network)

    @property
    def is_scheduled(self) -> bool:
        """Whether the rate may change from one update to the next."""
        return not isinstance(self.schedule, _CONSTANT)

    def set_rate(self, epoch: float) -> None:
        """Give the optimizer its rate of a (fractional) epoch."""
        self.optimizer.lr = self.base_lr * self.schedule.factor(epoch)

    def step(self) -> None:
        """Note the network's gradient, and take a step along it."""
        self.meter.note_gradient()
        self.optimizer.step(self.network.params, self.network.grads)

    def snapshot(self) -> LearnerSnapshot:
        network = self.network
        return LearnerSnapshot(
            params=network.params.copy(),
            state=network.state.copy(),
            optimizer=self.optimizer.snapshot(),
            schedule=self.schedule.snapshot(),
            masks=network.rng.bit_generator.state,
        )

    def restore(self, snapshot: LearnerSnapshot) -> None:
        """Go to the moment of a snapshot that was taken under the same settings."""
        self.network.params[:] = snapshot.params
        self.network.state[:] = snapshot.state
        self.network.rng.bit_generator.state = snapshot.masks
        self.optimizer.restore(snapshot.optimizer)
        self.schedule.restore(snapshot.schedule)
