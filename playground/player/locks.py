"""Turns: one thing at a time with what belongs to a visitor.

Streamlit by itself starts the next run of a page's script in another thread while the one before it is still
busy: a request may be under way in a run while the visitor's next click changes its scene.
"""

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Synchronized(Protocol):
    """turn: held by whoever works with the object; within a turn there may be others of the same thread."""

    turn: RLock


S = TypeVar("S", bound=Synchronized)


def synchronized(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """A method that waits for its turn."""

    @wraps(method)
    def waiting(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.turn:
            return method(self, *args, **kwargs)

    return waiting
