"""ACTIONS: what a visitor can do inside the player, by name. Each takes the session and what the player sent.

What the player sends is a visitor's word: every action checks it, and does nothing where it makes no sense.
An action that reads or changes the network does so at the frame the visitor sees: `update` says which.
"""

from collections.abc import Callable, Mapping

from playground.ui.session import PageSession

Action = Callable[[PageSession, Mapping], None]


def new_seed(session: PageSession, sent: Mapping) -> None:
    """Other data, other weights, the same settings."""
    session.new_seed()


def choose_view(session: PageSession, sent: Mapping) -> None:
    """Look at the run in another way: {"name", "value"} of a field of the view."""
    session.choose(sent.get("name"), sent.get("value"))


def try_fix(session: PageSession, sent: Mapping) -> None:
    """Make the change that a message offers: {"rule", "update": where the visitor read it}."""
    session.fix(sent.get("rule"), sent.get("update"))


def open_hash(session: PageSession, sent: Mapping) -> None:
    """Open what stood behind the # of the address, as in a link of TensorFlow Playground: {"text"}."""
    if isinstance(sent.get("text"), str):
        session.open_text(f"#{sent['text']}")


ACTIONS: dict[str, Action] = {
    "fix": try_fix,
    "hash": open_hash,
    "seed": new_seed,
    "view": choose_view,
}


def act(session: PageSession, sent: object) -> None:
    """Do what the player sent, if it is one of ACTIONS."""
    if isinstance(sent, Mapping) and isinstance(sent.get("kind"), str) and sent["kind"] in ACTIONS:
        ACTIONS[sent["kind"]](session, sent)
