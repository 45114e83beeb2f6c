"""The prediction trace: every number of it worked out again by hand."""

import json

import numpy as np
import pytest

from playground.nn.normalization import EPS
from playground.probes.forward_trace import forward_trace
from playground.training import Experiment, HiddenLayer, Trainer

POINT = (1.5, -2.25)


def trainer_of(*layers: HiddenLayer, **settings: object) -> Trainer:
    experiment = Experiment().replace("data.n", 40).replace("network.layers", layers)
    for path, value in settings.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    trainer = Trainer(experiment)
    trainer.train(updates=7)
    return trainer


def test_plain_layers_by_hand() -> None:
    trainer = trainer_of(HiddenLayer(3, "tanh"), HiddenLayer(2, "relu", dropout=0.5))
    trace = forward_trace(trainer, POINT, target=1)
    features, (first, second, last) = trainer.task.features, trainer.network.weight_layers
    x = (np.array(POINT) - features.mean) / features.std
    z1 = x @ first.W + first.b
    h1 = np.tanh(z1)
    z2 = h1 @ second.W + second.b
    h2 = np.maximum(z2, 0.0)
    z3 = h2 @ last.W + last.b
    assert trace.point == POINT
    assert trace.names == ("x", "y")
    assert [layer.label for layer in trace.layers] == ["hidden 1", "hidden 2", "output"]
    assert [layer.activation for layer in trace.layers] == ["tanh", "relu", "linear"]
    expected = [x, (x, z1, h1), (h1, z2, h2), (h2, z3, z3)]
    np.testing.assert_allclose(trace.inputs, expected[0])
    for layer, (given, z, y) in zip(trace.layers, expected[1:], strict=True):
        np.testing.assert_allclose(layer.inputs, given)
        np.testing.assert_allclose(layer.z, z)
        np.testing.assert_allclose(layer.activated, y)
        assert layer.outputs == layer.activated
        assert layer.normalized is None
    score = 1.0 / (1.0 + np.exp(-z3[0]))
    np.testing.assert_allclose(trace.scores, [1.0 - score, score])
    assert trace.predicted == (score >= 0.5)
    assert trace.loss == pytest.approx(-np.log(score))
    assert json.loads(json.dumps(trace))[0] == list(POINT)


def test_normalized_and_residual_layers_by_hand() -> None:
    layers = (
        HiddenLayer(3, "sin"),
        HiddenLayer(3, "tanh", "layer_norm"),
        HiddenLayer(3, "elu", "batch_norm"),
    )
    trainer = trainer_of(*layers, network__residual=True)
    trace = forward_trace(trainer, POINT)
    plain, layer_norm, batch_norm, _ = trace.layers
    assert plain.normalized is None
    z = np.array(layer_norm.z)
    np.testing.assert_allclose(layer_norm.inputs, plain.outputs)
    gain, shift = _norms(trainer, 1)
    centred = (z - z.mean()) / np.sqrt(z.var() + EPS)
    np.testing.assert_allclose(layer_norm.normalized, centred * gain + shift)
    np.testing.assert_allclose(layer_norm.activated, np.tanh(layer_norm.normalized))
    np.testing.assert_allclose(layer_norm.outputs, np.add(layer_norm.inputs, layer_norm.activated))
    norm = trainer.network.layers[-2].layers[1]
    moved = (np.array(batch_norm.z) - norm.running_mean) / np.sqrt(norm.running_var + EPS)
    np.testing.assert_allclose(batch_norm.normalized, moved * norm.gain + norm.shift)
    np.testing.assert_allclose(batch_norm.outputs, np.add(batch_norm.inputs, batch_norm.activated))


def _norms(trainer: Trainer, k: int) -> tuple[np.ndarray, np.ndarray]:
    residuals = [layer for layer in trainer.network.layers if hasattr(layer, "layers")]
    norm = residuals[k - 1].layers[1]
    return norm.gain, norm.shift


@pytest.mark.parametrize("loss", ["cross_entropy", "bce", "mse", "hinge"])
def test_many_classes(loss: str) -> None:
    trainer = trainer_of(HiddenLayer(4), data__dataset="blobs", data__classes=4, loss__name=loss)
    trace = forward_trace(trainer, POINT, target=3)
    outputs = trainer.network.activations(trainer.task.features(np.array([POINT])))[-1]
    np.testing.assert_array_equal(trace.outputs, outputs[0])
    assert len(trace.scores) == 4
    assert trace.predicted == int(np.argmax(outputs))
    assert trace.loss == trainer.task.loss(outputs, trainer.task.targets(np.array([3])))[0]
    assert trace.layers[-1].activation == trainer.task.output_activation
    np.testing.assert_allclose(trace.layers[-1].outputs, trace.outputs)


def test_regression_and_no_hidden_layer() -> None:
    trainer = trainer_of(data__dataset="reg-plane")
    trace = forward_trace(trainer, POINT, target=0.5)
    assert len(trace.layers) == 1
    assert trace.scores is None
    assert trace.predicted == trace.outputs[0]
    assert trace.loss == pytest.approx((trace.predicted - 0.5) ** 2)
    assert forward_trace(trainer, POINT).loss is None


def test_tracing_changes_nothing_of_the_run() -> None:
    layer = HiddenLayer(3, "tanh", "batch_norm", 0.3)
    watched, alone = trainer_of(layer), trainer_of(layer)
    forward_trace(watched, POINT, target=0)
    assert watched.train(updates=5) == alone.train(updates=5)
    np.testing.assert_array_equal(watched.network.params, alone.network.params)
