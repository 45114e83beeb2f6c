"""A recorded run: the frames that the player would have been sent, in one packet."""

import json

import numpy as np

from playground.limits import MAX_RECORDED_FRAMES
from playground.player.packet import decode
from playground.ui.main_page import recording
from playground.ui.main_page.recording import record
from tests.ui.watching import changed, equal, open_run, seen

OPENING_FRAMES = 6


def test_the_frames_are_those_that_the_player_gets():
    run = open_run()
    header, columns = decode(record(run), run.scene.channels)
    shown = {**run.scene.describe(), "drawing": None}  # nobody draws in a recording
    assert header["scene"] == json.loads(json.dumps(shown))
    assert equal(columns, seen(run)[1])
    assert header["count"] == 1 + OPENING_FRAMES
    assert header["ended"] == {
        "kind": "recorded",
        "reason": "The recording ends here.",
        "update": int(columns["update"][-1]),
    }


def test_the_run_goes_on_as_if_nothing_had_been():
    run, other = open_run(), open_run()
    for each in (run, other):
        each.trainers[0].train(epochs=5)
        assert each.seek(8)
    record(run)
    mine, theirs = run.trainers[0], other.trainers[0]
    assert mine.frame == theirs.frame
    assert mine.train(epochs=5) == theirs.train(epochs=5)


def test_a_run_that_has_ended_says_why():
    run = open_run(changed(stopping__max_epochs=6))
    run.trainers[0].train(epochs=6)
    header, columns = decode(record(run), run.scene.channels)
    assert header["ended"]["kind"] == "max_epochs"
    assert header["ended"]["update"] == columns["update"][-1]
    assert run.trainers[0].stopped.kind == "max_epochs"


def test_the_best_frame_of_early_stopping_is_among_the_frames(monkeypatch):
    run = open_run(changed(stopping__patience=3, optimizer__lr=0.5))
    trainer = run.trainers[0]
    trainer.train(epochs=200)
    assert trainer.stopped.kind == "early_stopping"
    assert trainer.frame.index not in (0, len(trainer.history) - 1)
    monkeypatch.setattr(recording, "MAX_RECORDED_FRAMES", 2)
    header, columns = decode(record(run), run.scene.channels)
    assert header["count"] == 3
    assert header["ended"]["update"] == columns["update"][1] == trainer.frame.update


def test_long_and_large_runs_are_thinned(monkeypatch):
    run = open_run()
    run.trainers[0].train(epochs=MAX_RECORDED_FRAMES)
    header, columns = decode(record(run), run.scene.channels)
    assert MAX_RECORDED_FRAMES / 2 <= header["count"] <= MAX_RECORDED_FRAMES
    assert (columns["update"][0], columns["update"][-1]) == (0, run.trainers[0].history[-1].update)
    assert np.ptp(np.diff(columns["epoch"])[:-1]) == 0
    size = sum(values[0].nbytes for values in columns.values())
    monkeypatch.setattr(recording, "MAX_RECORDED_BYTES", 10 * size)
    assert 5 <= decode(record(run), run.scene.channels)[0]["count"] <= 10
