"""Run: the server's side of a player. Holds one visitor's trainer and answers the player's requests with
packets.

The browser pulls. A request says after which update it wants frames; if the run stands elsewhere it is taken
there first, so a request that is asked twice is answered twice with the same frames, and going on from an old
frame needs nothing special.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from time import perf_counter

import numpy as np

from playground.limits import CHUNK_FRAMES, CHUNK_SECONDS
from playground.probes.grid import GridPass, grid_inputs
from playground.training import Experiment, Trainer
from playground.ui.packet import encode
from playground.ui.scene import Moment, Scene

OPENING_FRAMES = 46  # with these the first seconds play without the server
MAX_STRIDE = 100  # epochs between two frames
MAX_CATCH_UP = 5000  # epochs trained unseen for a player that already holds them, after a lost connection


class Run:
    """A run being watched. `packet` is what the player should be given now; it changes with every answer."""

    def __init__(self, experiment: Experiment, make_scene: Callable[[Trainer], Scene]) -> None:
        self._make_scene = make_scene
        self.begin(experiment)

    @property
    def experiment(self) -> Experiment:
        return self.trainer.experiment

    def begin(self, experiment: Experiment) -> None:
        """Start from the first weights; the packet brings scene and first frames."""
        self.trainer = Trainer(experiment)
        self.scene = self._make_scene(self.trainer)
        self._grid = grid_inputs(self.trainer)
        self.id = secrets.token_hex(6)
        self._changes = 0
        frames = [self._measure()]
        started = perf_counter()
        frames += self._train(OPENING_FRAMES, self.trainer.updates_per_epoch, 5 * CHUNK_SECONDS)
        self._send(frames, started, scene=self.scene.describe(), fingerprint=self._fingerprint())

    def _fingerprint(self) -> str:
        """Equal for runs with the same frames: a player that holds some of them goes on with another server's
        run.
        """
        lineage = f"{self.id}/{self._changes}" if self._changes else ""
        return hashlib.sha256((self.experiment.to_json() + lineage).encode()).hexdigest()

    def update_settings(self, experiment: Experiment) -> None:
        """Change live settings: the player drops what was trained ahead, and asks for more from the frame it
        shows.
        """
        self.trainer.update_settings(experiment)
        self._changes += 1
        self.packet = encode(
            {"packet": secrets.token_hex(4), "run": self.id, "fingerprint": self._fingerprint(), "cut": True}
        )

    def answer(self, request: object) -> None:
        """Put the answer to a player's request into `packet`; a request that makes no sense changes
        nothing.
        """
        if not isinstance(request, Mapping):
            return
        if request.get("kind") == "scene":
            self.begin(self.experiment)
        elif request.get("kind") == "frames" and request.get("run") == self.id:
            self._answer_frames(request)

    def _answer_frames(self, request: Mapping) -> None:
        numbers = [request.get(name) for name in ("id", "after", "count", "stride")]
        if not all(isinstance(number, int) and number >= 0 for number in numbers):
            return
        id, after, count, stride = numbers
        started = perf_counter()
        every = min(stride, MAX_STRIDE) * self.trainer.updates_per_epoch or 1
        self._go_to(after)
        frames = self._train(min(count, CHUNK_FRAMES), every, CHUNK_SECONDS)
        self._send(frames, started, answer=id)

    def _go_to(self, update: int) -> None:
        """Stand at the last frame at or before this update; an update of the future is first trained up
        to.
        """
        now = self.trainer.history[-1].update
        if update > now and not self.trainer.stopped:
            self.trainer.restore(self.trainer.history[-1])
            self.trainer.train(updates=min(update - now, MAX_CATCH_UP * self.trainer.updates_per_epoch))
        if self.trainer.frame.update == update:
            return
        index = int(np.searchsorted(self.trainer.history.values("update"), update, side="right")) - 1
        self.trainer.restore(self.trainer.history[index])

    def _train(self, count: int, every: int, seconds: float) -> list[dict]:
        """Up to `count` more frames, one every so many updates, as far as the time allows: at least one."""
        frames, end = [], perf_counter() + seconds
        for frame in self.trainer.advance(count * every, every=every):
            if self.trainer.frame != frame:  # early stopping has gone back to the best frame
                break
            frames.append(self._measure())
            if len(frames) >= count or perf_counter() > end:
                break
        return frames

    def _measure(self) -> dict:
        moment = Moment(self.trainer, self.trainer.frame, GridPass(self.trainer, self._grid))
        return self.scene.measure(moment)

    def _send(self, frames: list[dict], started: float, **header) -> None:
        header |= {
            "packet": secrets.token_hex(4),
            "run": self.id,
            "ended": self._ended(),
            "server_ms": round(1e3 * (perf_counter() - started) / max(len(frames), 1), 2),
        }
        self.packet = encode(header, self.scene.channels, frames)

    def _ended(self) -> dict | None:
        """Why no frame follows, and the update of the frame where the run now stands."""
        stopped = self.trainer.stopped
        return stopped and {"kind": stopped.kind, "reason": stopped.reason, "update": stopped.frame.update}
