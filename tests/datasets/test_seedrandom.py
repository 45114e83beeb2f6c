"""SeedRandom against values that the documentation of npm seedrandom publishes, and its edge cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.datasets import SeedRandom


def test_published_values():
    draws = SeedRandom("hello.")
    assert [draws.random(), draws.random()] == [0.9282578795792454, 0.3752569768646784]


@given(st.text(max_size=300))
def test_draws_are_in_the_unit_interval_and_repeat(seed):
    first, second = SeedRandom(seed), SeedRandom(seed)
    values = [first.random() for _ in range(20)]
    assert values == [second.random() for _ in range(20)]
    assert all(0 <= value < 1 for value in values)


def test_draws_spread_evenly():
    draws = SeedRandom("spread")
    counts = [0] * 10
    for _ in range(5000):
        counts[int(draws.random() * 10)] += 1
    assert max(counts) - min(counts) < 150


@pytest.mark.parametrize("other", ["0.597040", "59704", "", "\0\0"])
def test_seeds_are_strings_not_numbers(other):
    assert SeedRandom("0.59704").random() != SeedRandom(other).random()


def test_characters_beyond_16_bits_count_as_two():
    """A JavaScript string holds them as a surrogate pair."""
    assert SeedRandom("\U0001f600").random() == SeedRandom("\ud83d\ude00").random()


def test_a_number_as_seed_is_refused():
    with pytest.raises(TypeError, match=r"seed as a string, not 0\.5"):
        SeedRandom(0.5)
