"""What is claimed of a sweep: hardly anything of chance, and what is really there.

How often is counted over simulated sweeps, at night over more of them.
"""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

from playground.limits import MAX_SWEEP_SEEDS
from playground.probes.shapes import (
    DOUBLE_DESCENT,
    FALLS,
    FLAT,
    HUMP,
    LEVEL,
    RISES,
    U_CURVE,
    UNCERTAIN,
    UNEVEN,
    bend_contrast,
    chance,
    more_than_chance,
    shape_words,
    shapes,
    slope_contrasts,
)
from tests.properties import PROFILE

SIMULATIONS = 20_000 if PROFILE == "nightly" else 2_000
TOLD = 3  # curves that are read together
Shape = tuple[int, int, int, int]  # simulations, curves, seeds, values
Noise = Callable[[np.random.Generator, Shape], np.ndarray]


def fine(count: int) -> np.ndarray:
    return np.zeros((TOLD, count))


def seeds_shared(rng: np.random.Generator, shape: Shape) -> np.ndarray:
    """One offset for all values of a seed, and heavy tails: Student's t with two degrees of freedom."""
    return rng.standard_t(2, (*shape[:3], 1)) + 0.3 * rng.standard_t(2, shape)


def neighbours_alike(rng: np.random.Generator, shape: Shape) -> np.ndarray:
    """What is chance at one value of a seed is mostly that of the value before."""
    return np.cumsum(rng.standard_normal(shape), axis=-1)


def uneven(rng: np.random.Generator, shape: Shape) -> np.ndarray:
    """Thirty times as much chance at the first value as at the last."""
    return rng.standard_normal(shape) * np.geomspace(3.0, 0.1, shape[-1])


def curves_alike(rng: np.random.Generator, shape: Shape) -> np.ndarray:
    """The curves that are read together stray together."""
    return 0.8 * rng.standard_normal((shape[0], 1, *shape[2:])) + 0.6 * rng.standard_normal(shape)


NOISES: dict[str, Noise] = {
    "independent": lambda rng, shape: rng.standard_normal(shape),
    "log-normal": lambda rng, shape: np.exp(rng.standard_normal(shape)),
    "Cauchy": lambda rng, shape: rng.standard_cauchy(shape),
    "seeds shared": seeds_shared,
    "neighbours alike": neighbours_alike,
    "uneven": uneven,
    "curves alike": curves_alike,
}


@pytest.mark.parametrize("seeds", range(2, MAX_SWEEP_SEEDS + 1))
@pytest.mark.parametrize("noise", NOISES)
def test_of_chance_alone_anything_is_claimed_in_five_of_a_hundred_sweeps_at_most(
    noise: str, seeds: int
) -> None:
    """Any shape of any of the curves counts. All stray far, as what is below LEAST claims less."""
    rng = np.random.default_rng(seeds)
    for count in (3, 6, 7):
        values = 10.0 * NOISES[noise](rng, (SIMULATIONS, TOLD, seeds, count))
        assert np.mean((shapes(values, fine(count)) > UNCERTAIN).any(axis=-1)) <= LEVEL


@pytest.mark.parametrize("seeds", range(2, MAX_SWEEP_SEEDS + 1))
@pytest.mark.parametrize(("points", "share"), [(40, 0.05), (10, 0.1), (4, 0.4), (460, 0.2)])
def test_errors_counted_on_few_points_are_not_certain_because_they_agree(
    seeds: int, points: int, share: float
) -> None:
    rng = np.random.default_rng(seeds)
    for count in (3, 7):
        values = rng.binomial(points, share, (SIMULATIONS, TOLD, seeds, count)) / points
        claims = shapes(values, np.full((TOLD, count), 1.0 / points)) > UNCERTAIN
        assert np.mean(claims.any(axis=-1)) <= LEVEL


