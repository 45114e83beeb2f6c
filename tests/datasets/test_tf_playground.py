"""The shared rules against runs recorded from the original TensorFlow Playground, and each rule by itself."""

import json
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.datasets import TF_PLAYGROUND_RULES, SeedRandom, tf_playground_points, tf_playground_shuffle

RUNS = json.loads((Path(__file__).parents[1] / "data" / "tf_playground_runs.json").read_text())
ACTIVATIONS = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0), "linear": lambda z: z}


def run_id(run):
    return f"{run['kind']}-noise{run['noise']}-seed{run['seed']}-{run['reg'] or 'plain'}-{run['act']}"


def recorded_data(run):
    """The shuffled points of a recorded run and the draw source as the weights find it."""
    draws = SeedRandom(run["seed"])
    n = 1200 if run["kind"].startswith("reg-") else 500
    x, y = tf_playground_points(run["kind"], n, run["noise"] / 100, draws)
    return *tf_playground_shuffle(x, y, draws), draws


@pytest.mark.parametrize("run", RUNS, ids=run_id)
def test_first_training_point_is_the_recorded_one(run):
    x, y, _ = recorded_data(run)
    assert [*x[0], y[0]] == pytest.approx(run["first"], abs=5.1e-5)


@pytest.mark.parametrize("run", RUNS, ids=run_id)
def test_losses_before_training_are_the_recorded_ones(run):
    """They depend on every point, on the whole shuffle and on the draws left for the weights."""
    x, y, draws = recorded_data(run)
    widths = [2, *run["shape"], 1]
    output_activation = "linear" if run["kind"].startswith("reg-") else "tanh"
    output = x
    for (n_in, n_out), name in zip(
        pairwise(widths), [run["act"]] * len(run["shape"]) + [output_activation], strict=True
    ):
        W = np.array([[draws.random() - 0.5 for _ in range(n_in)] for _ in range(n_out)]).T
        output = ACTIVATIONS[name](output @ W + 0.1)
    errors = 0.5 * (output[:, 0] - y) ** 2
    cut = len(y) * run["perc"] // 100
    assert [errors[:cut].mean(), errors[cut:].mean()] == pytest.approx(run["loss"]["0"], abs=5.1e-5)


def test_circle_rule():
    x, y = tf_playground_points("circle", 400, 0.0, SeedRandom("a"))
    radius = np.hypot(*x.T)
    assert (radius[:200] < 2.5).all()
    assert (y[:200] == 1).all()
    assert (radius[200:] >= 3.5).all()
    assert (radius[200:] < 5).all()
    assert (y[200:] == -1).all()


@pytest.mark.parametrize("name", ["circle", "xor"])
def test_label_noise_moves_no_point(name):
    clean_x, clean_y = tf_playground_points(name, 500, 0.0, SeedRandom("a"))
    noisy_x, noisy_y = tf_playground_points(name, 500, 0.5, SeedRandom("a"))
    np.testing.assert_array_equal(noisy_x, clean_x)
    assert 0 < (noisy_y != clean_y).mean() < 0.5


def test_xor_rule():
    x, y = tf_playground_points("xor", 400, 0.0, SeedRandom("a"))
    np.testing.assert_array_equal(y, np.sign(x[:, 0] * x[:, 1]))
    assert np.abs(x).min() >= 0.3
    assert np.abs(x).max() <= 5.3


@pytest.mark.parametrize("noise", [0.0, 0.2, 0.5])
def test_gauss_rule(noise):
    x, y = tf_playground_points("gauss", 4000, noise, SeedRandom("a"))
    variance = 0.5 + 7 * noise
    for label, center in ((1, 2.0), (-1, -2.0)):
        cloud = x[y == label]
        assert len(cloud) == 2000
        np.testing.assert_allclose(cloud.mean(axis=0), center, atol=4 * math.sqrt(variance / 2000))
        np.testing.assert_allclose(cloud.var(axis=0), variance, rtol=0.13)


def test_spiral_rule():
    x, y = tf_playground_points("spiral", 500, 0.0, SeedRandom("a"))
    r = np.tile(np.arange(250) / 50, 2)
    np.testing.assert_allclose(np.hypot(*x.T), r, atol=1e-12)
    angle = 0.7 * np.pi * r + np.repeat([0.0, np.pi], 250)
    np.testing.assert_allclose(x, np.column_stack([r * np.sin(angle), r * np.cos(angle)]), atol=1e-12)
    np.testing.assert_array_equal(y, np.repeat([1.0, -1.0], 250))


def test_spiral_noise_is_bounded():
    clean, _ = tf_playground_points("spiral", 500, 0.0, SeedRandom("a"))
    noisy, _ = tf_playground_points("spiral", 500, 0.4, SeedRandom("a"))
    assert 0.3 < np.abs(noisy - clean).max() <= 0.4


def test_plane_rule():
    x, y = tf_playground_points("reg-plane", 300, 0.0, SeedRandom("a"))
    np.testing.assert_allclose(y, x.sum(axis=1) / 10, atol=1e-15)
    _, noisy = tf_playground_points("reg-plane", 300, 0.5, SeedRandom("a"))
    assert 0 < np.abs(noisy - y).max() <= 0.6


def test_bumps_rule():
    x, y = tf_playground_points("reg-gauss", 2000, 0.0, SeedRandom("a"))
    centers = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (-4, -2.5), (0, -2.5), (4, -2.5)])
    signs = np.array([1, -1, 1, -1, 1, -1])
    distance = np.linalg.norm(x[:, None] - centers, axis=2)
    nearest = distance.argmin(axis=1)
    height = np.maximum(1 - distance.min(axis=1) / 2, 0)
    np.testing.assert_allclose(y, signs[nearest] * height, atol=1e-12)


@pytest.mark.parametrize("name", TF_PLAYGROUND_RULES)
def test_both_draw_sources_drive_every_rule(name):
    for draws in (SeedRandom("a"), np.random.default_rng(0)):
        x, y = tf_playground_points(name, 11, 0.3, draws)
        assert x.shape == (11, 2)
        assert y.shape == (11,)


def test_unknown_rule_is_refused():
    with pytest.raises(ValueError, match=r"no dataset 'moons'; use one of circle"):
        tf_playground_points("moons", 500, 0.0, SeedRandom("a"))


@given(n=st.integers(1, 60), seed=st.text(max_size=5))
def test_shuffle_keeps_every_point_with_its_label(n, seed):
    x = np.column_stack([np.arange(n), -np.arange(n)]).astype(float)
    y = np.arange(n).astype(float)
    shuffled_x, shuffled_y = tf_playground_shuffle(x, y, SeedRandom(seed))
    np.testing.assert_array_equal(np.sort(shuffled_y), y)
    np.testing.assert_array_equal(shuffled_x, np.column_stack([shuffled_y, -shuffled_y]))
    np.testing.assert_array_equal(y, np.arange(n))
