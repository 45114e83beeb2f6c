"""Shared by all tests: the order they run in, and one thread for products of matrices, as in the app."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is loaded; see app.py

BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: the quick ones tell first, without Playwright's event loop around."""
    items.sort(key=lambda item: BROWSER_TESTS in item.path.parents)
