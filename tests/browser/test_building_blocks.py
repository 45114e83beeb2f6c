"""The lab on building blocks, as a visitor meets it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import labs
from tests.browser.bench import Bench
from tests.browser.driver import Player, choose, choose_tab, expect_query
from tests.browser.labs import assert_same_elsewhere, see, task
from tests.browser.layout import WINDOWS, box, boxes, each_size, open_window, overflow

LAB = "/building_blocks"
TOPICS = ("", "?topic=losses", "?topic=weights", "?topic=batches", "?topic=schedules")


def choose_topic(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_test_id("stButtonGroup").first.get_by_text(
        name, exact=True
    ).click()


def test_on_arrival_units_move_along_their_curves(bench: Bench) -> None:
    player = bench.open(LAB)
    player.wait_for("state === 'playing' && frame > 10")
    expect(player.panel("curve-0").locator("h3")).to_have_text("Sigmoid")
    expect(player.panel("curve-1").locator("h3")).to_have_text("ReLU")
    expect(player.panel("curve-1").locator(".scatterlayer .points path")).to_have_count(18)
    expect(player.panel("words").locator(".verdict").first).to_have_text("fades")


@pytest.mark.parametrize("query", TOPICS)
def test_every_topic_plays_and_scrubs_back_to_the_same(bench: Bench, query: str) -> None:
    player = bench.open(f"{LAB}{query}")
    player.wait_for("frames > 6 && frame > 3")
    player.pause()
    start, later = see(player, 0), see(player, 5)
    assert start["words"] != later["words"]
    assert start["told"] != later["told"]
    assert see(player, 0) == start
    assert all("{" not in text for text in (*later["told"], *later["words"], later["clock"]))


def test_topics_and_controls_change_the_link_and_a_reload_shows_the_same(page: Page, new_page) -> None:
    player = Player(page).open(LAB)
    choose_topic(page, "Losses")
    expect_query(page, topic="losses")
    expect(player.panel("value")).to_be_visible()
    choose_tab(page, "Controls")
    choose(page, "Loss", "Hinge")
    expect_query(page, topic="losses", first_loss="hinge")
    expect(player.panel("fit_lines").locator("h3")).to_have_text("Where the border goes")
    assert_same_elsewhere(player, new_page, (0, 10))


def test_a_task_is_done_by_what_is_measured_and_stays_done(bench: Bench) -> None:
    page, player = bench.page, bench.open(LAB)
    for name in ("signal", "loss", "symmetry"):
        expect(task(page, "building_blocks", name)).to_have_attribute("data-done", "false")
    bench.set("lab.activation", "selu")
    expect(player.panel("curve-0").locator("h3")).to_have_text("SELU")
    expect(task(page, "building_blocks", "signal")).to_have_attribute("data-done", "false")
    bench.set("lab.rule", "lecun_normal")
    expect(task(page, "building_blocks", "signal")).to_have_attribute("data-done", "true")
    expect(player.panel("words").locator(".verdict").first).to_have_text("kept")
    bench.set("lab.topic", "schedules")
    expect(player.panel("rates")).to_be_visible()
    expect(task(page, "building_blocks", "signal")).to_have_attribute("data-done", "true")
    expect(task(page, "building_blocks", "loss")).to_have_attribute("data-done", "false")


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_is_cut_off(new_page, window: str) -> None:
    page = open_window(new_page, window)
    for query in TOPICS:
        player = labs.paused(page, f"{LAB}{query}")
        for width, height in each_size(player, window):
            assert overflow(page)[0] == 0
            panels = player.root.locator("section.panel").all()
            outer = [box(panel) for panel in panels]
            for panel, place in zip(panels, outer, strict=True):
                assert place.left >= 0
                assert place.right <= width
                assert place.height > 100
                inner = boxes(panel.locator(".words-card, .task, header"))
                assert all(each.bottom <= place.bottom and each.right <= place.right for each in inner)
            if window == "desktop":
                words_and_tasks = 2
                assert all(place.bottom <= height for place in outer[:-words_and_tasks])
