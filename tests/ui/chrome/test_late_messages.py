"""What the browser sends may come when its page has gone: it does nothing then, and shows nothing."""

import json
import warnings
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import streamlit as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the test harness itself
    from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from playground.ui.chrome.navigation import LABS
from tests.labs.opened import turn_to
from tests.ui.app_test import AppTest, app

PLAYERS = ["playground", *LABS]


def go(page: AppTest, name: str) -> AppTest:
    return turn_to(page, name).run()


def listening(page: AppTest) -> dict[str, object]:
    """What Streamlit knows of the widgets that call something, by their ids: one of each kind on a page."""
    metadata = page.session_state._state._state._new_widget_state.widget_metadata
    callers = {
        id: each for id, each in metadata.items() if (each.callback or each.callbacks) and not each.disabled
    }
    kinds = {kind(each): id for id, each in callers.items()}
    return {id: callers[id] for id in kinds.values()}


def kind(metadata) -> tuple:
    """What is called, and what with."""
    callback = metadata.callback
    return getattr(callback, "__func__", getattr(callback, "__code__", None)), metadata.value_type


def messages(page: AppTest) -> Iterator[WidgetState]:
    """A message of each kind that a page may send."""
    states = {state.id: state for state in page._tree.get_widget_states().widgets}
    for id, metadata in listening(page).items():
        match metadata.value_type:
            case "trigger_value":
                yield WidgetState(id=id, trigger_value=True)
            case "json_trigger_value":
                sent = {"from": 1, "seen": None, "actions": [{"number": 1, "kind": "seed"}], "request": None}
                events = [{"event": "message", "value": sent}]
                yield WidgetState(id=id, json_trigger_value=json.dumps(events))
            case "json_value":
                yield WidgetState(id=id, json_value="{}")
            case _:
                yield states[id]


@pytest.fixture(params=PLAYERS)
def page(request: pytest.FixtureRequest) -> AppTest:
    opened = go(app(), request.param)
    assert not opened.exception
    return opened


def test_a_message_after_its_page_shows_nothing(page: AppTest) -> None:
    late = list(messages(page))
    assert any(message.json_trigger_value for message in late), "the player's is among them"
    go(page, "glossary")
    for message in late:
        page._run(WidgetStates(widgets=[message]))
        assert not page.exception, message
        assert [title.value for title in page.title] == ["Glossary"]


def test_what_is_called_needs_nothing_of_its_page(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Callable] = []
    for metadata in listening(page).values():
        called = [metadata.callback] if metadata.callback else metadata.callbacks.values()
        given = metadata.callback_args or (), metadata.callback_kwargs or {}
        calls += [partial(call, *given[0], **given[1]) for call in called]
    monkeypatch.setattr(st, "session_state", {})
    for call in calls:
        call()
