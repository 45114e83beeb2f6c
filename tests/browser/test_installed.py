"""The app from its installed package, somewhere else than in a checkout."""

import zipfile
from pathlib import Path

from playwright.sync_api import expect

from scripts.build_wheel import build_wheel
from scripts.live_server import ROOT, LiveServer
from tests.browser.driver import Player


def test_a_page_and_a_lab_open(new_page, tmp_path: Path) -> None:
    installed = tmp_path / "site-packages"
    zipfile.ZipFile(build_wheel(tmp_path)).extractall(installed)
    log = tmp_path / "server.log"
    with LiveServer(log, root=installed, script="playground/launch/app.py") as server:
        page = new_page()
        Player(page).open(server.url)
        expect(Player(page).open(f"{server.url}/optimizers").panel("race")).to_be_visible()
    assert "Traceback" not in log.read_text()
    assert str(ROOT) not in log.read_text()
