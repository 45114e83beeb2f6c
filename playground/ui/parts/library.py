"""LIBRARY: the panels a visitor can choose from, in the order in which they are offered."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.training import Trainer
from playground.ui.parts import progress
from playground.ui.parts.part import Part


@dataclass(frozen=True)
class Choice:
    """A panel on offer. tasks: the kinds of task it makes sense for."""

    label: str
    make: Callable[[Trainer], Part]
    tasks: tuple[str, ...] = ("classification", "regression")


CLASSES_ONLY = ("classification",)

LIBRARY: dict[str, Choice] = {
    "loss": Choice("Loss", progress.loss_part),
    "accuracy": Choice("Accuracy", progress.accuracy_part, CLASSES_ONLY),
    "gradients": Choice("Gradient magnitude", progress.gradients_part),
}
