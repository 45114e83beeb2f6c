"""Training by its controls: a live setting goes on from the frame shown, any other one starts anew."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import (
    Player,
    choose_tab,
    enter,
    expect_address,
    no_traceback,
    nudge,
    switch,
    unfold,
)

START = {"n": "60", "seed": "7", "optimizer": "sgd", "lr": "0.3", "batch": "10"}
# The label of a live setting, its key, its value in the link that is opened, and that one key press further.
# Those of a group are changed one after the other; where steps are held short, others would hardly be seen.
LIVE = {
    "penalties": {
        "L1": ("l1", "0.01", "0.03"),
        "L2": ("l2", "0.01", "0.03"),
        "Weight decay": ("decay", "0.01", "0.03"),
        "Label smoothing": ("smoothing", "0.1", "0.11"),
    },
    "weights": {"Max norm": ("max_norm", "0.3", "1")},
    "length": {"Clip gradient length": ("clip_norm", "0.01", "0.03")},
    "entries": {"Clip gradient entries": ("clip_value", "0.001", "0.003")},
}
RESTARTS: dict[str, tuple[dict[str, str], Callable[[Page], None], dict[str, str]]] = {
    "momentum": (
        {"optimizer": "momentum", "lr": "0.03"},
        lambda page: nudge(page, "Momentum", "ArrowLeft"),
        {"optimizer.momentum": "0.3"},
    ),
    "beta1": (
        {"optimizer": "adamw", "lr": "0.03"},
        lambda page: nudge(page, "β₁", "ArrowLeft"),
        {"optimizer.beta1": "0.3"},
    ),
    "full batch": ({}, lambda page: enter(page, "Batch size", 30), {"batch": "30"}),
    "no shuffle": ({}, lambda page: switch(page, "Shuffle"), {"shuffle": "false"}),
}


def opened(page: Page, settings: dict[str, str], *expanders: str) -> Player:
    """A small run, paused at frame 5, with the controls of training in view."""
    player = Player(page).open(f"/?{urlencode(settings)}")
    player.wait_for("frames > 12")
    choose_tab(page, "Training")
    for name in expanders:
        unfold(page, name)
    player.look([5])
    return player


@pytest.mark.parametrize("group", LIVE)
def test_a_live_setting_keeps_the_frames_before(page: Page, group: str) -> None:
    settings = START | {key: old for key, old, _ in LIVE[group].values()}
    player = opened(page, settings, "Regularisation")
    before = player.look(range(12))
    for label, (key, _, new) in LIVE[group].items():
        player.look([5])
        nudge(page, label)
        expect(player.part("earlier")).to_be_visible()  # the frames left behind
        settings |= {key: new}
        expect_address(page, **settings)
        player.play_to(11)
        after = player.look(range(12))
        assert after[:6] == before[:6], label
        assert all(old.numbers != new.numbers for old, new in zip(before[6:], after[6:], strict=True)), label
        player.part("earlier").click()
        before = after
    no_traceback(page)


@pytest.mark.parametrize("name", RESTARTS)
def test_any_other_setting_starts_anew_from_the_same_weights(page: Page, name: str) -> None:
    given, change, wanted = RESTARTS[name]
    player = opened(page, START | given, "Optimizer and schedule")
    before = player.look(range(12))
    player.look([5])
    change(page)
    player.wait_anew(frames=12)
    expect_address(page, **START | given | wanted)
    after = player.look(range(12))
    assert after[0].numbers == before[0].numbers
    assert all(old.numbers != new.numbers for old, new in zip(before[1:], after[1:], strict=True))
    no_traceback(page)


def test_a_full_batch_makes_one_update_an_epoch(page: Page) -> None:
    player = opened(page, START | {"batch": "15"})
    player.choose("stride", "1 update")
    player.part("step").click()
    player.wait_for("frame == 6 && epoch == 5")  # half of the points have been seen
    enter(page, "Batch size", 30)
    player.wait_for("frame == 0 && state === 'paused'")
    expect_address(page, **START | {"batch": "30"})
    for epoch in (1, 2, 3):
        player.part("step").click()
        player.wait_for(f"frame == {epoch} && epoch == {epoch}")
