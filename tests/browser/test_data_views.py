"""Ways of looking at the data: which points are drawn, which are wrong, and what the plane shows."""

from playwright.sync_api import Page, expect

from tests.browser.bench import Bench
from tests.browser.driver import Player

POINTS = '[data-testid="panel-boundary"] .js-plotly-plot .points path'
MARKED = """() => {
  const marks = document.querySelector('[data-testid="panel-boundary"] canvas.marks');
  const { data } = marks.getContext("2d").getImageData(0, 0, marks.width, marks.height);
  return data.filter((byte, k) => k % 4 === 3 && byte > 0).length;
}"""
COLOURS = """() => {
  const surface = document.querySelector('[data-testid="panel-boundary"] canvas.surface');
  const { data } = surface.getContext("2d").getImageData(0, 0, surface.width, surface.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def linked(page: Page, key: str, value: str | None) -> None:
    """Wait until the link says so; None: it says nothing of it."""
    page.wait_for_function(
        "([key, value]) => new URL(location.href).searchParams.get(key) === value", arg=[key, value]
    )


def paused(bench: Bench, path: str, frame: int) -> Player:
    player = bench.open(path)
    player.wait_for(f"frames > {frame}")
    player.look([frame])
    return player


def test_the_menu_of_points_says_which_are_drawn(bench: Bench) -> None:
    page = bench.page
    paused(bench, "/?n=60&train=0.25", 5)
    shown = page.locator(POINTS)
    expect(shown).to_have_count(60)
    menu = page.get_by_test_id("view-points")
    for option, key, count in (
        ("Training", "training", 15),
        ("Test", "test", 45),
        ("No points", "none", 0),
        ("All points", None, 60),
        ("Test", "test", 45),
    ):
        menu.select_option(option)
        expect(shown).to_have_count(count)
        linked(page, "points", key)
    bench.open(page.url)
    expect(page.locator(POINTS)).to_have_count(45)
    expect(page.get_by_test_id("view-points").locator("option:checked")).to_have_text("Test")


def test_mistakes_are_marked_as_long_as_there_are_any(bench: Bench) -> None:
    page = bench.page
    player = paused(bench, "/?dataset=gauss&n=60&lr=0.03", 30)
    accuracy = player.panel("accuracy").locator(".number b")
    switch = page.get_by_test_id("view-mistakes")
    player.look([0])
    assert page.evaluate(MARKED) == 0
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    linked(page, "mistakes", "true")
    assert page.evaluate(MARKED) > 100
    player.look([30])
    expect(accuracy).to_have_text(["100.0 %", "100.0 %"])
    assert page.evaluate(MARKED) == 0
    player = paused(bench, page.url, 0)
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(MARKED) > 100
    player.look([0])
    switch.click()
    linked(page, "mistakes", None)
    assert page.evaluate(MARKED) == 0


def test_mistakes_of_points_that_are_not_drawn_are_not_marked(bench: Bench) -> None:
    page = bench.page
    player = paused(bench, "/?dataset=gauss&n=60&lr=0.03&mistakes=true", 5)
    player.look([0])
    marked = {"All points": page.evaluate(MARKED)}
    for option in ("Training", "Test", "No points"):
        page.get_by_test_id("view-points").select_option(option)
        marked[option] = page.evaluate(MARKED)
    assert marked["All points"] > max(marked["Training"], marked["Test"])
    assert min(marked["Training"], marked["Test"]) > 0
    assert marked["No points"] == 0


def test_the_plane_shows_confidence_classes_or_doubt(bench: Bench) -> None:
    page = bench.page
    player = paused(bench, "/?n=60", 12)
    menu = page.get_by_test_id("view-surface")
    pictures, colours = {}, {}
    for option, key in (("Confidence", None), ("Classes only", "classes"), ("Uncertainty", "uncertainty")):
        menu.select_option(option)
        linked(page, "surface", key)
        pictures[option] = player.look([12])[0].picture
        colours[option] = page.evaluate(COLOURS)
    assert len(set(pictures.values())) == 3
    assert colours["Classes only"] == 2
    assert min(colours["Confidence"], colours["Uncertainty"]) > 10
    player = paused(bench, page.url, 12)
    expect(page.get_by_test_id("view-surface").locator("option:checked")).to_have_text("Uncertainty")
    assert player.look([12])[0].picture == pictures["Uncertainty"]
    menu.select_option("Confidence")
    linked(page, "surface", None)
    assert player.look([12])[0].picture == pictures["Confidence"]
