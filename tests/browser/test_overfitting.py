"""The lab on overfitting, as a visitor meets it."""

import re

import pytest
from playwright.sync_api import Page, expect

from playground.training import Experiment
from tests.browser import labs
from tests.browser.bench import Bench
from tests.browser.driver import Player, choose, choose_tab, expect_address
from tests.browser.labs import assert_same_elsewhere, see, task
from tests.browser.layout import WINDOWS, below_one_another, box, boxes, each_size, open_window, overflow

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

# Of each title, whether as much of it is seen as of a short one.
READABLE = "(titles) => titles.map((title) => title.clientWidth >= Math.min(title.scrollWidth, 40))"


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


def test_a_sweep_draws_means_with_their_spread(bench: Bench) -> None:
    page, player = bench.page, bench.open(SMALL)
    bench.set("lab.view", "sweep")
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


def test_a_task_is_done_by_what_is_measured_and_stays_done(bench: Bench) -> None:
    page = bench.page
    player = bench.open(f"{BY_HEART}&remedies=none")
    expect(task(page, "overfitting", "by_heart")).to_have_attribute("data-done", "false")
    player.wait_for("frame > 80")
    expect(task(page, "overfitting", "by_heart")).to_have_attribute("data-done", "true")
    expect(task(page, "overfitting", "hold")).to_have_attribute("data-done", "false")
    bench.open(SMALL)
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


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("link", [LAB, f"{LAB}?view=sweep&seeds=1&knob=width"], ids=["remedies", "sweep"])
def test_nothing_is_cut_off(new_page, link: str, window: str) -> None:
    page = open_window(new_page, window)
    player = labs.paused(page, link)
    for width, height in each_size(player, window):
        assert overflow(page)[0] == 0
        for panel in player.root.locator("section.panel").all():
            place, header = box(panel), box(panel.locator("header"))
            assert place.left >= 0
            assert place.right <= width
            words = boxes(panel.locator("header > *").filter(has_text=re.compile(".")))
            assert all(each.right <= place.right for each in words)
            assert header.height < place.height
        assert all(player.root.locator(".slot.multiples .panel-title").evaluate_all(READABLE))
        assert below_one_another(boxes(player.root.locator(".slot.wide > section.panel")))
        assert labs.holds_its_cards(player.panel("shapes" if "sweep" in link else "fits"))
        assert labs.holds_its_tasks(player)
        for k in range(4):
            picture = box(player.panel(f"boundary-{k}").locator("canvas.surface"))
            assert picture.height > 80
            assert picture.width == pytest.approx(picture.height, abs=12)
        if window == "desktop":
            assert box(player.panel("knob_error" if "sweep" in link else "gaps")).bottom <= height
