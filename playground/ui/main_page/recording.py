"""A run recorded for a page without a server: one packet with its scene and frames from first to last."""

import secrets

import numpy as np

from playground.export import animation_html, chosen, undisturbed
from playground.limits import MAX_RECORDED_BYTES, MAX_RECORDED_FRAMES
from playground.player import BROWSER
from playground.player.packet import DTYPES, encode
from playground.player.run import Run
from playground.text import _

END = _("The recording ends here.")


def record(run: Run) -> bytes:
    """The packet. Long runs are thinned evenly, to what a file may hold; the run stays as it is."""
    history = run.trainers[0].history
    stops = [trainer.stopped for trainer in run.trainers]
    size = sum(channel.size * np.dtype(DTYPES[channel.type]).itemsize for channel in run.scene.channels)
    indices = set(chosen(len(history), min(MAX_RECORDED_FRAMES, MAX_RECORDED_BYTES // size)))
    ended = {"kind": "recorded", "reason": END, "update": history[-1].update}
    if all(stops):
        reason = " ".join(dict.fromkeys(stop.reason for stop in stops))
        ended = {"kind": stops[0].kind, "reason": reason, "update": stops[0].frame.update}
        indices.add(stops[0].frame.index)
    frames = []
    with undisturbed(*run.trainers):
        for index in sorted(indices):
            run.seek(history[index].update)
            frames.append(run.scene.measure([track.moment() for track in run.tracks]))
    header = {"packet": secrets.token_hex(4), "run": run.id, "fingerprint": run.id, "ended": ended}
    scene = {**run.scene.describe(), "drawing": None}
    return encode({**header, "scene": scene, "server_ms": 0}, run.scene.channels, frames)


def recording_html(run: Run, *, title: str) -> str:
    """The run as one HTML file that plays offline."""
    return animation_html(record(run), title=title, player=BROWSER)
