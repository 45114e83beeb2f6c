"""Initializers: spread, orthogonality, and the order of TensorFlow Playground's draws."""

import numpy as np
import pytest

from playground.nn import INITIALIZERS, Dense, Network

SHAPES = [(300, 200), (5, 5, 12, 20)]
SPREAD = {  # standard deviation from (fan_in, fan_out)
    "zeros": lambda fan_in, fan_out: 0.0,
    "constant": lambda fan_in, fan_out: 0.0,
    "uniform": lambda fan_in, fan_out: np.sqrt(1 / 12),
    "normal": lambda fan_in, fan_out: 0.5,
    "xavier_uniform": lambda fan_in, fan_out: np.sqrt(2 / (fan_in + fan_out)),
    "xavier_normal": lambda fan_in, fan_out: np.sqrt(2 / (fan_in + fan_out)),
    "he_uniform": lambda fan_in, fan_out: np.sqrt(2 / fan_in),
    "he_normal": lambda fan_in, fan_out: np.sqrt(2 / fan_in),
    "lecun_normal": lambda fan_in, fan_out: np.sqrt(1 / fan_in),
    "tf_playground": lambda fan_in, fan_out: np.sqrt(1 / 12),
}


def test_the_spread_of_every_initializer_is_known():
    assert set(SPREAD) | {"orthogonal"} == set(INITIALIZERS)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", SPREAD)
def test_spread(name, shape):
    field = int(np.prod(shape[:-2]))
    weights = INITIALIZERS[name](np.random.default_rng(0), shape)
    assert weights.shape == shape
    assert weights.dtype == np.float64
    assert weights.std() == pytest.approx(
        SPREAD[name](field * shape[-2], field * shape[-1]), rel=0.03, abs=1e-12
    )
    assert weights.mean() == pytest.approx(0.1 if name == "constant" else 0.0, abs=0.01)


@pytest.mark.parametrize("shape", [*SHAPES, (200, 300), (3, 5)])
@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_mean_square_is_that_of_many_draws(name, shape):
    draws = [
        INITIALIZERS[name](np.random.default_rng(seed), shape) for seed in range(1 + 60_000 // np.prod(shape))
    ]
    assert np.mean(np.square(draws)) == pytest.approx(INITIALIZERS[name].mean_square(shape), rel=0.02)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_a_seed_decides_the_draw(name):
    first, second, other = (INITIALIZERS[name](np.random.default_rng(seed), (4, 3)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, second)
    assert (first != other).any() == (np.ptp(first) > 0.0)


@pytest.mark.parametrize("shape", [(6, 6), (7, 3), (3, 7), (2, 2, 3, 5)])
def test_orthogonal(shape):
    weights = INITIALIZERS["orthogonal"](np.random.default_rng(0), shape, gain=2.0).reshape(-1, shape[-1])
    gram = weights.T @ weights if weights.shape[0] >= weights.shape[1] else weights @ weights.T
    np.testing.assert_allclose(gram, 4.0 * np.eye(len(gram)), atol=1e-12)


def test_orthogonal_draws_have_no_preferred_sign():
    corners = [INITIALIZERS["orthogonal"](np.random.default_rng(seed), (3, 3))[0, 0] for seed in range(40)]
    assert 8 < np.count_nonzero(np.array(corners) > 0.0) < 32


def test_options():
    rng = np.random.default_rng(0)
    assert (INITIALIZERS["constant"](rng, (2, 3), value=0.7) == 0.7).all()
    assert (INITIALIZERS["uniform"](rng, (20, 30), low=2.0, high=3.0) >= 2.0).all()
    assert INITIALIZERS["normal"](rng, (200, 300), std=2.0).std() == pytest.approx(2.0, rel=0.02)


def test_tf_playground_draws_unit_by_unit_from_any_source():
    class Counter:
        """A source of draws that is no NumPy generator: 0, 0.01, 0.02, ..."""

        count = -1

        def random(self) -> float:
            self.count += 1
            return self.count / 100.0

    network = Network([Dense(3, init="tf_playground"), Dense(1, init="tf_playground")], 2)
    network.initialize(Counter())
    np.testing.assert_allclose(network.layers[0].W, np.array([[0, 2, 4], [1, 3, 5]]) / 100.0 - 0.5)
    np.testing.assert_allclose(network.layers[1].W, np.array([[6], [7], [8]]) / 100.0 - 0.5)
    np.testing.assert_array_equal(network.layers[0].b, 0.1)


def test_a_vector_is_refused():
    with pytest.raises(ValueError, match="fan_in, fan_out"):
        INITIALIZERS["he_normal"](np.random.default_rng(0), (4,))
