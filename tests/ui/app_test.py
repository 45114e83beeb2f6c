"""The app as Streamlit runs it without a browser: with its test harness, made quiet and quick."""

import warnings
from functools import cache
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the test harness itself
    from streamlit.components.v2 import manifest_scanner
    from streamlit.testing.v1 import AppTest

SHELL = Path(__file__).resolve().parents[2] / "playground" / "ui" / "chrome" / "shell.py"

# Each page would look through all that is installed for components, which takes longer than its first run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def app() -> AppTest:
    """The app, at no page yet."""
    return AppTest.from_file(SHELL, default_timeout=60)
