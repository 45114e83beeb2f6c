"""Animated GIFs in pure NumPy and Python: GIF89a with one palette, and LZW.

Source: the GIF89a specification (CompuServe 1990) and Welch 1984. Frames are arrays of palette indices. Each
is stored as the rectangle in which it differs from the frame before, and in there every pixel that has not
changed is transparent, which makes long runs.

Letters: H x W pixels, K colours, C codes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

MOST_COLORS = 255  # one index is left for transparent pixels
CODE_BITS = 8  # of a pixel
CLEAR, END = 1 << CODE_BITS, (1 << CODE_BITS) + 1
FIRST_FREE = END + 1
MOST_CODES = 4096  # of twelve bits, the widest allowed
TRANSPARENT = 255
LOOP_FOREVER = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"


def encode_gif(frames: Iterable[np.ndarray], palette: Sequence[str], *, delays: Iterable[int]) -> bytes:
    """The file's bytes. It plays in a loop.

    frames: (H, W) uint8 each, indices into palette. palette: up to MOST_COLORS colours "#rrggbb". delays: how
    long each frame stays, in hundredths of a second.
    """
    if len(palette) > MOST_COLORS:
        raise ValueError(f"A GIF cannot hold {len(palette)} colours here: give at most {MOST_COLORS}.")
    parts, previous = [], None
    for frame, delay in zip(frames, delays, strict=True):
        if previous is None:
            parts += [_head(frame.shape, palette), LOOP_FOREVER]
        parts.append(_image(frame, previous, delay))
        previous = frame
    if previous is None:
        raise ValueError("A GIF cannot have no frames: give at least one.")
    return b"".join([*parts, b"\x3b"])


def _word(number: int) -> bytes:
    return int(number).to_bytes(2, "little")


def _head(shape: tuple[int, int], palette: Sequence[str]) -> bytes:
    """Signature, size and a palette of 256 colours, of which those left over are black."""
    height, width = shape
    colors = b"".join(bytes.fromhex(color.removeprefix("#")) for color in palette)
    return b"GIF89a" + _word(width) + _word(height) + b"\xf7\x00\x00" + colors.ljust(3 * 256, b"\x00")


def _image(frame: np.ndarray, previous: np.ndarray | None, delay: int) -> bytes:
    """One frame: how it is shown, where it lies, and the pixels in which it differs from the one before."""
    rows, columns = slice(0, frame.shape[0]), slice(0, frame.shape[1])
    pixels = frame
    if previous is not None:
        changed = frame != previous
        rows, columns = _extent(changed.any(axis=1)), _extent(changed.any(axis=0))
        pixels = np.where(changed, frame, np.uint8(TRANSPARENT))[rows, columns]
    control = b"\x21\xf9\x04\x05" + _word(delay) + bytes([TRANSPARENT, 0])
    height, width = pixels.shape
    place = b"\x2c" + _word(columns.start) + _word(rows.start) + _word(width) + _word(height) + b"\x00"
    data = _pack(np.array(lzw(pixels.tobytes()), np.uint16))
    blocks = [bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255)]
    return control + place + bytes([CODE_BITS]) + b"".join(blocks) + b"\x00"


def _extent(touched: np.ndarray) -> slice:
    """The smallest slice that holds every True of touched: (n,); one entry if there is none."""
    found = np.flatnonzero(touched)
    return slice(int(found[0]), int(found[-1]) + 1) if len(found) else slice(0, 1)


Node = dict[int, Any]  # under -1 a code, under each pixel another node


def lzw(pixels: bytes) -> list[int]:
    """The codes of a string of pixels; a full table is cleared, after MOST_CODES - FIRST_FREE codes.

    The table is a tree: each node maps the next pixel to a node, and holds its own code under -1, so that the
    common step, one more pixel of a known string, is a single look-up.
    """
    codes = [CLEAR]
    roots, free = _roots(), FIRST_FREE
    stream = iter(pixels)
    node = roots[next(stream)]
    for pixel in stream:
        if pixel in node:
            node = node[pixel]
            continue
        codes.append(node[-1])
        if free < MOST_CODES:
            node[pixel] = {-1: free}
            free += 1
        else:
            codes.append(CLEAR)
            roots, free = _roots(), FIRST_FREE
        node = roots[pixel]
    return [*codes, node[-1], END]


def _roots() -> list[Node]:
    return [{-1: code} for code in range(CLEAR)]


def _pack(codes: np.ndarray) -> bytes:
    """Codes: (C,) one behind the other, lowest bit first, each as wide as the table needs at that point.

    The reader learns a code with each one it reads, from the second after a clear on; so the widths depend on
    nothing but the distance from the last clear.
    """
    places = np.arange(len(codes))
    clears = np.maximum.accumulate(np.where(codes == CLEAR, places, 0))
    since = places - np.concatenate([[0], clears[:-1]])
    learnt = FIRST_FREE - 2 + since  # the code that the reader learns next
    widths = CODE_BITS + 1 + np.searchsorted([512, 1024, 2048], learnt, side="right")
    bits = np.unpackbits(codes.astype("<u2").view(np.uint8).reshape(-1, 2), axis=1, bitorder="little")
    return np.packbits(bits[np.arange(16) < widths[:, None]], bitorder="little").tobytes()
