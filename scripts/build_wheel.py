"""Builds the package as pip does, with what is installed here: for the tests of it."""

import subprocess
import sys
from pathlib import Path

from scripts.live_server import ROOT


def build_wheel(folder: Path) -> Path:
    """The wheel's path, in `folder`; a failure says what pip said."""
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The package could not be built.\n{done.stdout}{done.stderr}")
    (wheel,) = folder.glob("*.whl")
    return wheel
