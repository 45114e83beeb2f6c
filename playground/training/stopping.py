"""Stop: why a run ended. Watch: the stop rules of an Experiment, which look at every frame as it is drawn."""

from dataclasses import dataclass

import numpy as np

from playground.training.frame import Frame
from playground.training.history import History
from playground.training.sections import Stopping

PROGRESS = 1e-3  # a training loss must fall by this part of itself to count as progress


@dataclass(frozen=True)
class Stop:
    """kind: diverged, max_epochs, max_frames, target_loss, target_accuracy, early_stopping or plateau.

    reason: one or two sentences for the reader. frame: where the run now stands.
    """

    kind: str
    reason: str
    frame: Frame


class Watch:
    """What the stop rules have seen: the frame with the best test loss, the last progress in training
    loss."""

    def __init__(self, stopping: Stopping, history: History):
        """history: the frames so far; they are taken note of, and none of them stops the run."""
        self._rules = stopping
        self._history = history
        losses = history.values("test_loss")
        epochs = history.values("epoch").tolist()
        self._best = int(np.argmin(losses))
        self._best_epoch, self._best_loss = int(epochs[self._best]), float(losses[self._best])
        self._progress_epoch, self._progress_loss = 0, np.inf
        for epoch, loss in zip(epochs, history.values("train_loss").tolist(), strict=True):
            self._note_training(int(epoch), loss)

    def look(self, frame: Frame) -> Stop | None:
        """Take note of a new frame; the Stop if a rule ends the run with it."""
        rules, metrics = self._rules, frame.metrics
        if metrics["test_loss"] < self._best_loss:
            self._best, self._best_epoch, self._best_loss = frame.index, frame.epoch, metrics["test_loss"]
        self._note_training(frame.epoch, metrics["train_loss"])
        accuracy = metrics.get("test_accuracy", 0.0)
        if rules.target_loss and metrics["test_loss"] <= rules.target_loss:
            reason = (
                f"The test loss has reached {metrics['test_loss']:.4g}; the target was {rules.target_loss:g}."
            )
            return Stop("target_loss", reason, frame)
        if rules.target_accuracy and accuracy >= rules.target_accuracy:
            reason = (
                f"The test accuracy has reached {accuracy:.1%}; the target was {rules.target_accuracy:.1%}."
            )
            return Stop("target_accuracy", reason, frame)
        return self._waited_enough(frame)

    def _waited_enough(self, frame: Frame) -> Stop | None:
        rules = self._rules
        waited = frame.epoch - self._best_epoch
        if rules.patience and waited >= rules.patience:
            reason = (
                f"The test loss has not improved for {waited} epochs; "
                f"the run is back at epoch {self._best_epoch}, where it was lowest ({self._best_loss:.4g})."
            )
            return Stop("early_stopping", reason, self._history[self._best])
        waited = frame.epoch - self._progress_epoch
        if rules.plateau and waited >= rules.plateau:
            reason = f"The training loss has stayed near {self._progress_loss:.4g} for {waited} epochs."
            return Stop("plateau", reason, frame)
        return None

    def _note_training(self, epoch: int, loss: float) -> None:
        if loss < self._progress_loss * (1.0 - PROGRESS):
            self._progress_epoch, self._progress_loss = epoch, loss
