"""All that rests on private parts of Streamlit's Python side; test_streamlit_private.py and
test_one_run_at_a_time.py, in tests/ui/chrome, fail where an upgrade changes them. What the browser side rests
on is in player/browser/core/host.js and page.css.

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

**One run after the other.** What a visitor asked for began at once, while the run before was still giving way
in a thread of its own. Both prepare the same session, and the older one cleared what the newer had been told:
three boxes were ticked, the page knew of two. A callback that read the session's state gave way there, and
what it had still to do was never done. And what a run had said last was dropped where a fragment's request
found it ended, but not yet heard out. (`runner.fastReruns = false` is no way out: it makes one request of all
that wait, so that a page change or a step back gives way to the player's next message, and callbacks run in
another order than the clicks.) So requests wait in a queue. A page's request stops the run before it and
begins when that has ended; nothing is stopped before its callbacks are through; a fragment's request goes to
the run there is, or begins when that has been heard out.

**Back and forward.** Whether a visitor came by going through the browser's history is known to the run of a
script, and not told to it.
"""

import threading
from collections import deque
from dataclasses import dataclass, field
from functools import wraps
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.state.safe_session_state import SafeSessionState


def is_history_navigation() -> bool:
    """Whether the visitor came to this address by going back or forward in the browser."""
    return get_script_run_ctx().is_history_navigation


def mend_streamlit() -> None:
    """Have Streamlit do what is said above, once for the process."""
    if not hasattr(ForwardMsgQueue.clear, "__wrapped__"):
        send_whole_pages()
        queue_requests()
        forget_pages_left()
        finish_callbacks()


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


class _NotHeardOutError(Exception):
    """The session's run has ended, and what it said waits to be passed on."""


@dataclass
class _Queue:
    """A session's requests. runner: the one whose end has not been heard; taken: whether it has begun."""

    waiting: deque[ClientState | None] = field(default_factory=deque)
    runner: ScriptRunner | None = None
    taken: bool = False


def queue_requests() -> None:
    """Make Streamlit run what a visitor asks for in its order, and nothing beside another run."""
    request, create = AppSession.request_rerun, AppSession._create_scriptrunner
    hear = AppSession._handle_scriptrunner_event_on_event_loop
    queues: WeakKeyDictionary[AppSession, _Queue] = WeakKeyDictionary()

    def go_on(session: AppSession, queue: _Queue) -> None:
        while queue.waiting:
            state, runner = queue.waiting[0], queue.runner
            if runner is not None and (not queue.taken or runner is not session._scriptrunner):
                return  # it has not begun, or was stopped: either is heard
            if runner is not None and (state is None or not state.fragment_id):
                runner.request_stop()
                session._scriptrunner = None
                return
            queue.waiting.popleft()
            try:
                request(session, state)
            except _NotHeardOutError:
                queue.waiting.appendleft(state)
                return

    @wraps(request)
    def in_turn(session: AppSession, state: ClientState | None) -> None:
        queue = queues.setdefault(session, _Queue())
        queue.waiting.append(state)
        go_on(session, queue)

    @wraps(create)
    def after_the_last(session: AppSession, data: RerunData) -> None:
        if session._scriptrunner is not None:
            raise _NotHeardOutError
        create(session, data)
        queue = queues.setdefault(session, _Queue())
        queue.runner, queue.taken = session._scriptrunner, False

    @wraps(hear)
    def heard(
        session: AppSession, sender: ScriptRunner | None, event: ScriptRunnerEvent, *rest: object
    ) -> None:
        hear(session, sender, event, *rest)
        queue = queues.get(session)
        if queue is None or sender is not queue.runner:
            return
        if event is ScriptRunnerEvent.SCRIPT_STARTED:
            queue.taken = True
            go_on(session, queue)
        elif event is ScriptRunnerEvent.SHUTDOWN:
            queue.runner = None
            go_on(session, queue)

    AppSession.request_rerun = in_turn
    AppSession._create_scriptrunner = after_the_last
    AppSession._handle_scriptrunner_event_on_event_loop = heard


def finish_callbacks() -> None:
    """Make Streamlit carry out a run's callbacks to their end, whatever is asked for meanwhile."""
    begin = SafeSessionState.on_script_will_rerun
    give_way = ScriptRunner._maybe_handle_execution_control_request
    thread = threading.local()

    @wraps(begin)
    def whole(state: SafeSessionState, *args: object, **named: object) -> None:
        thread.calls_back = True
        try:
            begin(state, *args, **named)
        finally:
            thread.calls_back = False

    @wraps(give_way)
    def later(runner: ScriptRunner) -> None:
        if not getattr(thread, "calls_back", False):
            give_way(runner)

    SafeSessionState.on_script_will_rerun = whole
    ScriptRunner._maybe_handle_execution_control_request = later


def _ends_a_page(message: ForwardMsg) -> bool:
    kind = message.WhichOneof("type")
    return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
