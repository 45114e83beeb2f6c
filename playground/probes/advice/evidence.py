"""Evidence: the numbers that advice rests on, each measured when a rule first asks for it.

Everything is taken up to the frame where the trainer stands: a run that went back is judged as it was then.

Letters: F frames, L weight layers, C classes.
"""

from functools import cached_property

import numpy as np

from playground.probes.activation_view import saturation
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.training import Trainer

RECENT = 3.0  # epochs whose gradients are taken together: a single batch says little
TREND = 10.0  # epochs over which a loss swings, falls or stands still


class Evidence:
    """The measurements of a trainer's run up to the frame where it stands."""

    def __init__(self, trainer: Trainer, data: DataPass | None = None) -> None:
        """data: a pass of the trainer's network as it is now, if there is one; else one is made if needed."""
        self.trainer = trainer
        self._shared = data
        self.experiment = trainer.experiment
        self.frame = trainer.frame
        self.n_train = len(trainer.train_data)

    # ---- the course of the run

    def course(self, name: str) -> np.ndarray:
        """(F,) or (F, L) a number of every frame up to now; see `History.values`."""
        return self.trainer.history.values(name)[: self.frame.index + 1]

    @property
    def epochs(self) -> np.ndarray:
        """(F,) how far each frame is, in epochs and parts of epochs."""
        return self.course("update") / self.trainer.updates_per_epoch

    @property
    def epoch(self) -> float:
        return self.frame.update / self.trainer.updates_per_epoch

    def last(self, epochs: float) -> slice:
        """The frames of the last so many epochs."""
        return slice(int(np.searchsorted(self.epochs, self.epoch - epochs - 1e-9)), None)

    @cached_property
    def gradients(self) -> np.ndarray:
        """(L,) the typical gradient norm of each weight layer in the last RECENT epochs."""
        norms = self.course("gradient_norms")[self.last(RECENT)]
        return np.median(norms[1:] if len(norms) == self.frame.index + 1 > 1 else norms, axis=0)

    @cached_property
    def steps(self) -> np.ndarray:
        """(L,) the typical size of an update of each weight layer, as a part of its weights, over TREND."""
        return np.median(self.course("update_ratios")[self.last(TREND)], axis=0)

    # ---- how good the fit is

    @cached_property
    def constant_loss(self) -> float:
        """The training loss of the best answer that is the same for all points."""
        task = self.trainer.task
        targets = task.targets(self.trainer.train_data.y)
        share = np.clip(targets.mean(axis=0), 1e-6, 1.0 - 1e-6)
        if task.loss.outputs == "logits":
            answers = [np.log(share / (1.0 - share))]
        elif task.loss.outputs == "shares":
            answers = [np.log(share)]
        else:
            answers = [targets.mean(axis=0), np.median(targets, axis=0)]
        losses = (task.loss(np.tile(answer, (self.n_train, 1)), targets)[0] for answer in answers)
        return max(min(losses), 1e-12)

    @property
    def skill(self) -> float:
        """How much of the constant answer's training loss is gone: 1 for all of it, 0 for nothing."""
        return 1.0 - self.frame.metrics["train_loss"] / self.constant_loss

    def fall(self, epochs: float) -> float:
        """How far the training loss fell in the last so many epochs, as a part of what it was.

        Medians of the first and of the last third are compared, so that single frames do not count.
        """
        losses = self.course("train_loss")[self.last(epochs)]
        third = max(len(losses) // 3, 1)
        before, after = float(np.median(losses[:third])), float(np.median(losses[-third:]))
        return (before - after) / max(before, 1e-12)

    @cached_property
    def unrest(self) -> float:
        """The mean rise of the training loss from frame to frame over TREND, as a part of its mean."""
        losses = self.course("train_loss")[self.last(TREND)]
        if len(losses) < 2:
            return 0.0
        with np.errstate(over="ignore"):
            return float(np.maximum(np.diff(losses), 0.0).mean() / max(losses.mean(), 1e-12))

    # ---- what units and outputs do

    @cached_property
    def data(self) -> DataPass:
        """The network as it is, on the training points."""
        return self._shared or DataPass(NetworkCopy(self.trainer))

    def stuck_units(self, kind: int) -> tuple[int, int, int]:
        """The hidden layer with the largest share of DEAD or SATURATED units: its number from 1 on, how many
        of them it has, and how many units in all. (0, 0, 1) without hidden layers.
        """
        counts = [
            (k, int((u == kind).sum()), len(u)) for k, u in enumerate(self.data.info(saturation).units, 1)
        ]
        return max(counts, key=lambda count: count[1] / count[2], default=(0, 0, 1))

    @cached_property
    def class_counts(self) -> np.ndarray:
        """(C,) how many training points each class has."""
        return np.bincount(self.trainer.train_data.y, minlength=self.trainer.task.n_classes)

    @cached_property
    def recalls(self) -> np.ndarray:
        """(C,) the part of each class's training points that the network gets right; 1 where it has none."""
        y, classes = self.trainer.train_data.y, self.trainer.task.predictions(self.data.outputs).classes
        found = np.bincount(y[classes == y], minlength=len(self.class_counts))
        return found / np.maximum(self.class_counts, 1) + (self.class_counts == 0)

    @cached_property
    def input_sizes(self) -> np.ndarray:
        """(n_inputs,) the root mean square of each input over the training points, as the network sees it."""
        return np.sqrt((self.data.bench.inputs**2).mean(axis=0))
