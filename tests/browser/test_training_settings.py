"""Settings of training: a live one goes on from the frame shown, any other one starts anew."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.bench import Bench
from tests.browser.driver import Player, expect_address

START = {"n": "60", "seed": "7", "optimizer": "sgd", "lr": "0.3", "batch": "10"}
# Paths of live settings, their keys, their values in the link that is opened, and others.
# Those of a group are changed one after the other; where steps are held short, others would hardly be seen.
LIVE = {
    "penalties": {
        "regularization.l1": ("l1", 0.01, 0.03),
        "regularization.l2": ("l2", 0.01, 0.03),
        "regularization.weight_decay": ("decay", 0.01, 0.03),
        "loss.label_smoothing": ("smoothing", 0.1, 0.11),
    },
    "weights": {"regularization.max_norm": ("max_norm", 0.3, 1.0)},
    "length": {"regularization.clip_norm": ("clip_norm", 0.01, 0.03)},
    "entries": {"regularization.clip_value": ("clip_value", 0.001, 0.003)},
}
# What the link gives besides, the path that is changed, its new value, and how the address says it.
RESTARTS = {
    "momentum": (
        {"optimizer": "momentum", "lr": "0.03"},
        "optimizer.options.momentum",
        0.3,
        {"optimizer.momentum": "0.3"},
    ),
    "beta1": (
        {"optimizer": "adamw", "lr": "0.03"},
        "optimizer.options.beta1",
        0.3,
        {"optimizer.beta1": "0.3"},
    ),
    "full batch": ({}, "batch_size", 30, {"batch": "30"}),
    "no shuffle": ({}, "shuffle", False, {"shuffle": "false"}),
}


def opened(bench: Bench, settings: dict[str, str]) -> Player:
    """A small run, paused at frame 5."""
    player = bench.open(f"/?{urlencode(settings)}")
    player.wait_for("frames > 12")
    player.look([5])
    return player


@pytest.mark.parametrize("group", LIVE)
def test_a_live_setting_keeps_the_frames_before(bench: Bench, group: str) -> None:
    settings = START | {key: f"{old:g}" for key, old, _ in LIVE[group].values()}
    player = opened(bench, settings)
    before = player.look(range(12))
    for path, (key, _, new) in LIVE[group].items():
        player.look([5])
        bench.set(path, new)
        expect(player.part("earlier")).to_be_visible()  # the frames left behind
        settings |= {key: f"{new:g}"}
        expect_address(bench.page, **settings)
        player.play_to(11)
        after = player.look(range(12))
        assert after[:6] == before[:6], path
        assert all(old.numbers != new.numbers for old, new in zip(before[6:], after[6:], strict=True)), path
        player.part("earlier").click()
        before = after


@pytest.mark.parametrize("name", RESTARTS)
def test_any_other_setting_starts_anew_from_the_same_weights(bench: Bench, name: str) -> None:
    given, path, value, wanted = RESTARTS[name]
    player = opened(bench, START | given)
    before = player.look(range(12))
    player.look([5])
    bench.set(path, value)
    player.wait_anew(frames=12)
    expect_address(bench.page, **START | given | wanted)
    after = player.look(range(12))
    assert after[0].numbers == before[0].numbers
    assert all(old.numbers != new.numbers for old, new in zip(before[1:], after[1:], strict=True))


def test_a_full_batch_makes_one_update_an_epoch(bench: Bench) -> None:
    player = opened(bench, START | {"batch": "15"})
    player.choose("stride", "1 update")
    player.part("step").click()
    player.wait_for("frame == 6 && epoch == 5")  # half of the points have been seen
    bench.set("batch_size", 30)
    player.wait_for("frame == 0 && state === 'paused'")
    expect_address(bench.page, **START | {"batch": "30"})
    for epoch in (1, 2, 3):
        player.part("step").click()
        player.wait_for(f"frame == {epoch} && epoch == {epoch}")
