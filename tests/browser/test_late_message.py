"""A message of the player that reaches the server when the visitor is on another page already."""

import warnings
from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute, expect

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.driver import Player, no_traceback

MOST_REPAINTS = 2000  # until a message has come


class Wire:
    """What browser and server say to each other."""

    def __init__(self, page: Page) -> None:
        self.page_hash = ""  # of the page that was asked for last
        self.finished = 0  # runs of a script
        self.of_player: BackMsg | None = None
        self._server: WebSocketRoute | None = None
        page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, browser: WebSocketRoute) -> None:
        def pass_on(message: str | bytes) -> None:
            self.finished += ForwardMsg.FromString(message).HasField("script_finished")
            browser.send(message)

        self._server = browser.connect_to_server()
        self._server.on_message(pass_on)
        browser.on_message(self._ask)

    def _ask(self, message: str | bytes) -> None:
        sent = BackMsg.FromString(message)
        if sent.HasField("rerun_script"):
            self.page_hash = sent.rerun_script.page_script_hash
            if any(state.json_trigger_value for state in sent.rerun_script.widget_states.widgets):
                self.of_player = sent
        self._server.send(message)

    def send_late(self) -> None:
        """What the player said last, once more, from the page that is shown now: as Streamlit puts it when a
        message of the player waits together with the visitor's step to another page.
        """
        late = BackMsg()
        late.CopyFrom(self.of_player)
        late.rerun_script.page_script_hash = self.page_hash
        late.rerun_script.ClearField("fragment_id")
        self._server.send(late.SerializeToString())

    def send_as_before(self) -> None:
        """What the player said last, once more, as a browser says it that has not heard of the next page."""
        self._server.send(self.of_player.SerializeToString())


def wait_until(player: Player, condition: Callable[[], bool]) -> None:
    """Let messages come and go until this holds."""
    for _ in range(MOST_REPAINTS):
        if condition():
            return
        player.wait_for_repaints(1)
    raise AssertionError("The browser or the server did not say what was waited for.")


def playground_that_spoke(page: Page) -> tuple[Player, Wire]:
    """The playground, paused, after the player has told the server something, and has nothing more to say."""
    wire = Wire(page)
    player = Player(page).open("/")
    player.pause()
    before = player.data("fingerprint")
    player.part("seed").click()
    wait_until(player, lambda: wire.of_player is not None)
    player.wait_for(f"fingerprint !== '{before}' && frames - frame > 1")
    return player, wire


def test_the_page_that_follows_is_not_troubled(new_page) -> None:
    player, wire = playground_that_spoke(new_page(spoilt=True))
    page, played = player.page, wire.page_hash
    page.get_by_role("link", name="Glossary").click()
    title = page.get_by_role("heading", name="Glossary", exact=True)
    expect(title).to_be_visible()
    expect(player.root).to_have_count(0)
    assert wire.page_hash != played
    finished = wire.finished
    wire.send_late()
    wait_until(player, lambda: wire.finished > finished)
    player.wait_for_repaints()
    no_traceback(page)
    expect(title).to_be_visible()


def test_what_comes_from_a_page_that_was_left_leaves_the_next_one_alone(new_page) -> None:
    player, wire = playground_that_spoke(new_page(spoilt=True))
    page, played = player.page, wire.page_hash
    page.get_by_role("link", name="Glossary").click()
    wait_until(player, lambda: wire.page_hash != played)
    wire.send_as_before()
    title = page.get_by_role("heading", name="Glossary", exact=True)
    expect(title).to_be_visible()
    player.wait_for_repaints(60)
    expect(title).to_be_visible()
