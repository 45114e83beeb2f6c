"""What theory predicts of gradients, against wide networks made by hand here, closed forms, and the page's
own networks at the sizes that it offers.
"""

from dataclasses import replace
from math import pi

import numpy as np
import pytest

from playground.nn import ACTIVATIONS, INITIALIZERS
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.gradient_flow import gradient_flow
from playground.probes.gradient_theory import (
    EQUAL,
    WIDE,
    WideLayer,
    normal,
    pair_means,
    predicted_flow,
    premise_broken,
    wide_profile,
)
from playground.training import Experiment, HiddenLayer, Trainer

POINTS, WIDTH = 40, 256
DRAWN = [rule for rule in INITIALIZERS if rule not in EQUAL]


@pytest.fixture(scope="module")
def points() -> tuple[np.ndarray, np.ndarray]:
    """(POINTS, 2) and their targets (POINTS, 1)."""
    rng = np.random.default_rng(3)
    x = rng.standard_normal((POINTS, 2))
    return x, np.where((x * x).sum(axis=1) < 1.4, 1.0, 0.0)[:, None]


def wide_layers(activation: str, rule: str, depth: int, *, norm: bool, skip: bool) -> list[WideLayer]:
    bias = 0.1 if rule == "tf_playground" else 0.0
    sizes = [(2, WIDTH)] + [(WIDTH, WIDTH)] * (depth - 1)
    square = INITIALIZERS[rule].mean_square
    return [
        WideLayer(activation, *size, square(size), bias, norm, skip and size[0] == WIDTH) for size in sizes
    ]


