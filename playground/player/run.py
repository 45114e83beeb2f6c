"""Run: the server's side of a player. Holds one visitor's trainers and answers the player's requests.

The browser pulls. A request says after which update it wants frames; the run goes there first, so a request
that is asked twice is answered twice with the same frames, and going on from an old frame needs nothing
special.

Several trainers share one timeline, in epochs. Updates on the wire are those of the first trainer.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from math import inf
from threading import RLock
from time import perf_counter
from typing import Any, Generic

from playground.limits import CHUNK_FRAMES, CHUNK_SECONDS, HISTORY_BYTES, OPENING_SECONDS, RUN_BYTES
from playground.player.locks import synchronized
from playground.player.messages import Outbox, whole_numbers
from playground.player.packet import Plain, Values
from playground.player.scene import Scene
from playground.player.track import Track
from playground.training import NetworkEdit, Trainer
from playground.training.description import Described
from playground.training.plan import Change

SceneMaker = Callable[[Sequence[Trainer[Any]]], Scene]

OPENING_FRAMES = 46  # with these the first seconds play without the server
MAX_STRIDE = 100  # epochs between two frames
MAX_SECONDS = 1.0  # for one answer: longer ways are gone in several


class Run(Generic[Described]):
    """A run being watched. `outbox` holds what the player should be given now.

    experiments: one for each trainer. changes: live settings to be made on the way, for each trainer.
    label: how the run before this one differed, for the curves that stay of it.
    """

    def __init__(
        self,
        experiments: Sequence[Described],
        make_scene: SceneMaker,
        *,
        changes: Sequence[Sequence[Change[Described]]] = (),
        label: str = "",
    ) -> None:
        self.first_experiments = tuple(experiments)
        self.id = secrets.token_hex(6)
        self.outbox = Outbox()
        self.turn = RLock()
        plans = changes or [()] * len(experiments)
        budget = min(HISTORY_BYTES, RUN_BYTES // len(experiments))
        self.tracks = [
            Track(experiment, tuple(plan), history_bytes=budget)
            for experiment, plan in zip(experiments, plans, strict=True)
        ]
        self._branches = 0
        self._planned = any(plans)
        self._label = label
        self.show(make_scene)

    @property
    def experiments(self) -> tuple[Described, ...]:
        """The settings in force, or about to be."""
        return tuple(track.experiment for track in self.tracks)

    @property
    def packet(self) -> bytes:
        """What the player should be given now."""
        return self.outbox.packet

    @property
    def trainers(self) -> list[Trainer[Described]]:
        return [track.trainer for track in self.tracks]

    @synchronized
    def show(self, make_scene: SceneMaker) -> None:
        """Show this run in a (new) scene, from its first frame on; what was trained is not trained again."""
        self._make_scene = make_scene
        self._seek(0)
        self.scene = make_scene(self.trainers)
        self.begin()

    @synchronized
    def begin(self) -> None:
        """A packet with the scene and the first frames."""
        started = perf_counter()
        self._seek(0)
        frames = [self._measure()]
        frames += self._next_frames(OPENING_FRAMES, self.tracks[0].trainer.updates_per_epoch, OPENING_SECONDS)
        scene = {"scene": self.scene.describe(), "fingerprint": self._fingerprint(), "label": self._label}
        self._send(frames, started, **scene)

    @synchronized
    def change(self, experiments: Sequence[Described], *, label: str = "", words: str | None = None) -> None:
        """Change live settings: the player drops what was trained ahead, and goes on from the frame it
        shows. words: what there is to say from now on in the place of the scene's words; None: as before.
        """
        for track, experiment in zip(self.tracks, experiments, strict=True):
            if experiment != track.experiment:
                track.set_pending(experiment)
        self._branches += 1
        cut = {"cut": True, "label": label, "words": words, "fingerprint": self._fingerprint()}
        self.outbox.put({"run": self.id, **cut})

    @synchronized
    def edit(self, update: object, edit: NetworkEdit, *, label: str = "") -> None:
        """Set a weight or bias by hand at a moment the player holds: it drops what came after that moment and
        takes the edited frame in the place of its own. ExperimentError if it cannot be set.
        """
        started = perf_counter()
        if self.seek(update):
            self.tracks[0].edit(edit)
            self._branches += 1
            cut = {"cut": True, "label": label, "fingerprint": self._fingerprint()}
            self._send([self._measure()], started, **cut)

    @synchronized
    def note(self, /, panel: str, **words: object) -> None:
        """Say a word to one panel of the player."""
        self.outbox.put({"run": self.id, "note": {"panel": panel, **words}})

    @synchronized
    def seek(self, update: object) -> bool:
        """Bring the run to a moment the player holds; False if that is none."""
        if type(update) is not int or not 0 <= update <= self._latest():
            return False
        return self._seek(update)

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
        numbers = whole_numbers(request, "id", "after", "count", "stride")
        if numbers is None:
            return
        id, after, count, stride = numbers
        started = perf_counter()
        per_epoch = self.tracks[0].trainer.updates_per_epoch
        deadline = started + MAX_SECONDS
        frames: list[Values] = []
        if self._seek(after, deadline) or self._ended():
            for track in self.tracks:
                track.apply_pending()
            every = min(stride, MAX_STRIDE) * per_epoch or 1
            frames = self._next_frames(min(count, CHUNK_FRAMES), every, CHUNK_SECONDS, deadline)
        self._send(frames, started, answer=id)

    def _latest(self) -> int:
        return self.tracks[0].trainer.history[-1].update

    def _seek(self, update: int, deadline: float = inf) -> bool:
        """Bring all trainers to the same moment; False if none of them gets there (in time)."""
        per_epoch = self.tracks[0].trainer.updates_per_epoch
        arrived = [
            track.seek(update * track.trainer.updates_per_epoch // per_epoch, deadline=deadline)
            for track in self.tracks
        ]
        return any(arrived)

    def _next_frames(self, count: int, every: int, seconds: float, deadline: float = inf) -> list[Values]:
        """Up to `count` more frames, one every so many updates, as far as the time allows.

        seconds: after which no further frame is begun. deadline: at which even the first is given up; the
        player asks again, and what was trained for it is not lost.
        """
        frames: list[Values] = []
        end = perf_counter() + seconds
        update = self._now()
        while len(frames) < count and not (frames and perf_counter() > end):
            update = (update // every + 1) * every
            if not self._seek(update, deadline):
                break
            frames.append(self._measure())
        return frames

    def _now(self) -> int:
        """Where the run stands: the update of the trainer that has come furthest, in those of the first."""
        per_epoch = self.tracks[0].trainer.updates_per_epoch
        return max(-(-track.update * per_epoch // track.trainer.updates_per_epoch) for track in self.tracks)

    def _measure(self) -> Values:
        return self.scene.measure([track.moment() for track in self.tracks])

    def _send(self, frames: Sequence[Values], started: float, **header: object) -> None:
        header |= {
            "run": self.id,
            "ended": self._ended(),
            "advice": self._advice(),
            "server_ms": round(1e3 * (perf_counter() - started) / max(len(frames), 1), 2),
        }
        self.outbox.put(header, self.scene.channels, frames)

    def _advice(self) -> Plain | None:
        """What there is to say where the run stands now, and from which update on that holds."""
        if self.scene.advise is None:
            return None
        moment = self.tracks[0].moment()
        return {"update": moment.frame.update, "messages": self.scene.advise(moment)}

    def _ended(self) -> Plain | None:
        """Why no frame follows, and the update of the frame where the run now stands."""
        stops = [stop for track in self.tracks if (stop := track.trainer.stopped) is not None]
        if len(stops) < len(self.tracks):
            return None
        reason = " ".join(dict.fromkeys(stop.reason for stop in stops))
        return {"kind": stops[0].kind, "reason": reason, "update": stops[0].frame.update}

    def _fingerprint(self) -> str:
        """Equal for runs with the same frames and the same scene: a player that holds some goes on with
        another server's run.
        """
        lineage = f"{self.id}/{self._branches}" if self._branches or self._planned else ""
        text = "".join(experiment.to_json() for experiment in self.experiments)
        scene = ",".join([*(panel.id for panel in self.scene.panels), *self.scene.view.get("hide", ())])
        return hashlib.sha256((text + lineage + scene).encode()).hexdigest()
