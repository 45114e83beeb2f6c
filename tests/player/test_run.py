"""A run being watched: the same request brings the same frames, however often it is asked."""

import json
from collections.abc import Sequence

import numpy as np
import pytest

from playground.limits import CHUNK_FRAMES, HISTORY_BYTES, RUN_BYTES
from playground.panels.timeline import timeline
from playground.player import run as runs
from playground.player.packet import Channel
from playground.player.run import Run
from playground.player.scene import ALL, ChannelSource, FrameContext, Scene
from playground.training import Experiment, HiddenLayer, Trainer
from tests.ui.watching import PER_EPOCH, SMALL, ask, changed, equal, joined, open_run, part, seen

OPENING_FRAMES = 6
LIVELY = changed(
    network__layers=(HiddenLayer(4, "tanh", "batch_norm", 0.2), HiddenLayer(4, "relu")),
    network__residual=True,
    regularization__input_noise=0.1,
    optimizer__name="amsgrad",
    schedule__name="cosine",
)
EXPERIMENTS = {
    "small": SMALL,
    "lively": LIVELY,
    "many classes": changed(data__dataset="blobs", data__classes=5),
    "regression": changed(data__dataset="reg-gauss"),
    "many weights": changed(network__layers=(HiddenLayer(12),) * 3),
}


def test_the_opening_brings_the_scene_and_frames_from_before_training_on() -> None:
    run = open_run()
    header, columns = seen(run)
    assert header["run"] == run.id
    assert header["ended"] is None
    assert header["scene"] == json.loads(json.dumps(run.scene.describe()))
    assert columns["update"].tolist() == [PER_EPOCH * k for k in range(OPENING_FRAMES + 1)]
    assert columns["epoch"].tolist() == list(range(OPENING_FRAMES + 1))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_run_is_the_same_every_time(name: str) -> None:
    one, other = open_run(EXPERIMENTS[name]), open_run(EXPERIMENTS[name])
    assert equal(seen(one)[1], seen(other)[1])
    assert one.id != other.id
    assert seen(one)[0]["fingerprint"] == seen(other)[0]["fingerprint"]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_numbers_of_a_frame_are_those_of_the_trainer(name: str) -> None:
    _, columns = seen(open_run(EXPERIMENTS[name]))
    trainer = Trainer(EXPERIMENTS[name])
    frames = [trainer.frame, *trainer.advance(PER_EPOCH * OPENING_FRAMES)]
    for k, frame in enumerate(frames):
        assert columns["gradient_norms"][k].tolist() == list(frame.gradient_norms)
        for metric, value in frame.metrics.items():
            assert columns[metric][k] == value


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_asking_twice_brings_the_same_frames(name: str) -> None:
    run = open_run(EXPERIMENTS[name])
    _, opening = seen(run)
    end = int(opening["update"][-1])
    header, first = ask(run, end, id=7)
    again, second = ask(run, end, id=8)
    assert (header["answer"], again["answer"]) == (7, 8)
    assert header["packet"] != again["packet"]
    assert header["count"] == 5
    assert equal(first, second)


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("old", [0, 3])
def test_going_on_from_an_old_frame_brings_what_came_then(name: str, old: int) -> None:
    run = open_run(EXPERIMENTS[name])
    _, opening = seen(run)
    _, replayed = ask(run, PER_EPOCH * old, count=OPENING_FRAMES - old)
    assert equal(replayed, part(opening, slice(old + 1, None)))


def test_chunks_of_any_size_make_one_run() -> None:
    small, large = open_run(), open_run()
    end = at = PER_EPOCH * OPENING_FRAMES
    chunks = []
    for count in (1, 2, 4):
        chunks.append(ask(small, at, count=count)[1])
        at += PER_EPOCH * count
    assert equal(joined(*chunks), ask(large, end, count=7)[1])


def test_strides_are_epochs_or_at_zero_single_updates() -> None:
    run = open_run()
    assert ask(run, 8, count=3, stride=1)[1]["update"].tolist() == [12, 16, 20]
    assert ask(run, 8, count=3, stride=0)[1]["update"].tolist() == [9, 10, 11]
    _, columns = ask(run, 10, count=3, stride=0)
    assert columns["batch"].tolist() == [3, 0, 1]
    assert columns["epoch"].tolist() == [2, 3, 3]
    assert columns["progress"].tolist() == [2.75, 3.0, 3.25]
    assert ask(run, 9, count=2, stride=1)[1]["update"].tolist() == [12, 16]
    assert ask(run, 0, count=3, stride=10)[1]["update"].tolist() == [40, 80, 120]
    assert ask(run, 0, count=1, stride=10**9)[1]["update"].tolist() == [PER_EPOCH * runs.MAX_STRIDE]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_stride_changes_which_frames_are_drawn_but_not_the_run(name: str) -> None:
    run = open_run(EXPERIMENTS[name])
    _, epochs = ask(run, 0, count=4, stride=1)
    _, updates = ask(run, 0, count=16, stride=0)
    _, leaps = ask(run, 0, count=2, stride=2)
    weights = "weights" if "weights" in updates else "weights_edges_weights"
    for channel in ("surface", "unit_maps", weights, "train_loss", "test_loss"):
        np.testing.assert_array_equal(updates[channel][3::4], epochs[channel])
        np.testing.assert_array_equal(leaps[channel], epochs[channel][1::2])


