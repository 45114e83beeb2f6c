"""One update taken apart: against a computation by hand, finite differences, and the Trainer itself."""

from math import exp

import numpy as np
import pytest

from playground.datasets import OwnPoints
from playground.nn import ACTIVATIONS, LOSSES, OPTIMIZERS
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.one_step import OneStep, one_step_at_a_time, standing
from playground.training import Experiment, HiddenLayer, Trainer
from tests.training.common import changed

XOR = OwnPoints(((0, 0), (0, 1), (1, 0), (1, 1)), (0, 1, 1, 0))
SIGMOID = changed(
    Experiment(),
    data__points=XOR,
    data__train_share=1.0,
    features__standardize=False,
    loss__name="mse",
    network__output="sigmoid",
    network__layers=(HiddenLayer(4, "sigmoid"),),
    optimizer__name="sgd",
    optimizer__lr=2.0,
    batch_size=4,
    shuffle=False,
)
CLASS_LOSSES = [name for name, loss in LOSSES.items() if "classification" in loss.tasks]


def steps(experiment: Experiment, updates: int = 1) -> list[OneStep]:
    return list(one_step_at_a_time(Trainer(experiment), updates))


def sigmoid(z: float) -> float:
    return 1.0 / (1.0 + exp(-z))


def test_a_2_2_1_network_by_hand() -> None:
    """One sample, x = (1, 0) with target 1; every number on paper."""
    experiment = changed(SIGMOID, network__layers=(HiddenLayer(2, "sigmoid"),), batch_size=1)
    first = OwnPoints(((1, 0), (0, 0), (0, 1), (1, 1)), (1, 0, 1, 0))
    trainer = Trainer(changed(experiment, data__points=first, optimizer__lr=0.5))
    w11, w12, w21, w22, b1, b2 = 0.5, -0.25, 0.75, 1.0, 0.1, -0.2
    v1, v2, c = 0.8, -0.6, 0.3
    trainer.network.params[:] = [w11, w12, w21, w22, b1, b2, v1, v2, c]

    z1, z2 = w11 * 1 + w21 * 0 + b1, w12 * 1 + w22 * 0 + b2  # 0.6 and -0.45
    h1, h2 = sigmoid(z1), sigmoid(z2)
    s = v1 * h1 + v2 * h2 + c
    y = sigmoid(s)
    loss = (y - 1) ** 2
    dy = 2 * (y - 1)
    delta_y = dy * y * (1 - y)
    delta1, delta2 = h1 * (1 - h1) * v1 * delta_y, h2 * (1 - h2) * v2 * delta_y
    gradient = [delta1, delta2, 0.0, 0.0, delta1, delta2, delta_y * h1, delta_y * h2, delta_y]

    (step,) = one_step_at_a_time(trainer, 1)
    hidden, output = step.layers
    assert (step.number, step.rows.tolist(), step.targets.tolist()) == (1, [0], [[1.0]])
    assert hidden.x.tolist() == [[1.0, 0.0]]
    np.testing.assert_allclose(hidden.z, [[0.6, -0.45]])
    np.testing.assert_allclose(hidden.a, [[h1, h2]])
    np.testing.assert_allclose(output.x, [[h1, h2]])
    np.testing.assert_allclose(output.z, [[s]])
    np.testing.assert_allclose(output.a, [[y]])
    np.testing.assert_allclose(step.losses, [loss])
    np.testing.assert_allclose(step.loss, loss)
    np.testing.assert_allclose(output.da, [[dy]])
    np.testing.assert_allclose(output.slope, [[y * (1 - y)]])
    np.testing.assert_allclose(output.delta, [[delta_y]])
    np.testing.assert_allclose(hidden.da, [[v1 * delta_y, v2 * delta_y]])
    np.testing.assert_allclose(hidden.delta, [[delta1, delta2]])
    np.testing.assert_allclose(step.gradient, gradient)
    np.testing.assert_allclose(step.after, step.before - 0.5 * np.array(gradient))
    np.testing.assert_array_equal(step.after, trainer.network.params)
    assert step.loss_after < step.loss


def test_a_batch_has_the_mean_of_its_samples_gradients() -> None:
    (step,) = steps(SIGMOID)
    assert step.rows.tolist() == [0, 1, 2, 3]
    for layer, W in zip(step.layers, (slice(0, 8), slice(12, 16)), strict=True):
        products = layer.x[:, :, None] * layer.delta[:, None, :]
        np.testing.assert_allclose(step.gradient[W], products.mean(axis=0).ravel(), atol=1e-15)
    np.testing.assert_allclose(step.gradient[8:12], step.layers[0].delta.mean(axis=0))
    np.testing.assert_allclose(step.loss, step.losses.mean())


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("batch", [1, 4])
def test_gradients_of_every_activation_agree_with_finite_differences(activation: str, batch: int) -> None:
    layers = (HiddenLayer(3, activation), HiddenLayer(2, activation))
    trainer = Trainer(changed(SIGMOID, network__layers=layers, batch_size=batch, seed=3))
    trainer.network.params[:] += 0.1 * np.random.default_rng(5).standard_normal(trainer.network.params.size)
    for step in one_step_at_a_time(trainer, 5):
        np.testing.assert_allclose(step.gradient, step.differences.slope, rtol=1e-6, atol=1e-9)
        moved = step.differences.above - step.differences.below
        np.testing.assert_array_equal(step.differences.slope, moved / 2e-5)


