"""Batches deal out every row once an epoch, or over two epochs where what is left over joins the next."""

import numpy as np
import pytest

from playground.training.batches import Batches
from playground.training.objectives.tf_playground import JoinedBatches


def rows(batches, epochs):
    draws = np.random.default_rng(0)
    orders = [batches.order(epoch, draws) for epoch in range(epochs)]
    return [[order[part].tolist() for part in batches.slices(k)] for k, order in enumerate(orders)]


@pytest.mark.parametrize(("count", "size"), [(30, 8), (30, 10), (3, 8), (1, 1)])
def test_every_row_once_an_epoch(count, size):
    batches = Batches(count, size)
    for epoch in rows(batches, 3):
        assert len(epoch) == batches.per_epoch == -(-count // size)
        assert sorted(row for batch in epoch for row in batch) == list(range(count))
        assert {len(batch) for batch in epoch[:-1]} <= {size}


def test_an_order_of_its_own_for_each_epoch_or_the_same():
    one, other = rows(Batches(30, 30), 2)
    assert one != other
    assert rows(Batches(5, 2, shuffle=False), 2) == [[[0, 1], [2, 3], [4]]] * 2


def test_rows_left_over_join_the_next_epoch():
    first, second = rows(JoinedBatches(7, 3, shuffle=False), 2)
    assert first == [[0, 1, 2], [3, 4, 5]]
    assert second == [[6, 0, 1, 2], [3, 4, 5]]
    assert rows(JoinedBatches(6, 3, shuffle=False), 2) == [[[0, 1, 2], [3, 4, 5]]] * 2
