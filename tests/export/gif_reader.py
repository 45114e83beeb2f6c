"""A GIF decoder for tests, written from the specification and not from the encoder."""

import struct
from typing import NamedTuple

import numpy as np


class Gif(NamedTuple):
    """palette: (256, 3). frames: (F, H, W) palette indices as shown. delays: hundredths of a second."""

    palette: np.ndarray
    frames: np.ndarray
    delays: list[int]
    loops: bool


class Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        part = self.data[self.at : self.at + count]
        assert len(part) == count
        self.at += count
        return part

    def numbers(self, form: str) -> tuple:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))

    def blocks(self) -> bytes:
        parts = []
        while size := self.take(1)[0]:
            parts.append(self.take(size))
        return b"".join(parts)


def read_gif(data: bytes) -> Gif:
    reader = Reader(data)
    assert reader.take(6) == b"GIF89a"
    width, height, flags, _, _ = reader.numbers("HHBBB")
    assert flags & 0x80
    palette = np.frombuffer(reader.take(3 * 2 ** ((flags & 7) + 1)), np.uint8).reshape(-1, 3)
    canvas = np.zeros((height, width), np.uint8)
    frames, delays, loops, transparent = [], [], False, None
    while (kind := reader.take(1)) != b"\x3b":
        if kind == b"\x21":
            label, block = reader.take(1), reader.blocks()
            if label == b"\xf9":
                packed, delay, index = struct.unpack("<BHB", block)
                assert packed >> 2 & 7 in (0, 1)  # each frame is drawn over the one before
                transparent = index if packed & 1 else None
                delays.append(delay)
            loops |= label == b"\xff" and block == b"NETSCAPE2.0\x01\x00\x00"
            continue
        assert kind == b"\x2c"
        left, top, w, h, flags = reader.numbers("HHHHB")
        assert flags == 0
        bits = reader.take(1)[0]
        pixels = np.frombuffer(unpacked(reader.blocks(), bits), np.uint8).reshape(h, w)
        place = canvas[top : top + h, left : left + w]
        assert place.shape == (h, w)
        shown = pixels != transparent if transparent is not None else np.ones_like(pixels, bool)
        place[shown] = pixels[shown]
        frames.append(canvas.copy())
    assert reader.at == len(data)
    assert len(delays) == len(frames)
    return Gif(palette, np.array(frames), delays, loops)


def unpacked(data: bytes, bits: int) -> bytes:
    """LZW: the strings that the codes stand for."""
    clear, end = 1 << bits, (1 << bits) + 1
    buffer = held = at = 0
    width, table, previous, out = bits + 1, [], b"", []
    while True:
        while held < width:
            buffer |= data[at] << held
            at, held = at + 1, held + 8
        code = buffer & ((1 << width) - 1)
        buffer, held = buffer >> width, held - width
        if code == clear:
            table = [bytes([k]) for k in range(clear)] + [b"", b""]
            width, previous = bits + 1, b""
            continue
        if code == end:
            assert at == len(data)
            assert buffer == 0
            return b"".join(out)
        assert code < len(table) or (code == len(table) and previous)
        string = table[code] if code < len(table) else previous + previous[:1]
        out.append(string)
        if previous and len(table) < 4096:
            table.append(previous + string[:1])
        if len(table) == 1 << width and width < 12:
            width += 1
        previous = string
