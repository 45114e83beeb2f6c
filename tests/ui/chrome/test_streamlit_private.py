"""What rests on private parts of Streamlit still holds: the queue to the browser, and the history."""

import inspect

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from playground.ui.chrome.streamlit_private import mend_streamlit
from tests.ui.chrome.mended import MENDED, mend_afresh

REQUEST = inspect.unwrap(AppSession.request_rerun)
PLAYER = "the player's fragment"


def drawn(text: str, *path: int, fragment: str = "") -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend(path)
    message.delta.fragment_id = fragment
    message.delta.new_element.markdown.body = text
    return message


def finished(status: int) -> ForwardMsg:
    return ForwardMsg(script_finished=status)


def told(queue: ForwardMsgQueue) -> list[str]:
    """What the browser would get: texts, and the names of ends."""
    name = ForwardMsg.ScriptFinishedStatus.Name
    return [m.delta.new_element.markdown.body or name(m.script_finished) for m in queue.flush()]


def queue_of(*messages: ForwardMsg) -> ForwardMsgQueue:
    queue = ForwardMsgQueue()
    for message in messages:
        queue.enqueue(message)
    return queue


def page(status: int) -> ForwardMsgQueue:
    """A page with a player, whose run has come to its end."""
    return queue_of(drawn("title", 0, 0), drawn("player", 0, 1, fragment=PLAYER), finished(status))


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ClientState | None]:
    """What sessions are asked to run, where Streamlit is mended."""
    asked: list[ClientState | None] = []
    monkeypatch.setattr(AppSession, "request_rerun", lambda session, state: asked.append(state))
    mend_afresh(monkeypatch)
    return asked


def test_a_whole_page_reaches_the_browser_before_the_fragments_run() -> None:
    queue = page(ForwardMsg.FINISHED_SUCCESSFULLY)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[PLAYER])
    queue.enqueue(drawn("player, later", 0, 1, fragment=PLAYER))
    assert told(queue) == ["title", "player", "FINISHED_SUCCESSFULLY", "player, later"]


def test_streamlit_alone_loses_the_player() -> None:
    """Where this fails, Streamlit does without `send_whole_pages`: delete it."""
    queue = page(ForwardMsg.FINISHED_SUCCESSFULLY)
    ForwardMsgQueue.clear.__wrapped__(queue, True, [PLAYER])
    assert told(queue) == ["title", "FINISHED_SUCCESSFULLY"]


def test_everything_else_is_cleared_as_before() -> None:
    for ids, status in [
        (None, ForwardMsg.FINISHED_SUCCESSFULLY),
        ([PLAYER], ForwardMsg.FINISHED_EARLY_FOR_RERUN),
        ([PLAYER], ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY),
    ]:
        ours, theirs = page(status), page(status)
        ours.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=ids)
        ForwardMsgQueue.clear.__wrapped__(theirs, True, ids)
        assert told(ours) == told(theirs)
    queue = page(ForwardMsg.FINISHED_SUCCESSFULLY)
    queue.clear()
    assert queue.is_empty()


def test_it_is_done_once() -> None:
    before = [getattr(owner, name) for owner, name in MENDED]
    mend_streamlit()
    assert before == [getattr(owner, name) for owner, name in MENDED]


class Session(AppSession):
    """One without a runtime, that runs nothing."""

    _scriptrunner = None

    def __init__(self) -> None:
        pass

    def __del__(self) -> None:
        pass


def test_no_fragment_runs_for_a_page_that_was_left(asked: list[ClientState | None]) -> None:
    session = Session()
    played = ClientState(page_script_hash="playground", fragment_id=PLAYER)
    for state, counts in [
        (ClientState(), True),  # a first visit, before the page has a name
        (played, True),
        (ClientState(page_script_hash="playground"), True),
        (played, True),
        (ClientState(page_script_hash="glossary"), True),
        (played, False),
        (None, True),
        (ClientState(page_script_hash="glossary", fragment_id="another"), True),
        (ClientState(page_script_hash="playground"), True),
        (played, True),
    ]:
        before = len(asked)
        session.request_rerun(state)
        assert asked[before:] == ([state] if counts else []), state


def test_a_session_is_asked_for_a_run_by_what_the_browser_says() -> None:
    """`forget_pages_left` wraps this."""
    assert list(inspect.signature(REQUEST).parameters) == ["self", "client_state"]
    assert {"fragment_id", "page_script_hash"} <= set(ClientState.DESCRIPTOR.fields_by_name)


def test_a_run_of_a_script_knows_whether_it_follows_the_history() -> None:
    """AppTest has no history, so this asks the class itself."""
    assert not ScriptRunContext.is_history_navigation
    parameters = inspect.signature(ScriptRunContext.reset).parameters
    assert parameters["is_history_navigation"].default is False
