"""Film: frames that are worked out one after another. It stands where a run stands, but nothing trains.

The browser pulls as from a run, and a request that is asked twice is answered twice with the same frames.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from threading import RLock
from time import perf_counter
from typing import Protocol

import numpy as np

from playground.limits import CHUNK_FRAMES, CHUNK_SECONDS, MAX_FILM_FRAMES, OPENING_SECONDS
from playground.player.locks import synchronized
from playground.player.messages import Outbox, whole_numbers
from playground.player.packet import Channel, Values
from playground.player.scene import ChannelSource, Scene
from playground.text import _

OPENING_FRAMES = 46  # as of a run
END = _("This is the end: press play to see it again.")


class Still(Protocol):
    """A moment of a film: anything that knows its place, counted from 0."""

    @property
    def index(self) -> int: ...


def film_clock() -> list[ChannelSource]:
    """The channels that the player itself needs."""
    return [
        ChannelSource(Channel("epoch", "i4"), lambda still: still.index),
        ChannelSource(Channel("batch", "i4"), lambda still: 0),
        ChannelSource(Channel("update", "i4"), lambda still: still.index),
        ChannelSource(Channel("progress", "f8"), lambda still: still.index),
    ]


class Film:
    """A scene and its moments. `outbox` holds what the player should be given now.

    moments: made when they are asked for, at most MAX_FILM_FRAMES; each channel of the scene is measured on
    them. end: what is said after the last one.
    """

    experiments: tuple[()] = ()  # nothing trains

    def __init__(self, scene: Scene, moments: Iterable[Still], *, end: str = END) -> None:
        self.scene = scene
        self.id = secrets.token_hex(6)
        self.outbox = Outbox()
        self.turn = RLock()
        self._moments = islice(moments, MAX_FILM_FRAMES)
        self._end = end
        self._frames: list[dict[str, np.ndarray]] = []
        self._over = False
        self._key = ""

    @property
    def packet(self) -> bytes:
        """What the player should be given now."""
        return self.outbox.packet

    @synchronized
    def begin(self, key: str = "") -> None:
        """A packet with the scene and the first frames. key: equal for films with the same frames, so that a
        player goes on with another server's film.
        """
        self._key = key or self._key
        started = perf_counter()
        frames = self._take(0, OPENING_FRAMES, OPENING_SECONDS)
        scene = {**self.scene.describe(), "film": True}
        self._send(frames, started, scene=scene, fingerprint=self._fingerprint())

    @synchronized
    def answer(self, request: object) -> None:
        """Answer a player's request; one that makes no sense changes nothing."""
        if not isinstance(request, Mapping):
            return
        if request.get("kind") == "scene":
            self.begin()
        elif request.get("kind") == "frames" and request.get("run") == self.id:
            self._answer_frames(request)

    def _answer_frames(self, request: Mapping[str, object]) -> None:
        numbers = whole_numbers(request, "id", "after", "count")
        if numbers is None:
            return
        id, after, count = numbers
        started = perf_counter()
        frames = self._take(after + 1, min(count, CHUNK_FRAMES), CHUNK_SECONDS)
        self._send(frames, started, answer=id)

    def _take(self, first: int, count: int, seconds: float) -> list[dict[str, np.ndarray]]:
        """Up to `count` frames from index `first` on. seconds: after which no further one is worked out."""
        end = perf_counter() + seconds
        while len(self._frames) < first + count and not self._over:
            moment = next(self._moments, None)
            if moment is None:
                self._over = True
            else:
                measured = self.scene.measured
                self._frames.append({e.channel.name: np.array(e.measure(moment)) for e in measured})
            if perf_counter() > end and len(self._frames) > first:
                break
        return self._frames[first : first + count]

    def _send(self, frames: Sequence[Values], started: float, **header: object) -> None:
        ended = {"kind": "film", "reason": self._end, "update": len(self._frames) - 1} if self._over else None
        header |= {
            "run": self.id,
            "ended": ended,
            "advice": None,
            "server_ms": round(1e3 * (perf_counter() - started) / max(len(frames), 1), 2),
        }
        self.outbox.put(header, self.scene.channels, frames)

    def _fingerprint(self) -> str:
        text = json.dumps([self._key or self.id, self.scene.describe()], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
