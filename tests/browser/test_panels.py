"""The panels a visitor can choose, and what can be done in them."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from playground.datasets import STARTER, OwnPoints
from playground.datasets.own_text import to_text
from playground.panels.library import LIBRARY
from tests.browser.bench import Bench
from tests.browser.driver import Player, choose, choose_tab, no_traceback
from tests.browser.layout import AT_REST

BESIDE = ["loss", "accuracy", "gradients"]
ALL = "~".join(LIBRARY)
DRAWN = """([id]) => {
  const plot = document.querySelector(`[data-testid="panel-${id}"] .js-plotly-plot`);
  return plot?.calcdata?.some((trace) => trace.some(({ x, y, z }) => Number.isFinite(x ?? y) || z)) ?? false;
}"""
LINES = """(id) => {
  const plot = document.querySelector(`[data-testid="panel-${id}"] .js-plotly-plot`);
  return plot.data.map(({ name, y }) => [name, Array.from(y)]);
}"""
RANGES = """(id) => {
  const { layout } = document.querySelector(`[data-testid="panel-${id}"] .js-plotly-plot`);
  return [layout.xaxis.range, layout.yaxis.range];
}"""
MARKED = """() => {
  const marks = document.querySelector('[data-testid="panel-boundary"] canvas.marks');
  const { data } = marks.getContext("2d").getImageData(0, 0, marks.width, marks.height);
  return data.some((byte) => byte > 0);
}"""
OVERFULL = """() => Array.from(document.querySelectorAll(".panel > header"), (header) => {
  const { right, left } = header.getBoundingClientRect();
  const inside = (child) => {
    const box = child.getBoundingClientRect();
    return box.width === 0 || (box.left >= left - 1 && box.right <= right + 1);
  };
  return Array.from(header.children).every(inside) ? null : header.parentElement.dataset.testid;
}).filter(Boolean)"""
PLANE = "[data-testid=panel-boundary] canvas.marks"


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where in the window a place of the plane is."""
    box = page.locator(PLANE).bounding_box()
    return box["x"] + (x + 6) / 12 * box["width"], box["y"] + (6 - y) / 12 * box["height"]


def card(page: Page):
    return page.get_by_test_id("trace-card")


def test_a_chosen_panel_is_in_the_link_and_comes_back_with_it(page: Page, new_page) -> None:
    player = Player(page).open()
    page.get_by_role("button", name="Panels").click()
    page.get_by_role("button", name=LIBRARY["roc"].label, exact=True).click()
    expect(player.panel("roc")).to_be_visible()
    panels = "~".join(entry for entry in LIBRARY if entry in [*BESIDE, "roc"])
    page.wait_for_function(
        "(panels) => new URL(location.href).searchParams.get('panels') === panels", arg=panels
    )
    player.pause()
    other = Player(new_page()).open(page.url)
    expect(other.panel("roc")).to_be_visible()


def test_panels_that_do_not_fit_are_left_out_and_come_back(bench: Bench) -> None:
    player = bench.open("/?panels=roc~loss&dataset=reg-plane")
    expect(player.panel("loss")).to_be_visible()
    expect(player.panel("roc")).to_have_count(0)
    bench.set("data.dataset", "circle")
    expect(player.panel("roc")).to_be_visible()


def test_all_panels_at_once_play(bench: Bench) -> None:
    player = bench.open(f"/?panels={ALL}&dataset=blobs&classes=3")
    player.watch()
    player.wait_for("window.drawn.length > 30")
    player.pause()
    for name, choice in LIBRARY.items():
        bench.page.wait_for_function(DRAWN, arg=[name])
        expect(player.panel(name).locator("h3")).to_have_attribute("title", choice.help)
        for number in player.panel(name).locator(".number b").all():
            expect(number).not_to_have_text(re.compile("NaN|undefined|{"))
        told = player.panel(name).locator(".panel-body").get_attribute("aria-label")
        assert f"after {player.epoch} epochs" in told.lower()


