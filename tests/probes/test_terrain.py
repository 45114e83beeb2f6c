"""Terrain: bands and lines where they must be."""

import numpy as np

from playground.probes.terrain import BANDS, LINES, refined, terrain


def test_a_slope_has_every_band_once_from_the_lowest_up() -> None:
    heights = np.repeat(np.linspace(0.0, 1.0, 200)[:, None], 200, axis=1)
    column = terrain(heights)[:, 0].astype(int)
    bands = column[::-1] % BANDS
    assert (np.diff(bands) >= 0).all()
    assert set(bands) == set(range(BANDS))
    crossings = np.nonzero(np.diff(bands))[0]
    lines = column[::-1] // BANDS
    assert all(lines[k : k + 2].max() >= LINES // 2 for k in crossings)
    assert (lines > 0).sum() <= 3 * (BANDS - 1)


def test_the_highest_y_comes_first() -> None:
    heights = np.zeros((4, 4))
    heights[3, 0] = 1.0
    assert terrain(heights)[0, 0] % BANDS == BANDS - 1
    assert terrain(heights)[3, 3] == 0


def test_level_ground_has_no_lines_and_infinite_heights_are_the_highest() -> None:
    assert (terrain(np.full((5, 5), 3.0)) == 0).all()
    heights = np.linspace(0.0, 1.0, 25).reshape(5, 5)
    heights[0, 0] = np.inf
    assert terrain(heights)[-1, 0] % BANDS == BANDS - 1


def test_refined_goes_straight_between_the_places() -> None:
    values = np.array([[0.0, 1.0], [2.0, 3.0]])
    fine = refined(values, 5)
    assert (fine[[0, 0, -1, -1], [0, -1, 0, -1]] == [0.0, 1.0, 2.0, 3.0]).all()
    assert fine[2, 2] == 1.5
