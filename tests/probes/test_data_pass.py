"""The pass over the data: right by hand, and a run that is watched goes on as one that is not."""

import numpy as np
import pytest

from playground.nn import Residual
from playground.probes.activation_view import saturation, unit_saturation
from playground.probes.data_pass import DataPass, NetworkCopy, blocks
from playground.probes.histograms import edge_gradients, gradient_histograms
from playground.probes.wiring import weights
from playground.training import Experiment, HiddenLayer, Trainer

SMALL = Experiment().replace("data.n", 40)


def trainer_of(*layers: HiddenLayer, **settings: object) -> Trainer:
    experiment = SMALL.replace("network.layers", layers)
    for path, value in settings.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    trainer = Trainer(experiment)
    trainer.train(updates=5)
    return trainer


KINDS = {
    "no hidden layer": trainer_of(),
    "plain": trainer_of(HiddenLayer(3, "tanh"), HiddenLayer(2, "relu")),
    "normalized": trainer_of(HiddenLayer(4, "relu", "batch_norm", 0.4), HiddenLayer(3, "elu", "layer_norm")),
    "residual": trainer_of(*(HiddenLayer(3, "sin"),) * 3, network__residual=True),
    "hinge": trainer_of(HiddenLayer(3, "tanh"), loss__name="hinge"),
    "distance": trainer_of(HiddenLayer(3, "tanh"), loss__name="mse"),
    "six classes": trainer_of(HiddenLayer(4, "gelu"), data__dataset="blobs", data__classes=6),
    "regression": trainer_of(HiddenLayer(4, "silu"), data__dataset="reg-gauss"),
}
ALL = pytest.mark.parametrize("trainer", KINDS.values(), ids=KINDS)


@ALL
def test_outputs_are_those_of_the_network(trainer: Trainer) -> None:
    data = DataPass(NetworkCopy(trainer))
    train, test = trainer.train_data.x, trainer.test_data.x
    network, features = trainer.network, trainer.task.features
    np.testing.assert_array_equal(data.outputs, network.activations(features(train))[-1])
    np.testing.assert_array_equal(data.test_outputs, network.activations(features(test))[-1])


@ALL
def test_leaves_and_hidden_layers_fit_together(trainer: Trainer) -> None:
    data = DataPass(NetworkCopy(trainer))
    hidden = trainer.experiment.network.layers
    assert [entry.activation for entry in data.hidden] == [layer.activation for layer in hidden]
    assert [entry.y.shape[1] for entry in data.hidden] == [layer.units for layer in hidden]
    for entry in data.hidden:
        np.testing.assert_array_equal(entry.y, entry.function.value(entry.z))
    assert len(blocks(data.passed[0])) == len(hidden) + 1
    last = data.bench.network.weight_layers[-1]
    expected = data.last_hidden @ last.W + last.b
    if trainer.task.output_activation == "linear":
        np.testing.assert_allclose(data.outputs, expected, rtol=1e-12, atol=1e-12)


def test_hidden_values_by_hand() -> None:
    trainer = KINDS["residual"]
    data = DataPass(NetworkCopy(trainer))
    first, second, third, _ = trainer.network.weight_layers
    assert [type(layer) for layer in trainer.network.layers].count(Residual) == 2
    h1 = np.sin(trainer.task.features(trainer.train_data.x) @ first.W + first.b)
    z2 = h1 @ second.W + second.b
    h2 = h1 + np.sin(z2)
    h3 = h2 + np.sin(h2 @ third.W + third.b)
    np.testing.assert_allclose(data.hidden[1].z, z2, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(data.hidden[1].y, np.sin(z2), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(data.last_hidden, h3, rtol=1e-12, atol=1e-14)


@ALL
def test_gradients_are_the_slopes_of_the_loss_that_is_drawn(trainer: Trainer) -> None:
    bench = NetworkCopy(trainer)
    data = DataPass(bench)
    data.test_outputs  # noqa: B018  (a pass over other points, between forward and backward)
    gradients = data.gradients
    step = 1e-6
    for k, layer in enumerate(trainer.network.weight_layers):
        kept, slopes = layer.W[0, 0], []
        for sign in (1.0, -1.0):
            layer.W[0, 0] = kept + sign * step
            outputs = trainer.network.activations(bench.inputs)[-1]
            slopes.append(sign * trainer.task.loss(outputs, bench.targets)[0])
        layer.W[0, 0] = kept
        assert gradients[k][0, 0] == pytest.approx(sum(slopes) / (2 * step), rel=1e-4, abs=1e-8)


def test_gradients_stand_in_the_order_of_the_edges() -> None:
    trainer = KINDS["plain"]
    data = DataPass(NetworkCopy(trainer))
    found = edge_gradients(data)
    assert found.shape == weights(trainer).shape
    np.testing.assert_array_equal(found[:6].reshape(2, 3), data.gradients[0])
    np.testing.assert_array_equal(found[-2:], data.gradients[-1].ravel())


def test_label_smoothing_and_penalties_are_not_part_of_the_gradient() -> None:
    plain = trainer_of(HiddenLayer(3))
    other = Trainer(plain.experiment.replace("loss.label_smoothing", 0.2).replace("regularization.l2", 0.1))
    other.network.params[:] = plain.network.params
    found = [DataPass(NetworkCopy(trainer)).gradients for trainer in (plain, other)]
    for one, two in zip(*found, strict=True):
        np.testing.assert_array_equal(one, two)


@ALL
def test_watching_changes_nothing_of_the_run(trainer: Trainer) -> None:
    alone, watched = Trainer(trainer.experiment), Trainer(trainer.experiment)
    bench = NetworkCopy(watched)
    for _ in range(4):
        network = watched.network
        network.forward(bench.inputs[:4], True)  # a training pass that waits for its backward
        before = network.grads.copy(), network.state.copy(), network.rng.bit_generator.state
        data = DataPass(bench)
        data.info(gradient_histograms)
        data.info(saturation)
        data.test_outputs  # noqa: B018
        np.testing.assert_array_equal(network.grads, before[0])
        np.testing.assert_array_equal(network.state, before[1])
        assert network.rng.bit_generator.state == before[2]
        network.backward_parameters(np.ones((4, trainer.task.n_outputs)))
        network.state[:], network.rng.bit_generator.state = (
            alone.network.state,
            alone.network.rng.bit_generator.state,
        )
        assert watched.train(updates=3) == alone.train(updates=3)
    np.testing.assert_array_equal(watched.network.params, alone.network.params)
    np.testing.assert_array_equal(watched.network.state, alone.network.state)


def test_each_pass_sees_the_present_weights_and_each_probe_runs_once() -> None:
    trainer = trainer_of(HiddenLayer(3, "tanh", "batch_norm"))
    bench = NetworkCopy(trainer)
    before = DataPass(bench).outputs
    trainer.train(updates=2)
    data = DataPass(bench)
    assert not np.array_equal(data.outputs, before)
    np.testing.assert_array_equal(data.outputs, trainer.network.activations(bench.inputs)[-1])
    asked = []
    probe = lambda passing: asked.append(passing) or len(asked)  # noqa: E731
    assert data.info(probe) == data.info(probe) == 1
    assert asked == [data]
    assert data.info(unit_saturation).shape == (2 + 3 + 1,)