@pytest.mark.parametrize("seeds", range(2, MAX_SWEEP_SEEDS + 1))
def test_what_one_curve_shows_is_not_claimed_of_the_others(seeds: int) -> None:
    values = NOISES["independent"](np.random.default_rng(seeds), (SIMULATIONS, TOLD, seeds, 7))
    values[:, 2] += 100.0 * np.arange(7)
    found = shapes(values, fine(7))
    assert np.mean((found[:, :2] > UNCERTAIN).any(axis=-1)) <= LEVEL
    assert np.mean(found[:, 2] == RISES) >= 0.95 or seeds == 2


# The means of the log of the test loss after 60 epochs, over 60 seeds of the lab's own sweeps over training
# points and L2, and curves as steep as those.
CURVES = {
    FALLS: (1.7, 0.9, -0.1, -0.9, -1.2, -1.4),
    RISES: (-1.4, -1.2, -0.9, -0.1, 0.9, 1.7),
    U_CURVE: (-0.1, -0.5, -0.8, -1.1, -1.2, -0.7, -0.3),
    HUMP: (0.1, 0.5, 0.8, 1.1, 1.2, 0.7, 0.3),
    DOUBLE_DESCENT: (1.0, -0.5, 0.5, 0.3, -0.2, -0.6, -0.8),
    UNEVEN: (-1.0, 0.5, -0.5, -0.3, 0.2, 0.6, 0.8),
}
OFTEN = {3: 0.75, 4: 0.95, 5: 0.99}  # by the number of seeds


@pytest.mark.parametrize("kind", CURVES)
@pytest.mark.parametrize("seeds", OFTEN)
def test_what_is_there_is_claimed(kind: int, seeds: int) -> None:
    """Seeds differ by 0.5 at all values and by 0.1 at each; the error follows the loss, the training error is
    chance.
    """
    rng, mean = np.random.default_rng(kind), np.array(CURVES[kind])
    shape = (SIMULATIONS, seeds, len(mean))
    loss = mean + 0.5 * rng.standard_normal((*shape[:2], 1)) + 0.1 * rng.standard_normal(shape)
    error, training = 0.1 * loss + 0.01 * rng.standard_normal(shape), 0.05 * rng.standard_normal(shape)
    found = shapes(np.stack([error, loss, training], axis=1), fine(len(mean)))
    assert np.mean(found[:, 1] == kind) >= OFTEN[seeds]


def test_three_seeds_that_stray_twice_as_far_still_tell_a_u() -> None:
    """It is looked for in its halves: with five places to turn at it would be told in half of the cases."""
    values = 0.2 * NOISES["independent"](np.random.default_rng(1), (SIMULATIONS, 1, 3, 7))
    found = shapes(values + np.array(CURVES[U_CURVE]), np.zeros((1, 7)))
    assert np.mean(found == U_CURVE) >= 0.75


@pytest.mark.parametrize("noise", ["independent", "seeds shared", "neighbours alike", "uneven"])
@pytest.mark.parametrize("seeds", [3, 4, 5])
def test_a_curve_that_levels_off_hardly_turns(noise: str, seeds: int) -> None:
    """It falls far, and from a value on all is chance. That it rises there is tested at 5 % exactly, so that
    the count may be above by chance: three of its standard errors are allowed.
    """
    rng = np.random.default_rng(seeds)
    above = 3.0 * np.sqrt(LEVEL * (1.0 - LEVEL) / SIMULATIONS)
    for level in (1, 2, 4):
        values = NOISES[noise](rng, (SIMULATIONS, 1, seeds, 7))
        found = shapes(values + 10.0 * np.maximum(level - np.arange(7), 0), np.zeros((1, 7)))
        assert np.mean(found == U_CURVE) <= LEVEL + above
        assert np.mean(found == DOUBLE_DESCENT) <= LEVEL


