"""How many examples a property is tried on, and how many seeds a claim."""

import os

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")


SEEDS = range(10 if PROFILE == "nightly" else 3)
"""Of runs that take long: all ten at night, the first three in any other run."""


def nearly_all(count: int) -> bool:
    """Whether so many of SEEDS are all but one, at least."""
    return count >= len(SEEDS) - 1


def hardly_any(count: int) -> bool:
    """Whether so many of SEEDS are one, at most."""
    return count <= 1


def often(count: int) -> settings:
    """So many examples at night, a quarter of them in any other run: what bytes and texts of all sorts may
    break is found by many of them, on many days.
    """
    return settings(max_examples=count if PROFILE == "nightly" else count // 4)
