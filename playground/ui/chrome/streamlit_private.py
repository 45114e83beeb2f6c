"""All that rests on private parts of Streamlit's Python side; tests/ui/chrome/test_streamlit_private.py fails
where an upgrade changes them. What the browser side rests on is in player/browser/core/host.js and page.css.

**The queue to the browser.** A run of a fragment takes what an earlier run wrote for this fragment out of the
queue to the browser, because it will write that again. Where that earlier run was one of the whole page, its
end stays in the queue: the browser then hears that the page is complete, finds nothing in it for the
fragment, and removes what stands there. The player was gone for some tenths of a second, and with it strokes
and clicks (Streamlit 1.67). So nothing is taken out of the queue as long as the end of a whole page's run
waits there.

**A page that has been left.** Until the browser hears that another page's run has begun, it sends what the
player says in the name of the page before. Streamlit kept such a request until the new page was complete,
then ran a fragment of the old page, and the browser, told that the old page is there again, removed the new
one: the visitor saw nothing. So a fragment is not run in the name of any but the page asked for last.

**Back and forward.** Whether a visitor came by going through the browser's history is known to the run of a
script, and not told to it.
"""

from functools import wraps
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import get_script_run_ctx


def is_history_navigation() -> bool:
    """Whether the visitor came to this address by going back or forward in the browser."""
    return get_script_run_ctx().is_history_navigation


def mend_streamlit() -> None:
    """Have Streamlit do what is said above, once for the process."""
    if not hasattr(ForwardMsgQueue.clear, "__wrapped__"):
        send_whole_pages()
        forget_pages_left()


def send_whole_pages() -> None:
    """Make Streamlit send the whole of a page's run, also when a fragment's run begins before that."""
    clear = ForwardMsgQueue.clear

    @wraps(clear)
    def careful(
        queue: ForwardMsgQueue,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        if fragment_ids_this_run and any(_ends_a_page(message) for message in queue._queue):
            queue._delta_index_map = {}  # what comes next must not be merged into what is complete
        else:
            clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)

    ForwardMsgQueue.clear = careful


def forget_pages_left() -> None:
    """Make Streamlit run no fragment of a page that the visitor has left."""
    request = AppSession.request_rerun
    asked: WeakKeyDictionary[AppSession, str] = WeakKeyDictionary()  # the page of each, while it is known

    @wraps(request)
    def careful(session: AppSession, state: ClientState | None) -> None:
        if state is not None and not state.fragment_id:
            asked[session] = state.page_script_hash
        elif state is not None and asked.get(session) not in ("", None, state.page_script_hash):
            return
        request(session, state)

    AppSession.request_rerun = careful


def _ends_a_page(message: ForwardMsg) -> bool:
    kind = message.WhichOneof("type")
    return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
