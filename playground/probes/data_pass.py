"""DataPass: what a network does with the data's own points, measured without touching the run.

All of it is measured on a copy of the network, into which each pass takes over parameters and running
statistics. So nothing can disturb the run: no generator draws, no running statistic moves, the caches of
layers and `network.grads` stay as they are. A pass is an evaluation: dropout lets everything through, batch
norm uses its running statistics. It is worked out when first asked for and shared by all probes of a frame.

    bench = NetworkCopy(trainer)              # once for a run
    data = DataPass(bench)                    # once for each frame
    data.info(confusion).precision            # each probe once, however many channels it fills

Letters: B training points, T test points, U units of a hidden layer, H hidden layers, L weight layers, K
outputs.
"""

import copy
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np

from playground.nn import ACTIVATIONS, Activation, ActivationFunction, Layer, LayerPass
from playground.probes.points import wrong_labels
from playground.training import Trainer, unit_outputs

Info = TypeVar("Info")


class Hidden(NamedTuple):
    """A hidden layer's activation, what enters it, z: (B, U), and what leaves it, y: (B, U).

    z comes after normalization; y before dropout and before the sum of a residual block.
    """

    activation: str
    z: np.ndarray
    y: np.ndarray

    @property
    def function(self) -> ActivationFunction:
        return ACTIVATIONS[self.activation]


class NetworkCopy:
    """What the passes of a run share: a copy of the network, and the data as the network sees it."""

    def __init__(self, trainer: Trainer) -> None:
        task, train = trainer.task, trainer.train_data
        self.trainer = trainer
        self.network = copy.deepcopy(trainer.network)
        self.weight_layers = self.network.weight_layers
        self.ends = unit_outputs(trainer.experiment, trainer.network)
        self.inputs, self.targets = task.features(train.x), task.targets(train.y)
        self.test_inputs = task.features(trainer.test_data.x)

    @cached_property
    def wrong_labels(self) -> np.ndarray:
        """(B,) bool: see `points.wrong_labels`."""
        return wrong_labels(self.trainer)

    def load(self) -> None:
        """Take over the run's present parameters and running statistics."""
        self.network.params[:] = self.trainer.network.params
        self.network.state[:] = self.trainer.network.state


class DataPass:
    """The network of a bench's trainer, as it is now, on training and test points.

    A pass is good until the next one of the same bench.
    """

    def __init__(self, bench: NetworkCopy) -> None:
        bench.load()
        self.bench = bench
        self.trainer = bench.trainer
        self.task = bench.trainer.task
        self._infos: dict[Callable[[DataPass], Any], Any] = {}  # of each probe its own kind

    def info(self, probe: Callable[["DataPass"], Info]) -> Info:
        """What a probe says of this pass."""
        if probe not in self._infos:
            self._infos[probe] = probe(self)
        found: Info = self._infos[probe]
        return found

    @cached_property
    def passed(self) -> tuple[list[LayerPass], list[np.ndarray]]:
        """The training points through every leaf layer, and the outputs of all top-level layers."""
        return walk(self.bench.network.layers, self.bench.inputs)

    @property
    def outputs(self) -> np.ndarray:
        """(B, K) of the training points."""
        return self.passed[1][-1]

    @cached_property
    def test_outputs(self) -> np.ndarray:
        """(T, K)."""
        with np.errstate(all="ignore"):
            return self.bench.network.activations(self.bench.test_inputs)[-1]

    @cached_property
    def hidden(self) -> list[Hidden]:
        """The H hidden layers on the training points; the output's activation is not among them."""
        found = [Hidden(p.layer.name, p.x, p.y) for p in self.passed[0] if isinstance(p.layer, Activation)]
        return found[: len(self.trainer.experiment.network.layers)]

    @property
    def last_hidden(self) -> np.ndarray:
        """(B, U) what the output's weights see: the last hidden layer's outputs, or else the inputs."""
        return self.passed[1][self.bench.ends[-2]] if len(self.bench.ends) > 1 else self.bench.inputs

    @property
    def weights(self) -> list[np.ndarray]:
        """The L weight matrices (n_in, n_out)."""
        return [layer.W for layer in self.bench.weight_layers]

    @cached_property
    def gradients(self) -> list[np.ndarray]:
        """The L gradients of the weight matrices, (n_in, n_out) each.

        Of the training loss as it is drawn: the whole training set, evaluation mode, no penalties and no
        label smoothing. The optimizer's gradient differs from it by the choice of the batch, dropout, the
        batch's own statistics, penalties and clipping; this one is the same however often it is asked for.
        """
        with np.errstate(all="ignore"):
            _, d_outputs = self.task.loss(self.outputs, self.bench.targets)
            self.bench.network.backward_parameters(d_outputs)
        return [layer.dW.copy() for layer in self.bench.weight_layers]


def walk(layers: Iterable[Layer], x: np.ndarray) -> tuple[list[LayerPass], list[np.ndarray]]:
    """Evaluate layers one after the other on x: (B, ...), looking into containers.

    Returns every leaf layer with its input and output, and the output of every one of `layers`.
    """
    leaves, outputs = [], []
    with np.errstate(all="ignore"):
        for layer in layers:
            passed, x = layer.walk(x)
            leaves += passed
            outputs.append(x)
    return leaves, outputs


def blocks(leaves: Iterable[LayerPass]) -> list[list[LayerPass]]:
    """The leaf layers of each hidden layer and of the output: each begins with its weights."""
    found: list[list[LayerPass]] = []
    for leaf in leaves:
        if leaf.layer.kind == "dense":
            found.append([])
        found[-1].append(leaf)
    return found
