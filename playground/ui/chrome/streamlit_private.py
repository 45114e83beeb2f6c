"""All that rests on private parts of Streamlit's Python side; tests/ui/chrome/test_streamlit_private.py fails
where an upgrade changes them. What the browser side rests on is in player/browser/core/host.js and page.css.

**The queue to the browser.** A run of a fragment takes what an earlier run wrote for this fragment out of the
queue to the browser, because it will write that again. Where that earlier run was one of the whole page, its
end stays in the queue: the browser then hears that the page is complete, finds nothing in it for the
fragment, and removes what stands there. The player was gone for some tenths of a second, and with it strokes
and clicks (Streamlit 1.67). So nothing is taken out of the queue as long as the end of a whole page's run
waits there.

**Back and forward.** Whether a visitor came by going through the browser's history is known to the run of a
script, and not told to it.
"""

from functools import wraps

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import get_script_run_ctx


def is_history_navigation() -> bool:
    """Whether the visitor came to this address by going back or forward in the browser."""
    return get_script_run_ctx().is_history_navigation


def patch_message_queue() -> None:
    """Make Streamlit send the whole of a page's run, also when a fragment's run begins before that."""
    clear = ForwardMsgQueue.clear
    if hasattr(clear, "__wrapped__"):
        return

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


def _ends_a_page(message: ForwardMsg) -> bool:
    kind = message.WhichOneof("type")
    return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