def test_the_loss_that_falls_from_17_to_a_third_of_one_falls() -> None:
    """Test errors and losses of the lab's sweep over training points: three seeds, 200 epochs."""
    error = [
        [0.3776, 0.2625, 0.2304, 0.15, 0.1588, 0.0833],
        [0.4265, 0.3208, 0.2522, 0.2, 0.1235, 0.0778],
        [0.4347, 0.1042, 0.2304, 0.1286, 0.1147, 0.0611],
    ]
    loss = [
        [5.29, 1.918, 3.777, 0.804, 0.41, 0.33],
        [22.965, 3.982, 2.314, 0.807, 0.34, 0.289],
        [23.549, 0.539, 2.18, 0.494, 0.46, 0.308],
    ]
    values = np.array([error, np.log(loss)])
    assert shapes(values, np.zeros((2, 6))).tolist() == [FALLS, FALLS]
    assert shapes(values[:, :2], np.zeros((2, 6))).tolist() == [UNCERTAIN, UNCERTAIN]


def test_one_seed_claims_nothing() -> None:
    values = np.array([[[17.3, 5.0, 0.3]], [[0.2, 0.2, 0.205]], [[0.1, 0.9, 0.1]]])
    assert shapes(values, fine(3)).tolist() == [UNCERTAIN, FLAT, UNCERTAIN]


def test_words_say_how_many_seeds_were_not_enough() -> None:
    assert len(shape_words(3)) == UNEVEN + 1
    assert shape_words(1)[UNCERTAIN] == "not certain with 1 seed"
    assert shape_words(3)[UNCERTAIN] == "not certain with 3 seeds"


def test_a_loss_that_is_not_finite_leaves_the_others_their_words() -> None:
    rng = np.random.default_rng(1)
    values = np.arange(7.0) + 0.01 * rng.standard_normal((TOLD, 4, 7))
    values[1, 2, 3], values[2, 0, 0] = np.nan, np.inf
    assert shapes(values, fine(7)).tolist() == [RISES, UNCERTAIN, UNCERTAIN]
    assert shapes(values[:, :1], fine(7)).tolist() == [UNCERTAIN, UNCERTAIN, UNCERTAIN]


def test_chance_is_that_of_students_tables() -> None:
    """The two-sided 5 % and 1 % points of Student's t."""
    five = [12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691]
    one = [63.6567, 9.92484, 5.84091, 4.60409, 4.03214, 3.70743]
    for freedom, bounds in enumerate(zip(five, one, strict=True), start=1):
        np.testing.assert_allclose(chance(np.array(bounds), freedom), [0.05, 0.01], rtol=1e-5)
        np.testing.assert_allclose(chance(np.array([0.0, -bounds[0]]), freedom), [1.0, 0.05], rtol=1e-5)


def test_slopes_and_bend_are_blind_to_what_they_do_not_measure() -> None:
    for count in (3, 6, 7):
        slopes, bend, places = slope_contrasts(count), bend_contrast(count), np.arange(count)
        for i, j in combinations(range(count), 2):
            slope = slopes[i, j]
            assert np.linalg.norm(slope) == pytest.approx(1.0)
            assert slope.sum() == pytest.approx(0.0, abs=1e-12)
            assert slope @ places > 0.0
            assert not slope[(places < i) | (places > j)].any()
        assert not slopes[np.tril_indices(count)].any()
        assert np.linalg.norm(bend) == pytest.approx(1.0)
        assert bend.sum() == pytest.approx(0.0, abs=1e-12)
        assert bend @ places == pytest.approx(0.0, abs=1e-12)
        assert bend @ (places - (count - 1) / 2) ** 2 > 0.0


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        ((0.04, 0.05, 0.045), (True, True, True)),
        ((0.04, 0.06, 0.2), (False, False, False)),
        ((0.02, 0.06, 0.2), (False, False, False)),
        ((0.2, 0.016, 0.06), (False, True, False)),
        ((0.02, 0.9, 0.024), (True, False, True)),
    ],
)
def test_several_curves_count_by_hochbergs_rule(
    chances: tuple[float, ...], expected: tuple[bool, ...]
) -> None:
    assert tuple(more_than_chance(np.array(chances))) == expected
