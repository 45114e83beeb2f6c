"""One batch through one layer: held against the definitions, worked out here on their own."""

from itertools import islice

import numpy as np
import pytest

from playground.nn.normalization import EPS
from playground.probes.one_batch import KINDS, MEANS, SPREADS, UNITS, layer_of, passages, table


def taken(kind: str, count: int, *, momentum: float = 0.9, rate: float = 0.5, rows: int = 8):
    layer = layer_of(kind, momentum=momentum, rate=rate)
    return list(islice(passages(layer, rows=rows, seed=3), count))


@pytest.mark.parametrize("kind", KINDS)
def test_batches_are_the_same_for_all_layers_and_their_places_are_counted(kind: str) -> None:
    found = taken(kind, 3)
    assert [each.index for each in found] == [0, 1, 2]
    np.testing.assert_array_equal(found[2].x, taken("dropout", 3, rate=0.2)[2].x)
    assert found[0].x.shape == (8, UNITS)
    assert not np.array_equal(found[0].x, found[1].x)


def test_units_have_means_and_spreads_of_their_own() -> None:
    x = np.concatenate([each.x for each in taken("layer_norm", 500)])
    np.testing.assert_allclose(x.mean(axis=0), MEANS, atol=0.1)
    np.testing.assert_allclose(x.std(axis=0), SPREADS, rtol=0.05)


def test_batch_norm_by_hand() -> None:
    first, second = taken("batch_norm", 2, momentum=0.6)
    np.testing.assert_allclose(
        first.trained, (first.x - first.x.mean(axis=0)) / np.sqrt(first.x.var(axis=0) + EPS)
    )
    mean = 0.4 * first.x.mean(axis=0)
    variance = 0.6 + 0.4 * first.x.var(axis=0, ddof=1)
    np.testing.assert_allclose(first.running, [mean, np.sqrt(variance)])
    np.testing.assert_allclose(first.evaluated, (first.x - mean) / np.sqrt(variance + EPS))
    np.testing.assert_allclose(second.running[0], 0.6 * mean + 0.4 * second.x.mean(axis=0))


def test_batch_norm_learns_what_evaluation_needs() -> None:
    """Running statistics come to the units' own, and evaluation to mean 0 and spread 1."""
    found = taken("batch_norm", 400, momentum=0.98)
    np.testing.assert_allclose(found[-1].running[0], MEANS, atol=0.25)
    np.testing.assert_allclose(found[-1].running[1], SPREADS, rtol=0.2)
    late = np.concatenate([each.evaluated for each in found[200:]])
    np.testing.assert_allclose(late.mean(axis=0), 0.0, atol=0.1)
    assert abs(found[0].evaluated.mean(axis=0)).max() > 1.0


def test_layer_norm_by_hand_and_alike_in_both_modes() -> None:
    (found,) = taken("layer_norm", 1)
    x = found.x
    expected = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + EPS)
    np.testing.assert_allclose(found.trained, expected)
    np.testing.assert_array_equal(found.trained, found.evaluated)
    assert np.isnan(found.running).all()


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.9])
def test_dropout_zeroes_its_part_and_keeps_the_sum(rate: float) -> None:
    found = taken("dropout", 600, rate=rate)
    for each in found[:5]:
        np.testing.assert_array_equal(each.evaluated, each.x)
        through = each.trained != 0.0
        np.testing.assert_allclose(each.trained[through], each.x[through] / (1.0 - rate))
    assert found[-1].silent == pytest.approx(rate, abs=0.01)
    assert found[-1].kept == pytest.approx(1.0, abs=0.12)
    masks = [each.trained == 0.0 for each in found[:2]]
    assert not np.array_equal(*masks)


def test_tables_by_hand() -> None:
    found = table(np.array([[1.0, 2.0], [3.0, 6.0]]))
    assert found.columns.tolist() == [[2.0, 4.0], [1.0, 2.0]]
    assert found.rows.tolist() == [[1.5, 0.5], [4.5, 1.5]]
