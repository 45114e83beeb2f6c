"""Cards of words: what was measured, network by network."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """What is said of one thing. verdict: the channel whose number picks one of `verdicts`, each (word,
    tone: "good", "warning" or ""). lines: texts with {channel}. role: as of a panel's numbers.
    """

    title: str
    role: str
    verdict: str
    verdicts: Sequence[tuple[str, str]]
    lines: Sequence[str]


@dataclass(frozen=True)
class CardsPanel:
    """Cards side by side; see `playground/player/browser/panels/cards.js`."""

    id: str
    slot: str
    title: str
    cards: Sequence[Card]

    def describe(self) -> dict:
        cards = [vars(card) for card in self.cards]
        own = {"id": self.id, "slot": self.slot, "title": self.title, "cards": cards}
        return {"kind": "cards", "numbers": [], **own}
