"""Network: flat storage, the hazards of views, seeds, caches, errors."""

import copy
import pickle

import numpy as np
import pytest

from playground.nn import (
    LOSSES,
    OPTIMIZERS,
    Activation,
    BatchNorm,
    Concat,
    Dense,
    Dropout,
    Flatten,
    Layer,
    LayerNorm,
    Network,
    Reshape,
    Residual,
)


def make(seed: int = 0, dtype: type = np.float64) -> Network:
    """A network with every kind of storage: weights, statistics, masks, a container."""
    layers = [
        Dense(4),
        BatchNorm(),
        Activation("tanh"),
        Residual([Dense(4), LayerNorm(), Activation("relu"), Dense(4, use_bias=False)]),
        Dropout(0.3),
        Dense(2),
    ]
    return Network(layers, 3, seed=seed, dtype=dtype)


def points(n: int = 6) -> np.ndarray:
    return np.random.default_rng(8).standard_normal((n, 3))


def train(network: Network, steps: int) -> np.ndarray:
    """A few updates on random targets; returns the parameters."""
    x, optimizer = points(), OPTIMIZERS["adam"](network.params.size, lr=0.05)
    target = np.random.default_rng(9).standard_normal((len(x), 2))
    for _ in range(steps):
        network.backward(LOSSES["mse"](network.forward(x, True), target)[1])
        optimizer.step(network.params, network.grads)
    return network.params.copy()


def test_layers_are_views_into_flat_vectors():
    network = make()
    dense = network.layers[0]
    network.params[network.slices[0]] = np.arange(16.0)
    np.testing.assert_array_equal(dense.W, np.arange(12.0).reshape(3, 4))
    np.testing.assert_array_equal(dense.b, np.arange(12.0, 16.0))
    dense.W[0, 0] = 99.0
    assert network.params[0] == 99.0
    network.layers[1].running_mean[:] = 5.0
    np.testing.assert_array_equal(network.state[:4], 5.0)


def test_slices_cover_the_parameters_in_order():
    network = make()
    assert len(network.slices) == len(network.layers)
    assert network.slices[0].start == 0
    assert network.slices[-1].stop == network.params.size
    for part, following in zip(network.slices, network.slices[1:], strict=False):
        assert part.stop == following.start


def test_weight_layers_reach_into_containers():
    network = make()
    inner = network.layers[3].layers
    assert network.weight_layers == [network.layers[0], inner[0], inner[3], network.layers[5]]
    network.params[:] = 0.0
    for number, (layer, part) in enumerate(zip(network.weight_layers, network.weight_slices, strict=True), 1):
        network.params[part] = number
        assert (number == layer.W).all()
        assert part.stop - part.start == layer.size


def test_decay_mask_marks_weight_matrices_only():
    network = make()
    network.params[:] = 0.0
    network.params[network.decay_mask] = 1.0
    assert all((layer.W == 1.0).all() for layer in network.weight_layers)
    assert network.params.sum() == sum(layer.W.size for layer in network.weight_layers)
    assert Network([Activation("relu")], 2).decay_mask.shape == (0,)


@pytest.mark.parametrize("name", ["params", "grads", "state", "rng", "weight_layers", "decay_mask"])
def test_storage_cannot_be_rebound(name):
    with pytest.raises(AttributeError):
        setattr(make(), name, np.zeros(3))


COPIES = {"deepcopy": copy.deepcopy, "pickle": lambda thing: pickle.loads(pickle.dumps(thing))}


@pytest.mark.parametrize("how", COPIES)
def test_copies_keep_their_views_and_go_on_alike(how):
    network = make()
    train(network, 3)
    twin = COPIES[how](network)
    np.testing.assert_array_equal(twin.params, network.params)
    for layer in twin.weight_layers:
        assert np.shares_memory(layer.W, twin.params)
        assert np.shares_memory(layer.dW, twin.grads)
        assert not np.shares_memory(layer.W, network.params)
    assert np.shares_memory(twin.layers[1].running_var, twin.state)
    before = network.params.copy()
    after = train(twin, 5)
    np.testing.assert_array_equal(network.params, before)
    np.testing.assert_array_equal(train(network, 5), after)  # masks included: the twin has the same stream
    np.testing.assert_array_equal(twin.state, network.state)


