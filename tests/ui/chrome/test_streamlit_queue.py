"""The queue to the browser: a fragment's run takes nothing away from a whole page that is not sent yet."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from playground.ui.chrome.streamlit_queue import keep_whole_pages

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
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    original = getattr(ForwardMsgQueue.clear, "__wrapped__", ForwardMsgQueue.clear)
    monkeypatch.setattr(ForwardMsgQueue, "clear", original)
    keep_whole_pages()


def test_a_whole_page_reaches_the_browser_before_the_fragments_run() -> None:
    queue = page(ForwardMsg.FINISHED_SUCCESSFULLY)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[PLAYER])
    queue.enqueue(drawn("player, later", 0, 1, fragment=PLAYER))
    assert told(queue) == ["title", "player", "FINISHED_SUCCESSFULLY", "player, later"]


def test_streamlit_alone_loses_the_player() -> None:
    """Where this fails, Streamlit does without `playground.ui.chrome.streamlit_queue`: delete it."""
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
    before = ForwardMsgQueue.clear
    keep_whole_pages()
    assert ForwardMsgQueue.clear is before
