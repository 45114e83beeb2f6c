"""Runs of one visit: three or four side by side on one timeline, and any of them opened again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from playground.datasets import DATASETS
from playground.figures import theme
from tests.browser.driver import (
    Player,
    choose,
    choose_tab,
    enter,
    expect_address,
    no_traceback,
    open_menu,
    switch,
    unfold,
)

START = {"n": "60", "seed": "7"}
# What makes the next run another one, and how the list of differences says so.
CHANGES: list[tuple[Callable[[Page], None], str]] = [
    (lambda page: choose(page, "Optimizer", "Lion"), "Optimizer Adam → Lion"),
    (lambda page: enter(page, "Batch size", 10), "Batch size 32 → 10"),
    (lambda page: switch(page, "Shuffle"), "Shuffle on → off"),
]
SURFACES = """() => Array.from(
  document.querySelectorAll('[data-testid^="panel-boundary-"] canvas.surface'), (canvas) => canvas.toDataURL()
)"""


def several_runs(page: Page, count: int) -> Player:
    """So many runs, each with one more setting changed than the one before."""
    player = Player(page).open("/?" + "&".join(f"{key}={text}" for key, text in START.items()))
    player.wait_for("frames > 5")
    player.look([5])
    choose_tab(page, "Training")
    unfold(page, "Optimizer and schedule")
    for change, _ in CHANGES[: count - 1]:
        player.look([5])
        change(page)
        player.wait_anew(frames=5)
    return player


def told(player: Player, count: int) -> list[str]:
    """The text alternatives of the boundaries."""
    return [
        player.panel(f"boundary-{k}").locator(".panel-body").get_attribute("aria-label") for k in range(count)
    ]


@pytest.mark.parametrize("count", [3, 4])
def test_several_runs_share_one_timeline(page: Page, count: int) -> None:
    player = several_runs(page, count)
    open_menu(page, "Runs")
    for k in range(1, count + 1):
        box = page.get_by_role("checkbox", name=f"Compare run {k}")
        box.check(force=True)
        expect(box).to_be_checked()
    player.look([5])
    page.get_by_role("button", name=f"Compare {count} runs").click()
    for k in range(count):
        expect(player.panel(f"boundary-{k}")).to_be_visible()
    expect(player.panel(f"boundary-{count}")).to_have_count(0)
    page.keyboard.press("Escape")
    sidebar = page.get_by_test_id("stSidebar")
    for k, (_, words) in enumerate(CHANGES[: count - 1]):  # each run against the first
        expect(sidebar.get_by_text(words)).to_have_count(count - 1 - k)
    player.wait_anew(frames=6)
    for frame in (2, 6):
        player.part("timeline").fill(str(frame))
        player.wait_for(f"frame == {frame}")
        assert all(f"after {frame} epochs" in text for text in told(player, count))
    later = page.evaluate(SURFACES)
    assert len(set(later)) == count, "every run has a picture of its own"
    player.part("timeline").fill("2")
    player.wait_for("frame == 2")
    assert all(old != new for old, new in zip(page.evaluate(SURFACES), later, strict=True))
    expect(player.panel("loss").locator(".number")).to_have_count(count)
    for k, color in enumerate(theme.RUN_COLORS[:count]):
        rgb = ", ".join(str(int(color[i : i + 2], 16)) for i in (1, 3, 5))
        expect(player.panel("loss").locator(f".number.run{k} b")).to_have_css("color", f"rgb({rgb})")
    first = page.evaluate(SURFACES), told(player, count)
    page.reload()  # the link alone brings the runs back
    player.wait_for("frames > 6 && frame >= 0")
    player.pause()
    for k, (_, words) in enumerate(CHANGES[: count - 1]):
        expect(sidebar.get_by_text(words)).to_have_count(count - 1 - k)
    player.part("timeline").fill("2")
    player.wait_for("frame == 2")
    assert (page.evaluate(SURFACES), told(player, count)) == first
    no_traceback(page)


def test_a_run_of_this_visit_is_opened_again(page: Page) -> None:
    player = Player(page).open("/?" + "&".join(f"{key}={text}" for key, text in START.items()))
    player.wait_for("frames > 12")
    first = player.look(range(12))
    choose(page, "Dataset", DATASETS["moons"].label)
    expect_address(page, **START, dataset="moons")
    player.wait_anew(frames=12)
    assert player.look([11])[0].picture != first[11].picture
    open_menu(page, "Runs")
    runs = page.get_by_test_id("stPopoverBody")
    expect(runs).to_contain_text(re.compile(r"2\. Moons:.*1\. Circle:", re.DOTALL))
    runs.get_by_role("button", name="Open", exact=True).last.click()
    expect_address(page, **START)
    player.wait_anew(frames=12)
    assert player.look(range(12)) == first
    menu = page.get_by_role("combobox", name="Dataset", exact=True)
    expect(menu).to_have_count(1)  # the one before may still be leaving
    expect(menu).to_have_value(DATASETS["circle"].label)
    no_traceback(page)
