"""Units on their activation functions: sums in bins, dead and saturated ones told apart."""

import numpy as np
import pytest

from playground.nn import ACTIVATIONS
from playground.probes.activation_view import (
    DEAD,
    FINE,
    REACH,
    SATURATED,
    SUM_BINS,
    activation_curve,
    saturation,
    sums,
    unit_saturation,
)
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.training import Experiment, HiddenLayer, Trainer


def trainer_with(activation: str, biases: list[float], gain: float = 0.0) -> Trainer:
    """A hidden layer whose units see gain * x plus a bias each."""
    layers = (HiddenLayer(len(biases), activation),)
    experiment = Experiment().replace("data.n", 40).replace("network.layers", layers)
    trainer = Trainer(experiment.replace("features.inputs", ("x",)))
    first = trainer.network.weight_layers[0]
    first.W[:], first.b[:] = gain, biases
    return trainer


def judged(activation: str, biases: list[float], gain: float = 0.0) -> list[int]:
    return DataPass(NetworkCopy(trainer_with(activation, biases, gain))).info(saturation).units[0].tolist()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_curves_are_the_functions(name: str) -> None:
    curve = activation_curve(name)
    assert (curve.z[0], curve.z[-1], curve.z[len(curve.z) // 2]) == (-REACH, REACH, 0.0)
    steps = 0.5 * (curve.slope[1:] + curve.slope[:-1]) * np.diff(curve.z)
    grown = np.append(0.0, np.cumsum(steps))  # the slope's integral; each corner costs up to half a step
    np.testing.assert_allclose(grown, curve.value - curve.value[0], atol=0.051)


def test_sums_by_hand() -> None:
    trainer = trainer_with("tanh", [0.0, -4.9, 4.9, 5.0, -7.0])
    found = sums(DataPass(NetworkCopy(trainer)))
    places = {k: n // 20 for k, n in enumerate(found.counts[0]) if n}  # each unit has 20 equal sums
    assert places == {SUM_BINS // 2: 1, 0: 2, SUM_BINS - 1: 2}
    assert found.beyond[0] == pytest.approx(1 / 5)
    assert found.heights[0].max() == 1.0
    np.testing.assert_array_equal(found.together, found.heights[0])


def test_sums_come_after_normalization() -> None:
    layers = (HiddenLayer(6, "tanh", "layer_norm"),)
    trainer = Trainer(Experiment().replace("network.layers", layers))
    trainer.network.weight_layers[0].W[:] *= 1000.0
    data = DataPass(NetworkCopy(trainer))
    np.testing.assert_allclose(data.hidden[0].z.mean(axis=1), 0.0, atol=1e-9)
    assert sums(data).beyond[0] == 0.0


def test_no_hidden_layers() -> None:
    data = DataPass(NetworkCopy(Trainer(Experiment().replace("network.layers", ()))))
    assert data.info(sums).heights.shape == (0, SUM_BINS)
    assert data.info(sums).together.tolist() == [0.0] * SUM_BINS
    assert data.info(saturation).dead.shape == (0,)
    assert unit_saturation(data).tolist() == [0, 0, 0]


def test_a_relu_that_never_fires_is_dead_and_one_that_fires_once_is_fine() -> None:
    trainer = trainer_with("relu", [-1.0, 0.0, 1.0, 0.0])
    first = trainer.network.weight_layers[0]
    x = trainer.task.features(trainer.train_data.x)[:, 0]
    first.W[0, 3], first.b[3] = 1.0, -np.sort(x)[-2]  # positive at the largest x alone
    data = DataPass(NetworkCopy(trainer))
    found = data.info(saturation)
    assert found.units[0].tolist() == [DEAD, DEAD, FINE, FINE]
    assert found.dead.tolist() == [0.5]
    assert found.saturated.tolist() == [0.0]
    assert found.flat[0].tolist() == [1.0, 1.0, 0.0, 19 / 20]
    assert unit_saturation(data).tolist() == [0, DEAD, DEAD, FINE, FINE, 0]


@pytest.mark.parametrize(
    ("activation", "biases", "expected"),
    [
        ("tanh", [0.0, 2.0, 2.5, -9.0], [FINE, FINE, SATURATED, SATURATED]),
        ("sigmoid", [4.0, 4.5, -50.0], [FINE, SATURATED, DEAD]),  # flat, and it gives out nothing
        ("hard_tanh", [0.9, 1.5], [FINE, SATURATED]),
        ("elu", [-2.0, -5.0, 5.0], [FINE, SATURATED, FINE]),
        ("gelu", [-40.0, 1.0], [DEAD, FINE]),
        ("leaky_relu", [-3.0, 3.0], [FINE, FINE]),  # its slope of 0.01 is small, and never ends
        ("linear", [-30.0, 0.0], [FINE, FINE]),
    ],
)
def test_stuck_units(activation: str, biases: list[float], expected: list[int]) -> None:
    assert judged(activation, biases) == expected


def test_a_saturating_unit_may_have_a_few_points_in_the_middle() -> None:
    trainer = trainer_with("tanh", [0.0, 0.0], gain=1.0)
    first = trainer.network.weight_layers[0]
    size = np.sort(np.abs(trainer.task.features(trainer.train_data.x)[:, 0]))
    for unit, middle in enumerate((2, 3)):  # of 20 points
        first.W[0, unit] = 2.3 / size[middle] if unit == 0 else 2.0 / size[middle - 1]
    found = DataPass(NetworkCopy(trainer)).info(saturation)
    assert found.flat[0].tolist() == [18 / 20, 17 / 20]
    assert found.units[0].tolist() == [SATURATED, FINE]


def test_huge_sums_are_no_trouble() -> None:
    trainer = trainer_with("relu", [1e308, -1e308])
    data = DataPass(NetworkCopy(trainer))
    assert data.info(sums).counts.sum() == 40
    assert data.info(saturation).units[0].tolist() == [FINE, DEAD]
