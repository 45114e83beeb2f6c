"""Messages between the player and the server: none is lost, and none is carried out twice.

Where several messages wait, Streamlit keeps only the latest: of those from the browser as of those to it. So
the player sends again whatever is not acknowledged, and the server replaces no packet that the player has not
seen, unless that is an answer.

A message of the player:

    {"from": which player, "seen": the last packet it has seen, "actions": [{"number", "kind", ...}, ...],
     "request": what it wants next, or None}

Actions are what the visitor did; their numbers grow, and each is carried out once. A message comes from
outside: what is malformed in it is ignored.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import Any, Protocol

from playground.player.packet import Channel, Values, encode

MAX_ACTIONS = 50  # in one message; the player sends no more

Action = Mapping[str, Any]
"""What the visitor did: it comes from outside, and only its number is sure to be sound."""


class Outbox:
    """The packet that the player should be given now. An answer may replace another; any other packet stays
    until the player has seen it.
    """

    def __init__(self) -> None:
        self.packet = b""
        self._unseen: str | None = None

    def put(
        self,
        header: Mapping[str, object],
        channels: Sequence[Channel] = (),
        frames: Sequence[Values] = (),
    ) -> None:
        """A packet; one with an "answer" in its header is an answer."""
        id = secrets.token_hex(4)
        if "answer" not in header:
            self._unseen = id
        self.packet = encode({"packet": id, **header}, channels, frames)

    def is_free(self, seen: object) -> bool:
        """Whether an answer may be put here, for a player that saw the packet `seen` last."""
        if seen == self._unseen:
            self._unseen = None
        return self._unseen is None


class Playable(Protocol):
    """What a player can show: a run or a film."""

    outbox: Outbox
    turn: RLock

    def answer(self, request: object) -> None: ...


class Session(Protocol):
    """Whose run it is; actions may put up another."""

    run: Playable


class Conversation:
    """What has been received from the player on one page."""

    def __init__(self) -> None:
        self._from: object = None
        self._latest = 0

    def receive(self, session: Session, message: object, act: Callable[[Session, Action], None]) -> None:
        """Carry out the new actions of a message, each with act(session, sent), then answer its request.
        While a packet waits to be seen there is no answer: the player asks again when it has seen it.
        """
        if not isinstance(message, Mapping):
            return
        with session.run.turn:
            for sent in self._new(message):
                act(session, sent)
            if message.get("request") is not None and session.run.outbox.is_free(message.get("seen")):
                session.run.answer(message["request"])

    def _new(self, message: Mapping[str, object]) -> list[Action]:
        """The actions that were not received before, in the order of their numbers."""
        if message.get("from") != self._from:
            self._from, self._latest = message.get("from"), 0
        actions = message.get("actions")
        if not isinstance(actions, Sequence) or isinstance(actions, str):
            return []
        sound = [a for a in actions[:MAX_ACTIONS] if isinstance(a, Mapping) and type(a.get("number")) is int]
        new = sorted((a for a in sound if a["number"] > self._latest), key=lambda a: a["number"])
        self._latest = max([self._latest, *(a["number"] for a in new)])
        return new


def whole_numbers(request: Mapping[str, object], *names: str) -> tuple[int, ...] | None:
    """What a request holds under these names, if each is a whole number from 0 to below 2**53."""
    found = [n for n in (request.get(name) for name in names) if type(n) is int and 0 <= n < 2**53]
    return tuple(found) if len(found) == len(names) else None
