"""Inputs: every kind maps its examples to what a network takes, with a label for each number."""

from math import prod

import numpy as np
import pytest

from playground.datasets import FeatureMap, Inputs, Pixels, Steps, Tokens
from playground.nn import Dense, Flatten, Network

CASES: dict[str, tuple[Inputs, np.ndarray]] = {
    "points": (FeatureMap(["x", "xy", "radius"], standardize=False), np.ones((5, 2))),
    "images": (Pixels((3, 4, 1)), np.ones((5, 3, 4, 1))),
    "images in colour": (Pixels((3, 4, 3)), np.ones((5, 3, 4, 3))),
    "sequences": (Steps((6, 2)), np.ones((5, 6, 2))),
    "tokens": (Tokens(4, ("a", "b", "c")), np.ones((5, 4), int)),
}


@pytest.mark.parametrize("case", CASES)
def test_a_network_takes_what_they_give(case):
    inputs, x = CASES[case]
    found = inputs(x)
    assert found.shape == (5, *inputs.in_shape)
    assert found.dtype == np.float64
    assert len(set(inputs.labels)) == len(inputs.labels) == prod(inputs.in_shape)
    assert Network([Flatten(), Dense(2)], inputs.in_shape).forward(found).shape == (5, 2)


def test_labels_follow_the_order_of_memory():
    assert Pixels((2, 2, 1)).labels[1:3] == ("row 1, column 2", "row 2, column 1")
    assert Pixels((1, 1, 2)).labels == ("row 1, column 1, channel 1", "row 1, column 1, channel 2")
    assert Steps((2, 1)).labels == ("step 1", "step 2")
    assert Steps((1, 2)).labels == ("step 1, number 1", "step 1, number 2")
    assert Tokens(2, ("no", "yes")).labels == ("no at 1", "yes at 1", "no at 2", "yes at 2")


def test_a_token_becomes_a_single_one():
    found = Tokens(2, ("a", "b", "c"))(np.array([[2, 0]]))
    np.testing.assert_array_equal(found, [[[0, 0, 1], [1, 0, 0]]])


@pytest.mark.parametrize("token", [-1, 3])
def test_a_token_outside_the_vocabulary_is_refused(token):
    with pytest.raises(ValueError, match="do not fit a vocabulary of 3 words; use numbers from 0 to 2"):
        Tokens(1, ("a", "b", "c"))(np.array([[token]]))


@pytest.mark.parametrize("case", ["images", "sequences", "tokens"])
def test_examples_of_another_shape_are_refused(case):
    inputs, x = CASES[case]
    with pytest.raises(ValueError, match=rf"These {case} have the shape .* use data of one shape"):
        inputs(x[:, 1:])


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (lambda: Pixels((3, 4)), r"\(H, W, C\)"),
        (lambda: Steps((0, 2)), r"\(T, F\)"),
        (lambda: Tokens(3, ()), r"\(T, V\)"),
    ],
)
def test_shapes_that_make_no_sense_are_refused(make, wanted):
    with pytest.raises(ValueError, match=wanted):
        make()