@pytest.mark.parametrize("how", COPIES)
def test_a_layer_alone_survives_copying(how):
    for layer in (Dense(2), Residual([Dense(3), BatchNorm()])):
        layer.build((3,))
        layer.initialize(np.random.default_rng(0))
        expected = layer.forward(points())
        twin = COPIES[how](layer)
        np.testing.assert_array_equal(twin.forward(points()), expected)
        for leaf in twin.leaves():
            leaf.initialize(np.random.default_rng(1))
        np.testing.assert_array_equal(layer.forward(points()), expected)


def test_a_copy_holds_neither_views_nor_caches():
    network = make()
    network.forward(points())
    assert not {"W", "b", "dW", "db"} & set(network.layers[0].__getstate__())
    with pytest.raises(RuntimeError, match="forward"):
        copy.deepcopy(network).backward(np.ones((6, 2)))


def test_the_seed_decides_everything():
    assert (make(1).params == make(1).params).all()
    assert (make(1).params != make(2).params).any()
    np.testing.assert_array_equal(train(make(1), 5), train(make(1), 5))


def test_masks_and_weights_come_from_separate_streams():
    with_masks, without = make(), make()
    with_masks.forward(points(), True)
    with_masks.initialize()
    np.testing.assert_array_equal(with_masks.params, without.params)
    np.testing.assert_array_equal(with_masks.state, without.state)


def test_masks_do_not_repeat_the_draws_of_the_weights():
    network = Network([Dense(5, init="uniform")], 4)
    assert (network.rng.uniform(-0.5, 0.5, (4, 5)) != network.layers[0].W).all()


def test_initialize_can_take_other_draws():
    network = make()
    first = network.params.copy()
    network.initialize(np.random.default_rng(77))
    assert (network.params[network.decay_mask] != first[network.decay_mask]).all()


def test_restored_streams_give_the_same_masks():
    network = make()
    state, statistics = network.rng.bit_generator.state, network.state.copy()
    first = network.forward(points(), True)
    network.rng.bit_generator.state = state
    network.state[:] = statistics
    np.testing.assert_array_equal(network.forward(points(), True), first)


def test_drawing_between_forward_and_backward_changes_nothing():
    quiet, drawn = make(), make()
    for network in (quiet, drawn):
        network.forward(points(), True)
    drawn.forward(points(50))
    drawn.activations(points(20))
    dy = np.ones((6, 2))
    np.testing.assert_array_equal(drawn.backward(dy), quiet.backward(dy))
    np.testing.assert_array_equal(drawn.grads, quiet.grads)
    np.testing.assert_array_equal(drawn.state, quiet.state)


def test_backward_after_an_evaluation_differentiates_the_evaluation():
    network, fresh = make(), make()
    network.forward(points(), True)
    network.backward(np.ones((6, 2)))
    fresh.state[:] = network.state
    for each in (network, fresh):
        each.forward(points(4))
    np.testing.assert_array_equal(network.backward(np.ones((4, 2))), fresh.backward(np.ones((4, 2))))


def test_backward_twice_gives_the_same_gradients():
    network = make()
    network.forward(points(), True)
    first = network.backward(np.ones((6, 2))), network.grads.copy()
    second = network.backward(np.ones((6, 2))), network.grads.copy()
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])


def test_backward_never_touches_parameters():
    network = make()
    before = network.params.copy()
    network.forward(points(), True)
    network.backward(np.ones((6, 2)))
    np.testing.assert_array_equal(network.params, before)


