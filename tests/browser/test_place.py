"""A player keeps what it holds when Streamlit puts up another place for it."""

import base64

import pytest
from playwright.sync_api import Page, expect

from playground.ui.chrome import routes
from tests.browser.driver import Player
from tests.ui.watching import SMALL, changed, open_run

# Gives the page to players of the test's own: show(place, key, packet) and leave(place).
STAGE = """async ([main, plotly]) => {
  const { render } = await import(main);
  document.body.replaceChildren();
  const places = new Map();
  window.sent = [];
  window.show = (place, key, packet) => {
    const parentElement = document.body.appendChild(document.createElement("div"));
    const data = Uint8Array.from(atob(packet), (letter) => letter.charCodeAt(0));
    const setTriggerValue = (name, message) => window.sent.push([place, message]);
    const close = render({ parentElement, key, data, setTriggerValue }, plotly);
    places.set(place, () => {
      close();
      parentElement.remove();
    });
  };
  window.leave = (place) => places.get(place)();
}"""


class Stage:
    """Places in a page, as Streamlit makes them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.goto("/")
        expect(page.get_by_test_id("player")).to_be_attached()
        page.evaluate(STAGE, [routes.url("player/browser/main.js"), routes.url("plotly.min.js")])

    def show(self, place: str, packet: bytes, *, key: str = "playground") -> None:
        self.page.evaluate(
            "([place, key, packet]) => show(place, key, packet)",
            [place, key, base64.b64encode(packet).decode()],
        )

    def leave(self, place: str) -> None:
        self.page.evaluate("(place) => leave(place)", place)

    def sent(self, place: str) -> list[dict]:
        """What the player said at a place."""
        return [message for name, message in self.page.evaluate("sent") if name == place]


@pytest.fixture
def stage(page: Page) -> Stage:
    return Stage(page)


def test_the_next_place_gets_the_player_with_all_it_has_to_say(stage: Stage, page: Page) -> None:
    player = Player(page)
    stage.show("first", open_run().packet)
    player.wait_for("frame >= 0")
    player.part("seed").click()
    (told,) = stage.sent("first")[-1]["actions"]
    assert told["kind"] == "seed"
    page.evaluate("document.querySelector('[data-testid=player]').mark = 'the same'")

    stage.leave("first")
    expect(page.get_by_test_id("player")).not_to_be_attached()
    stage.show("second", open_run(changed(SMALL, seed=5)).packet)
    player.wait_for("frame >= 0 && player.mark === 'the same'")
    assert stage.sent("second")[0]["actions"] == [told], "it is said again, at the place that is heard"


def test_a_place_of_another_page_gets_a_player_of_its_own(stage: Stage, page: Page) -> None:
    player = Player(page)
    stage.show("first", open_run().packet)
    player.wait_for("frame >= 0")
    page.evaluate("document.querySelector('[data-testid=player]').mark = 'the same'")
    stage.leave("first")
    stage.show("second", open_run().packet, key="overfitting")
    player.wait_for("frame >= 0 && player.mark === undefined")
