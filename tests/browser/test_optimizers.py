"""The lab on optimizers, as a visitor meets it."""

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser import labs
from tests.browser.bench import Bench
from tests.browser.driver import Player, choose, choose_tab, expect_query, no_traceback
from tests.browser.labs import task
from tests.browser.layout import WINDOWS, below_one_another, box, boxes, each_size, open_window, overflow

LAB = "/optimizers"
see = partial(labs.see, pictures="canvas")
TASKS = ("ravine", "rosenbrock", "sgd")


def choose_view(page: Page, name: str) -> None:
    page.get_by_test_id("stMain").get_by_text(name, exact=True).click()


def test_on_arrival_four_optimizers_race(bench: Bench) -> None:
    player = bench.open(LAB)
    player.wait_for("state === 'playing' && frame > 10")
    titles = player.panel("race").locator(".words-title")
    expect(titles).to_have_text(["● SGD", "■ SGD + momentum", "◆ RMSprop", "▲ Adam"])
    expect(player.panel("map").locator(".plot .scatterlayer path.js-line").first).to_be_visible()
    expect(player.part("epoch")).to_contain_text("Step")
    expect_query(bench.page)


def test_the_race_ends_with_who_has_reached_the_minimum(bench: Bench) -> None:
    player = bench.open(f"{LAB}?surface=bowl&racers=sgd-0.5~momentum~sgd-2.1&steps=80")
    player.wait_for("state === 'stopped'")
    expect(player.panel("race").locator(".verdict")).to_have_text(["reached", "reached", "diverged"])
    expect(player.panel("race").locator(".words-card").first).to_contain_text("Within 0.001 after 7 steps")


def test_scrubbing_back_shows_what_was_there(bench: Bench) -> None:
    player = bench.open(LAB)
    player.wait_for("frames > 40 && frame > 3")
    player.pause()
    start, later = see(player, 0), see(player, 40)
    assert start["words"] != later["words"]
    assert start["pictures"] != later["pictures"]
    assert see(player, 0) == start
    assert see(player, 40) == later


# Makes every figure slow, and notes at which frame each of them was drawn.
SLOW = """() => {
  const player = document.querySelector('[data-testid="player"]');
  window.figures = {};
  for (const name of ["restyle", "update"]) {
    const draw = Plotly[name];
    Plotly[name] = (plot, ...rest) => {
      for (const start = performance.now(); performance.now() - start < 150;);
      const panel = plot.closest(".panel").dataset.testid;
      (window.figures[panel] ??= []).push(Number(player.dataset.frame));
      return draw(plot, ...rest);
    };
  }
}"""


def test_the_figures_of_a_film_show_the_same_moment_however_slow_they_are(page: Page) -> None:
    player = Player(page).open(f"{LAB}?view=rates")
    player.wait_for("frames > 12 && frame > 1 && window.Plotly")
    page.evaluate(SLOW)
    player.watch()
    page.wait_for_function("window.drawn.length > 8")
    player.pause()
    (drawn,) = page.evaluate("window.figures").values()
    shown = [each["frame"] for each in player.watched()]
    assert set(shown[1:-1]) <= set(drawn)
    no_traceback(page)


def test_a_click_on_the_map_starts_another_race(bench: Bench) -> None:
    page = bench.page
    player = bench.open(f"{LAB}?surface=bowl&steps=20")
    player.wait_for("state === 'stopped'")
    box = player.panel("map").locator(".nsewdrag").bounding_box()
    page.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + 0.75 * box["height"])
    page.wait_for_function("() => new URL(location.href).searchParams.has('start')")
    x, y = (
        float(each) for each in page.evaluate("new URL(location.href).searchParams.get('start')").split("~")
    )
    assert (x, y) == pytest.approx((2.0, -2.0), abs=0.1)
    player.wait_for("state === 'stopped'")
    player.wait_for("frames === '21'")
    told = see(player, 0)["told"][0]
    assert f"{x:.4f}, {y:.4f}".replace("-", "−") in told


def test_turning_the_landscape_changes_the_picture_alone(bench: Bench) -> None:
    player = bench.open(f"{LAB}?steps=20")
    player.wait_for("state === 'stopped'")
    before = see(player, 10)
    bench.page.get_by_test_id("turn-space").first.click()
    after = see(player, 10)
    assert after["words"] == before["words"]
    assert after["pictures"] != before["pictures"]
    bench.page.get_by_test_id("turn-space").last.click()
    assert see(player, 10) == before


