"""The wire format between server and player: a JSON header, then the frames of a chunk, compressed.

    4 bytes    length of the header, little-endian
    header     JSON in UTF-8
    body       zlib: for each channel in the scene's order, its values in all frames of the chunk, one frame
    after the other

A channel of type u8 holds palette indices. Its frames follow one another slowly, so each is sent as its
difference (modulo 256) to the frame before it in the same chunk; the first stands as it is.
`playground/player/browser/core/packet.js` reads all this.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

DTYPES: dict[str, np.dtype[Any]] = {
    "u8": np.dtype(np.uint8),
    "i4": np.dtype("<i4"),
    "f4": np.dtype("<f4"),
    "f8": np.dtype("<f8"),
}
COMPRESSION = 6

Values = Mapping[str, np.ndarray]
"""The numbers of a frame, by the names of their channels."""
Plain = dict[str, object]
"""What JSON holds, by name."""


@dataclass(frozen=True)
class Channel:
    """One stream of numbers: `shape` of them in each frame. name: what panels and texts call it. type: a key
    of DTYPES. words: what its numbers stand for, counted from 0, for texts with {name:word}.
    """

    name: str
    type: str
    shape: tuple[int, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return int(np.prod(self.shape, dtype=int))

    @property
    def delta(self) -> bool:
        return self.type == "u8"

    def describe(self) -> Plain:
        return {
            "name": self.name,
            "type": self.type,
            "shape": self.shape,
            "size": self.size,
            "delta": self.delta,
            "words": self.words,
        }

    def encode(self, frames: Sequence[np.ndarray]) -> bytes:
        """The bytes of this channel's values in the frames of a chunk."""
        with np.errstate(over="ignore"):  # of a run about to diverge: too large for f4 becomes infinite
            values: np.ndarray = np.asarray(frames, DTYPES[self.type]).reshape(len(frames), self.size)
        if self.delta:
            values = np.concatenate(
                [values[:1], np.diff(values, axis=0)]
            )  # uint8 differences wrap, as they should
        sent: bytes = values.tobytes()
        return sent


def encode(
    header: Mapping[str, object], channels: Sequence[Channel] = (), frames: Sequence[Values] = ()
) -> bytes:
    """A packet. Each frame maps channel names to arrays of the channel's shape."""
    text = json.dumps({**header, "count": len(frames)}, separators=(",", ":"), allow_nan=False).encode()
    packet = len(text).to_bytes(4, "little") + text
    if not frames:
        return packet
    body = b"".join(channel.encode([frame[channel.name] for frame in frames]) for channel in channels)
    return packet + zlib.compress(body, COMPRESSION)


def decode(packet: bytes, channels: Sequence[Channel] = ()) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header and, for each channel, its values (frames, *shape): what the browser sees."""
    start = 4 + int.from_bytes(packet[:4], "little")
    header: dict[str, Any] = json.loads(packet[4:start])
    if not header["count"]:
        return header, {}
    raw, at = zlib.decompress(packet[start:]), 0
    columns: dict[str, np.ndarray] = {}
    for channel in channels:
        dtype = DTYPES[channel.type]
        stop = at + header["count"] * channel.size * dtype.itemsize
        values = np.frombuffer(raw[at:stop], dtype).reshape(header["count"], *channel.shape)
        columns[channel.name] = np.cumsum(values, axis=0, dtype=dtype) if channel.delta else values
        at = stop
    return header, columns
