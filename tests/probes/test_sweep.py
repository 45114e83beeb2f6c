"""Sweeps by hand: means, deviations, and the way a curve goes as far as chance lets one tell."""

import numpy as np
import pytest

from playground.limits import MAX_SWEEP_SEEDS
from playground.probes.sweep import (
    DOUBLE_DESCENT,
    FALLS,
    FLAT,
    HUMP,
    RISES,
    STUDENT,
    U_CURVE,
    UNEVEN,
    clear,
    shape,
    swept,
    turns,
)

CURVES = {
    (0.2, 0.2, 0.205, 0.2): ("", FLAT),
    (0.5, 0.4, 0.3, 0.3): ("-", FALLS),
    (0.1, 0.1, 0.2, 0.4): ("+", RISES),
    (0.5, 0.2, 0.1, 0.15, 0.3): ("-+", U_CURVE),
    (0.1, 0.3, 0.2): ("+-", HUMP),
    (0.5, 0.2, 0.4, 0.3, 0.1): ("-+-", DOUBLE_DESCENT),
    (0.5, 0.2, 0.4, 0.1, 0.3): ("-+-+", DOUBLE_DESCENT),
    (0.1, 0.4, 0.1, 0.4): ("+-+", UNEVEN),
    (0.3, 0.295, 0.29, 0.285, 0.28): ("-", FALLS),  # small steps that add up
    (0.3, 0.305, 0.298, 0.1): ("-", FALLS),
    (0.3,): ("", FLAT),
}


@pytest.mark.parametrize("means", CURVES)
def test_the_way_a_curve_goes(means: tuple[float, ...]) -> None:
    ways, kind = CURVES[means]
    values = np.array([means])
    assert turns(values) == ways
    assert shape(values) == kind


def test_seeds_with_the_same_change_are_clear_however_far_apart_they_lie() -> None:
    means = np.array([0.5, 0.2, 0.4, 0.1])
    offsets = np.array([[-0.1], [0.0], [0.1]])
    assert turns(means + offsets) == "-+-"


def test_a_change_is_clear_by_a_paired_t_test() -> None:
    """Changes of 0.1 - s, 0.1, 0.1 + s: t = 0.1 sqrt(3) / s. For two degrees of freedom the bound is 4.30,
    so it turns at s = 0.0403.
    """
    for s, expected in ((0.039, True), (0.0415, False)):
        values = np.array([[0.3, 0.4 - s], [0.1, 0.2], [0.2, 0.3 + s]])
        assert clear(values, 0, 1) is expected
        assert clear(values, 1, 0) is expected
    assert not clear(np.array([[0.3, 0.305]] * 3), 0, 1)  # certain, but less than LEAST
    assert clear(np.array([[0.3, 0.32]]), 0, 1)  # a single seed: nothing tells chance apart


def test_what_chance_explains_is_no_turn() -> None:
    steady = np.array([[0.5, 0.2, 0.2, 0.2]] * 3)
    shaken = np.array([[0.0, 0.0, 0.1, 0.0], [0.0, 0.0, -0.02, 0.0], [0.0, 0.0, 0.0, 0.0]])
    assert turns(steady + shaken) == "-"


def test_there_is_a_bound_for_every_number_of_seeds() -> None:
    assert len(STUDENT) == MAX_SWEEP_SEEDS
    assert list(STUDENT) == sorted(STUDENT, reverse=True)


def test_mean_and_standard_deviation() -> None:
    values = np.array([[0.1, 0.4, 0.3], [0.3, 0.2, 0.3], [0.2, 0.6, 0.3]])
    found = swept(values)
    np.testing.assert_allclose(found.mean, [0.2, 0.4, 0.3])
    np.testing.assert_allclose(found.spread, [0.1, 0.2, 0.0])
    assert found.lowest == 0


def test_a_single_seed_has_no_spread() -> None:
    found = swept(np.array([[0.4, 0.1, 0.2]]))
    assert found.spread.tolist() == [0.0, 0.0, 0.0]
    assert (found.lowest, found.shape) == (1, U_CURVE)
