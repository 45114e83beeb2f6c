"""The conversation of player and server: whatever is lost or repeated, each action is done once."""

from dataclasses import dataclass, field
from threading import RLock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.player.messages import Conversation, Outbox
from playground.player.packet import decode


class FakeRun:
    """A run that says which requests it answered."""

    def __init__(self) -> None:
        self.outbox = Outbox()
        self.turn = RLock()
        self.answered: list[object] = []

    def answer(self, request: object) -> None:
        self.answered.append(request)
        self.outbox.put({"answer": len(self.answered)})


@dataclass
class Session:
    run: FakeRun = field(default_factory=FakeRun)
    done: list[int] = field(default_factory=list)

    def act(self, sent: dict) -> None:
        self.done.append(sent["number"])
        if sent.get("says"):
            self.run.outbox.put({"note": sent["says"]})


def packet(session: Session) -> dict:
    return decode(session.run.outbox.packet)[0]


def say(conversation: Conversation, session: Session, *numbers: int, request=None, **more) -> None:
    actions = [{"number": n} if isinstance(n, int) else n for n in numbers]
    message = {"from": 1, "seen": None, "actions": actions, "request": request, **more}
    conversation.receive(session, message, Session.act)


def test_actions_are_done_once_in_their_order() -> None:
    conversation, session = Conversation(), Session()
    say(conversation, session, 5)
    say(conversation, session, 7, 5, 6)
    say(conversation, session, 5, 6, 7, request="more")
    assert session.done == [5, 6, 7]
    assert session.run.answered == ["more"]


def test_another_player_begins_with_numbers_of_its_own() -> None:
    conversation, session = Conversation(), Session()
    say(conversation, session, 900)
    say(conversation, session, 3, **{"from": 2})
    assert session.done == [900, 3]


def test_a_note_stays_until_it_has_been_seen() -> None:
    conversation, session = Conversation(), Session()
    note = {"number": 1, "says": "look"}
    say(conversation, session, note, request="frames")
    assert packet(session)["note"] == "look"
    say(conversation, session, note, request="frames", seen="something before it")
    assert packet(session)["note"] == "look"
    assert session.run.answered == []
    say(conversation, session, note, request="frames", seen=packet(session)["packet"])
    assert session.run.answered == ["frames"]
    assert "answer" in packet(session)


def test_answers_may_take_each_others_place() -> None:
    conversation, session = Conversation(), Session()
    for k in range(3):
        say(conversation, session, request=k)
    assert session.run.answered == [0, 1, 2]


def test_a_run_that_an_action_puts_up_is_not_asked_what_the_one_before_was_asked() -> None:
    conversation, session = Conversation(), Session()

    def begin(session: Session, sent: dict) -> None:
        session.run = FakeRun()
        session.run.outbox.put({"scene": {}})

    message = {"from": 1, "seen": None, "actions": [{"number": 1}], "request": "frames"}
    conversation.receive(session, message, begin)
    assert session.run.answered == []
    assert "scene" in packet(session)


@pytest.mark.parametrize(
    "message",
    [
        None,
        5,
        "actions",
        {},
        {"actions": 5},
        {"actions": "12"},
        {"actions": [None, 5, {}, {"number": "1"}, {"number": True}, {"number": -3}]},
        {"from": [], "actions": [{"number": -1}]},
    ],
)
def test_what_makes_no_sense_does_nothing(message: object) -> None:
    conversation, session = Conversation(), Session()
    conversation.receive(session, message, Session.act)
    assert session.done == []
    assert session.run.answered == []


@given(lost=st.lists(st.booleans(), max_size=30), answered=st.lists(st.booleans(), max_size=30))
def test_whatever_is_lost_on_the_way_each_action_is_done_once(lost: list[bool], answered: list[bool]) -> None:
    """A player that acts before every message, and forgets an action only when an answer came after it."""
    conversation, session = Conversation(), Session()
    unacknowledged: list[int] = []
    number = 0
    for k, gone in enumerate([*lost, False]):
        number += 1
        unacknowledged.append(number)
        number += 1
        if gone:
            continue
        say(conversation, session, *unacknowledged, request=number)
        if k < len(answered) and answered[k]:
            unacknowledged = [n for n in unacknowledged if n > number]
    assert session.done == list(range(1, number, 2))
