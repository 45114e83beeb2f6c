"""Supervised: one network learns the targets of an Experiment's training points.

One update, in order: schedule, input noise, forward, loss, backward, penalties (L2, L1), clipping (by entry,
then by length), decoupled weight decay, optimizer step, max-norm. A frame's gradient norms are those of the
loss, before penalties. An epoch holds ceil(n_train / batch_size) updates, the last on what is left over.

Letters: B batch, K outputs.
"""

from functools import partial
from math import isfinite
from typing import ClassVar

from playground.arrays import Array, Integers
from playground.nn import OPTIMIZERS, Dropout
from playground.nn.regularization import add_l1, add_l2, clip_by_norm, clip_by_value, decay_weights, max_norm
from playground.text import _, either
from playground.training import builder
from playground.training.batches import Batches
from playground.training.edit import NetworkEdit
from playground.training.experiment import Experiment
from playground.training.learner import Learner
from playground.training.objective import (
    SHUFFLE,
    TEST_ACCURACY,
    TEST_LOSS,
    TRAIN_ACCURACY,
    TRAIN_LOSS,
    Metric,
)
from playground.training.settings import ExperimentError
from playground.training.streams import Streams

METRICS = (
    Metric("train_loss", _("training"), TRAIN_LOSS),
    Metric("test_loss", _("test"), TEST_LOSS),
    Metric("train_accuracy", _("training"), TRAIN_ACCURACY),
    Metric("test_accuracy", _("test"), TEST_ACCURACY),
)


FAR_TOO_HIGH = 2.0  # a rate, with what momentum makes of it, of which a tenth is still too high


def lower_rate(experiment: Experiment) -> float:
    """A learning rate to try where this one made the numbers overflow: a tenth, or less."""
    lr = experiment.optimizer.lr
    carried = lr / (1.0 - momentum_of(experiment))
    return max(float(f"{lr / (100.0 if carried > FAR_TOO_HIGH else 10.0):.2g}"), 1e-5)


def momentum_of(experiment: Experiment) -> float:
    """The share of the last step that the optimizer keeps; 0 if it keeps none."""
    name, options = experiment.optimizer.name, experiment.optimizer.options
    setting = OPTIMIZERS[name].settings.get("momentum")
    return float(options.get("momentum", setting.default)) if setting else 0.0