def test_an_answer_is_bounded() -> None:
    assert ask(open_run(), 0, count=10**6)[0]["count"] == CHUNK_FRAMES


def test_a_chunk_ends_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    run = open_run()
    ticks = iter(np.arange(0.0, 40.0, 0.08))
    monkeypatch.setattr(runs, "perf_counter", lambda: next(ticks))
    header, columns = ask(run, 0, count=50)
    assert 1 <= header["count"] < 6
    assert header["server_ms"] > 0.0
    monkeypatch.setattr(runs, "perf_counter", iter(np.arange(0.0, 1e6, 1e3)).__next__)
    assert ask(run, 0, count=50)[0]["count"] == 1  # however slow, the run goes on
    assert columns["update"][0] == PER_EPOCH


def test_a_player_goes_on_after_the_server_has_been_started_again() -> None:
    """It holds more frames than the new server has trained, and asks for those after them."""
    for experiment in EXPERIMENTS.values():
        old = open_run(experiment)
        fingerprint = seen(old)[0]["fingerprint"]
        ask(old, 24, count=20)
        _, expected = ask(old, 104, count=6)
        new = open_run(experiment)
        assert seen(new)[0]["fingerprint"] == fingerprint
        header, columns = ask(new, 104, count=6)
        assert header["ended"] is None
        assert equal(columns, expected)


def test_a_scene_request_begins_again() -> None:
    run = open_run()
    first, columns = seen(run)
    ask(run, 24)
    run.answer({"kind": "scene"})
    header, again = seen(run)
    assert header["scene"] == first["scene"]
    assert header["packet"] != first["packet"]
    assert header["run"] == run.id
    assert equal(again, columns)


def test_bytes_of_a_frame_of_the_default_run() -> None:
    """What is measured is what travels: header and body of every answer while playing, and while stepping."""
    run = open_run(Experiment())
    after, total, frames = 0, 0, 0
    for count in (45, 45, 45, 2, 2):  # 45: what the player asks for at 30 frames a second
        header, columns = ask(run, after, count=count)
        assert header["count"] == count
        assert len(run.packet) / count <= 6000
        after = int(columns["update"][-1])
        total, frames = total + len(run.packet), frames + count
    assert total / frames <= 4000


def compared(trainers: Sequence[Trainer]) -> Scene:
    """A scene without panels that tells the test loss of all trainers."""

    def losses(moments: Sequence[FrameContext]) -> list[float]:
        return [moment.frame.metrics["test_loss"] for moment in moments]

    merge_channels = ChannelSource(Channel("losses", "f8", (len(trainers),)), losses, run=ALL)
    return Scene("lab", [], [*timeline(trainers[0]), merge_channels], {})


def test_many_networks_share_the_memory_of_a_few() -> None:
    run = Run([SMALL] * 8, compared)
    assert [track.trainer.history.budget for track in run.tracks] == [RUN_BYTES // 8] * 8
    alone = Run([SMALL], compared)
    assert alone.tracks[0].trainer.history.budget == HISTORY_BYTES


def test_a_channel_may_look_at_all_networks() -> None:
    experiments = [SMALL, SMALL.replace("seed", 1), SMALL.replace("seed", 2)]
    run = Run(experiments, compared)
    _, columns = ask(run, 0, 2)
    assert run.seek(int(columns["update"][1]))
    losses = [trainer.frame.metrics["test_loss"] for trainer in run.trainers]
    assert columns["losses"][1].tolist() == losses


def test_a_change_that_is_taken_back_before_it_is_as_if_it_had_not_been() -> None:
    run, plain = open_run(SMALL), open_run(SMALL)
    run.change([SMALL.replace("optimizer.lr", 1.0)])
    ask(run, 6 * PER_EPOCH, 4)
    run.seek(2 * PER_EPOCH)
    run.change([SMALL])
    _, columns = ask(run, 2 * PER_EPOCH, 8)
    assert equal(columns, ask(plain, 2 * PER_EPOCH, 8)[1])
    assert run.trainers[0].experiment == run.experiments[0] == SMALL
