"""Every registry entry against central differences: parameters and input, in training and in evaluation."""

from collections.abc import Callable

import numpy as np
import pytest

from playground.nn import (
    ACTIVATIONS,
    LAYERS,
    LOSSES,
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
from tests.nn.formulas import targets_for

CASES: dict[str, tuple[Callable[[], Layer], tuple[int, ...]]] = {
    "dense": (lambda: Dense(4, bias_init=0.3), (3,)),
    "dense without bias": (lambda: Dense(4, use_bias=False), (3,)),
    "activation": (lambda: Activation("tanh"), (3,)),
    "dropout": (lambda: Dropout(0.4), (6,)),
    "batch_norm": (BatchNorm, (3,)),
    "batch_norm of images": (BatchNorm, (2, 2, 3)),
    "layer_norm": (LayerNorm, (5,)),
    "layer_norm of images": (LayerNorm, (2, 2, 3)),
    "flatten": (Flatten, (2, 3)),
    "reshape": (lambda: Reshape((3, 2)), (6,)),
    "residual": (lambda: Residual([Dense(3), BatchNorm(), Activation("sin"), Dropout(0.3), Dense(3)]), (3,)),
    "concat": (lambda: Concat([Dense(5), LayerNorm(), Activation("sin"), Dropout(0.3), Dense(2)]), (3,)),
    "concat of images": (lambda: Concat([LayerNorm(), Activation("tanh")]), (2, 2, 3)),
    "concat of nested blocks": (lambda: Concat([Residual([Concat([Dense(2)]), Dense(3)]), Dense(1)]), (3,)),
}


def test_every_layer_says_what_it_is():
    for kind, (make, _) in CASES.items():
        assert type(make()) is LAYERS[make().kind]
        assert make().kind == kind.split(" ")[0]


def test_every_layer_has_a_case():
    assert {name.split(" ")[0] for name in CASES} == set(LAYERS)


def filled(network: Network) -> Network:
    """The network with no parameter or statistic left at a special value such as 0 or 1."""
    rng = np.random.default_rng(3)
    network.params[:] = rng.normal(0.0, 0.7, network.params.shape)
    network.state[:] = rng.uniform(0.5, 1.5, network.state.shape)
    return network


def check_network(check_gradient, network: Network, x: np.ndarray, train: bool) -> None:
    """Check the gradients of <weights, network(x)> with respect to the parameters and to x."""
    state, masks = network.state.copy(), network.rng.bit_generator.state
    weights = np.random.default_rng(4).standard_normal((len(x), *network.out_shape))

    def value() -> float:
        network.state[:] = state
        network.rng.bit_generator.state = masks
        return float((network.forward(x, train) * weights).sum())

    value()
    network.grads[:] = np.nan  # a gradient that is added to instead of overwritten would stay NaN
    dx = network.backward(weights)
    grads = network.grads.copy()
    check_gradient(value, x, dx)
    check_gradient(value, network.params, grads)
    value()
    network.grads[:] = np.nan
    network.backward_parameters(weights)
    np.testing.assert_array_equal(network.grads, grads)


@pytest.mark.parametrize("train", [True, False])
@pytest.mark.parametrize("case", CASES)
def test_layer(check_gradient, case, train):
    make, in_shape = CASES[case]
    x = np.random.default_rng(1).standard_normal((7, *in_shape))
    check_network(check_gradient, filled(Network([make()], in_shape, seed=2)), x, train)


@pytest.mark.parametrize("case", CASES)
def test_layer_alone(check_gradient, case):
    """A layer outside any network works on storage of its own."""
    make, in_shape = CASES[case]
    layer = make()
    out_shape = layer.build(in_shape)
    layer.initialize(np.random.default_rng(0))
    x = np.random.default_rng(1).standard_normal((7, *in_shape))
    y = layer.forward(x)
    assert y.shape == (7, *out_shape)
    check_gradient(lambda: float(layer.forward(x).sum()), x, layer.backward(np.ones_like(y)))


@pytest.mark.parametrize("train", [True, False])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activation(check_gradient, name, train):
    x = np.random.default_rng(1).normal(0.0, 2.0, (7, 3))
    layers = [Dense(5), Activation(name), Dense(4), Activation(name), Dense(2)]
    check_network(check_gradient, filled(Network(layers, 3)), x, train)


@pytest.mark.parametrize("train", [True, False])
def test_deep_network(check_gradient, train):
    x = np.random.default_rng(1).standard_normal((9, 6))
    layers = [
        Reshape((2, 3)),
        Flatten(),
        Dense(5, use_bias=False),
        BatchNorm(),
        Activation("gelu"),
        Residual([Dense(5), LayerNorm(), Activation("silu"), Residual([Dense(5), Dropout(0.2)])]),
        Dropout(0.5),
        Dense(3),
    ]
    check_network(check_gradient, filled(Network(layers, 6)), x, train)


@pytest.mark.parametrize("train", [True, False])
def test_batch_norm_on_a_single_point(check_gradient, train):
    x = np.random.default_rng(1).standard_normal((1, 3))
    check_network(check_gradient, filled(Network([Dense(4), BatchNorm()], 3)), x, train)


@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize("shape", [(7, 1), (6, 4), (1, 3)])
@pytest.mark.parametrize("name", LOSSES)
def test_loss(check_gradient, name, shape, smooth):
    """Every loss, with its defaults and with each of its settings away from the default."""
    loss, target = LOSSES[name], targets_for(name, np.random.default_rng(2), shape)
    options = {key: setting.default + 0.2 for key, setting in loss.settings.items()} if smooth else {}
    prediction = np.random.default_rng(1).normal(0.0, 2.0, shape)
    value, d = loss(prediction, target, **options)
    assert isinstance(value, float)
    check_gradient(lambda: loss(prediction, target, **options)[0], prediction, d)
