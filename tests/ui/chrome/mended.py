"""Streamlit as it comes, and as the app mends it, for one test."""

import inspect

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.safe_session_state import SafeSessionState

from playground.ui.chrome.streamlit_private import mend_streamlit

MENDED = [
    (ForwardMsgQueue, "clear"),
    (AppSession, "request_rerun"),
    (AppSession, "_create_scriptrunner"),
    (AppSession, "_handle_scriptrunner_event_on_event_loop"),
    (SafeSessionState, "on_script_will_rerun"),
    (ScriptRunner, "_maybe_handle_execution_control_request"),
]


def undo_mends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit as it comes."""
    for owner, name in MENDED:
        monkeypatch.setattr(owner, name, inspect.unwrap(getattr(owner, name)))


def mend_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit as the app has it, on whatever a test has put in its place before."""
    undo_mends(monkeypatch)
    mend_streamlit()
