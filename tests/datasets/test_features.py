"""Input features and their standardisation."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.datasets import DATASETS, FEATURES, FeatureMap

POINTS = np.array([[3.0, 4.0], [-2.0, 0.5], [0.0, 0.0], [6.0, -6.0], [-1.0, -1.0]])
X, Y = POINTS.T

BY_HAND = {
    "x": X,
    "y": Y,
    "x_squared": X * X,
    "y_squared": Y * Y,
    "xy": X * Y,
    "sin_x": np.sin(X),
    "sin_y": np.sin(Y),
    "cos_x": np.cos(X),
    "cos_y": np.cos(Y),
    "radius": np.sqrt(X * X + Y * Y),
    "angle": np.array([0.9272952180016122, 2.896613990462929, 0.0, -np.pi / 4, -3 * np.pi / 4]),
}


def test_every_feature_by_hand():
    assert list(FEATURES) == list(BY_HAND)
    for name, values in BY_HAND.items():
        np.testing.assert_allclose(FEATURES[name](POINTS), values, atol=1e-14, err_msg=name)
        assert FEATURES[name].label
        assert FEATURES[name].help.endswith(".")


@pytest.mark.parametrize("name", FEATURES)
def test_the_code_of_a_feature_says_what_it_does(name):
    x, y = POINTS.T
    np.testing.assert_array_equal(
        eval(FEATURES[name].numpy, {"np": np, "x": x, "y": y}), FEATURES[name](POINTS)
    )


@given(st.lists(st.sampled_from(list(FEATURES)), min_size=1, unique=True), st.integers(0, 1000))
def test_standardised_training_columns_have_mean_0_and_std_1(names, seed):
    train, test = DATASETS["xor"](60, seed=seed).split(0.5, seed)
    features = FeatureMap(names).fit(train.x)
    inputs = features(train.x)
    assert inputs.shape == (30, len(names))
    assert inputs.flags.c_contiguous
    np.testing.assert_allclose(inputs.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(inputs.std(axis=0), 1, atol=1e-12)
    for column, name in enumerate(names):
        raw = FEATURES[name](train.x)
        expected = (FEATURES[name](test.x) - raw.mean()) / raw.std()
        np.testing.assert_allclose(features(test.x)[:, column], expected, atol=1e-12)


def test_without_standardisation_columns_are_raw_and_fit_is_optional():
    names = ("y", "x", "radius")
    raw = np.column_stack([BY_HAND[name] for name in names])
    features = FeatureMap(names, standardize=False)
    np.testing.assert_array_equal(features(POINTS), raw)
    np.testing.assert_array_equal(features.fit(POINTS)(POINTS), raw)
    assert features.labels == ("y", "x", "radius")
    assert len(features) == 3


@pytest.mark.parametrize("points", [POINTS[:1], np.tile([[0.1, 0.7]], (7, 1))])
def test_constant_features_are_only_shifted(points):
    features = FeatureMap(FEATURES).fit(points)
    np.testing.assert_array_equal(features.std, np.ones(len(FEATURES)))
    np.testing.assert_allclose(features(points), 0, atol=1e-12)


def test_points_are_left_alone():
    points = POINTS.copy()
    FeatureMap(("x", "y")).fit(points)(points)
    np.testing.assert_array_equal(points, POINTS)


@pytest.mark.parametrize("clone", [copy.deepcopy, lambda features: pickle.loads(pickle.dumps(features))])
def test_copies_map_alike(clone):
    features = FeatureMap(FEATURES).fit(POINTS)
    np.testing.assert_array_equal(clone(features)(POINTS), features(POINTS))


def test_use_before_fit_is_refused():
    with pytest.raises(RuntimeError, match=r"call fit\(x_train\) first"):
        FeatureMap(("x",))(POINTS)


@pytest.mark.parametrize("names", [(), ("x", "x")])
def test_no_feature_or_one_twice_is_refused(names):
    with pytest.raises(ValueError, match="at least one name, each given once"):
        FeatureMap(names)


def test_unknown_feature_is_refused():
    with pytest.raises(ValueError, match="'z' is unknown; use x, y, x_squared"):
        FeatureMap(("x", "z"))
