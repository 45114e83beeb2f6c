"""Shared by all tests: their order, one thread for products of matrices, as in the app, and how many
examples a property is tried on.

`HYPOTHESIS_PROFILE=nightly make test` tries many more of them.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.properties import PROFILE

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is loaded; see app.py

BROWSER_TESTS = Path(__file__).parent / "browser"

# No deadline: how long an example takes says more about the machine than about the code.
settings.register_profile("default", deadline=None)
settings.register_profile("nightly", deadline=None, max_examples=1000)
settings.load_profile(PROFILE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: the quick ones tell first, without Playwright's event loop around."""
    items.sort(key=lambda item: BROWSER_TESTS in item.path.parents)
