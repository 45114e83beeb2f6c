"""Every entry of DATASETS: properties that hold for all, then each rule of our own point by point."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.datasets import DATASETS, DOMAIN, MAX_NOISE, TF_PLAYGROUND_RULES
from playground.limits import MAX_SAMPLES, MIN_SAMPLES
from playground.nn.entries import WORDS, require_complete

SIZES = st.one_of(st.integers(MIN_SAMPLES, 300), st.just(MAX_SAMPLES))
NOISES = st.floats(0, MAX_NOISE)
SEEDS = st.integers(0, 2**31 - 1)
SAMPLED = [name for name in DATASETS if name != "own"]  # for the visitor's own points see test_own.py
UNBALANCED = {"xor"}  # of TensorFlow Playground: the place is drawn first, and decides the class
LABEL_NOISE = {"circle", "xor"}  # as well
OURS = [name for name in SAMPLED if name not in TF_PLAYGROUND_RULES]
OUR_CLASSIFICATION = [name for name in OURS if DATASETS[name].task == "classification"]
OUR_REGRESSION = [name for name in OURS if DATASETS[name].task == "regression"]


def polar(x):
    """Radius and angle in turns, clockwise from the top, in [0, 1)."""
    return np.hypot(*x.T), np.arctan2(x[:, 0], x[:, 1]) / (2 * np.pi) % 1


@pytest.mark.parametrize("name", DATASETS)
def test_entries_describe_themselves(name):
    generator = DATASETS[name]
    assert generator.name == name
    assert generator.text.endswith(".")
    assert len(generator.text) < 110
    assert (generator.n_classes == 0) == (generator.task == "regression")


@pytest.mark.parametrize("attribute", WORDS)
def test_a_dataset_without_its_words_is_refused(attribute):
    bare = replace(DATASETS["moons"], **{attribute: ""})
    with pytest.raises(ValueError, match=f"^dataset 'bare' lacks {re.escape(WORDS[attribute])}"):
        require_complete("dataset", {"bare": bare}, {})


@pytest.mark.parametrize("name", SAMPLED)
@settings(max_examples=15)
@given(n=SIZES, noise=NOISES, seed=SEEDS)
def test_every_generator(name, n, noise, seed):
    data = DATASETS[name](n, noise=noise, seed=seed)
    again = DATASETS[name](n, noise=noise, seed=seed)
    assert data.x.shape == (n, 2)
    assert data.y.shape == (n,)
    assert np.isfinite(data.x).all()
    assert np.isfinite(data.y).all()
    assert data.x.tobytes() == again.x.tobytes()
    assert data.y.tobytes() == again.y.tobytes()
    assert (data.name, data.task, data.n_classes) == (name, DATASETS[name].task, DATASETS[name].n_classes)
    if data.task == "classification":
        assert data.y.dtype == np.int64
        assert set(data.y) <= set(range(data.n_classes))
        if name not in UNBALANCED and not (name in LABEL_NOISE and noise):
            counts = np.bincount(data.y, minlength=data.n_classes)
            assert counts.max() - counts.min() <= 1
    if noise == 0 or name != "gauss":
        assert DOMAIN[0] <= data.x.min()
        assert data.x.max() <= DOMAIN[1]


@pytest.mark.parametrize("name", SAMPLED)
def test_clean_points_stay_in_the_picture(name):
    data = DATASETS[name](MAX_SAMPLES)
    assert np.abs(data.x).max() <= DOMAIN[1]
    if data.task == "regression":
        assert np.abs(data.y).max() <= 1.2


@pytest.mark.parametrize("name", SAMPLED)
def test_another_seed_gives_other_points(name):
    noise = 0.1  # TensorFlow Playground's spiral is the same curve for every seed until there is noise
    assert not np.array_equal(DATASETS[name](seed=1, noise=noise).x, DATASETS[name](seed=2, noise=noise).x)


@pytest.mark.parametrize("name", SAMPLED)
def test_seed_sequences_serve_as_seeds(name):
    data = DATASETS[name](20, noise=0.2, seed=np.random.SeedSequence(3))
    np.testing.assert_array_equal(data.x, DATASETS[name](20, noise=0.2, seed=3).x)


def test_xor_is_nearly_balanced():
    assert abs(DATASETS["xor"](5000).y.mean() - 0.5) < 0.03


@pytest.mark.parametrize("name", OUR_CLASSIFICATION)
def test_noise_moves_the_same_points_further(name):
    drawn = [DATASETS[name](200, noise=noise) for noise in (0.0, 0.1, 0.2)]
    assert all((data.y == drawn[0].y).all() for data in drawn)
    clean, some, more = (data.x for data in drawn)
    near_edge = np.abs(more).max(axis=1) > 4  # such points may have been reflected
    np.testing.assert_allclose((more - clean)[~near_edge], 2 * (some - clean)[~near_edge], atol=1e-12)
    assert (some != clean).all()


@pytest.mark.parametrize("name", OUR_REGRESSION)
def test_regression_noise_is_the_standard_deviation_of_the_targets(name):
    clean, noisy = DATASETS[name](5000), DATASETS[name](5000, noise=0.3)
    np.testing.assert_array_equal(noisy.x, clean.x)
    assert (noisy.y - clean.y).std() == pytest.approx(0.3, rel=0.05)
    assert (noisy.y - clean.y).mean() == pytest.approx(0, abs=0.02)


def test_moons_rule():
    data = DATASETS["moons"](2000)
    upright = np.where(data.y[:, None] == 0, data.x, -data.x) / 3.3 + (0.5, 0.25)
    radius = np.hypot(*upright.T)
    assert (np.abs(radius - 1) <= 0.13).all()
    assert (upright[:, 1] >= 0).all()


def test_rings_rule():
    data = DATASETS["rings"](3000)
    radius, _ = polar(data.x)
    for c, (inner, outer) in enumerate([(0.0, 1.4), (2.2, 3.4), (4.2, 5.4)]):
        own = radius[data.y == c]
        assert inner <= own.min()
        assert own.max() <= outer
        # Evenly over the area: half of the points lie within the radius that halves the area.
        assert (own**2 < (inner**2 + outer**2) / 2).mean() == pytest.approx(0.5, abs=0.06)


def test_checkerboard_rule():
    data = DATASETS["checkerboard"](3200)
    cell = np.floor((data.x + 5) / 2.5).astype(int)
    np.testing.assert_array_equal(data.y, cell.sum(axis=1) % 2)
    within = data.x + 5 - 2.5 * cell
    assert within.min() >= 0.15
    assert within.max() <= 2.35
    np.testing.assert_array_equal(np.unique(cell @ (1, 4), return_counts=True)[1], np.full(16, 200))


def test_three_spirals_rule():
    data = DATASETS["three_spirals"](3000)
    radius, turn = polar(data.x)
    outside = radius > 1
    expected = 1.2 * (radius - 0.4) / 4.8 + data.y / 3
    off = (turn - expected + 0.5) % 1 - 0.5
    # 0.15 off in each direction, seen from the radius of the point, plus the turn that such a radius makes.
    allowed = 0.15 * np.sqrt(2) * (1 / (2 * np.pi * radius) + 1.2 / 4.8) * 1.05
    assert (np.abs(off) <= allowed)[outside].all()


@pytest.mark.parametrize("classes", range(2, 7))
def test_blobs_rule(classes):
    data = DATASETS["blobs"](3000, classes=classes)
    assert data.n_classes == classes
    for c in range(classes):
        cloud = data.x[data.y == c]
        angle = 2 * np.pi * c / classes
        np.testing.assert_allclose(cloud.mean(axis=0), [3.5 * np.sin(angle), 3.5 * np.cos(angle)], atol=0.11)
        np.testing.assert_allclose(cloud.std(axis=0), 0.55, rtol=0.1)


def test_random_labels_depend_on_nothing():
    data = DATASETS["random_labels"](5000)
    signs = 2 * data.y - 1
    for feature in (*data.x.T, data.x.prod(axis=1), *(data.x**2).T):
        assert abs(np.corrcoef(feature, signs)[0, 1]) < 0.06


def test_sine_ridge_rule():
    data = DATASETS["sine_ridge"](400)
    np.testing.assert_allclose(data.y, np.sin(np.sqrt(3) / 2 * data.x[:, 0] + 0.5 * data.x[:, 1]), atol=1e-12)


def test_saddle_rule():
    data = DATASETS["saddle"](400)
    np.testing.assert_allclose(data.y, (data.x[:, 0] ** 2 - data.x[:, 1] ** 2) / 36, atol=1e-12)


@pytest.mark.parametrize("n", [MIN_SAMPLES - 1, MAX_SAMPLES + 1, 100.0, True, "100", None])
def test_number_of_points_out_of_range_is_refused(n):
    with pytest.raises(
        ValueError, match=r"'moons': number of points .* must be a whole number from 10 to 5000"
    ):
        DATASETS["moons"](n)


@pytest.mark.parametrize("noise", [-0.1, 0.6, float("nan")])
def test_noise_out_of_range_is_refused(noise):
    with pytest.raises(ValueError, match=r"'moons': noise .* must be a number from 0 to 0\.5"):
        DATASETS["moons"](noise=noise)


@pytest.mark.parametrize("classes", [1, 7, 2.5])
def test_option_out_of_range_is_refused(classes):
    with pytest.raises(ValueError, match=r"'blobs': classes .* must be a whole number from 2 to 6"):
        DATASETS["blobs"](classes=classes)


def test_unknown_option_is_refused():
    with pytest.raises(ValueError, match="'moons' has no option 'classes'; its options are: none"):
        DATASETS["moons"](classes=3)
