"""GIFs, decoded again: every pixel, colour and delay is what was given."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.export import encode_gif
from playground.export.gif import CLEAR, END, MOST_COLORS, lzw
from tests.export.gif_reader import read_gif

GREYS = [f"#{k:02x}{k:02x}{k:02x}" for k in range(MOST_COLORS)]


def decoded(frames: np.ndarray) -> np.ndarray:
    return read_gif(encode_gif(frames, GREYS, delays=[5] * len(frames))).frames


@settings(max_examples=150)
@given(
    st.integers(1, 4),
    st.integers(1, 40),
    st.integers(1, 40),
    st.integers(1, MOST_COLORS),
    st.integers(1, 12),
    st.integers(0, 2**32 - 1),
)
def test_any_frames_come_back(count, height, width, colors, smoothness, seed):
    rng = np.random.default_rng(seed)
    frames = rng.integers(0, colors, (count, height, width)).astype(np.uint8)
    frames = np.repeat(frames, smoothness, axis=2)[:, :, :width]
    np.testing.assert_array_equal(decoded(frames), frames)


@pytest.mark.parametrize("size", [1, 2, 254, 255, 256, 3837, 3838, 3839, 3840, 3841, 3842, 20_000])
@pytest.mark.parametrize("kind", ["noise", "flat"])
def test_the_table_grows_and_is_cleared_at_every_length(size, kind):
    """Noise makes a code of nearly every pixel: widths of 9 to 12 bits, and many clears."""
    rng = np.random.default_rng(size)
    frame = rng.integers(0, 255, (1, 1, size)) if kind == "noise" else np.full((1, 1, size), 3)
    np.testing.assert_array_equal(decoded(frame.astype(np.uint8)), frame)


def test_unchanged_frames_and_single_changes():
    frames = np.zeros((4, 30, 20), np.uint8)
    frames[2:, 29, 19] = 7
    frames[3, 0, 0] = 254
    np.testing.assert_array_equal(decoded(frames), frames)
    alone = len(encode_gif(frames[:1], GREYS, delays=[5]))
    assert len(encode_gif(frames, GREYS, delays=[5] * 4)) < alone + 4 * 60


def test_palette_delays_and_loop():
    frames = np.array([[[0, 1]], [[2, 1]]], np.uint8)
    gif = read_gif(encode_gif(frames, ["#010203", "#fffefd", "#a0b0c0"], delays=[7, 65535]))
    assert gif.palette[:3].tolist() == [[1, 2, 3], [255, 254, 253], [160, 176, 192]]
    assert gif.delays == [7, 65535]
    assert gif.loops


def test_codes_of_a_known_example():
    assert lzw(b"\x01\x01\x01\x01\x01") == [CLEAR, 1, 258, 258, END]
    assert lzw(b"\x00\x01\x00\x01\x00") == [CLEAR, 0, 1, 258, 0, END]


def test_what_a_gif_cannot_hold_is_refused():
    with pytest.raises(ValueError, match=r"cannot hold 256 colours here: give at most 255\.$"):
        encode_gif([np.zeros((1, 1), np.uint8)], [*GREYS, "#000000"], delays=[1])
    with pytest.raises(ValueError, match=r"cannot have no frames: give at least one\.$"):
        encode_gif([], GREYS, delays=[])


def test_another_decoder_agrees():
    image = pytest.importorskip("PIL.Image")
    rng = np.random.default_rng(0)
    frames = np.repeat(rng.integers(0, 200, (5, 50, 20)), 3, axis=2).astype(np.uint8)
    with image.open(io.BytesIO(encode_gif(frames, GREYS, delays=[5] * 5))) as opened:
        assert opened.n_frames == 5
        for k, frame in enumerate(frames):
            opened.seek(k)
            np.testing.assert_array_equal(np.asarray(opened.convert("L")), frame)
