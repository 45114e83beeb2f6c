"""Means and deviations of a sweep, by hand."""

import numpy as np

from playground.probes.sweep import swept


def test_mean_and_standard_deviation() -> None:
    values = np.array([[0.1, 0.4, 0.3], [0.3, 0.2, 0.3], [0.2, 0.6, 0.3]])
    found = swept(values)
    np.testing.assert_allclose(found.mean, [0.2, 0.4, 0.3])
    np.testing.assert_allclose(found.spread, [0.1, 0.2, 0.0])
    assert found.lowest == 0


def test_a_single_seed_has_no_spread() -> None:
    found = swept(np.array([[0.4, 0.1, 0.2]]))
    assert found.spread.tolist() == [0.0, 0.0, 0.0]
    assert found.lowest == 1