def test_activations_are_the_outputs_of_an_evaluation():
    network = make()
    y = network.forward(points(4))
    outputs = network.activations(points(6))
    assert [output.shape for output in outputs] == [(6, *layer.out_shape) for layer in network.layers]
    np.testing.assert_array_equal(outputs[-1][:4], network.forward(points(6))[:4])
    network.forward(points(4))
    network.activations(points(6))
    assert network.backward(np.ones_like(y)).shape == (4, 3)  # the cache of four points is still there


def test_float32_stays_float32():
    network = make(dtype=np.float32)
    prediction = network.forward(points(), True)
    _, d = LOSSES["mse"](prediction, np.zeros((6, 2)))  # a float64 target
    assert prediction.dtype == np.float32
    assert network.backward(d).dtype == np.float32
    optimizer = OPTIMIZERS["adamw"](network.params.size, decay_mask=network.decay_mask, dtype=np.float32)
    optimizer.step(network.params, network.grads)
    assert all(slot.dtype == np.float32 for slot in optimizer.slots.values())


def test_images_and_lists_are_accepted():
    network = Network([Flatten(), Dense(4), Reshape((2, 2))], (2, 3))
    assert network.forward([[[1, 2, 3], [4, 5, 6]]]).shape == (1, 2, 2)
    assert network.out_shape == (2, 2)


class Scale(Layer):
    """A layer from outside the package: y = g x. The contract is all it needs."""

    def declare(self, in_shape):
        self.parameters = {"g": in_shape}
        return in_shape

    def initialize(self, rng):
        self.g[...] = 2.0

    def forward(self, x, train=False):
        self._keep(train, (x,))
        return x * self.g

    def backward(self, dy):
        (x,) = self._recall()
        self.dg[...] = (dy * x).sum(axis=0)
        return dy * self.g


def test_a_layer_of_ones_own_fits_in():
    network = Network([Scale(), Dense(1)], 3)
    x = points()
    np.testing.assert_allclose(network.activations(x)[0], 2.0 * x)
    network.forward(x, True)
    network.backward(np.ones((6, 1)))
    np.testing.assert_allclose(network.grads[:3], x.sum(axis=0) * network.layers[1].W[:, 0])
    assert not network.decay_mask[:3].any()


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Network([], 2), "no layers"),
        (lambda: Network([Dense(3)], (2, 2)), "Layer 0: Dense takes inputs of shape .* Flatten"),
        (lambda: Network([Dense(3), Reshape((2, 2))], 2), "Layer 1: Reshape"),
        (lambda: Network([Residual([Dense(3)])], 2), "Residual: its layers turn"),
        (lambda: Network([Concat([Flatten()])], (2, 3)), "Concat: its layers turn"),
        (lambda: Concat([]), "Concat: no layers"),
        (lambda: Network([layer := Dense(2), layer], 2), "used twice"),
        (lambda: Network(make().layers, 3), "already belongs to a network"),
        (lambda: Residual([]), "no layers"),
        (lambda: Dense(0), "units = 0"),
        (lambda: Dense(True), "units = True"),
        (lambda: Dense(2.5), "units = 2.5"),
        (lambda: Dense(2, init="best"), "init = 'best' is unknown; choose one of zeros"),
        (lambda: Dense(2, bias_init=float("nan")), "bias_init = nan"),
        (lambda: Activation("softmax"), "cross_entropy"),
        (lambda: Dropout(1.5), "rate = 1.5"),
        (lambda: BatchNorm(1.0), "momentum = 1.0"),
        (lambda: make().forward(np.zeros((4, 2))), r"inputs of shape \(B, 3\), not \(4, 2\)"),
    ],
)
def test_errors_are_one_sentence(build, message):
    with pytest.raises(ValueError, match=message) as caught:
        build()
    assert str(caught.value).endswith((".", ")."))
    assert "\n" not in str(caught.value)
