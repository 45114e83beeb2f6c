"""A server that goes away: the player says so, keeps what it holds, and goes on when it can."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from scripts.live_server import LiveServer
from tests.browser.driver import Player, sent_by


@pytest.fixture
def mortal(server: LiveServer) -> Iterator[LiveServer]:
    """The server, for a test that stops it; it runs again afterwards."""
    yield server
    server.stop()
    server.start()


def test_a_restarted_server_goes_on_with_the_frames_held(page: Page, mortal: LiveServer) -> None:
    player = Player(page).open("/?seed=5")
    player.wait_for("frames > 60")
    player.pause()
    held = player.frames
    before = player.look(range(held))
    player.part("play").click()
    mortal.stop()
    player.wait_for("connection === 'lost'")
    expect(player.part("message")).to_contain_text("server")
    held = player.frames
    player.part("start").click()  # all that is here can still be replayed
    player.play_to(10)
    assert player.look(range(len(before))) == before
    assert player.data("connection") == "lost"
    player.part("end").click()
    player.part("play").click()
    mortal.start()
    player.wait_for(f"connection === 'open' && state === 'playing' && frames > {held}")
    expect(player.part("message")).not_to_contain_text("server")
    player.wait_for(f"frame > {held}")
    player.pause()
    assert player.look(range(len(before))) == before
    numbers = [look.epoch for look in player.look(range(player.frames))]
    assert numbers == [f"Epoch {k}" for k in range(len(numbers))]


def test_what_cannot_be_shown_is_said_and_not_asked_for_without_end(page: Page) -> None:
    broken = "export class FigurePanel { constructor() { throw new Error('broken'); } }"
    script = {"body": broken, "content_type": "text/javascript"}
    page.route("**/panels/figure.js", lambda route: route.fulfill(**script))
    player = Player(page)
    with sent_by(page) as sent:
        page.goto("/")
        expect(player.part("message")).to_contain_text("cannot be shown here")
        before = len(sent)
        player.wait_for_repaints(60)
        assert len(sent) == before > 0
