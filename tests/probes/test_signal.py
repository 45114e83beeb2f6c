"""A signal through random layers: the network's own numbers, held against theory and finite differences."""

import numpy as np
import pytest

from playground.limits import MAX_SEED
from playground.nn import ACTIVATIONS
from playground.probes.output_ranges import OUTPUT_BINS
from playground.probes.signal import FADES, GROWS, INPUTS, KEPT, Draws, Stack, expected, judged, passed


def drawn(stack: Stack, seed: int = 0):
    return passed(stack, np.random.default_rng(seed))


def test_outputs_are_those_of_the_layers_by_hand() -> None:
    signal = drawn(Stack("tanh", "xavier_normal", 5, 2))
    rng = np.random.default_rng(0)
    draws = np.random.default_rng(np.random.SeedSequence(int(rng.integers(MAX_SEED))).spawn(2)[0])
    x = rng.standard_normal((INPUTS, 5))
    first, second = (np.sqrt(2.0 / 10.0) * draws.standard_normal((5, 5)) for _ in range(2))
    one = np.tanh(x @ first)
    two = np.tanh(one @ second)
    np.testing.assert_allclose(signal.outputs[0], one)
    np.testing.assert_allclose(signal.outputs[1], two)
    dy = rng.standard_normal(two.shape)
    np.testing.assert_allclose(signal.gradients[1], dy)
    np.testing.assert_allclose(signal.gradients[0], (dy * (1.0 - two**2)) @ second.T)
    np.testing.assert_allclose(signal.power, [(one**2).mean(), (two**2).mean()])
    np.testing.assert_allclose(signal.spread, [np.sqrt(y.var(axis=0).mean()) for y in (one, two)])
    np.testing.assert_allclose(signal.gradient[0], (signal.gradients[0] ** 2).mean())


def test_a_deeper_stack_begins_as_a_less_deep_one() -> None:
    short, long = drawn(Stack("relu", "he_normal", 8, 3)), drawn(Stack("relu", "he_normal", 8, 7))
    np.testing.assert_array_equal(short.power, long.power[:3])


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "selu", "gelu", "softplus", "sin"])
@pytest.mark.parametrize("rule", ["he_normal", "xavier_uniform", "lecun_normal"])
def test_wide_layers_do_as_theory_says(activation: str, rule: str) -> None:
    stack = Stack(activation, rule, 64, 5)
    theory, measured = expected(stack), Draws(stack, 0, 20).pooled(19)
    np.testing.assert_allclose(measured.power, theory.power, rtol=0.25)
    np.testing.assert_allclose(measured.gradient, theory.gradient, rtol=0.25)
    np.testing.assert_allclose(measured.spread, theory.spread, rtol=0.3)


def test_theory_by_hand() -> None:
    relu = expected(Stack("relu", "he_normal", 32, 12))  # n E[w^2] = 2, E[f^2] = q / 2, E[f'^2] = 1 / 2
    np.testing.assert_allclose(relu.power, 1.0, rtol=0.04)
    np.testing.assert_allclose(relu.gradient, 1.0, rtol=0.04)
    np.testing.assert_allclose(relu.spread[0] ** 2, 1.0 - 1.0 / np.pi, rtol=0.02)  # the variance of max(0, z)
    linear = expected(Stack("linear", "xavier_uniform", 32, 4))
    np.testing.assert_allclose([linear.power, linear.spread, linear.gradient], 1.0, rtol=0.02)
    plain = expected(Stack("linear", "normal", 10, 3))  # n E[w^2] = 10 / 4
    np.testing.assert_allclose(plain.power, [2.5, 2.5**2, 2.5**3], rtol=0.02)
    np.testing.assert_allclose(plain.gradient, [2.5**2, 2.5, 1.0], rtol=0.02)


@pytest.mark.parametrize("rule", ["normal", "orthogonal", "tf_playground"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_very_wide_layers_do_as_theory_says_of_every_function(activation: str, rule: str) -> None:
    """The biases of TensorFlow Playground's rule count: without them sigmoids would be a third off."""
    stack = Stack(activation, rule, 160, 8)
    theory, measured = expected(stack), Draws(stack, 1, 3).pooled(2)
    np.testing.assert_allclose(measured.power, theory.power, rtol=0.45)
    np.testing.assert_allclose(measured.gradient, theory.gradient, rtol=0.35)
    np.testing.assert_allclose(measured.spread, theory.spread, rtol=0.3)


def test_biases_count() -> None:
    """Of weights so small that only the bias, 0.1, is left after the first layers."""
    plain, biased = (expected(Stack("sigmoid", rule, 64, 10)) for rule in ("uniform", "tf_playground"))
    measured = Draws(Stack("sigmoid", "tf_playground", 64, 10), 0, 40).pooled(39)
    assert abs(np.log(measured.power[-1] / biased.power[-1])) < abs(
        np.log(measured.power[-1] / plain.power[-1])
    )
    assert biased.power[-1] / plain.power[-1] > 1.03


def test_sigmoid_outputs_are_large_and_all_the_same() -> None:
    theory = expected(Stack("sigmoid", "xavier_normal", 64, 10))
    assert theory.power[-1] > 0.2
    assert theory.spread[-1] < 1e-5
    ratios = theory.spread[1:] / theory.spread[:-1]
    assert ((ratios > 0.2) & (ratios <= 0.2501)).all()  # f' <= 1/4 at every layer


def test_zeros_carry_nothing_and_constants_are_not_for_the_theory() -> None:
    zeros = Stack("tanh", "zeros", 8, 3)
    assert not drawn(zeros).power.any()
    assert not expected(zeros).power.any()
    assert not expected(Stack("sigmoid", "zeros", 8, 3)).spread.any()  # 1/2 for all inputs alike
    assert drawn(zeros).gradient.tolist()[:2] == [0.0, 0.0]
    assert np.isnan(expected(Stack("tanh", "constant", 8, 3)).power).all()
    outputs = drawn(Stack("tanh", "constant", 8, 3)).outputs
    assert all(np.ptp(y, axis=1).max() < 1e-12 for y in outputs)  # all units of a layer alike


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_passes_through_many_layers(activation: str) -> None:
    pooled = Draws(Stack(activation, "lecun_normal", 4, 30), 0, 3).pooled(1)
    assert pooled.count == 2
    assert np.isfinite([pooled.power, pooled.spread, pooled.gradient]).all()
    assert pooled.shares.shape == (30, OUTPUT_BINS)


def test_draws_are_means_and_the_same_whenever_asked_for() -> None:
    stack = Stack("tanh", "he_normal", 6, 3)
    draws, others = Draws(stack, 5, 4), Draws(stack, 5, 4)
    last = draws.pooled(9)
    assert last.count == 4
    signals = [passed(stack, np.random.default_rng([5, k])) for k in range(4)]
    np.testing.assert_allclose(last.power, np.mean([s.power for s in signals], axis=0))
    np.testing.assert_allclose(last.spread**2, np.mean([s.spread**2 for s in signals], axis=0))
    np.testing.assert_array_equal(draws.pooled(1).shares, others.pooled(1).shares)
    assert last.shares.max(axis=1).tolist() == [1.0] * 3


def test_verdicts() -> None:
    assert judged(1.0, 0.5) == judged(2.0, 1.0) == KEPT
    assert judged(0.49, 1.0) == judged(1.0, 0.0) == judged(0.1, 9.0) == FADES
    assert judged(2.1, 1.0) == judged(1.0, 1e9) == GROWS
