"""Units one by one: their places on the curve, and how many differ."""

import numpy as np
import pytest

from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.units import distinct_units, places
from playground.training import Experiment, HiddenLayer, Trainer


def trainer_of(initializer: str, *layers: HiddenLayer) -> Trainer:
    experiment = Experiment().replace("data.n", 60).replace("network.layers", layers)
    return Trainer(experiment.replace("network.initializer", initializer))


def test_places_by_hand() -> None:
    trainer = trainer_of("he_normal", HiddenLayer(3, "sigmoid"), HiddenLayer(2, "tanh"))
    network = trainer.network
    x = trainer.task.features(trainer.train_data.x)
    first, second = network.weight_layers[:2]
    z = x @ first.W + first.b
    hidden = 1.0 / (1.0 + np.exp(-z))
    other = hidden @ second.W + second.b
    found = places(DataPass(NetworkCopy(trainer)))
    np.testing.assert_allclose(found.sums, [*z.mean(axis=0), *other.mean(axis=0)])
    np.testing.assert_allclose(found.outputs[:3], 1.0 / (1.0 + np.exp(-z.mean(axis=0))))
    np.testing.assert_allclose(found.outputs[3:], np.tanh(other.mean(axis=0)))
    slopes = [*(hidden * (1.0 - hidden)).ravel(), *(1.0 - np.tanh(other) ** 2).ravel()]
    assert found.slope == pytest.approx(np.mean(slopes))


@pytest.mark.parametrize("initializer", ["zeros", "constant"])
def test_equal_units_stay_equal_however_long_they_train(initializer: str) -> None:
    trainer = trainer_of(initializer, HiddenLayer(6, "sigmoid"), HiddenLayer(4, "sigmoid"))
    assert distinct_units(DataPass(NetworkCopy(trainer))).tolist() == [1, 1]
    before = trainer.network.params.copy()
    trainer.train(epochs=30)
    assert not np.array_equal(before, trainer.network.params)
    assert distinct_units(DataPass(NetworkCopy(trainer))).tolist() == [1, 1]


def test_random_units_differ_and_dropout_tells_equal_ones_apart() -> None:
    assert distinct_units(DataPass(NetworkCopy(trainer_of("he_normal", HiddenLayer(6))))).tolist() == [6]
    trainer = trainer_of("constant", HiddenLayer(6, "tanh", dropout=0.2))
    trainer.train(epochs=10)
    assert distinct_units(DataPass(NetworkCopy(trainer))).tolist() == [6]


def test_one_changed_weight_is_seen() -> None:
    trainer = trainer_of("constant", HiddenLayer(5))
    trainer.network.weight_layers[0].W[0, 2] *= 1.001
    assert distinct_units(DataPass(NetworkCopy(trainer))).tolist() == [2]
