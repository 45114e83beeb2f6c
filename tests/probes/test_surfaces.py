"""Surfaces: gradients against finite differences, minima by their gradients, curvatures and neighbours."""

from typing import ClassVar

import numpy as np
import pytest

from playground.nn import OPTIMIZERS
from playground.probes.surfaces import RAVINE, SURFACES, Surface, require_rates

EVERY = pytest.mark.parametrize("surface", SURFACES.values(), ids=list(SURFACES))


def places(surface: Surface, count: int = 40) -> np.ndarray:
    x_from, x_to, y_from, y_to = surface.bounds
    return np.random.default_rng(0).uniform((x_from, y_from), (x_to, y_to), (count, 2))


@EVERY
def test_gradients_are_those_of_finite_differences(surface: Surface) -> None:
    step = 1e-6
    for place in places(surface):
        measured = [
            (surface.value(place + offset) - surface.value(place - offset)) / (2.0 * step)
            for offset in step * np.eye(2)
        ]
        np.testing.assert_allclose(surface.slope(place), measured, rtol=1e-5, atol=1e-6)


@EVERY
def test_minima_are_the_lowest_places(surface: Surface) -> None:
    assert surface.minima
    for minimum in np.array(surface.minima):
        assert surface.contains(minimum)
        np.testing.assert_allclose(surface.slope(minimum), 0.0, atol=1e-9)
        assert surface.value(minimum) == pytest.approx(surface.lowest, abs=1e-12)
        ways = 1e-3 * np.array([(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1)])
        around = [surface.value(minimum + way) for way in ways]
        assert min(around) > surface.lowest
    assert surface.grid(101)[2].min() >= surface.lowest


@EVERY
def test_a_grid_has_a_row_for_each_y(surface: Surface) -> None:
    x, y, values = surface.grid(7)
    assert values.shape == (7, 7)
    assert values[2, 5] == pytest.approx(surface.value(np.array([x[5], y[2]])))
    assert (x[0], x[-1], y[0], y[-1]) == surface.bounds


@EVERY
def test_a_race_has_some_way_to_go(surface: Surface) -> None:
    assert surface.contains(surface.start)
    assert surface.value(np.array(surface.start)) > surface.lowest + 1e-2


def test_an_optimizer_without_a_rate_is_named() -> None:
    class Bare(OPTIMIZERS["sgd"]):
        surface_lrs: ClassVar = {"bowl": 0.1}

    with pytest.raises(
        ValueError, match=r"^optimizer 'bare' lacks a learning rate for the surface 'ravine': "
    ):
        require_rates({"bare": Bare})


@EVERY
def test_heights_begin_at_the_minimum_and_keep_the_order(surface: Surface) -> None:
    values = np.sort(surface.grid(20)[2].ravel())
    heights = surface.height(values)
    assert surface.height(surface.lowest) == 0.0
    assert (np.diff(heights) >= 0.0).all()
    assert surface.height(surface.lowest + np.e - 1.0) == pytest.approx(1.0)


def test_known_values() -> None:
    at = {name: lambda x, y, s=s: s.value(np.array([x, y])) for name, s in SURFACES.items()}
    assert at["rosenbrock"](-1.2, 1.0) == pytest.approx(24.2)
    assert at["himmelblau"](0.0, 0.0) == pytest.approx(170.0)
    assert at["beale"](0.0, 0.0) == pytest.approx(1.5**2 + 2.25**2 + 2.625**2)
    assert at["bowl"](3.0, 4.0) == pytest.approx(12.5)
    assert at["ravine"](0.0, 2.0) == pytest.approx(2.0 * RAVINE)
    assert at["saddle"](0.0, 0.0) == 0.0
    assert at["plateau"](40.0, 0.0) == pytest.approx(1.0)


def test_far_outside_nothing_warns() -> None:
    for surface in SURFACES.values():
        far = np.array([1e200, -1e200])
        assert not surface.value(far) < surface.lowest
        surface.slope(far)


def test_a_larger_rectangle_has_the_same_middle() -> None:
    ravine = SURFACES["ravine"]
    assert ravine.contains((4.0, -2.0))
    assert not ravine.contains((4.1, 0.0))
    assert ravine.contains((7.9, 3.9), times=2.0)
    assert not ravine.contains((0.0, 4.1), times=2.0)
