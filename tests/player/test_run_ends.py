"""How runs end and change course: stop rules, divergence, changed settings."""

import numpy as np
import pytest

from playground.player import run as runs
from playground.player.packet import decode
from playground.player.run import Run
from playground.training import Experiment, HiddenLayer
from tests.ui.watching import PER_EPOCH, SMALL, ask, changed, equal, open_run, part, seen

OPENING_FRAMES = 6
OPENING = OPENING_FRAMES * PER_EPOCH
MEMORISE = changed(data__dataset="random_labels", optimizer__lr=0.3, network__layers=(HiddenLayer(16),) * 2)
DIVERGING = changed(
    data__dataset="reg-plane",
    network__layers=(HiddenLayer(8, "linear"),) * 3,
    optimizer__name="momentum",
    optimizer__lr=0.2,
)
RULES = {
    "max_epochs": changed(stopping__max_epochs=10),
    "target_loss": changed(stopping__target_loss=0.66),
    "target_accuracy": changed(stopping__target_accuracy=0.6),
    "early_stopping": changed(MEMORISE, stopping__patience=8),
    "plateau": changed(data__dataset="random_labels", optimizer__lr=1e-5, stopping__plateau=8),
    "diverged": DIVERGING,
}


def play(run: Run, *, after: int, count: int = 7, stride: int = 1) -> tuple[dict, list[int]]:
    """Pull until the run ends, as a player does: the last header, and the updates of all frames."""
    updates: list[int] = []
    for _ in range(60):
        header, columns = ask(run, after, count=count, stride=stride)
        updates += columns["update"].tolist() if columns else []
        after = updates[-1] if updates else after
        if header["ended"]:
            return header, updates
    raise AssertionError("the run does not end")


@pytest.mark.parametrize("kind", RULES)
def test_a_stop_rule_ends_a_run_with_a_reason(kind: str) -> None:
    run = open_run(RULES[kind])
    header, updates = play(run, after=0)
    assert header["ended"]["kind"] == kind
    assert header["ended"]["reason"].endswith(".")
    assert header["ended"]["update"] in [0, *updates]  # the player holds the frame to rest at
    assert updates == [PER_EPOCH * k for k in range(1, len(updates) + 1)]


@pytest.mark.parametrize("kind", RULES)
def test_the_opening_of_an_ended_run_says_so(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "OPENING_FRAMES", 200)
    header, columns = seen(open_run(RULES[kind]))
    assert header["ended"]["kind"] == kind
    assert header["ended"]["update"] in columns["update"]


@pytest.mark.parametrize("kind", RULES)
@pytest.mark.parametrize("back", [0, 1, 2])
def test_the_last_chunk_asked_twice_is_the_same(kind: str, back: int) -> None:
    """A lost answer is asked for again; also when it begins where an ended run has come to rest."""
    run = open_run(RULES[kind])
    header, updates = play(run, after=0)
    rest = header["ended"]["update"]
    after = ([0, *updates])[max(0, [0, *updates].index(rest) - back)]
    first, columns = ask(open_run(RULES[kind]), after, count=60)
    assert first["ended"] == header["ended"]
    for _ in range(2):
        again, others = ask(run, after, count=60)
        assert again["ended"] == header["ended"]
        assert again["count"] == first["count"]
        assert equal(columns, others)


@pytest.mark.parametrize("kind", ["early_stopping", "target_loss", "max_epochs"])
def test_nothing_follows_the_end(kind: str) -> None:
    run = open_run(RULES[kind])
    _, updates = play(run, after=0)
    again, columns = ask(run, updates[-1])
    assert again["ended"]["kind"] == kind
    assert again["count"] == 0
    assert columns == {}