class Supervised:
    """The objective of an Experiment; `experiment` holds the settings in force."""

    batching: ClassVar[type[Batches]] = Batches

    def __init__(self, experiment: Experiment) -> None:
        self.train_data, self.test_data = builder.build_data(experiment)
        self.task = builder.build_task(experiment, self.train_data)
        self.network = builder.build_network(experiment, self.task)
        self.optimizer = builder.build_optimizer(experiment, self.network)
        self._learner = Learner(self.network, self.optimizer, builder.build_schedule(experiment))
        self.learners = {"network": self._learner}
        self.metrics = tuple(metric for metric in METRICS if metric.name in self.task.metrics)
        self.streams = Streams(experiment.seed, (SHUFFLE, "input_noise"))
        self.batches = self.batching(len(self.train_data), experiment.batch_size, shuffle=experiment.shuffle)
        self._sets = {
            name: (self.task.features(data.x), self.task.targets(data.y), data.y)
            for name, data in (("train", self.train_data), ("test", self.test_data))
        }
        self._inputs, self._targets, _ = self._sets["train"]
        self._input_noise = self.streams["input_noise"]
        leaves = [leaf for layer in self.network.layers for leaf in layer.leaves()]
        self._dropouts = [leaf for leaf in leaves if isinstance(leaf, Dropout)]
        self._weight_layers = self.network.weight_layers
        self._mask = self.network.decay_mask
        self._note_gradient = self._learner.meter.note_gradient
        self.experiment = experiment
        self._prepare()
        self.apply(experiment)

    def _prepare(self) -> None:
        """What a kind of objective needs besides, before the first settings are put in force."""

    # ---- settings

    def apply(self, experiment: Experiment) -> None:
        """Put an Experiment's live settings in force; all others must be as they were."""
        if experiment.schedule != self.experiment.schedule:
            self._learner.schedule = builder.build_schedule(experiment)
        self.experiment = experiment
        self._learner.base_lr = experiment.optimizer.lr
        self._regularization = rates = experiment.regularization
        self._penalized = bool(rates.l1 or rates.l2)
        self._clips = bool(rates.clip_norm or rates.clip_value)
        for dropout, hidden in zip(self._dropouts, experiment.network.layers, strict=True):
            dropout.rate = hidden.dropout
        smoothing = experiment.loss.label_smoothing
        loss = self.task.loss.function
        self._loss = partial(loss, label_smoothing=smoothing) if smoothing else loss

    def edit(self, edit: NetworkEdit) -> None:
        """Change parameters by hand, as was checked. What the optimizer remembers of it stays."""
        edit.apply(self.network)

    # ---- training

    def begin_epoch(self, order: Integers) -> None:
        self._epoch_inputs, self._epoch_targets = self._inputs[order], self._targets[order]

    def step(self, batch: slice) -> bool:
        """One update on a batch; False, and nothing done, if the loss is not finite."""
        x, rates, network = self._epoch_inputs[batch], self._regularization, self.network
        if rates.input_noise:
            x = x + rates.input_noise * self._input_noise.standard_normal(x.shape)
        value, d_outputs = self._loss(network.forward(x, True), self._epoch_targets[batch])
        if not isfinite(value):
            return False
        self._backward(d_outputs)
        if self._clips:
            self._clip()
        if rates.weight_decay:
            decay_weights(network.params, amount=self.optimizer.lr * rates.weight_decay, mask=self._mask)
        self._step_optimizer()
        if rates.max_norm:
            max_norm(self._weight_layers, rates.max_norm)
        return True

    def _backward(self, d_outputs: Array) -> None:
        """Overwrite the gradients with those of loss and penalties; the loss's alone are noted.

        d_outputs: (B, K), of the loss.
        """
        self.network.backward_parameters(d_outputs)
        self._note_gradient()
        if self._penalized:
            self._add_penalties()

    def _add_penalties(self) -> None:
        network, rates = self.network, self._regularization
        if rates.l2:
            add_l2(network.params, network.grads, rate=rates.l2, mask=self._mask)
        if rates.l1:
            add_l1(network.params, network.grads, rate=rates.l1, mask=self._mask)

    def _clip(self) -> None:
        grads, rates = self.network.grads, self._regularization
        if rates.clip_value:
            clip_by_value(grads, rates.clip_value)
        if rates.clip_norm:
            clip_by_norm(grads, rates.clip_norm)

    def _step_optimizer(self) -> None:
        self.optimizer.step(self.network.params, self.network.grads)

    def end_epoch(self) -> None:
        """Show the training loss to a schedule that looks at it."""
        if self._learner.schedule.follows_loss:
            self._learner.schedule.observe(self._evaluate("train")["train_loss"])

    def memory(self) -> dict[str, Array]:
        return {}

    # ---- when the numbers are not finite

    def remedy(self) -> str:
        rates, lr = self.experiment.regularization, self.experiment.optimizer.lr
        pull = lr * max(rates.l2, rates.weight_decay)
        if pull > 2.0:  # w (1 - pull) is longer than w
            return _(
                "The pull of L2 or weight decay overshoots: try a strength below {strength:.2g}."
            ).format(strength=1.0 / lr)
        tries = [
            _("a learning rate of {lower:.2g} instead of {lr:.2g}").format(
                lower=lower_rate(self.experiment), lr=lr
            )
        ]
        if not rates.clip_norm:
            tries.append(_("clipping the gradient's length at 1"))
        if not self.experiment.features.standardize:
            tries.append(_("standardised inputs"))
        return _("Try {tries}.").format(tries=either(tries))

    def first_error(self) -> ExperimentError:
        return ExperimentError(
            _(
                "network.initializer cannot be {initializer!r} here: the first outputs are not finite, so "
                "choose another or fewer units."
            ).format(initializer=self.experiment.network.initializer)
        )

    # ---- measuring

    def gradients(self) -> None:
        self._backward(self._loss(self.network.forward(self._inputs, True), self._targets)[1])

    def measure(self) -> dict[str, float]:
        """Losses, and for classification accuracies, in evaluation mode, of the plain loss."""
        found = self._evaluate("train") | self._evaluate("test")
        return {name: found[name] for name in self.task.metrics}

    def _evaluate(self, name: str) -> dict[str, float]:
        inputs, targets, y = self._sets[name]
        outputs = self.network.forward(inputs)
        found = {f"{name}_loss": float(self.task.loss.function(outputs, targets)[0])}
        if self.task.n_classes:
            found[f"{name}_accuracy"] = self.task.accuracy(outputs, y)
        return found
