"""Stop: why a run ended. StopRules: the stop rules of a run, which look at every frame as it is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from playground.text import _, percent
from playground.training.frame import Frame
from playground.training.history import History
from playground.training.objective import (
    TEST_ACCURACY,
    TEST_LOSS,
    TRAIN_LOSS,
    Metric,
    name_of,
)
from playground.training.sections import Stopping

PROGRESS = 1e-3  # the training loss must fall by this part of itself to count as progress


@dataclass(frozen=True)
class Stop:
    """kind: diverged, max_epochs, max_frames, target_loss, target_accuracy, early_stopping or plateau.

    reason: one or two sentences for the reader. frame: where the run now stands.
    """

    kind: str
    reason: str
    frame: Frame


class StopRules:
    """What the stop rules have seen: the frame with the best test loss, the last progress in training
    loss.
    """

    def __init__(self, stopping: Stopping, metrics: Iterable[Metric], history: History[Any]) -> None:
        """metrics: of the objective; a rule whose metric is not among them never ends the run. history: the
        frames so far; they are taken note of, and none of them stops the run.
        """
        self._stopping = stopping
        self._history = history
        metrics = tuple(metrics)
        self._train_loss, self._test_loss = name_of(metrics, TRAIN_LOSS), name_of(metrics, TEST_LOSS)
        self._test_accuracy = name_of(metrics, TEST_ACCURACY)
        epochs = history.values("epoch").astype(int).tolist()
        self._best, self._best_epoch, self._best_loss = 0, epochs[0], inf
        if self._test_loss:
            losses = history.values(self._test_loss)
            self._best = int(np.argmin(losses))
            self._best_epoch, self._best_loss = epochs[self._best], float(losses[self._best])
        self._progress_epoch, self._progress_loss = 0, inf
        if self._train_loss:
            for epoch, loss in zip(epochs, history.values(self._train_loss).tolist(), strict=True):
                self._note_training(epoch, loss)

    def check(self, frame: Frame) -> Stop | None:
        """Take note of a new frame; the Stop if a rule ends the run with it."""
        metrics = frame.metrics
        if self._train_loss:
            self._note_training(frame.epoch, metrics[self._train_loss])
        if self._test_loss and metrics[self._test_loss] < self._best_loss:
            self._best_loss = metrics[self._test_loss]
            self._best, self._best_epoch = frame.index, frame.epoch
        return self._target_met(frame) or self._waited_enough(frame)

    def _target_met(self, frame: Frame) -> Stop | None:
        rules, metrics = self._stopping, frame.metrics
        loss = metrics[self._test_loss] if self._test_loss else inf
        if rules.target_loss and loss <= rules.target_loss:
            reason = _("The test loss has reached {loss:.4g}; the target was {target_loss:g}.").format(
                loss=loss, target_loss=rules.target_loss
            )
            return Stop("target_loss", reason, frame)
        accuracy = metrics[self._test_accuracy] if self._test_accuracy else 0.0
        if rules.target_accuracy and accuracy >= rules.target_accuracy:
            reason = _("The test accuracy has reached {accuracy}; the target was {target_accuracy}.").format(
                accuracy=percent(accuracy, 1), target_accuracy=percent(rules.target_accuracy, 1)
            )
            return Stop("target_accuracy", reason, frame)
        return None

    def _waited_enough(self, frame: Frame) -> Stop | None:
        rules = self._stopping
        waited = frame.epoch - self._best_epoch
        if self._test_loss and rules.patience and waited >= rules.patience:
            reason = _(
                "The test loss has not improved for {waited} epochs; the run is back at epoch {best_epoch}, "
                "where it was lowest ({best_loss:.4g})."
            ).format(waited=waited, best_epoch=self._best_epoch, best_loss=self._best_loss)
            return Stop("early_stopping", reason, self._history[self._best])
        waited = frame.epoch - self._progress_epoch
        if self._train_loss and rules.plateau and waited >= rules.plateau:
            reason = _("The training loss has stayed near {progress_loss:.4g} for {waited} epochs.").format(
                progress_loss=self._progress_loss, waited=waited
            )
            return Stop("plateau", reason, frame)
        return None

    def _note_training(self, epoch: int, loss: float) -> None:
        if loss < self._progress_loss * (1.0 - PROGRESS):
            self._progress_epoch, self._progress_loss = epoch, loss