def measured(layers: list[WideLayer], rule: str, x, targets, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The errors (B, 1) of a network of such layers, and the root mean square of each gradient (L,): by hand,
    for the squared error.
    """
    rng = np.random.default_rng(seed)
    rule = "uniform" if rule == "tf_playground" else rule  # the same weights, drawn in less time
    weights = [INITIALIZERS[rule](rng, (layer.n_in, layer.units)) for layer in layers]
    last = INITIALIZERS[rule](rng, (WIDTH, 1))
    inputs, saved = [x], []
    for layer, w in zip(layers, weights, strict=True):
        z, spread = inputs[-1] @ w + layer.bias, np.ones((len(x), 1))
        if layer.layer_norm:
            z = z - z.mean(axis=1, keepdims=True)
            spread = np.sqrt((z * z).mean(axis=1, keepdims=True) + 1e-5)
            z = z / spread
        function = ACTIVATIONS[layer.activation]
        y = function.value(z)
        saved.append((z, spread, function.derivative(z, y)))
        inputs.append(inputs[-1] + y if layer.skip else y)
    errors = (inputs[-1] @ last - targets) / len(x)
    gradients, dy = [inputs[-1].T @ errors], errors @ last.T
    for k in reversed(range(len(layers))):
        z, spread, slope = saved[k]
        dz = dy * slope
        if layers[k].layer_norm:
            dz = dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)
            dz = dz / spread
        gradients.append(inputs[k].T @ dz)
        dy = dz @ weights[k].T + (dy if layers[k].skip else 0.0)
    return errors, np.array([np.sqrt((gradient**2).mean()) for gradient in gradients[::-1]])


def agreement(
    points, activation: str, rule: str, depth: int, *, norm=False, skip=False, seeds=2
) -> np.ndarray:
    """(L,) log of measured to predicted size, relative to the last layer: a mean over draws."""
    layers, found = wide_layers(activation, rule, depth, norm=norm, skip=skip), []
    for seed in range(seeds):
        errors, sizes = measured(layers, rule, *points, seed)
        profile = wide_profile(layers, points[0], errors, INITIALIZERS[rule].mean_square((WIDTH, 1)))
        found.append(np.log(sizes / sizes[-1]) - np.log(profile))
    return np.mean(found, axis=0)


@pytest.mark.parametrize(
    ("rule", "depth"),
    [
        *((rule, 10) for rule in DRAWN),
        *((rule, depth) for rule in ("he_normal", "orthogonal") for depth in (1, 3)),
    ],
)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_wide_networks_do_as_predicted_at_each_layer(points, activation: str, rule: str, depth: int) -> None:
    """Draws scatter by the square root of depth / width, a fifth here, and more where units saturate."""
    assert np.abs(agreement(points, activation, rule, depth)).max() < np.log(1.6)


@pytest.mark.parametrize(("norm", "skip"), [(True, False), (False, True), (True, True)])
@pytest.mark.parametrize("rule", ["xavier_uniform", "he_normal", "normal", "orthogonal", "tf_playground"])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu", "sin"])
def test_so_do_those_with_layer_norm_and_residual_connections(points, activation, rule, norm, skip) -> None:
    assert np.abs(agreement(points, activation, rule, 10, norm=norm, skip=skip)).max() < np.log(1.6)


@pytest.mark.parametrize(("activation", "rule"), [("tanh", "xavier_normal"), ("sigmoid", "he_normal")])
def test_so_do_very_deep_ones(points, activation: str, rule: str) -> None:
    off = agreement(points, activation, rule, 30, seeds=6)
    assert np.abs(off).max() < np.log(2.0)
    assert abs(off[0]) / 30 < np.log(1.02)  # a layer


# ---- closed forms


def test_pairs_of_relus_by_the_arc_cosine_kernel() -> None:
    """Cho and Saul 2009."""
    angles = np.linspace(0.0, pi, 31)
    correlations = np.cos(angles[:, None] - angles)
    z = np.sqrt(2.0) * np.broadcast_to(normal().z, (31, normal().z.size))
    outputs, means = pair_means(np.maximum(z, 0.0), correlations)
    slopes, _means = pair_means((z > 0.0).astype(float), correlations)
    theta = np.arccos(np.clip(correlations, -1.0, 1.0))
    np.testing.assert_allclose(means, np.sqrt(2.0) / np.sqrt(2.0 * pi), rtol=2e-3)
    np.testing.assert_allclose(outputs, (np.sin(theta) + (pi - theta) * correlations) / pi, atol=4e-3)
    np.testing.assert_allclose(slopes, (pi - theta) / (2.0 * pi), atol=0.03)  # of a step: a long series


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_pairs_by_an_integral_in_two_dimensions(activation: str) -> None:
    function, spreads, rho = ACTIVATIONS[activation].value, np.array([0.3, 2.0]), 0.8
    values = function(spreads[:, None] * normal().z)
    found, _means = pair_means(values, np.array([[1.0, rho], [rho, 1.0]]))
    one, other = normal().z[:, None], rho * normal().z[:, None] + np.sqrt(1.0 - rho * rho) * normal().z
    both = function(spreads[0] * one) * function(spreads[1] * other)
    assert found[0, 1] == pytest.approx(normal().weights @ (both @ normal().weights), rel=2e-3, abs=2e-4)
    np.testing.assert_allclose(np.diag(found), (values * values) @ normal().weights, rtol=1e-6)


@pytest.mark.parametrize(
    ("activation", "rule", "norm"),
    [
        ("linear", "orthogonal", False),
        ("relu", "he_normal", False),  # He et al. 2015
        ("relu", "lecun_normal", False),  # the sums shrink by 1/2 on the way there, too
        ("relu", "normal", True),
    ],
)
def test_of_one_point_deep_inside_each_layer_has_the_same(activation: str, rule: str, norm: bool) -> None:
    layers = wide_layers(activation, rule, 20, norm=norm, skip=False)
    profile = wide_profile(layers, np.ones((1, 2)), np.ones((1, 1)), 1.0)
    assert profile[9] / profile[10] == pytest.approx(1.0, rel=4e-3)


def test_a_sigmoid_layer_leaves_at_most_a_quarter(points) -> None:
    layers = wide_layers("sigmoid", "xavier_normal", 20, norm=False, skip=False)
    profile = wide_profile(layers, points[0], np.ones((POINTS, 1)), 1.0)
    assert (profile[1:-2] / profile[2:-1] < 0.25).all()


def test_many_points_are_gathered_without_loss() -> None:
    rng = np.random.default_rng(0)
    x = rng.standard_normal((900, 2))
    errors = np.where(x[:, :1] * x[:, 1:] > 0.0, 0.5, -0.5) + 0.1 * rng.standard_normal((900, 1))
    for activation in ("tanh", "relu"):
        layers = wide_layers(activation, "he_normal", 3, norm=False, skip=False)
        few = wide_profile(layers, x, errors, 1.0)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("playground.probes.gradient_theory._HALVINGS", 10)
            np.testing.assert_allclose(few, wide_profile(layers, x, errors, 1.0), rtol=0.05)


# ---- the page's own networks


def deep(depth: int, activation: str, init: str, *, width=64, norm="none", seed=0, **network) -> Experiment:
    base = Experiment().replace("data.n", 160).replace("seed", seed)
    layers = (HiddenLayer(width, activation, norm),) * depth
    return replace(base, network=replace(base.network, layers=layers, initializer=init, **network))


def both(experiment: Experiment):
    data = DataPass(NetworkCopy(Trainer(experiment)))
    return data.info(gradient_flow), predicted_flow(data)


@pytest.mark.parametrize("residual", [False, True])
@pytest.mark.parametrize("norm", ["none", "layer_norm"])
@pytest.mark.parametrize("init", ["xavier_uniform", "he_normal", "normal", "tf_playground"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "gelu"])
def test_each_layer_back_is_as_the_card_says(activation: str, init: str, norm: str, residual: bool) -> None:
    found = [both(deep(8, activation, init, norm=norm, residual=residual, seed=seed)) for seed in range(3)]
    off = [np.log(flow.factor / theory.factor) for flow, theory in found]
    assert abs(np.mean(off)) < np.log(1.12)


@pytest.mark.parametrize(
    "settings",
    [
        {"data.dataset": "rings", "data.classes": 4},
        {"data.dataset": "reg-plane"},
        {"loss.name": "mse"},
        {"loss.name": "mse", "network.output": "sigmoid"},
        {"features.inputs": ("x", "y", "x_squared", "xy", "sin_x", "angle")},
    ],
    ids=str,
)
@pytest.mark.parametrize("depth", [1, 5])
def test_so_it_is_whatever_is_learnt(settings: dict[str, object], depth: int) -> None:
    off = []
    for seed in range(4):
        experiment = deep(depth, "tanh", "xavier_uniform", seed=seed)
        for path, value in settings.items():
            experiment = experiment.replace(path, value)
        flow, theory = both(experiment)
        off.append(np.log(flow.ratio / theory.ratio))
    assert abs(np.mean(off)) < np.log(1.5)


def test_narrow_ones_are_off_by_less_than_a_power_of_ten_in_most_draws() -> None:
    """The narrowest for which the theory is drawn; the lesson says so."""
    worst = []
    for seed in range(12):
        flow, theory = both(deep(10, "tanh", "xavier_uniform", width=WIDE, seed=seed))
        worst.append(np.abs(np.log10(flow.sizes / flow.sizes[-1] / theory.profile)).max())
    assert np.median(worst) < 0.75
    assert np.mean(np.array(worst) < 1.0) > 0.7


# ---- where its premise does not hold


@pytest.mark.parametrize(
    ("experiment", "word"),
    [
        (deep(10, "sigmoid", "xavier_uniform", norm="batch_norm"), "batch norm"),
        (deep(3, "tanh", "zeros"), "random"),
        (deep(3, "tanh", "constant"), "random"),
        (deep(3, "tanh", "xavier_uniform", width=WIDE - 1), "wide"),
    ],
)
def test_there_is_a_sentence_in_its_place(experiment: Experiment, word: str) -> None:
    assert both(experiment)[1] is None
    assert premise_broken(experiment).endswith(".")
    assert word in premise_broken(experiment)


@pytest.mark.parametrize("init", DRAWN)
def test_every_rule_has_a_prediction_at_any_depth(init: str) -> None:
    assert not premise_broken(deep(30, "relu", init))
    _flow, theory = both(deep(30, "relu", init, width=WIDE))
    assert theory.profile.shape == (31,)
    assert theory.profile[-1] == 1.0
    assert theory.ratio == theory.profile[0]
    assert theory.factor == pytest.approx(theory.ratio ** (1 / 30))
    assert np.isfinite(theory.profile).all()


def test_without_hidden_layers_there_is_nothing_to_compare() -> None:
    _flow, theory = both(Experiment().replace("network.layers", ()))
    assert theory.profile.tolist() == [1.0]
    assert np.isnan(theory.factor)
