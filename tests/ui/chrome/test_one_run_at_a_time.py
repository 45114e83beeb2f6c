"""A visitor's runs follow one another, on Streamlit's own session: no callback is broken off, no run is lost
that has ended, none begins beside another, and what is asked for keeps its order.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Thread
from threading import enumerate as enumerate_threads
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache

from tests.ui.chrome.mended import mend_afresh, undo_mends

SECONDS = 60  # bounds waiting for a condition
SCRIPT = """
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from tests.ui.chrome.test_one_run_at_a_time import stage

for name in "ab":
    st.checkbox(name, key=name, on_change=stage.change, args=(name,))
st.button("press", on_click=stage.press)

@st.fragment
def player():
    st.button("pull", key="pull")

player()
st.markdown(" ".join(name for name in "ab" if st.session_state[name]) or "none")
stage.see(get_script_run_ctx().is_history_navigation)
"""


class Stage:
    """What the script does, and where a test holds it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.back = 0  # runs of the page that followed the history
        self.called, self.go_on = Event(), Event()

    async def is_called(self) -> None:
        assert await asyncio.to_thread(self.called.wait, SECONDS)

    def press(self) -> None:
        self.done.append("press")

    def see(self, back: bool) -> None:
        self.back += back

    def change(self, name: str) -> None:
        """The callback of a box: in the middle of it, the visitor does something else."""
        self.called.set()
        assert self.go_on.wait(SECONDS)
        if st.session_state[name]:
            self.done.append(name)


stage = Stage()


class Visitor:
    """A browser's side of a session."""

    def __init__(self, session: AppSession) -> None:
        self.session = session
        session.track_settling()
        self.widgets: dict[str, str] = {}  # ids, by label
        self.fragment = ""
        self.text = ""
        self.ticked: set[str] = set()

    def ask(self, button: str = "", *, back: bool = False) -> None:
        """What the browser says now; a button is pressed, or none. The player's is `pull`."""
        state = ClientState(fragment_id=self.fragment if button == "pull" else "", is_history_navigation=back)
        for name in "ab":
            if name in self.widgets:
                state.widget_states.widgets.add(id=self.widgets[name], bool_value=name in self.ticked)
        if button:
            state.widget_states.widgets.add(id=self.widgets[button], trigger_value=True)
        self.session.request_rerun(state)

    def tick(self, name: str) -> None:
        self.ticked.add(name)
        self.ask()

    async def settle(self) -> None:
        """Wait until no run is left, and read what came."""
        async with asyncio.timeout(SECONDS):
            while not self.session._settle_pending:
                await asyncio.sleep(0.002)
        for message in self.session._browser_queue.flush():
            self._read(message)

    def _read(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.HasField("checkbox"):
            self.widgets[element.checkbox.label] = element.checkbox.id
        if element.HasField("button"):
            self.widgets[element.button.label] = element.button.id
            self.fragment = message.delta.fragment_id or self.fragment
        if element.HasField("markdown"):
            self.text = element.markdown.body


@pytest.fixture
def visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable:
    """`async with visit() as visitor`, on a page that has come."""
    script = tmp_path / "page.py"
    script.write_text(SCRIPT, encoding="utf-8")
    monkeypatch.setattr(
        Runtime, "_instance", SimpleNamespace(media_file_mgr=MagicMock(), dataframe_source_mgr=MagicMock())
    )
    monkeypatch.setitem(globals(), "stage", Stage())
    mend_afresh(monkeypatch)

    @asynccontextmanager
    async def visit() -> AsyncIterator[Visitor]:
        session = AppSession(
            ScriptData(str(script)), MemoryUploadedFileManager("/files"), ScriptCache(), None, {}
        )
        visitor = Visitor(session)
        try:
            visitor.ask()
            await visitor.settle()
            assert visitor.text == "none"
            assert set(visitor.widgets) == {"a", "b", "press", "pull"}
            assert visitor.fragment
            yield visitor
        finally:
            stage.go_on.set()
            session.shutdown()

    return visit


def running() -> set[Thread]:
    """Threads that run scripts."""
    return {thread for thread in enumerate_threads() if thread.name == "ScriptRunner.scriptThread"}


def test_no_run_begins_beside_another(visit: Callable) -> None:
    async def ticks() -> int:
        async with visit() as visitor:
            before = running()
            visitor.tick("a")
            await stage.is_called()
            visitor.tick("b")
            return len(running() - before)

    assert asyncio.run(ticks()) == 1


def test_a_callback_is_not_broken_off(visit: Callable) -> None:
    assert asyncio.run(ticked_during_a_callback(visit)) == "a b"
    assert stage.done == ["a", "b"]


def test_a_run_that_has_ended_is_heard_out_before_the_fragments(visit: Callable) -> None:
    assert asyncio.run(ticked_while_the_loop_is_busy(visit)) == "a"


def test_what_waits_for_that_keeps_its_order(visit: Callable) -> None:
    async def ticks() -> None:
        async with visit() as visitor:
            stage.go_on.set()
            for name in "ab":
                visitor.tick(name)
                visitor.session._scriptrunner._script_thread.join(SECONDS)
                visitor.ask("pull")
            await visitor.settle()
            assert visitor.text == "a b"

    asyncio.run(ticks())
    assert stage.done == ["a", "b"]


def test_quick_clicks_are_all_carried_out_in_their_order(visit: Callable) -> None:
    async def clicks() -> None:
        async with visit() as visitor:
            stage.go_on.set()
            visitor.ask("press")
            visitor.tick("b")
            visitor.ask("pull")
            visitor.ask("press")
            visitor.tick("a")
            await visitor.settle()
            assert visitor.text == "a b"

    asyncio.run(clicks())
    assert stage.done == ["press", "b", "press", "a"]


def test_a_step_back_is_taken_though_the_player_speaks(visit: Callable) -> None:
    async def ticks() -> None:
        async with visit() as visitor:
            visitor.tick("a")
            await stage.is_called()
            visitor.ask(back=True)
            visitor.ask("pull")
            stage.go_on.set()
            await visitor.settle()

    asyncio.run(ticks())
    assert stage.back == 1


def test_streamlit_alone_loses_the_end_of_a_run(visit: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where this fails, Streamlit does without `queue_requests`: delete it."""
    undo_mends(monkeypatch)
    assert asyncio.run(ticked_while_the_loop_is_busy(visit)) == "none"


def test_streamlit_alone_breaks_callbacks_off(visit: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where this fails, Streamlit does without `finish_callbacks`: delete it."""
    undo_mends(monkeypatch)
    asyncio.run(ticked_during_a_callback(visit))
    assert stage.done == ["b"]


async def ticked_while_the_loop_is_busy(visit: Callable) -> str:
    """A whole page's run ends, and the player asks for frames, before the server's loop has turned."""
    async with visit() as visitor:
        stage.go_on.set()
        visitor.tick("a")
        visitor.session._scriptrunner._script_thread.join(SECONDS)
        visitor.ask("pull")
        await visitor.settle()
        return visitor.text


async def ticked_during_a_callback(visit: Callable) -> str:
    """The visitor ticks a second box while the server carries out what the first one means."""
    async with visit() as visitor:
        visitor.tick("a")
        await stage.is_called()
        visitor.tick("b")
        stage.go_on.set()
        await visitor.settle()
        return visitor.text
