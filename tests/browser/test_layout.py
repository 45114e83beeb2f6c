"""The layout: a lecture's screens without scrolling, a phone without overflow."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import Player
from tests.browser.layout import Box, box, boxes, overflow


@pytest.mark.parametrize(
    ("size", "link"), [((1440, 900), "/"), ((1280, 720), "/"), ((1280, 720), "/?dataset=reg-plane")]
)
def test_a_lectures_screen_shows_everything(new_page, size: tuple[int, int], link: str) -> None:
    player = Player(new_page(viewport=size)).open(link)
    width, height = size
    assert overflow(player.page) == (0, 0)
    window = Box(0, 0, width, height)
    assert all(part.is_within(window) for part in boxes(player.root.locator(".toolbar, section.panel")))
    surface = box(player.panel("boundary").locator("canvas.surface"))
    assert surface.width == pytest.approx(surface.height, abs=12)
    assert surface.height > height / 4


def test_a_phone_shows_everything_below_one_another(new_page) -> None:
    page: Page = new_page(viewport=(390, 844), touch=True)
    player = Player(page).open()
    assert overflow(page)[0] == 0
    parts = boxes(player.root.locator(".toolbar, section.panel"))
    assert all(part.left >= 0 and part.right <= 390 for part in parts)
    for name in ("play", "step", "timeline", "stride", "speed"):
        assert box(player.part(name)).right <= 390
    player.part("play").tap()
    player.wait_for("state === 'paused'")
    frame = player.frame
    player.part("step").tap()
    player.wait_for(f"frame == {frame + 1}")
    player.panel("gradients").scroll_into_view_if_needed()
    expect(player.panel("gradients").locator(".plot .bars path").first).to_be_visible()
