"""Dataset: its checks, splitting, label flips."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.datasets import DATASETS, Dataset

SEEDS = st.integers(0, 2**31 - 1)


def numbered(n, n_classes=3):
    """A dataset whose points tell their own index."""
    x = np.column_stack([np.arange(n), np.zeros(n)])
    return Dataset(x, np.arange(n) % n_classes, task="classification", n_classes=n_classes, name="numbered")


def test_arrays_are_private_read_only_copies():
    x, y = np.zeros((4, 2)), np.zeros(4, dtype=int)
    data = Dataset(x, y, task="classification", n_classes=2, name="d")
    x[0] = 9
    assert data.x[0, 0] == 0
    for array in (data.x, data.y):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


@pytest.mark.parametrize(
    ("x", "y"), [(np.zeros((4, 3)), np.zeros(4)), (np.zeros(4), np.zeros(4)), (np.zeros((4, 2)), np.zeros(3))]
)
def test_wrong_shapes_are_refused(x, y):
    with pytest.raises(ValueError, match=r"x of shape \(n, 2\)"):
        Dataset(x, y, task="regression", n_classes=0, name="d")


def test_unknown_task_is_refused():
    with pytest.raises(ValueError, match="'ranking' is unknown; use one of classification, regression"):
        Dataset(np.zeros((4, 2)), np.zeros(4), task="ranking", n_classes=0, name="d")


@given(n=st.integers(2, 300), share=st.floats(0.001, 0.999), seed=SEEDS)
def test_split_parts_are_not_empty_and_hold_every_point_once(n, share, seed):
    train, test = numbered(n).split(share, seed)
    assert len(train) >= 1
    assert len(test) >= 1
    assert abs(len(train) - n * share) <= 1
    order = np.concatenate([train.x[:, 0], test.x[:, 0]]).astype(int)
    np.testing.assert_array_equal(np.sort(order), np.arange(n))
    np.testing.assert_array_equal(np.concatenate([train.y, test.y]), order % 3)
    assert (train.task, train.n_classes, train.name) == ("classification", 3, "numbered")


@pytest.mark.parametrize(
    ("n", "share", "n_train"), [(500, 0.5, 250), (100, 0.29, 29), (11, 0.5, 5), (10, 0.9, 9)]
)
def test_split_counts(n, share, n_train):
    assert len(numbered(n).split(share, 0)[0]) == n_train


def test_split_follows_its_seed_and_only_moves_the_cut():
    data = numbered(50)
    small, _ = data.split(0.2, 7)
    large, _ = data.split(0.6, 7)
    other, _ = data.split(0.6, 8)
    np.testing.assert_array_equal(small.x, large.x[:10])
    assert not np.array_equal(large.x, other.x)


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.5, float("nan")])
def test_split_share_that_empties_a_side_is_refused(share):
    with pytest.raises(ValueError, match="leaves one side empty; use a number between 0 and 1"):
        numbered(10).split(share, 0)


def test_one_point_cannot_be_split():
    with pytest.raises(ValueError, match="1 points cannot be split"):
        numbered(1).split(0.5, 0)


@given(n=st.integers(2, 200), classes=st.integers(2, 6), share=st.floats(0, 1), seed=SEEDS)
def test_flips_change_exactly_the_share(n, classes, share, seed):
    data = numbered(n, classes)
    flipped = data.flip_labels(share, seed)
    changed = flipped.y != data.y
    assert abs(changed.sum() - n * share) <= 0.5 + 1e-9
    assert flipped.y.min() >= 0
    assert flipped.y.max() < classes
    np.testing.assert_array_equal(flipped.x, data.x)
    more = data.flip_labels(min(1.0, share + 0.2), seed)
    np.testing.assert_array_equal(more.y[changed], flipped.y[changed])


def test_flips_reach_every_other_class():
    flipped = numbered(3000, 3).flip_labels(1.0, 0)
    moves = np.bincount((flipped.y - np.arange(3000) % 3) % 3, minlength=3)
    assert moves[0] == 0
    assert min(moves[1:]) > 1300


def test_regression_flips_change_the_sign():
    data = DATASETS["saddle"](100)
    flipped = data.flip_labels(0.3, 5)
    assert (flipped.y != data.y).sum() == 30
    np.testing.assert_array_equal(np.abs(flipped.y), np.abs(data.y))


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_flip_share_out_of_range_is_refused(share):
    with pytest.raises(ValueError, match="use a number from 0 to 1"):
        numbered(10).flip_labels(share, 0)


@pytest.mark.parametrize("clone", [copy.deepcopy, lambda data: pickle.loads(pickle.dumps(data))])
def test_copies_hold_the_same_data(clone):
    data = DATASETS["rings"](50)
    twin = clone(data)
    np.testing.assert_array_equal(twin.x, data.x)
    np.testing.assert_array_equal(twin.y, data.y)
    assert twin.n_classes == 3


# ---- other kinds

KIND_CASES = {
    "images": np.zeros((6, 4, 5, 1)),
    "sequences": np.zeros((6, 7, 2)),
    "tokens": np.arange(24).reshape(6, 4),
}


@pytest.mark.parametrize("kind", KIND_CASES)
def test_other_kinds_of_examples(kind):
    x = KIND_CASES[kind]
    data = Dataset(x, np.arange(6) % 2, task="classification", n_classes=2, name="d", kind=kind)
    assert len(data) == 6
    assert data.in_shape == x.shape[1:]
    train, test = data.split(0.5, 0)
    assert (train.kind, train.in_shape, len(train), len(test)) == (kind, x.shape[1:], 3, 3)
    assert train.flip_labels(1.0, 0).y.tolist() == (1 - train.y).tolist()


@pytest.mark.parametrize("kind", [*KIND_CASES, "points"])
def test_examples_without_labels(kind):
    x = KIND_CASES.get(kind, np.zeros((6, 2)))
    data = Dataset(x, task="unlabelled", n_classes=0, name="d", kind=kind)
    assert data.y.shape == (6, 0)
    train, test = data.split(0.5, 0)
    assert (train.y.shape, len(test)) == ((3, 0), 3)
    with pytest.raises(ValueError, match=r"Labels of shape \(6, 0\) cannot be flipped"):
        data.flip_labels(0.5, 0)
    with pytest.raises(ValueError, match=r"takes no y, but one of shape \(6,\) was given"):
        Dataset(x, np.zeros(6), task="unlabelled", n_classes=0, name="d", kind=kind)


@pytest.mark.parametrize(
    ("kind", "x", "wanted"),
    [
        ("images", np.zeros((6, 4, 5)), r"\(n, H, W, C\) for images, not \(6, 4, 5\)"),
        ("sequences", np.zeros((6, 7)), r"\(n, T, F\) for sequences, not \(6, 7\)"),
        ("tokens", np.zeros(6, int), r"\(n, T\) for tokens, not \(6,\)"),
        ("sequences", np.zeros((6, 0, 2)), r"\(n, T, F\) for sequences, not \(6, 0, 2\)"),
        ("tokens", np.full((6, 4), 0.5), "whole numbers from 0 up"),
        ("tokens", np.full((6, 4), -1), "whole numbers from 0 up"),
        ("sounds", np.zeros((6, 4)), "'sounds' is unknown; use one of points, images, sequences, tokens"),
    ],
)
def test_examples_that_are_not_of_their_kind_are_refused(kind, x, wanted):
    with pytest.raises(ValueError, match=wanted):
        Dataset(x, np.zeros(6), task="regression", n_classes=0, name="d", kind=kind)


@pytest.mark.parametrize("kind", KIND_CASES)
def test_a_target_for_each_step(kind):
    x = KIND_CASES[kind]
    build = {"task": "regression", "n_classes": 0, "name": "d", "kind": kind}
    if kind == "images":
        with pytest.raises(ValueError, match=r"y of shape \(n,\), not"):
            Dataset(x, np.zeros(x.shape[:2]), **build)
    else:
        assert Dataset(x, np.zeros(x.shape[:2]), **build).y.shape == x.shape[:2]
        with pytest.raises(ValueError, match=r"y of shape \(n,\) or \(n, T\), not"):
            Dataset(x, np.zeros((6, 3)), **build)
