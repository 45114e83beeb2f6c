"""The lab on overfitting, as a visitor meets it."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from playground.training import Experiment
from tests.browser import labs
from tests.browser.bench import Bench
from tests.browser.driver import Player, choose, choose_tab, expect_address
from tests.browser.labs import OVERFLOW, assert_same_elsewhere, see, task

LAB = "/overfitting"
SMALL = f"{LAB}?v=1&layers=7-tanh~7-tanh&n=200&train=0.2&noise=0.2&flips=0.1&remedies=none~dropout"
HELD = {"layers": "7-tanh~7-tanh", "n": "200", "train": "0.2", "noise": "0.2", "flips": "0.1"}
BY_HEART = f"{LAB}?v=1&layers=32-relu~32-relu~32-relu&init=he_normal&train=0.08&noise=0.2&flips=0.3&batch=10"

# What the figure of the losses holds for its first network: how long its curves are, where the mark stands.
GAPS = """() => {
  const { data } = document.querySelector('[data-testid="panel-gaps"] .plot');
  return { train: data[0].y.length, test: data[1].y.length, filled: data[1].fill,
    lowest: Math.min(...data[1].y), mark: [data[2].x[0], data[2].y[0], data[2].error_y.arrayminus[0]] };
}"""

KNOB = """() => document.querySelector('[data-testid="panel-knob_error"] .plot').data.map(
  ({ y, error_y }) => ({ y: Array.from(y), spread: Array.from(error_y.array) }))"""


def test_on_arrival_a_network_learns_its_points_by_heart_beside_three_that_do_not(bench: Bench) -> None:
    player = bench.open(LAB)
    player.wait_for("state === 'playing' && frame > 60")
    verdicts = player.panel("fits").locator(".verdict")
    expect(verdicts.nth(0)).to_have_text("fits the noise")
    expect(verdicts.nth(3)).to_have_text("stopped at its best")
    titles = ["No remedy", "L2", "Dropout", "Early stopping"]
    for k, title in enumerate(titles):
        expect(player.panel(f"boundary-{k}").locator("h3")).to_have_text(f"{k + 1}. {title}")
    for k, strength in ((1, "0.01"), (2, "0.3")):
        expect(player.panel(f"boundary-{k}")).to_contain_text(f"strength {strength}")
    expect(player.panel("masks").locator(".plot .hm").first).to_be_visible()
    for name in ("hold", "by_heart", "few"):
        expect(task(bench.page, "overfitting", name)).to_have_attribute("data-done", "false")
    expect_address(bench.page)


def test_the_gap_is_shaded_and_the_best_epoch_marked(bench: Bench) -> None:
    player = bench.open(LAB)
    player.wait_for("frames > 50 && frame > 40")
    player.pause()
    player.page.wait_for_function(f"({GAPS})().train === {player.frame + 1}")
    seen = player.page.evaluate(GAPS)
    assert seen["test"] == seen["train"]
    assert seen["filled"] == "tonexty"
    assert seen["mark"] == [15, seen["lowest"], seen["lowest"]]
    expect(player.panel("gaps").locator(".plot .js-fill").first).to_be_attached()


def test_scrubbing_back_shows_what_was_there(bench: Bench) -> None:
    player = bench.open(LAB)
    player.wait_for("frames > 20 && frame > 3")
    player.pause()
    start, end = see(player, 0), see(player, 20)
    assert len(start["pictures"]) == 4
    assert all(a != b for a, b in zip(start["pictures"], end["pictures"], strict=True))
    assert start["words"] != end["words"]
    assert see(player, 0) == start
    expect(player.panel("gaps").locator(".cursor i")).to_have_count(4)


def test_a_changed_control_and_a_reloaded_link_show_the_same(page: Page, new_page) -> None:
    player = Player(page).open(SMALL)
    player.wait_for("frames > 10")
    choose_tab(page, "Compare")
    page.get_by_role("button", name="Early stopping").click()
    expect(player.panel("boundary-2").locator("h3")).to_have_text("3. Early stopping")
    choose_tab(page, "Data and network")
    choose(page, "Dataset", "Moons")
    expect_address(page, remedies="none~dropout~early_stopping", dataset="moons", **HELD)
    assert_same_elsewhere(player, new_page, (0, 5, 10))


def test_a_sweep_draws_means_with_their_spread(page: Page) -> None:
    player = Player(page).open(SMALL)
    player.wait_for("frames > 1")
    choose_tab(page, "Compare")
    page.get_by_role("radio", name="Sweep").click()
    expect(player.panel("boundary-6").locator("h3")).to_have_text("0.3")
    expect_address(page, remedies="none~dropout", view="sweep", **HELD)
    player.wait_for("frames > 10 && frame > 5")
    player.pause()
    page.wait_for_function(f"({KNOB})()[0].y[0] !== null")
    for curve in page.evaluate(KNOB):
        assert len(curve["y"]) == len(curve["spread"]) == 7
        assert all(0.0 <= value <= 1.0 for value in curve["y"])
    ticks = player.panel("knob_error").locator(".xtick text")
    expect(ticks).to_have_text(["0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3"])
    expect(player.panel("shapes").locator(".verdict").first).not_to_be_empty()


def test_a_task_is_done_by_what_is_measured_and_stays_done(page: Page) -> None:
    player = Player(page).open(f"{BY_HEART}&remedies=none")
    expect(task(page, "overfitting", "by_heart")).to_have_attribute("data-done", "false")
    player.wait_for("frame > 80")
    expect(task(page, "overfitting", "by_heart")).to_have_attribute("data-done", "true")
    expect(task(page, "overfitting", "hold")).to_have_attribute("data-done", "false")
    page.goto(SMALL)
    player.wait_for("frames > 1")
    expect(task(page, "overfitting", "by_heart")).to_have_attribute("data-done", "true")


def test_a_network_opens_on_the_main_page(page: Page) -> None:
    Player(page).open(SMALL).wait_for("frames > 1")
    choose_tab(page, "Compare")
    choose(page, "Network", "Dropout 30%")
    link = page.get_by_role("link", name="Open on the main page")
    expect(link).to_have_attribute("href", re.compile("drop0.3"))
    with page.context.expect_page() as opened:
        link.click()
    other = Player(opened.value)
    other.wait_for("frames > 1")
    layers = "7-tanh-drop0.3~7-tanh-drop0.3"
    expect_address(opened.value, **{**HELD, "layers": layers})
    assert Experiment.from_query({"layers": layers})


@pytest.mark.parametrize("window", labs.WINDOWS)
@pytest.mark.parametrize("link", [LAB, f"{LAB}?view=sweep&seeds=1&knob=width"], ids=["remedies", "sweep"])
def test_nothing_is_cut_off(new_page, link: str, window: str) -> None:
    page = labs.open_window(new_page, window)
    player = labs.paused(page, link)
    for size in labs.each_size(player, window):
        assert page.evaluate(OVERFLOW) == [0, 0, 0]
        panels = player.root.locator("section.panel")
        for panel in panels.all():
            box, header = panel.bounding_box(), panel.locator("header").bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size[0]
            parts = panel.locator("header > *").all()
            ends = [part.bounding_box() for part in parts if part.text_content()]
            assert all(end["x"] + end["width"] <= box["x"] + box["width"] for end in ends)
            assert header["height"] < box["height"]
        for title in player.root.locator(".slot.multiples .panel-title").all():
            assert title.evaluate("(title) => title.clientWidth >= Math.min(title.scrollWidth, 40)")
        wide = player.root.locator(".slot.wide > section.panel").all()
        for above, below in pairwise([panel.bounding_box() for panel in wide]):
            assert above["y"] + above["height"] <= below["y"] + 1
        cards = "shapes" if "sweep" in link else "fits"
        for card in player.panel(cards).locator(".words-card").all():
            box, panel = card.bounding_box(), player.panel(cards).bounding_box()
            assert box["y"] + box["height"] <= panel["y"] + panel["height"]
        last, tasks = task(page, "overfitting", "few").bounding_box(), player.panel("tasks").bounding_box()
        assert last["y"] + last["height"] <= tasks["y"] + tasks["height"]
        for k in range(4):
            picture = player.panel(f"boundary-{k}").locator("canvas.surface").bounding_box()
            assert picture["height"] > 80
            assert picture["width"] == pytest.approx(picture["height"], abs=12)
        if window == "desktop":
            headline = player.panel("knob_error" if "sweep" in link else "gaps").bounding_box()
            assert headline["y"] + headline["height"] <= size[1]
