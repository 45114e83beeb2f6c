"""Each layer's own promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.nn import (
    Activation,
    BatchNorm,
    Concat,
    Dense,
    Dropout,
    Flatten,
    Layer,
    LayerNorm,
    Network,
    Residual,
)


def built(layer: Layer, in_shape: tuple[int, ...]) -> Layer:
    layer.build(in_shape)
    layer.initialize(np.random.default_rng(0))
    return layer


def draw(shape: tuple[int, ...], seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(1.0, 3.0, shape)


def test_dense_by_hand():
    layer = built(Dense(2), (3,))
    layer.W[...] = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    layer.b[...] = [0.5, -0.5]
    np.testing.assert_array_equal(layer.forward(np.array([[1.0, 0.0, -1.0]])), [[-3.5, -4.5]])
    dx = layer.backward(np.array([[1.0, 10.0]]))
    np.testing.assert_array_equal(dx, [[21.0, 43.0, 65.0]])
    np.testing.assert_array_equal(layer.dW, [[1.0, 10.0], [0.0, 0.0], [-1.0, -10.0]])
    np.testing.assert_array_equal(layer.db, [1.0, 10.0])


@pytest.mark.parametrize(
    ("options", "bias"),
    [({}, 0.0), ({"init": "tf_playground"}, 0.1), ({"init": "tf_playground", "bias_init": 0.0}, 0.0)],
)
def test_dense_biases_start_where_told(options, bias):
    assert (built(Dense(3, **options), (2,)).b == bias).all()


@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 9))
def test_dense_shapes(n_in, units, batch):
    layer = built(Dense(units), (n_in,))
    assert layer.forward(draw((batch, n_in))).shape == (batch, units)
    assert layer.backward(draw((batch, units))).shape == (batch, n_in)
    assert layer.size == n_in * units + units


@given(st.integers(0, 2**32 - 1))
def test_without_dropout_training_and_evaluation_agree(seed):
    layer = built(Residual([Dense(4), LayerNorm(), Activation("silu"), Dropout(0.0), Dense(4)]), (4,))
    x = draw((5, 4), seed)
    np.testing.assert_array_equal(layer.forward(x, True), layer.forward(x))


def test_dropout_keeps_the_mean_and_the_share():
    layer, x = built(Dropout(0.3), (1000,)), np.ones((100, 1000))
    y = layer.forward(x, True)
    assert set(np.unique(y)) == {0.0, 1.0 / 0.7}
    assert y.mean() == pytest.approx(1.0, abs=0.02)
    np.testing.assert_array_equal(layer.backward(x), y)
    np.testing.assert_array_equal(layer.forward(x), x)


def test_full_dropout_passes_nothing_back():
    layer, x = built(Dropout(1.0), (4,)), draw((5, 4))
    assert not layer.forward(x, True).any()
    assert not layer.backward(x).any()


def test_dropout_rate_may_change_between_passes():
    layer, x = built(Dropout(0.0), (400,)), np.ones((10, 400))
    np.testing.assert_array_equal(layer.forward(x, True), x)
    layer.rate = 0.5
    assert (layer.forward(x, True) == 0.0).mean() == pytest.approx(0.5, abs=0.05)


def test_batch_norm_in_training_has_mean_0_and_variance_1():
    layer = built(BatchNorm(), (3,))
    y = layer.forward(draw((200, 3)), True)
    np.testing.assert_allclose(y.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=0), 1.0, rtol=1e-5)


def test_batch_norm_moves_its_statistics_only_in_training():
    layer, x = built(BatchNorm(momentum=0.75), (3,)), draw((10, 3))
    layer.forward(x)
    np.testing.assert_array_equal(layer.running_mean, 0.0)
    np.testing.assert_array_equal(layer.running_var, 1.0)
    layer.forward(x, True)
    np.testing.assert_allclose(layer.running_mean, 0.25 * x.mean(axis=0))
    np.testing.assert_allclose(layer.running_var, 0.75 + 0.25 * x.var(axis=0, ddof=1))


def test_batch_norm_of_one_point_leaves_the_statistics_alone():
    layer, x = built(BatchNorm(), (3,)), draw((1, 3))
    np.testing.assert_array_equal(layer.forward(x, True), layer.forward(x))
    np.testing.assert_array_equal(layer.running_var, 1.0)


@given(st.integers(2, 8), st.floats(-100.0, 100.0), st.floats(0.1, 100.0))
def test_layer_norm_ignores_shift_and_scale(width, shift, scale):
    layer = built(LayerNorm(), (width,))
    x = np.linspace(-1.0, 2.0, width)[None, :]
    np.testing.assert_allclose(layer.forward(10.0 * x), layer.forward(10.0 * scale * x + shift), atol=2e-3)


def test_flatten_and_residual():
    x = draw((4, 2, 3))
    np.testing.assert_array_equal(built(Flatten(), (2, 3)).forward(x), x.reshape(4, 6))
    layer = built(Residual([Activation("relu")]), (3,))
    np.testing.assert_array_equal(layer.forward(x[:, 0]), x[:, 0] + np.maximum(x[:, 0], 0.0))


def test_a_training_pass_waits_for_its_backward():
    layer, x, other = built(Activation("tanh"), (3,)), draw((4, 3)), draw((9, 3), 2)
    dy = np.ones((4, 3))
    layer.forward(x, True)
    layer.forward(other)
    expected = 1.0 - np.tanh(x) ** 2
    np.testing.assert_allclose(layer.backward(dy), expected)
    np.testing.assert_allclose(layer.backward(dy), expected)
    layer.forward(other)
    np.testing.assert_allclose(layer.backward(np.ones((9, 3))), 1.0 - np.tanh(other) ** 2)
    layer.forward(other, True)
    layer.forward(x, True)  # a new training pass replaces one that never came back
    np.testing.assert_allclose(layer.backward(dy), expected)


def test_backward_without_forward_says_what_to_do():
    with pytest.raises(RuntimeError, match=r"Dense.backward needs a forward pass first; call forward\(x\)\."):
        built(Dense(2), (2,)).backward(np.ones((1, 2)))


def test_concat_joins_what_came_in_and_what_its_layers_give():
    x = np.random.default_rng(0).standard_normal((4, 3))
    layer = built(Concat([Dense(2)]), (3,))
    y = layer.forward(x)
    assert layer.out_shape == (5,)
    np.testing.assert_array_equal(y[:, :3], x)
    np.testing.assert_array_equal(y[:, 3:], layer.layers[0].forward(x))


def test_a_walk_meets_every_leaf_and_ends_as_a_pass_does():
    inner = [Dense(2), Residual([Activation("tanh"), Dense(2)])]
    layer = built(Concat(inner), (3,))
    x = np.random.default_rng(0).standard_normal((4, 3))
    passed, y = layer.walk(x)
    np.testing.assert_array_equal(y, layer.forward(x))
    assert [p.layer for p in passed] == list(layer.leaves())
    assert [p.layer.kind for p in passed] == ["dense", "activation", "dense"]
    for p in passed:
        np.testing.assert_array_equal(p.layer.forward(p.x), p.y)
    np.testing.assert_array_equal(passed[1].x, passed[0].y)


@pytest.mark.parametrize("train", [True, False])
@pytest.mark.parametrize("kind", [BatchNorm, LayerNorm])
def test_what_a_normalization_worked_out_can_be_seen(kind, train):
    layer = built(kind(), (2, 3))
    assert layer.inspect() == {}
    layer.gain[:], layer.shift[:] = 2.0, 5.0
    y = layer.forward(np.random.default_rng(0).standard_normal((4, 2, 3)), train)
    np.testing.assert_allclose(2.0 * layer.inspect()["normalized"] + 5.0, y)


def test_what_is_seen_is_of_the_pass_that_backward_would_differentiate():
    network = Network([BatchNorm()], 3)
    (layer,) = network.layers
    one, other = np.random.default_rng(0).standard_normal((2, 4, 3))
    trained = network.forward(one, True)
    for evaluated in (network.forward, network.activations, layer.walk):
        evaluated(other)
        np.testing.assert_allclose(layer.inspect()["normalized"], trained)
    network.backward(one)
    layer.walk(other)
    np.testing.assert_allclose(layer.inspect()["normalized"], network.activations(other)[0])


def test_the_mask_of_a_dropout_can_be_seen():
    layer = built(Dropout(0.5), (20,))
    assert layer.inspect() == {}
    x = np.ones((4, 20))
    y = layer.forward(x, True)
    np.testing.assert_array_equal(x * layer.inspect()["mask"], y)
    layer.backward(x)
    layer.forward(x)
    assert layer.inspect() == {}
    assert built(Dense(2), (3,)).inspect() == {}