def test_at_a_kink_no_finite_difference_agrees() -> None:
    """Biases begin at 0: for the sample (0, 0) every sum is 0, where ReLU's slopes are 0 and 1."""
    layers = (HiddenLayer(4, "relu"),)
    (step,) = steps(changed(SIGMOID, network__layers=layers, batch_size=1))
    assert step.layers[0].z.tolist() == [[0.0] * 4]
    bias = slice(8, 12)
    assert (step.gradient[bias] == 0.0).all()
    halves = 0.5 * step.layers[1].W[:, 0] * step.layers[1].delta[0, 0]
    np.testing.assert_allclose(step.differences.slope[bias], halves, rtol=1e-4)


@pytest.mark.parametrize("loss", CLASS_LOSSES)
@pytest.mark.parametrize("batch", [1, 4])
def test_gradients_of_every_loss_agree_with_finite_differences(loss: str, batch: int) -> None:
    for step in steps(changed(SIGMOID, loss__name=loss, batch_size=batch, optimizer__lr=0.1), 5):
        np.testing.assert_allclose(step.gradient, step.differences.slope, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(step.loss, step.losses.mean())
        last = step.layers[-1]
        products = (last.x[:, :, None] * last.delta[:, None, :]).mean(axis=0).ravel()
        size = last.b.size
        np.testing.assert_allclose(step.gradient[-products.size - size : -size], products, atol=1e-15)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch", [1, 4])
def test_it_is_the_trainers_own_run_bit_for_bit(optimizer: str, batch: int) -> None:
    """Every update begins where the one before it ended, and ends where a trainer left alone does."""
    experiment = changed(SIGMOID, optimizer__name=optimizer, optimizer__lr=0.05, batch_size=batch)
    alone, found = Trainer(experiment), steps(experiment, 6)
    np.testing.assert_array_equal(found[0].before, alone.network.params)
    for k, step in enumerate(found):
        alone.train(updates=1)
        assert (step.number, step.t, step.lr) == (k + 1, alone.optimizer.t, alone.optimizer.lr)
        np.testing.assert_array_equal(step.rows, alone.last_batch)
        np.testing.assert_array_equal(step.after, alone.network.params)
        np.testing.assert_array_equal(step.gradient, alone.network.grads)
        for name, slot in alone.optimizer.slots.items():
            np.testing.assert_array_equal(step.slots_after[name], slot)
        if k:
            np.testing.assert_array_equal(step.before, found[k - 1].after)
            for name, slot in step.slots_before.items():
                np.testing.assert_array_equal(slot, found[k - 1].slots_after[name])


def test_what_comes_after_the_update() -> None:
    first, second = steps(SIGMOID, 2)
    assert first.loss_after == second.loss
    np.testing.assert_array_equal(second.outputs, second.layers[-1].a)
    right = (second.outputs[:, 0] >= 0.5) == [False, True, True, False]
    assert first.right_after == right.mean()


def test_one_sample_after_the_other() -> None:
    found = steps(changed(SIGMOID, batch_size=1), 6)
    assert [step.rows.tolist() for step in found] == [[0], [1], [2], [3], [0], [1]]


def test_a_run_that_diverges_ends_the_steps() -> None:
    wild = changed(SIGMOID, network__output="linear", optimizer__lr=10.0, seed=1)
    wild = changed(wild, network__layers=(HiddenLayer(4, "relu"),) * 3)
    found = steps(wild, 200)
    assert 1 < len(found) < 200
    assert np.isfinite(found[-1].after).all()


@pytest.mark.parametrize(
    "other", [{"network__layers": (HiddenLayer(4, "tanh", "batch_norm"),)}, {"network__residual": True}]
)
def test_a_network_with_more_to_it_is_refused(other: dict) -> None:
    experiment = changed(SIGMOID, network__layers=(HiddenLayer(2, "tanh"),) * 2)
    with pytest.raises(ValueError, match="use weights and activations alone"):
        steps(changed(experiment, **other))


def test_a_network_as_it_stands_is_what_the_next_update_of_the_batch_begins_with() -> None:
    trainer = Trainer(changed(SIGMOID, batch_size=1))
    trainer.train(epochs=3)
    found = standing(DataPass(NetworkCopy(trainer)))
    np.testing.assert_array_equal(found.params, trainer.network.params)
    (step,) = one_step_at_a_time(Trainer(SIGMOID), 1)
    fresh = standing(DataPass(NetworkCopy(Trainer(SIGMOID))))
    for ours, theirs in zip(fresh.layers, step.layers, strict=True):
        for a, b in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(fresh.losses, step.losses)
    assert trainer.frame.metrics["train_loss"] == pytest.approx(found.losses.mean(), rel=1e-14)
