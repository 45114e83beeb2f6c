"""How many examples a property is tried on."""

import os

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")


def often(count: int) -> settings:
    """So many examples at night, a quarter of them in any other run: what bytes and texts of all sorts may
    break is found by many of them, on many days.
    """
    return settings(max_examples=count if PROFILE == "nightly" else count // 4)
