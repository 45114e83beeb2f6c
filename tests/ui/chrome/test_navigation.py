"""The menu: a line for each lab, whose folder is its address."""

from pathlib import Path

import pytest

from playground.ui.chrome.navigation import LABS
from tests.labs.opened import open_page, session

FOLDERS = Path(__file__).resolve().parents[3] / "playground" / "labs"


def test_every_lab_is_in_the_menu() -> None:
    assert {path.parent.name for path in FOLDERS.glob("*/lab.py")} - {"framework"} == set(LABS)


@pytest.mark.parametrize("name", LABS)
def test_an_address_shows_the_lab_of_its_folder(name: str) -> None:
    assert session(open_page(name, {}), lab=name).lab.name == name