def test_views_and_controls_change_what_is_seen_and_the_address(page: Page) -> None:
    player = Player(page).open(f"{LAB}?v=1&n=40&updates=20&epochs=10")
    small = {"v": "1", "n": "40", "updates": "20", "epochs": "10"}
    choose_view(page, "Learning rates")
    expect_query(page, view="rates", **small)
    expect(player.panel("sweep").locator(".plot .scatterlayer path.js-line").first).to_be_visible()
    player.wait_for("state === 'stopped'")
    expect(player.part("epoch")).to_have_text("After 20 updates")
    choose_view(page, "Loss landscape")
    expect_query(page, view="landscape", **small)
    choose_view(page, "Two random directions")
    expect_query(page, view="landscape", plane="random", **small)
    expect(player.panel("land")).to_contain_text("as long as the trained ones")
    choose_view(page, "Your network")
    expect_query(page, view="network", plane="random", **small)
    expect(player.panel("boundary-3").locator("h3")).to_have_text("4. Adam")
    choose_tab(page, "Optimizers")
    choose(page, "Optimizer", "Lion")
    expect_query(page, view="network", plane="random", learners="lion~momentum~rmsprop~adam", **small)
    expect(player.panel("boundary-0").locator("h3")).to_have_text("1. Lion")
    no_traceback(page)


@pytest.mark.parametrize(
    "link",
    [
        f"{LAB}?surface=himmelblau&start=1.5~-0.5&racers=nesterov-0.002~adam-0.2-beta1:0.5&steps=60",
        f"{LAB}?view=network&v=1&n=40&seed=3&learners=sgd-0.5~nadam",
        f"{LAB}?view=rates&v=1&n=40&updates=20&learners=sgd~adam",
        f"{LAB}?view=landscape&v=1&n=40&epochs=20&run=1",
    ],
)
def test_a_reloaded_link_shows_the_same(bench: Bench, link: str) -> None:
    player = bench.open(link)
    player.hold(12)
    before = [see(player, frame) for frame in (0, 12)]
    player = bench.open(bench.page.url)
    player.hold(12)
    assert [see(player, frame) for frame in (0, 12)] == before


def test_a_task_is_done_by_what_is_measured_and_stays_done(bench: Bench) -> None:
    page = bench.page
    bench.open(LAB).wait_for("frame > 20")
    for name in TASKS:
        expect(task(page, "optimizers", name)).to_have_attribute("data-done", "false")
    bench.open(f"{LAB}?racers=sgd-0.045&steps=60").wait_for("state === 'stopped'")
    expect(task(page, "optimizers", "ravine")).to_have_attribute("data-done", "true")
    expect(task(page, "optimizers", "rosenbrock")).to_have_attribute("data-done", "false")
    bench.open(LAB)
    expect(task(page, "optimizers", "ravine")).to_have_attribute("data-done", "true")


def test_a_network_opens_on_the_main_page(page: Page) -> None:
    Player(page).open(f"{LAB}?view=network&v=1&n=40&learners=lion-0.001").wait_for("frames > 1")
    choose_tab(page, "Optimizers")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open on the main page").click()
    Player(opened.value).wait_for("frames > 1")
    expect_query(opened.value, v="1", n="40", optimizer="lion", lr="0.001")


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_is_cut_off(new_page, window: str) -> None:
    page = open_window(new_page, window)
    for view in ("surfaces", "network", "rates", "landscape"):
        player = labs.paused(page, f"{LAB}?view={view}")
        for width, height in each_size(player, window):
            assert overflow(page)[0] == 0
            parts = boxes(player.root.locator(".toolbar, section.panel"))
            assert all(part.left >= 0 and part.right <= width for part in parts)
            if window == "phone" and view != "network":
                assert below_one_another(parts)
            for panel in player.root.locator("section.panel:has(.cards)").all():
                assert labs.holds_its_cards(panel)
            assert labs.holds_its_tasks(player)
            if window == "desktop" and view in ("surfaces", "landscape"):
                assert all(box(player.panel(name)).bottom <= height for name in ("map", "space"))
