"""Outputs of units over a range that stays."""

import numpy as np
import pytest

from playground.nn import ACTIVATIONS
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.output_ranges import OUTPUT_BINS, UNBOUNDED, output_range, output_shares
from playground.training import Experiment, HiddenLayer, Trainer


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("sigmoid", (0.0, 1.0)), ("tanh", (-1.0, 1.0)), ("softsign", (-1.0, 1.0)), ("hard_sigmoid", (0.0, 1.0))],
)
def test_bounded_functions_are_shown_between_their_bounds(name: str, wanted: tuple[float, float]) -> None:
    assert output_range(name) == wanted


def test_all_others_have_one_range() -> None:
    assert {output_range(name) for name in ("relu", "linear", "gelu", "softplus")} == {UNBOUNDED}
    assert all(low < high for low, high in map(output_range, ACTIVATIONS))


def test_shares_by_hand() -> None:
    trainer = Trainer(Experiment().replace("data.n", 20).replace("network.layers", (HiddenLayer(2, "relu"),)))
    layer = trainer.network.weight_layers[0]
    layer.W[:] = 0.0
    layer.b[:] = [-1.0, 100.0]  # a unit that gives 0, and one far beyond the range
    (shares,) = output_shares(DataPass(NetworkCopy(trainer)))
    low, high = UNBOUNDED
    wanted = np.zeros(OUTPUT_BINS)
    wanted[[int((0.0 - low) / (high - low) * OUTPUT_BINS), -1]] = 1.0
    assert shares.tolist() == wanted.tolist()


def test_shares_of_a_run() -> None:
    layers = (HiddenLayer(4, "sigmoid"), HiddenLayer(3, "tanh", "batch_norm"))
    shares = output_shares(DataPass(NetworkCopy(Trainer(Experiment().replace("network.layers", layers)))))
    assert shares.shape == (2, OUTPUT_BINS)
    assert shares.max(axis=1).tolist() == [1.0, 1.0]
    assert shares.min() >= 0.0
