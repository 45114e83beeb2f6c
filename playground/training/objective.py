"""Objective: what a run trains, be it one network with labels or several that work against each other.

An objective owns its learners and its data, makes one update at a time, and names what it measures. The
Engine decides when: it deals out the batches, sets the scheduled rates, and goes back to any snapshot.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol, TypeVar

from playground.arrays import Array, Integers
from playground.training.batches import Batches
from playground.training.learner import Learner
from playground.training.settings import ExperimentError
from playground.training.streams import Streams

SHUFFLE = "shuffle"  # the stream that the engine draws the order of an epoch from

TRAIN_LOSS, TEST_LOSS = "train_loss", "test_loss"
TRAIN_ACCURACY, TEST_ACCURACY = "train_accuracy", "test_accuracy"
LOSS, SHARE = "loss", "share"
ROLES = (TRAIN_LOSS, TEST_LOSS, TRAIN_ACCURACY, TEST_ACCURACY, LOSS, SHARE)


LiveSettings = TypeVar("LiveSettings", contravariant=True)


class Metric(NamedTuple):
    """A number that every frame measures.

    role: one of ROLES. What is to fall on the training and on the test set, and the accuracies, are what the
    stop rules watch, so at most one metric has each of these four. A "loss" (a part of one, or that of one of
    two opponents) and a "share" in [0, 1] are only shown. log: it is best seen on a logarithmic axis.
    """

    name: str
    label: str
    role: str
    log: bool = False


def name_of(metrics: Iterable[Metric], role: str) -> str | None:
    """The name of the metric with this role, if there is one."""
    return next((metric.name for metric in metrics if metric.role == role), None)


class Objective(Protocol[LiveSettings]):
    """What the Engine needs to train something.

    learners: in the order in which frames list their layers. streams: what training draws from; "shuffle",
    which must be among them, is the engine's.
    """

    @property
    def learners(self) -> Mapping[str, Learner]: ...

    @property
    def metrics(self) -> tuple[Metric, ...]: ...

    @property
    def streams(self) -> Streams: ...

    @property
    def batches(self) -> Batches: ...

    def apply(self, settings: LiveSettings, /) -> None:
        """Put live settings in force, base rates and schedules among them."""

    def begin_epoch(self, order: Integers) -> None:
        """Put the training set into the order of an epoch: (n_train,) rows. It may draw, and does the same
        again from the same streams: the engine begins an epoch anew to go on within it.
        """

    def step(self, batch: slice) -> bool:
        """One update on a part of the epoch's order, which may step several learners. False if a loss is not
        finite; the run then ends, and the engine returns to an earlier moment.
        """

    def end_epoch(self) -> None:
        """An epoch is complete: what happens between epochs, such as showing a schedule the loss."""

    def gradients(self) -> None:
        """Note in each learner's meter the gradient on the whole training set, in training mode; no parameter
        changes. What it draws and moves besides, the engine puts back.
        """

    def measure(self) -> dict[str, float]:
        """Every metric's number, in evaluation mode; draws from no stream of training."""

    def memory(self) -> Mapping[str, Array]:
        """The arrays themselves of whatever else decides how training goes on."""

    def remedy(self) -> str:
        """What to try when the numbers are no longer finite, most likely first: a sentence."""

    def first_error(self) -> ExperimentError:
        """What to say when the numbers are not finite even before training."""