def test_smooth_curves_lie_over_what_was_measured(bench: Bench) -> None:
    page = bench.page
    player = bench.open("/?noise=0.5&lr=0.1&batch=8")
    player.wait_for("frame > 12")
    player.pause()
    player.look([12])
    plain = dict(page.evaluate(LINES, "loss"))
    page.get_by_test_id("smooth-loss").click()
    expect(page.get_by_test_id("smooth-loss")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(f"() => ({LINES})('loss').length === 4")
    lines = dict(page.evaluate(LINES, "loss"))
    for name, values in plain.items():
        assert lines[f"{name}, raw"] == values
        mean = weight = 0.0
        for value, smooth in zip(values, lines[name], strict=True):
            mean, weight = 0.9 * mean + 0.1 * value, 0.9 * weight + 0.1
            assert smooth == pytest.approx(mean / weight)
    bench.set("data.dataset", "moons")  # another run: the switch stays
    expect(page.get_by_test_id("smooth-loss")).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("smooth-loss").click()
    page.wait_for_function(f"() => ({LINES})('loss').length === 2")


def test_axes_of_the_hidden_space_hold_all_frames_and_rest(bench: Bench) -> None:
    page = bench.page
    player = bench.open("/?panels=hidden_space~update_ratios")
    player.wait_for("frames > 30")
    player.pause()
    player.look([30])
    for name in ("hidden_space", "update_ratios"):
        page.wait_for_function(DRAWN, arg=[name])  # Plotly may still be on its way
    ranges = {name: page.evaluate(RANGES, name) for name in ("hidden_space", "update_ratios")}
    player.look([3])
    player.wait_for_repaints()
    assert {name: page.evaluate(RANGES, name) for name in ranges} == ranges
    low, high = ranges["update_ratios"][1]
    assert low <= -4
    assert high >= -2


def test_a_click_on_the_boundary_shows_the_way_of_that_place(bench: Bench) -> None:
    page = bench.page
    player = bench.open()
    player.wait_for("frame > 10")
    page.mouse.click(*place(page, -5.7, -5.6))
    expect(card(page)).to_be_visible()
    expect(player.root).to_have_attribute("data-state", "paused")
    expect(card(page).locator("h3")).to_have_text(f"Prediction after {player.epoch} epochs")
    assert float(page.get_by_test_id("trace-x").input_value()) == pytest.approx(-5.7, abs=0.05)
    expect(card(page).locator("tbody tr")).to_have_count(2 + 8 + 8 + 1)
    expect(card(page).locator(".trace-verdict")).not_to_contain_text("loss")
    assert page.evaluate(MARKED)
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    assert not page.evaluate(MARKED)


def test_a_point_that_is_hit_has_its_class_and_loss(bench: Bench) -> None:
    page = bench.page
    player = bench.open("/?n=10&seed=1")
    player.wait_for("frame > 5")
    player.pause()
    player.panel("boundary").locator(".js-plotly-plot .points path").first.wait_for()
    x, y = page.evaluate("""() => {
      const plot = document.querySelector('[data-testid="panel-boundary"] .js-plotly-plot');
      const trace = plot._fullData.find(({ name, x }) => name === "training" && x.length > 0);
      return [trace.x[0], trace.y[0]];
    }""")
    left, top = place(page, x, y)
    page.mouse.click(left + 2, top - 2)
    expect(card(page).locator(".trace-verdict")).to_contain_text("training point")
    expect(card(page).locator(".trace-verdict")).to_contain_text("loss")
    assert float(page.get_by_test_id("trace-x").input_value()) == pytest.approx(x, abs=1e-3)


def test_the_trace_follows_the_frame_and_the_place(bench: Bench) -> None:
    page = bench.page
    player = bench.open()
    player.wait_for("frame > 10")
    player.pause()
    page.get_by_test_id("view-trace").focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_be_focused()
    before = card(page).locator(".trace-content").text_content()
    page.keyboard.press("ArrowLeft")
    expect(card(page).locator("h3")).to_have_text(f"Prediction after {player.epoch} epochs")
    expect(card(page).locator(".trace-content")).not_to_have_text(before)
    page.get_by_test_id("trace-x").fill("4.5")
    expect(card(page).locator(".trace-verdict")).to_contain_text("class 0")
    page.get_by_role("button", name="Close").click()
    expect(card(page)).to_have_count(0)
    expect(page.get_by_test_id("view-trace")).to_be_focused()


def test_a_point_of_ones_own_is_of_a_class_as_the_visitor_has_named_it(bench: Bench) -> None:
    points = to_text(OwnPoints(STARTER.x, STARTER.y, labels=("cat", "dog")))
    player = bench.open(f"/?dataset=own&own={points}")
    player.pause()
    bench.page.get_by_test_id("view-trace").click()
    verdict = card(bench.page).locator(".trace-verdict")
    expect(verdict.locator("dt")).to_contain_text(["predicted", "class cat", "class dog"])
    expect(verdict.locator("dd").first).to_have_text(re.compile("^class (cat|dog)$"))


def test_a_tap_on_a_phone_shows_a_card_that_fits(new_page) -> None:
    page = new_page(viewport=(390, 844), touch=True)
    player = Player(page).open()
    player.wait_for("frame > 5")
    page.touchscreen.tap(*place(page, -4.0, 4.0))
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844
    assert card(page).evaluate("(card) => card.scrollWidth <= card.clientWidth")
    page.get_by_role("button", name="Close").tap()
    expect(card(page)).to_have_count(0)


def test_the_points_of_a_mini_batch_light_up(bench: Bench) -> None:
    page = bench.page
    player = bench.open("/?batch=25")
    player.wait_for("frame > 3")
    player.pause()
    assert not page.evaluate(MARKED)
    player.choose("stride", "1 update")
    frame = player.frame
    for step in range(1, 12):
        player.wait_for(f"frames > {frame + step}")
        player.part("step").click()
        player.wait_for(f"frame == {frame + step}")
        assert page.evaluate(MARKED)
    player.look([frame])
    assert not page.evaluate(MARKED)


def test_the_schedule_is_shown_unless_it_is_constant(page: Page) -> None:
    player = Player(page).open()
    choose_tab(page, "Training")
    page.get_by_text("Optimizer and schedule").click()
    expect(page.get_by_role("combobox", name="Schedule", exact=True).first).to_be_visible()
    expect(page.locator(".stPlotlyChart")).to_have_count(0)
    choose(page, "Schedule", "One cycle")
    expect(page.locator(".stPlotlyChart .js-plotly-plot")).to_be_visible()
    player.wait_for("frames > 1")
    no_traceback(page)


def test_headers_hold_what_is_in_them(page: Page) -> None:
    player = Player(page).open(f"/?panels={ALL}&dataset=blobs&classes=6")
    player.wait_for("frame > 2")
    player.pause()
    for width, height in ((1440, 900), (1280, 720), (390, 844)):
        page.set_viewport_size(ViewportSize(width=width, height=height))
        page.evaluate(AT_REST)
        assert page.evaluate(OVERFULL) == [], width
