"""Engine: supervised training itself. It updates, measures and goes back to any Snapshot; it has no history.

One update, in order: schedule, input noise, forward, loss, backward, penalties (L2, L1), clipping (by entry,
then by length), decoupled weight decay, optimizer step, max-norm. An epoch holds ceil(n_train / batch_size)
updates, the last on what is left over. Under TensorFlow Playground's rules (see `rules`) the penalties follow
the optimizer's step, and what is left over joins the next epoch's first update.

Letters: B batch, N parameters, L weight layers.
"""

from functools import partial
from math import isfinite

import numpy as np

from playground.nn import Dropout
from playground.nn.regularization import (
    add_l1,
    add_l2,
    clip_by_norm,
    clip_by_value,
    decay_weights,
    max_norm,
    tf_playground_penalty,
)
from playground.training import builder
from playground.training.edit import NetworkEdit
from playground.training.experiment import Experiment
from playground.training.frame import Snapshot


class Engine:
    """The run of one Experiment, at `update` updates. `experiment` holds the settings in force."""

    def __init__(self, experiment: Experiment):
        self.train_data, self.test_data = builder.build_data(experiment)
        self.task = builder.build_task(experiment, self.train_data)
        self.network = builder.build_network(experiment, self.task)
        self.optimizer = builder.build_optimizer(experiment, self.network)
        self.update = 0
        self.batch_size = min(experiment.batch_size, len(self.train_data))
        self._tf = experiment.rules.is_tf_playground
        whole, left_over = divmod(len(self.train_data), self.batch_size)
        self.updates_per_epoch = whole if self._tf else whole + bool(left_over)
        self._joins = left_over if self._tf else 0
        self._sets = {
            name: (self.task.features(data.x), self.task.targets(data.y), data.y)
            for name, data in (("train", self.train_data), ("test", self.test_data))
        }
        self._inputs, self._targets, _ = self._sets["train"]
        self._shuffle = np.random.default_rng(builder.stream(experiment.seed, "shuffle"))
        self._epoch_stream = self._shuffle.bit_generator.state
        self._lead = 0
        self._input_noise = np.random.default_rng(builder.stream(experiment.seed, "input_noise"))
        self._prepare_measures()
        self._experiment = None
        self.apply(experiment)

    def _prepare_measures(self) -> None:
        network = self.network
        leaves = [leaf for layer in network.layers for leaf in layer.leaves()]
        self._dropouts = [leaf for leaf in leaves if isinstance(leaf, Dropout)]
        self._weight_layers = network.weight_layers
        self._mask = network.decay_mask
        bounds = [edge for part in network.weight_slices for edge in (part.start, part.stop)]
        self._bounds = [edge for edge in bounds if edge < network.params.size]
        self._scratch = np.empty_like(network.params)
        self._before = network.params.copy()
        self._previous = np.empty_like(network.params)
        self._dead = np.zeros(network.params.size if self._tf else 0, bool)
        self._squares = np.zeros_like(network.params)
        self._count = 0

    # ---- settings

    @property
    def experiment(self) -> Experiment:
        return self._experiment

    def apply(self, experiment: Experiment) -> None:
        """Put an Experiment's live settings in force; all others must be as they were."""
        if self._experiment is None or experiment.schedule != self._experiment.schedule:
            self.schedule = builder.build_schedule(experiment)
        self._experiment = experiment
        self._scheduled = experiment.schedule.name != "constant"
        self._observed = experiment.schedule.name == "reduce_on_plateau"
        self._regularization = experiment.regularization
        rates = self._regularization
        penalized = bool(rates.l1 or rates.l2)
        self._touches_gradient = penalized and not self._tf
        self._pulls_after = self._tf and (penalized or bool(self._dead.any()))
        self._clips = bool(rates.clip_norm or rates.clip_value)
        self.optimizer.lr = self._rate()
        for dropout, hidden in zip(self._dropouts, experiment.network.layers, strict=True):
            dropout.rate = hidden.dropout
        smoothing = experiment.loss.label_smoothing
        loss = self.task.loss.function
        self._loss = partial(loss, label_smoothing=smoothing) if smoothing else loss

    def edit(self, edit: NetworkEdit) -> None:
        """Change parameters by hand, as was checked. What the optimizer remembers of it stays; a weight that
        TensorFlow Playground's L1 had switched off learns again.
        """
        touched = edit.apply(self.network)
        if self._tf:
            self._dead[touched] = False

    def _rate(self) -> float:
        """The learning rate of the next update."""
        return self._experiment.optimizer.lr * self.schedule.factor(self.update / self.updates_per_epoch)

    # ---- training

    def run(self, until: int) -> bool:
        """Train until `update` is `until`. False if a loss is not finite; its update is not made then."""
        with np.errstate(all="ignore"):
            while self.update < until:
                position = self.update % self.updates_per_epoch
                if position == 0:
                    self._begin_epoch()
                stop = min(self.updates_per_epoch, position + until - self.update)
                for k in range(position, stop):
                    end = self._lead + (k + 1) * self.batch_size
                    start = end - self.batch_size if k else 0
                    if not self._step(self._epoch_inputs[start:end], self._epoch_targets[start:end]):
                        return False
                if self._observed and stop == self.updates_per_epoch:
                    self.schedule.observe(self._evaluate("train")["train_loss"])
        return True

    def _begin_epoch(self) -> None:
        """Draw the epoch's order, and put the training points into it. The first `_lead` of them are those
        that were left over, by which the first batch is larger.
        """
        self._epoch_stream = self._shuffle.bit_generator.state
        self._lead = self._joins if self.update >= self.updates_per_epoch else 0
        order = self._order(self._shuffle)
        self._epoch_inputs, self._epoch_targets = self._inputs[order], self._targets[order]

    def _order(self, draws: np.random.Generator) -> np.ndarray:
        """The rows of the training set in the order of an epoch."""
        count = len(self._inputs)
        order = draws.permutation(count) if self._experiment.shuffle else np.arange(count)
        return np.roll(order, self._lead) if self._lead else order

    @property
    def last_batch(self) -> np.ndarray:
        """The rows of the training set that the last update used; none before the first."""
        if self.update == 0:
            return np.empty(0, int)
        draws = np.random.Generator(np.random.PCG64(0))
        draws.bit_generator.state = self._epoch_stream
        position = (self.update - 1) % self.updates_per_epoch
        end = self._lead + (position + 1) * self.batch_size
        return self._order(draws)[end - self.batch_size if position else 0 : end]

    def _step(self, x: np.ndarray, targets: np.ndarray) -> bool:
        """One update on inputs x: (B, n_inputs); False, and nothing done, if the loss is not finite."""
        network, optimizer, rates = self.network, self.optimizer, self._regularization
        if self._scheduled:
            optimizer.lr = self._rate()
        if rates.input_noise:
            x = x + rates.input_noise * self._input_noise.standard_normal(x.shape)
        value, d_outputs = self._loss(network.forward(x, True), targets)
        if not isfinite(value):
            return False
        network.backward_parameters(d_outputs)
        params, grads = network.params, network.grads
        if self._touches_gradient:
            self._add_penalties()
        self._squares += np.multiply(grads, grads, self._scratch)
        self._count += 1
        if self._clips:
            self._clip()
        if rates.weight_decay:
            decay_weights(params, amount=optimizer.lr * rates.weight_decay, mask=self._mask)
        if self._pulls_after:
            self._previous[:] = params
        optimizer.step(params, grads)
        if self._pulls_after:
            self._pull()
        if rates.max_norm:
            max_norm(self._weight_layers, rates.max_norm)
        self.update += 1
        return True

    def _add_penalties(self) -> None:
        network, rates = self.network, self._regularization
        if rates.l2:
            add_l2(network.params, network.grads, rate=rates.l2, mask=self._mask)
        if rates.l1:
            add_l1(network.params, network.grads, rate=rates.l1, mask=self._mask)

    def _pull(self) -> None:
        """TensorFlow Playground's penalties. Its L1 is made at rate 0 too: what is dead stays dead."""
        rates = self._regularization
        shared = {"lr": self.optimizer.lr, "mask": self._mask, "dead": self._dead}
        if rates.l2:
            tf_playground_penalty(self.network.params, self._previous, rate=rates.l2, kind="l2", **shared)
        tf_playground_penalty(self.network.params, self._previous, rate=rates.l1, kind="l1", **shared)

    def _clip(self) -> None:
        grads, rates = self.network.grads, self._regularization
        if rates.clip_value:
            clip_by_value(grads, rates.clip_value)
        if rates.clip_norm:
            clip_by_norm(grads, rates.clip_norm)

    # ---- measuring

    def mark(self) -> None:
        """Remember the parameters: `update_ratios` compares with them."""
        self._before[:] = self.network.params

    def metrics(self) -> dict[str, float]:
        """Losses, and for classification accuracies, in evaluation mode, of the plain loss."""
        with np.errstate(all="ignore"):
            found = self._evaluate("train") | self._evaluate("test")
        return {name: found[name] for name in self.task.metrics}

    def _evaluate(self, name: str) -> dict[str, float]:
        inputs, targets, y = self._sets[name]
        outputs = self.network.forward(inputs)
        found = {f"{name}_loss": float(self.task.loss.function(outputs, targets)[0])}
        if self.task.n_classes:
            found[f"{name}_accuracy"] = self.task.accuracy(outputs, y)
        return found

    def gradient_norms(self) -> np.ndarray:
        """(L,) root mean square of each layer's gradient norm over the updates since the last call."""
        norms = self._layer_norms(self._squares / max(self._count, 1))
        self._squares[:] = 0.0
        self._count = 0
        return norms

    def first_gradient_norms(self) -> np.ndarray:
        """(L,) gradient norms on the whole training set in training mode; the run is left as it was."""
        network, rng = self.network, self.network.rng.bit_generator
        state, draws = network.state.copy(), rng.state
        with np.errstate(all="ignore"):
            _, d_outputs = self._loss(network.forward(self._inputs, True), self._targets)
            network.backward_parameters(d_outputs)
            if self._touches_gradient:
                self._add_penalties()
            norms = self._layer_norms(network.grads * network.grads)
        network.state[:], rng.state = state, draws
        return norms

    def weight_norms(self) -> np.ndarray:
        """(L,) the norm of each layer's weights and biases."""
        with np.errstate(over="ignore"):
            return self._layer_norms(np.multiply(self.network.params, self.network.params, self._scratch))

    def update_ratios(self) -> np.ndarray:
        """(L,) how far each layer's parameters have moved since `mark`, over their norm."""
        moved = np.subtract(self.network.params, self._before, self._scratch)
        moved = self._layer_norms(np.multiply(moved, moved, moved))
        norms = self.weight_norms()
        return np.divide(moved, norms, out=np.zeros_like(norms), where=norms > 0.0)

    def _layer_norms(self, squares: np.ndarray) -> np.ndarray:
        """(L,) roots of the sums of squares: (N,) over each weight layer's slice."""
        with np.errstate(over="ignore"):  # of a run about to diverge; what is not finite stops it
            return np.sqrt(np.add.reduceat(squares, self._bounds)[::2])

    # ---- going back

    def snapshot(self) -> Snapshot:
        """A copy of everything that decides how the run goes on."""
        within = self.update % self.updates_per_epoch
        streams = {
            "epoch": self._epoch_stream,
            "shuffle": self._epoch_stream if within else self._shuffle.bit_generator.state,
            "input_noise": self._input_noise.bit_generator.state,
            "network": self.network.rng.bit_generator.state,
        }
        return Snapshot(
            update=self.update,
            params=self.network.params.copy(),
            state=self.network.state.copy(),
            dead=self._dead.copy(),
            optimizer=self.optimizer.snapshot(),
            schedule=self.schedule.snapshot(),
            streams=streams,
        )

    def load(self, snapshot: Snapshot, experiment: Experiment) -> None:
        """Go to the moment of a snapshot; experiment: the settings in force when it was taken."""
        self._dead[:] = snapshot.dead
        self.apply(experiment)
        self.update = snapshot.update
        self.network.params[:] = snapshot.params
        self.network.state[:] = snapshot.state
        self.optimizer.restore(snapshot.optimizer)
        self.schedule.restore(snapshot.schedule)
        self._shuffle.bit_generator.state = snapshot.streams["shuffle"]
        self._input_noise.bit_generator.state = snapshot.streams["input_noise"]
        self.network.rng.bit_generator.state = snapshot.streams["network"]
        if self.update % self.updates_per_epoch:
            self._begin_epoch()
        else:
            self._epoch_stream = snapshot.streams["epoch"]
            self._lead = self._joins if self.update > self.updates_per_epoch else 0
        self.gradient_norms()
