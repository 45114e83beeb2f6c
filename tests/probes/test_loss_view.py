"""Losses seen from outside: gradients against finite differences, fits against what is known of them."""

import numpy as np
import pytest

from playground.nn import LOSSES
from playground.probes.loss_view import (
    DISTANCES,
    FARTHEST,
    INLIERS,
    fit,
    loss_at,
    loss_curve,
    options_of,
    targets_of,
)

OPTIONS = {"delta": 0.7, "label_smoothing": 0.1}
POINTS = np.array([-3.2, -0.71, 0.13, 2.4])


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("which", [0, 1])
def test_gradients_are_slopes_of_the_values(name: str, which: int) -> None:
    options, target = options_of(name, **OPTIONS), targets_of(name)[which]
    above, below = (loss_at(name, POINTS + shift, target, options)[0] for shift in (1e-6, -1e-6))
    np.testing.assert_allclose(
        loss_at(name, POINTS, target, options)[1], (above - below) / 2e-6, rtol=1e-6, atol=1e-8
    )


@pytest.mark.parametrize("name", LOSSES)
def test_a_right_answer_costs_no_more_than_a_wrong_one(name: str) -> None:
    curve = loss_curve(name, {})
    low_target, high_target = curve.targets
    at = {round(place, 3): k for k, place in enumerate(curve.places)}
    assert curve.high[0, at[1.0]] < curve.high[0, at[-1.0]]
    assert curve.low[0, at[-1.0]] < curve.low[0, at[1.0]]
    np.testing.assert_allclose(curve.low[0], curve.high[0][::-1], atol=1e-12)  # mirror images
    assert low_target < high_target


def test_known_values() -> None:
    assert loss_at("bce", [0.0], 1.0, {})[:, 0] == pytest.approx([np.log(2.0), -0.5])
    assert loss_at("cross_entropy", [1.3], 0.0, {})[:, 0] == pytest.approx(
        loss_at("bce", [1.3], 0.0, {})[:, 0]
    )
    assert loss_at("hinge", [0.25], 1.0, {})[:, 0] == pytest.approx([0.75, -1.0])
    assert loss_at("huber", [4.0], 1.0, {"delta": 2.0})[:, 0] == pytest.approx([2.0 * (3.0 - 1.0), 2.0])


def test_options_are_those_a_loss_takes() -> None:
    assert options_of("huber", **OPTIONS) == {"delta": 0.7}
    assert options_of("bce", **OPTIONS) == {"label_smoothing": 0.1}
    assert options_of("mse", **OPTIONS) == {}


@pytest.mark.parametrize("outlier", [0.0, 1.7, 5.0, FARTHEST])
def test_fits_of_distances_are_mean_and_median(outlier: float) -> None:
    points = np.array([*INLIERS, outlier])
    for name in ("mse", "half_mse"):
        assert fit(name, outlier, {}).center == pytest.approx(points.mean())
    assert fit("mse", outlier, {}).loss == pytest.approx(points.var())
    assert fit("mse", outlier, {}).pull == pytest.approx(2.0 * abs(outlier - points.mean()), abs=1e-6)
    median = fit("mae", outlier, {})
    assert median.center == pytest.approx(np.median(points), abs=1e-6)
    assert median.loss == pytest.approx(np.abs(points - np.median(points)).mean())


def test_huber_goes_from_the_median_to_the_mean() -> None:
    points = np.array([*INLIERS, FARTHEST])
    assert fit("huber", FARTHEST, {"delta": 0.01}).center == pytest.approx(np.median(points), abs=0.02)
    assert fit("huber", FARTHEST, {"delta": 100.0}).center == pytest.approx(points.mean())
    assert fit("huber", FARTHEST, {}).pull == pytest.approx(1.0)
    assert 0.99 < fit("log_cosh", FARTHEST, {}).pull < 1.0


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("outlier", [2.0, FARTHEST])
def test_no_neighbour_of_a_fit_is_better(name: str, outlier: float) -> None:
    """Held against a plain sum over the points, without the gradient that found the fit."""
    found = fit(name, outlier, {})

    def mean_loss(c: float) -> float:
        if name in DISTANCES:
            return np.mean([loss_at(name, [c], y, {})[0, 0] for y in (*INLIERS, outlier)])
        low, high = targets_of(name)
        goals = [low] * 4 + [high] * 4 + [low]
        pairs = zip((*INLIERS, outlier), goals, strict=True)
        return np.mean([loss_at(name, [x - c], goal, {})[0, 0] for x, goal in pairs])

    assert found.loss == pytest.approx(mean_loss(found.center))
    assert all(mean_loss(found.center + step) >= found.loss - 1e-12 for step in (-0.5, -1e-3, 1e-3, 0.5))


def test_squares_follow_the_outlier_and_bounded_slopes_do_not() -> None:
    far = {name: fit(name, FARTHEST, {}) for name in LOSSES}
    near = {name: fit(name, FARTHEST / 2, {}) for name in LOSSES}
    for name in ("mse", "half_mse", "squared_hinge"):
        assert far[name].center - near[name].center > 0.5
    for name in ("mae", "huber", "log_cosh", "bce", "cross_entropy", "hinge"):
        assert far[name].center - near[name].center < 0.05
        assert far[name].pull <= 1.0 + 1e-9
