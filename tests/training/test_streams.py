"""Streams: the old names keep their numbers, and no name's draws depend on the others."""

import numpy as np
import pytest

from playground.training.streams import Streams, stream


@pytest.mark.parametrize(
    ("place", "name"), list(enumerate(("data", "split", "flips", "network", "shuffle", "input_noise")))
)
def test_the_first_streams_keep_their_numbers(place, name):
    """Another number would change every run that any link shows."""
    expected = np.random.SeedSequence(7, spawn_key=(place,)).generate_state(4)
    np.testing.assert_array_equal(stream(7, name).generate_state(4), expected)


def test_more_names_shift_nothing():
    alone, among = Streams(3, ["latent"]), Streams(3, ["shuffle", "anything", "latent", "other"])
    np.testing.assert_array_equal(alone["latent"].random(5), among["latent"].random(5))
    draws = [generator.random() for generator in Streams(3, ["shuffle", "latent", "latent2"]).values()]
    assert len(set(draws)) == 3


def test_drawing_from_one_leaves_the_others_alone():
    drawn, untouched = Streams(3, ["shuffle", "latent"]), Streams(3, ["shuffle", "latent"])
    drawn["latent"].standard_normal(1000)
    assert drawn.state()["shuffle"] == untouched.state()["shuffle"]
    assert drawn.state()["latent"] != untouched.state()["latent"]


def test_going_back():
    streams = Streams(3, ["shuffle", "latent"])
    streams["latent"].random(3)
    state = streams.state()
    first = [generator.random(4) for generator in streams.values()]
    streams.load(state)
    np.testing.assert_array_equal([generator.random(4) for generator in streams.values()], first)


def test_a_name_of_one_letter_could_be_a_number():
    with pytest.raises(ValueError, match="two letters"):
        stream(0, "z")
