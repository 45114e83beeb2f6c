"""One update taken apart: every number that forward pass, loss, backward pass and optimizer go through.

The network is made of layers of units, z = x W + b and a = f(z), and of nothing else. Everything is worked
out on copies; what the parameters become is what the Trainer itself makes of them.

Letters: B rows of the batch, U units of a layer, K outputs, P parameters, in the order of network.params.
"""

import copy
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from playground.nn import ACTIVATIONS, Activation, Dense, Network, Optimizer
from playground.nn.losses import Loss
from playground.probes.data_pass import DataPass
from playground.training import Trainer

EPSILON = 1e-5  # of the finite differences: the error of 2e-10 that it makes is as large as that of rounding


class LayerStep(NamedTuple):
    """A layer of units for each row of the batch.

    x: (B, n_in) its inputs. W: (n_in, U), b: (U,). z, a: (B, U). activation: the name of f. slope: f'(z).
    da: the gradient of the row's own loss with respect to a, delta: with respect to z, both (B, U).
    """

    x: np.ndarray
    W: np.ndarray
    b: np.ndarray
    z: np.ndarray
    a: np.ndarray
    activation: str
    slope: np.ndarray
    da: np.ndarray
    delta: np.ndarray


class NetworkNow(NamedTuple):
    """A network as it is, on all N training points: outputs (N, K), losses (N,), params (P,)."""

    layers: tuple[LayerStep, ...]
    outputs: np.ndarray
    losses: np.ndarray
    params: np.ndarray


class Differences(NamedTuple):
    """Of each parameter, (P,): the loss with it a little larger and a little smaller, and the slope between
    the two.
    """

    above: np.ndarray
    below: np.ndarray
    slope: np.ndarray


class OneStep(NamedTuple):
    """An update. number: counted from 1. rows: (B,) of the training set. targets: (B, K).

    losses: (B,) of each row alone; loss: their mean, which the update is to make small; loss_after: of the
    same rows after it. outputs: (N, K) of all N training points before it. right_after: the part of these
    that the network gets right after it, NaN for regression.
    before, gradient, after: (P,) of the loss and the parameters. slots_before, slots_after: {name: (P,)} of
    the optimizer; carried: {name: number} that it had carried along. lr: the learning rate, t: its step.
    """

    number: int
    rows: np.ndarray
    targets: np.ndarray
    layers: tuple[LayerStep, ...]
    losses: np.ndarray
    loss: float
    loss_after: float
    outputs: np.ndarray
    right_after: float
    before: np.ndarray
    gradient: np.ndarray
    differences: Differences
    after: np.ndarray
    slots_before: dict[str, np.ndarray]
    slots_after: dict[str, np.ndarray]
    carried: dict[str, float]
    lr: float
    t: int


def standing(data: DataPass) -> NetworkNow:
    """Forward and backward pass of every training point, without an update."""
    bench, task = data.bench, data.task
    layers = _layers(bench.network, task.loss, bench.inputs, bench.targets)
    losses = np.array([task.loss(y, t)[0] for y, t in _alone(layers[-1].a, bench.targets)])
    return NetworkNow(layers, layers[-1].a, losses, bench.network.params.copy())


def one_step_at_a_time(trainer: Trainer, updates: int) -> Iterator[OneStep]:
    """Train on, one update after the other, each of them taken apart; it ends early where the run does."""
    for _i in range(updates):
        network, optimizer = copy.deepcopy((trainer.network, trainer.optimizer))
        number = trainer.frame.update + 1
        if trainer.train(updates=1).update != number:
            return
        yield _take_apart(trainer, network, optimizer, number)


def _take_apart(trainer: Trainer, network: Network, optimizer: Optimizer, number: int) -> OneStep:
    """What led from the network and optimizer before an update to the trainer, which stands after it."""
    task, rows = trainer.task, trainer.last_batch
    inputs, targets = task.features(trainer.train_data.x), task.targets(trainer.train_data.y)
    x, wanted = inputs[rows], targets[rows]
    loss, d_outputs = task.loss(network.forward(x, True), wanted)
    network.backward_parameters(d_outputs)
    losses = np.array([task.loss(y, t)[0] for y, t in _alone(network.forward(x), wanted)])
    outputs = trainer.network.forward(inputs)
    return OneStep(
        number=number,
        rows=rows,
        targets=wanted,
        layers=_layers(network, task.loss, x, wanted),
        losses=losses,
        loss=loss,
        loss_after=task.loss(outputs[rows], wanted)[0],
        outputs=network.forward(inputs),
        right_after=task.accuracy(outputs, trainer.train_data.y) if task.n_classes else float("nan"),
        before=network.params.copy(),
        gradient=network.grads.copy(),
        differences=_differences(network, task.loss, x, wanted),
        after=trainer.network.params.copy(),
        slots_before=optimizer.slots,
        slots_after={name: slot.copy() for name, slot in trainer.optimizer.slots.items()},
        carried={name: float(getattr(optimizer, name)) for name in optimizer.carried},
        lr=float(trainer.optimizer.lr),
        t=trainer.optimizer.t,
    )


def _alone(outputs: np.ndarray, targets: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Each row as a batch of its own."""
    for k in range(len(outputs)):
        yield outputs[k : k + 1], targets[k : k + 1]


def _layers(network: Network, loss: Loss, x: np.ndarray, targets: np.ndarray) -> tuple[LayerStep, ...]:
    """The layers of units, first to last, with the gradients of the rows' own losses."""
    passed = []
    for dense, activation in _units(network):
        z = dense.forward(x)
        a = ACTIVATIONS[activation].value(z)
        passed.append((x, dense, z, a, activation))
        x = a
    da = np.vstack([loss(y, t)[1] for y, t in _alone(x, targets)])
    found = []
    for x, dense, z, a, activation in reversed(passed):
        slope = ACTIVATIONS[activation].derivative(z, a)
        delta = da * slope
        found.append(LayerStep(x, dense.W.copy(), dense.b.copy(), z, a, activation, slope, da, delta))
        da = delta.dot(dense.W.T)
    return tuple(reversed(found))


def _units(network: Network) -> Iterator[tuple[Dense, str]]:
    """Each layer of weights with the name of the function that follows it, "linear" where there is none."""
    layers = [layer for layer in network.layers if layer.kind != "dropout"]
    for k, layer in enumerate(layers):
        if isinstance(layer, Dense):
            follower = layers[k + 1] if k + 1 < len(layers) else None
            yield layer, follower.name if isinstance(follower, Activation) else "linear"
        elif layer.kind != "activation":
            raise ValueError(
                f"{type(layer).__name__} cannot be taken apart: use weights and activations alone."
            )


def _differences(network: Network, loss: Loss, x: np.ndarray, targets: np.ndarray) -> Differences:
    """Central differences of the loss of the batch; the network is left as it was."""
    params, found = network.params, np.empty((2, network.params.size))
    for k in range(params.size):
        value = params[k]
        for side, shift in enumerate((EPSILON, -EPSILON)):
            params[k] = value + shift
            found[side, k] = loss(network.forward(x), targets)[0]
        params[k] = value
    return Differences(found[0], found[1], (found[0] - found[1]) / (2.0 * EPSILON))
