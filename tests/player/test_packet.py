"""Packets: what goes in comes out, and the bytes are those that the module's docstring promises."""

import json
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from playground.player.packet import DTYPES, Channel, decode, encode

SHAPES = st.one_of(st.just(()), array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4))
HEADERS = st.dictionaries(
    st.text(max_size=5).filter(lambda name: name != "count"),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=5,
    ),
    max_size=4,
)


@st.composite
def chunks(draw):
    """A header, channels of all types, and the frames of a chunk."""
    names = draw(st.lists(st.text(max_size=4), max_size=5, unique=True))
    channels = [Channel(name, draw(st.sampled_from(list(DTYPES))), draw(SHAPES)) for name in names]
    frames = [
        {c.name: draw(arrays(DTYPES[c.type], c.shape)) for c in channels}
        for _ in range(draw(st.integers(0, 4)))
    ]
    return draw(HEADERS), channels, frames


@settings(max_examples=100)
@given(chunks())
def test_what_goes_in_comes_out(chunk) -> None:
    header, channels, frames = chunk
    found, columns = decode(encode(header, channels, frames), channels)
    assert found == {**header, "count": len(frames)}
    assert set(columns) == ({c.name for c in channels} if frames else set())
    for c in channels if frames else ():
        assert columns[c.name].dtype == DTYPES[c.type]
        expected = np.array([frame[c.name] for frame in frames], DTYPES[c.type])
        np.testing.assert_array_equal(columns[c.name], expected)
        assert columns[c.name].tobytes() == expected.tobytes()  # nan and -0.0 too


def test_the_bytes_are_laid_out_as_described() -> None:
    channels = [Channel("map", "u8", (2,)), Channel("epoch", "i4"), Channel("loss", "f8")]
    frames = [
        {"map": [250, 3], "epoch": 7, "loss": 0.5},
        {"map": [4, 1], "epoch": 8, "loss": 0.25},
        {"map": [4, 1], "epoch": 9, "loss": 0.125},
    ]
    packet = encode({"run": "é"}, channels, frames)
    (length,) = struct.unpack_from("<I", packet)
    assert json.loads(packet[4 : 4 + length]) == {"run": "é", "count": 3}
    body = zlib.decompress(packet[4 + length :])
    assert body == bytes([250, 3, 10, 254, 0, 0]) + struct.pack("<iii", 7, 8, 9) + struct.pack(
        "<ddd", 0.5, 0.25, 0.125
    )


def test_differences_wrap_around() -> None:
    channel = Channel("map", "u8")
    values = [0, 255, 0, 128, 127, 255]
    packet = encode({}, [channel], [{"map": value} for value in values])
    assert decode(packet, [channel])[1]["map"].tolist() == values


def test_a_still_picture_costs_nothing() -> None:
    channel = Channel("map", "u8", (100, 100))
    picture = np.random.default_rng(0).integers(0, 61, (100, 100))
    one, many = (len(encode({}, [channel], [{"map": picture}] * count)) for count in (1, 40))
    assert many - one < 40 * 40


def test_no_frames_leave_no_body() -> None:
    packet = encode({"ended": None}, [Channel("map", "u8", (3,))])
    assert decode(packet, [Channel("map", "u8", (3,))]) == ({"ended": None, "count": 0}, {})
    assert packet == (24).to_bytes(4, "little") + b'{"ended":null,"count":0}'


def test_numbers_too_large_for_four_bytes_become_infinite_without_a_warning() -> None:
    channel = Channel("weights", "f4", (2,))
    packet = encode({}, [channel], [{"weights": np.array([1e200, -1e200])}])
    assert decode(packet, [channel])[1]["weights"].tolist() == [[np.inf, -np.inf]]


def test_a_header_holds_only_what_a_browser_can_read() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode({"loss": float("nan")})


@pytest.mark.parametrize("type", DTYPES)
def test_a_channel_describes_itself(type: str) -> None:
    described = Channel("a", type, (3, 4)).describe()
    assert described == {
        "name": "a",
        "type": type,
        "shape": (3, 4),
        "size": 12,
        "delta": type == "u8",
        "words": (),
    }
    assert Channel("a", type).size == 1
    assert np.dtype(DTYPES[type]).newbyteorder("<") == DTYPES[type]  # what JavaScript's arrays read
