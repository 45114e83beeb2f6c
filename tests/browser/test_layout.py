"""The layout: a lecture's screens without scrolling, a phone without overflow."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import Player

OVERFLOW = """() => Array.from(document.querySelectorAll("html, .stApp, .stMain"), (each) => ({
  right: each.scrollWidth - each.clientWidth, down: each.scrollHeight - each.clientHeight }))"""


def boxes(player: Player) -> list[dict]:
    """The places of toolbar and panels on the screen."""
    return [each.bounding_box() for each in player.root.locator(".toolbar, section.panel").all()]


@pytest.mark.parametrize(
    ("size", "link"), [((1440, 900), "/"), ((1280, 720), "/"), ((1280, 720), "/?dataset=reg-plane")]
)
def test_a_lectures_screen_shows_everything(new_page, size: tuple[int, int], link: str) -> None:
    player = Player(new_page(viewport=size)).open(link)
    assert player.page.evaluate(OVERFLOW) == [{"right": 0, "down": 0}] * 3
    for box in boxes(player):
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= size[0]
        assert box["y"] + box["height"] <= size[1]
    surface = player.panel("boundary").locator("canvas.surface").bounding_box()
    assert surface["width"] == pytest.approx(surface["height"], abs=12)
    assert surface["height"] > size[1] / 4


def test_a_phone_shows_everything_below_one_another(new_page) -> None:
    page: Page = new_page(viewport=(390, 844), touch=True)
    player = Player(page).open()
    assert [each["right"] for each in page.evaluate(OVERFLOW)] == [0, 0, 0]
    for box in boxes(player):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    for name in ("play", "step", "timeline", "stride", "speed"):
        box = player.part(name).bounding_box()
        assert box["x"] + box["width"] <= 390
    player.part("play").tap()
    player.wait_for("state === 'paused'")
    frame = player.frame
    player.part("step").tap()
    player.wait_for(f"frame == {frame + 1}")
    player.panel("gradients").scroll_into_view_if_needed()
    expect(player.panel("gradients").locator(".plot .bars path").first).to_be_visible()