def test_a_diverged_run_keeps_finite_frames_only() -> None:
    run = open_run(DIVERGING)
    _, updates = play(run, after=0)
    _, columns = ask(run, 0, count=60)
    assert columns["update"].tolist() == updates == [4, 8, 12, 16, 20]
    for channel in run.scene.channels:
        if channel.type != "f4":  # there, what is too large for four bytes is infinite
            assert np.isfinite(columns[channel.name]).all(), channel.name


def test_a_diverged_run_can_be_watched_again_update_by_update() -> None:
    run = open_run(DIVERGING)
    header, updates = play(run, after=0)
    assert updates[-1] == 20
    for after in (12, 20, 16):
        closer, columns = ask(run, after, count=60, stride=0)
        ended = {
            **closer["ended"],
            "reason": header["ended"]["reason"],
        }  # its words depend on the frames drawn
        assert ended == header["ended"]
        assert closer["count"] == 20 - after
        assert columns == {} or columns["update"].tolist() == list(range(after + 1, 21))


def test_early_stopping_after_a_new_server_ends_in_the_same_place() -> None:
    experiment = RULES["early_stopping"]
    header, updates = play(open_run(experiment), after=0)
    new = open_run(experiment)
    again, rest = play(new, after=updates[-2])
    assert again["ended"] == header["ended"]
    assert rest == updates[-1:]


# ---- changed settings


def change(run: Run, **settings: object) -> dict:
    run.change([changed(run.experiments[0], **settings)])
    return decode(run.packet, run.scene.channels)[0]


def test_a_live_change_cuts_what_was_trained_ahead() -> None:
    run = open_run()
    opening, _ = seen(run)
    header = change(run, optimizer__lr=0.3)
    assert header["cut"] is True
    assert header["run"] == opening["run"] == run.id
    assert header["count"] == 0
    assert "scene" not in header
    assert header["fingerprint"] != opening["fingerprint"]
    assert header["packet"] != opening["packet"]
    assert change(run, optimizer__lr=0.01)["fingerprint"] not in (
        header["fingerprint"],
        opening["fingerprint"],
    )


@pytest.mark.parametrize("shown", [OPENING, OPENING - 2 * PER_EPOCH, 0])
def test_a_live_change_is_in_force_from_the_frame_that_is_shown(shown: int) -> None:
    """The server has trained ahead of what the visitor sees; the change must hold from there all the same."""
    run = open_run()
    _, before = seen(run)
    change(run, optimizer__lr=0.3)
    header, after = ask(run, shown, count=3)
    assert header["ended"] is None
    assert after["update"].tolist() == [shown + PER_EPOCH * k for k in (1, 2, 3)]
    assert run.experiments[0].optimizer.lr == 0.3
    assert run.trainers[0].frame.learning_rate == 0.3
    if shown < OPENING:
        place = shown // PER_EPOCH + 1
        assert not equal(part(after, slice(1)), part(before, slice(place, place + 1)))
    _, again = ask(run, shown, count=3)
    assert equal(after, again)


def test_settings_stay_changed_however_far_the_visitor_goes_back() -> None:
    run = open_run()
    change(run, regularization__l2=0.1)
    for after in (OPENING, 8, 0, 4):
        ask(run, after, count=2)
        assert run.experiments[0].regularization.l2 == 0.1


def test_stop_rules_can_be_set_and_lifted_while_a_run_is_under_way() -> None:
    run = open_run()
    change(run, stopping__max_epochs=8)
    header, updates = play(run, after=OPENING)
    assert header["ended"]["kind"] == "max_epochs"
    assert updates == [28, 32]
    change(run, stopping__max_epochs=0)
    header, columns = ask(run, 32, count=2)
    assert header["ended"] is None
    assert columns["update"].tolist() == [36, 40]


def test_the_fingerprint_is_that_of_the_experiment() -> None:
    prints = {seen(open_run(e))[0]["fingerprint"] for e in (SMALL, changed(seed=1), changed(batch_size=20))}
    assert len(prints) == 3
    assert seen(open_run(Experiment.from_json(SMALL.to_json())))[0]["fingerprint"] in prints
