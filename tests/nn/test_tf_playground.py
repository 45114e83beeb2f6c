"""TensorFlow Playground's own runs, reproduced by the core to the four decimals they were recorded with.

The recordings hold the settings and loss[epoch] = [train, test]. They test everything at once: initializer,
layers, loss, gradients, and the penalties' own rule.
"""

import json
from math import floor
from pathlib import Path

import numpy as np
import pytest

from playground.datasets.seedrandom import SeedRandom
from playground.datasets.tf_playground import tf_playground_points, tf_playground_shuffle
from playground.nn import LOSSES, OPTIMIZERS, Activation, Dense, Network
from playground.nn.regularization import tf_playground_penalty

RUNS = json.loads((Path(__file__).parents[1] / "data" / "tf_playground_runs.json").read_text())
LAST_EPOCH = 100  # long runs amplify the last bit


def network_of(run: dict) -> Network:
    layers = []
    for units in run["shape"]:
        layers += [Dense(units, init="tf_playground"), Activation(run["act"])]
    output = "linear" if run["kind"].startswith("reg-") else "tanh"
    return Network([*layers, Dense(1, init="tf_playground"), Activation(output)], 2)


def train_epoch(run: dict, network: Network, x: np.ndarray, y: np.ndarray, carried: dict) -> None:
    """One epoch in the engine's order. Points left over at its end join the next epoch's first update.

    carried: what one epoch leaves to the next: `count` points, the sum of their `grads`, the `dead` weights.
    """
    optimizer = OPTIMIZERS["sgd"](network.params.size, lr=run["lr"])
    for start in range(0, len(x), run["batch"]):
        rows = slice(start, start + run["batch"])
        count = len(x[rows])
        _, d = LOSSES["half_mse"](network.forward(x[rows], True), y[rows])
        network.backward_parameters(d * count)
        if count < run["batch"]:
            carried.update(count=count, grads=network.grads.copy())
            return
        network.grads[:] = (network.grads + carried["grads"]) / (count + carried["count"])
        carried.update(count=0, grads=0.0)
        previous = network.params.copy()
        optimizer.step(network.params, network.grads)
        if run["reg"]:
            penalty = {"lr": run["lr"], "rate": run["rate"], "kind": run["reg"].lower()}
            masks = {"mask": network.decay_mask, "dead": carried["dead"]}
            tf_playground_penalty(network.params, previous, **penalty, **masks)


@pytest.mark.parametrize(
    "run", RUNS, ids=lambda run: f"{run['kind']}-{run['act']}-{run['batch']}-{run['reg']}"
)
def test_recorded_run(run):
    draws = SeedRandom(run["seed"])
    n = 1200 if run["kind"].startswith("reg-") else 500
    x, y = tf_playground_shuffle(*tf_playground_points(run["kind"], n, run["noise"] / 100.0, draws), draws)
    network, y = network_of(run), y.reshape(-1, 1).astype(float)
    network.initialize(draws)
    cut = floor(n * run["perc"] / 100.0)
    carried = {"count": 0, "grads": 0.0, "dead": np.zeros(network.params.size, bool)}
    for epoch in range(LAST_EPOCH + 1):
        if epoch:
            train_epoch(run, network, x[:cut], y[:cut], carried)
        if str(epoch) in run["loss"]:
            losses = [
                LOSSES["half_mse"](network.forward(x[rows]), y[rows])[0]
                for rows in (slice(cut), slice(cut, None))
            ]
            np.testing.assert_allclose(losses, run["loss"][str(epoch)], rtol=0.0, atol=0.6e-4)
