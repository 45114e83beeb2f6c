"""The package that `pip install .` builds: complete, and with the requirements of requirements.txt."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from scripts.build_wheel import build_wheel
from scripts.live_server import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(build_wheel(tmp_path_factory.mktemp("wheel")))


def test_it_needs_what_the_checkout_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert project["dependencies"] == [line for line in lines if re.match(r"\w", line)]


def test_all_that_runs_is_in_it(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    files = tracked.stdout.splitlines()
    beside = [name for name in files if name.startswith(("pages/", ".streamlit/")) or name == "app.py"]
    assert len(beside) >= 5
    assert {name for name in files if name.startswith("playground/")} <= names
    assert {f"playground/launch/{name}" for name in beside} <= names
    assert all(name.startswith(("playground/", "neural_network_playground-")) for name in names)


def test_translations_are_in_it_and_their_template_is_not() -> None:
    config = WheelBuilder(str(ROOT)).config
    assert config.include_path("playground/locale/de/LC_MESSAGES/playground.mo")
    assert not config.include_path("playground/locale/playground.pot")


def test_it_starts_from_anywhere(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    command = [sys.executable, "-c", "from playground.home import HOME; print(HOME)"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert Path(done.stdout.strip()) == tmp_path / "playground" / "launch"
    assert (tmp_path / "playground" / "launch" / "app.py").is_file()
