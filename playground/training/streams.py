"""Streams: named random number generators, so that no purpose draws from another's numbers.

A run has one seed, which spawns a stream for each purpose by its name. Changing one thing (the noise, say)
therefore leaves the draws of all others as they were, and so does a new stream.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

State = Mapping[str, Any]
"""Where a generator is: the form is that of its NumPy bit generator."""

NUMBERED = ("data", "split", "flips", "network", "shuffle", "input_noise")
"""These are spawned by their place in this list; every other stream is spawned by its name."""


def stream(seed: int, name: str) -> np.random.SeedSequence:
    """The seed of one purpose; a name has at least two letters."""
    if len(name) < 2:
        raise ValueError(f"A stream cannot be called {name!r}: give a name of two letters or more.")
    key = (NUMBERED.index(name),) if name in NUMBERED else tuple(name.encode())
    return np.random.SeedSequence(seed, spawn_key=key)


class Streams(Mapping[str, np.random.Generator]):
    """One generator for each name."""

    def __init__(self, seed: int, names: Iterable[str]) -> None:
        self._generators = {name: np.random.default_rng(stream(seed, name)) for name in names}

    def __getitem__(self, name: str) -> np.random.Generator:
        return self._generators[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._generators)

    def __len__(self) -> int:
        return len(self._generators)

    def state(self) -> dict[str, State]:
        """A copy of where every generator is."""
        return {name: generator.bit_generator.state for name, generator in self.items()}

    def load(self, state: Mapping[str, State]) -> None:
        """Put every generator where it was when `state` was taken."""
        for name, generator in self.items():
            generator.bit_generator.state = state[name]
