"""What the player and the server say to each other, so that nothing is lost and nothing is done twice.

Where several messages wait, Streamlit keeps only the latest: of those from the browser as of those to it. So
the player says everything again that it does not know to be heard, and the server lets nothing take the place
of a word that the player has not seen.

A message of the player:

    {"from": which player, "seen": the last packet it has seen, "acts": [{"number", "kind", ...}, ...],
     "request": what it wants next, or None}

Acts are what the visitor did; their numbers grow, and each is done once. A message is a visitor's word: what
makes no sense in it does nothing.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import Protocol

from playground.player.packet import Channel, encode

MAX_ACTS = 50  # in one message; the player sends no more


class Outbox:
    """What the player should be given now. An answer may take the place of another; anything else stays until
    it has been seen.
    """

    def __init__(self) -> None:
        self.packet = b""
        self._unseen: str | None = None

    def put(
        self,
        header: Mapping,
        channels: Sequence[Channel] = (),
        frames: Sequence[Mapping] = (),
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


class Speaker(Protocol):
    """A run or a film."""

    outbox: Outbox
    turn: RLock

    def answer(self, request: object) -> None: ...


class Session(Protocol):
    """Whose run it is; acts may put up another."""

    run: Speaker


class Conversation:
    """What has been heard from the player on one page."""

    def __init__(self) -> None:
        self._from: object = None
        self._heard = 0

    def hear(self, session: Session, message: object, act: Callable[[Session, Mapping], None]) -> None:
        """Do what is new in a message, each with act(session, sent), then answer its request. While a word
        waits to be seen there is no answer: the player asks again when it has seen it.
        """
        if not isinstance(message, Mapping):
            return
        with session.run.turn:
            for sent in self._new(message):
                act(session, sent)
            if message.get("request") is not None and session.run.outbox.is_free(message.get("seen")):
                session.run.answer(message["request"])

    def _new(self, message: Mapping) -> list[Mapping]:
        """The acts that were not heard before, in the order of their numbers."""
        if message.get("from") != self._from:
            self._from, self._heard = message.get("from"), 0
        acts = message.get("acts")
        if not isinstance(acts, Sequence) or isinstance(acts, str):
            return []
        sound = [a for a in acts[:MAX_ACTS] if isinstance(a, Mapping) and type(a.get("number")) is int]
        new = sorted((a for a in sound if a["number"] > self._heard), key=lambda a: a["number"])
        self._heard = max([self._heard, *(a["number"] for a in new)])
        return new
