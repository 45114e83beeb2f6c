"""Evidence: the numbers that advice rests on, each measured when a rule first asks for it.

Everything is taken up to the frame where the trainer stands: a run that went back is judged as it was then.

Letters: F frames, L weight layers, C classes, B training points, K outputs.
"""

from functools import cached_property
from itertools import pairwise

import numpy as np

from playground.arrays import Array, Integers
from playground.datasets import DATASETS
from playground.probes.activation_view import saturation
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.training import Trainer

RECENT = 3.0  # epochs whose gradients are taken together: a single batch says little
TREND = 10.0  # epochs over which a loss swings, falls or stands still
STAGES = 10  # of TREND, between which a way is measured
LOW_SKILL, LOW_SKILL_NOISY = 0.6, 0.1  # what a network should reach; how noise limits it, nobody knows


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

    def course(self, name: str) -> Array:
        """(F,) or (F, L) a number of every frame up to now; see `History.values`."""
        return self.trainer.history.values(name)[: self.frame.index + 1]

    @property
    def epochs(self) -> Array:
        """(F,) how far each frame is, in epochs and parts of epochs."""
        return self.course("update") / self.trainer.updates_per_epoch

    @property
    def epoch(self) -> float:
        return self.frame.update / self.trainer.updates_per_epoch

    @property
    def diverged(self) -> bool:
        """Whether the run has ended here because its numbers were no longer finite."""
        return self.trainer.stopped is not None and self.trainer.stopped.kind == "diverged"

    def last(self, epochs: float) -> slice:
        """The frames of the last so many epochs."""
        return slice(int(np.searchsorted(self.epochs, self.epoch - epochs - 1e-9)), None)

    @cached_property
    def gradients(self) -> Array:
        """(L,) the typical gradient norm of each weight layer in the last RECENT epochs."""
        norms = self.course("gradient_norms")[self.last(RECENT)]
        return np.median(norms[1:] if len(norms) == self.frame.index + 1 > 1 else norms, axis=0)

    @property
    def gradient(self) -> float:
        """The length of the whole gradient, from those of its layers."""
        return float(np.sqrt(np.sum(self.gradients**2)))

    @cached_property
    def steps(self) -> Array:
        """(L,) the typical size of an update of each weight layer, as a part of its weights, over TREND."""
        return np.median(self.course("update_ratios")[self.last(TREND)], axis=0)

    @cached_property
    def travel(self) -> tuple[float, float]:
        """How far the parameters have come over TREND, as a part of their length, and how straight: the
        distance over the path's length, from frame to frame.
        """
        now = self.trainer.network.params
        frames = np.arange(self.frame.index + 1)[self.last(TREND)]
        chosen = np.unique(frames[np.linspace(0, len(frames) - 1, STAGES + 1).astype(int)])
        places = [*(self._params(index) for index in chosen[:-1]), now]
        path = sum(float(np.linalg.norm(after - before)) for before, after in pairwise(places))
        distance = float(np.linalg.norm(now - places[0]))
        return distance / max(float(np.linalg.norm(places[0])), 1e-12), distance / max(path, 1e-300)

    def _params(self, index: int) -> Array:
        """Those of a frame; where its snapshot is gone, of the nearest before."""
        return self.trainer.history.replay_from(index)[0].learners["network"].params

    # ---- how good the fit is

    @cached_property
    def constant_loss(self) -> float:
        """The training loss of the best answer that is the same for all points."""
        task = self.trainer.task
        targets = task.targets(self.trainer.train_data.y)
        answers = [targets.mean(axis=0)]
        if task.loss.outputs not in ("logits", "shares"):
            answers.append(np.median(targets, axis=0))
        losses = [self._loss_of(np.tile(answer, (self.n_train, 1))) for answer in answers]
        return max(min(losses), 1e-12)

    @cached_property
    def least_loss(self) -> float:
        """The training loss of the answers that training aims at: above 0 where label smoothing does not let
        them be certain.
        """
        smoothing = self.experiment.loss.label_smoothing
        if not smoothing:
            return 0.0
        targets = self.trainer.task.targets(self.trainer.train_data.y)
        ways = 2 if self.trainer.task.loss.outputs == "logits" else targets.shape[1]
        return self._loss_of(targets * (1.0 - smoothing) + smoothing / ways)

    def _loss_of(self, shares: Array) -> float:
        """The training loss of answers (B, K), which are probabilities where the loss takes logits."""
        task = self.trainer.task
        share = np.clip(shares, 1e-6, 1.0 - 1e-6)
        if task.loss.outputs == "logits":
            shares = np.log(share / (1.0 - share))
        elif task.loss.outputs == "shares":
            shares = np.log(share)
        return float(task.loss(shares, task.targets(self.trainer.train_data.y))[0])

    @property
    def skill(self) -> float:
        """How much of the way from the constant answer's training loss to the least is done: 1 for all of
        it, 0 for nothing, below 0 for a loss above the constant answer's.
        """
        return self.skill_at(self.frame.metrics["train_loss"])

    def skill_at(self, loss: float) -> float:
        """The same of another loss on the training points."""
        return (self.constant_loss - loss) / max(self.constant_loss - self.least_loss, 1e-12)

    @property
    def expected_skill(self) -> float:
        """The skill below which something must be wrong."""
        data = self.experiment.data
        if not DATASETS[data.dataset].learnable:
            return 0.0
        noisy = data.noise or data.label_flips or "noise" not in DATASETS[data.dataset].takes
        return LOW_SKILL_NOISY if noisy else LOW_SKILL

    @property
    def sought_skill(self) -> float:
        """The skill that is left to be had: none where the labels are random."""
        return 1.0 if DATASETS[self.experiment.data.dataset].learnable else 0.0

    def fall(self, epochs: float) -> float:
        """How far the training loss fell in the last so many epochs, as a part of what it was.

        Medians of the first and of the last third are compared, so that single frames do not count.
        """
        losses = self.course("train_loss")[self.last(epochs)]
        third = max(len(losses) // 3, 1)
        before, after = float(np.median(losses[:third])), float(np.median(losses[-third:]))
        return (before - after) / max(before, 1e-12)

    def plain_fall(self, epochs: float) -> float:
        """The same from the first of these frames to the last, as a reader of the curve would say."""
        losses = self.course("train_loss")[self.last(epochs)]
        return float((losses[0] - losses[-1]) / max(losses[0], 1e-12))

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
    def spreads(self) -> Array:
        """(1 + H,) how much the points differ in the inputs and in each hidden layer's outputs: the root mean
        square, over the units, of the standard deviation over the training points.
        """
        ends = self.data.bench.ends[:-1]
        stages = [self.data.bench.inputs, *(self.data.passed[1][end] for end in ends)]
        with np.errstate(all="ignore"):
            return np.array([np.sqrt(stage.var(axis=0).mean()) for stage in stages])

    @property
    def normalized_together(self) -> int:
        """How many points batch norm holds against one another; 0 without batch norm."""
        if all(layer.normalization != "batch_norm" for layer in self.experiment.network.layers):
            return 0
        return min(self.experiment.batch_size, self.n_train)

    @cached_property
    def class_counts(self) -> Integers:
        """(C,) how many training points each class has."""
        return np.bincount(self.trainer.train_data.y, minlength=self.trainer.task.n_classes)

    @cached_property
    def recalls(self) -> Array:
        """(C,) the part of each class's training points that the network gets right; 1 where it has none."""
        y, classes = self.trainer.train_data.y, self.trainer.task.predictions(self.data.outputs).classes
        found = np.bincount(y[classes == y], minlength=len(self.class_counts))
        return found / np.maximum(self.class_counts, 1) + (self.class_counts == 0)

    @cached_property
    def input_sizes(self) -> Array:
        """(n_inputs,) the root mean square of each input over the training points, as the network sees it."""
        return np.sqrt((self.data.bench.inputs**2).mean(axis=0))

    @cached_property
    def learnt_wrong(self) -> tuple[int, int]:
        """How many of the wrong training labels the network gives as its answer, and how many are wrong."""
        wrong = self.data.bench.wrong_labels
        if not wrong.any():
            return 0, 0
        given = self.trainer.task.predictions(self.data.outputs[wrong]).classes
        return int(np.count_nonzero(given == self.trainer.train_data.y[wrong])), int(wrong.sum())
