"""The scripts that set things up, without installing anything."""

from pathlib import Path

import pytest

from scripts import find_browser
from scripts.live_server import without_hang_ups


def executable(path: Path, body: str) -> str:
    """Write a shell script that can be run; returns its path."""
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser: the directory is its whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.delenv("PLAYGROUND_BROWSER", raising=False)
    monkeypatch.setattr(find_browser, "PLACES", ())
    return tmp_path


def test_chromium_comes_before_chrome(bare: Path) -> None:
    executable(bare / "google-chrome", "echo 1")
    chromium = executable(bare / "chromium", "echo 1")
    assert find_browser.find_installed() == chromium


def test_a_launcher_that_does_not_start_is_passed_over(bare: Path) -> None:
    executable(bare / "chromium", "echo 'install the snap' >&2; exit 1")
    chrome = executable(bare / "google-chrome", "echo 1")
    assert find_browser.find_installed() == chrome


def test_the_named_browser_wins(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(bare / "chromium", "echo 1")
    named = executable(bare / "my-browser", "echo 1")
    monkeypatch.setenv("PLAYGROUND_BROWSER", named)
    assert find_browser.find_installed() == named


def test_a_wrongly_named_browser_is_a_sentence(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_BROWSER", str(bare / "nothing"))
    with pytest.raises(find_browser.NoBrowser, match="correct it or unset it"):
        find_browser.find_installed()


def test_no_browser_at_all_is_a_sentence(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_browser, "install", lambda: None)
    assert find_browser.find_installed() is None
    with pytest.raises(find_browser.NoBrowser, match="PLAYGROUND_BROWSER"):
        find_browser.find_or_install()


def test_what_was_installed_is_found(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_browser, "install", lambda: executable(bare / "chromium", "echo 1"))
    assert find_browser.find_or_install() == str(bare / "chromium")


def test_debians_package_when_root(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_browser.os, "geteuid", lambda: 0)
    log, chromium = bare / "log", bare / "chromium"
    making = f"printf '#!/bin/sh\\n' > {chromium} && /bin/chmod +x {chromium}"
    executable(bare / "apt-get", f'echo "$@" >> {log}; case "$1" in install) {making};; esac')
    assert find_browser.find_or_install() == str(chromium)
    update, install = log.read_text().splitlines()
    assert update.startswith("update")
    assert install.startswith("install")
    assert install.endswith("chromium")


FRAMES = '  File "starlette_websocket.py", line 516, in _websocket_endpoint\n    data = await receive()\n'
CLOSED = (
    'starlette.websockets.WebSocketDisconnected: Cannot call "send" once a close message has been sent.\n'
)
TRACEBACK = "Traceback (most recent call last):\n"
AGAIN = "\nDuring handling of the above exception, another exception occurred:\n\n"
HUNG_UP = f"Exception in ASGI application\n{TRACEBACK}{FRAMES}{CLOSED}{AGAIN}{TRACEBACK}{FRAMES}{CLOSED}"
FAILED = f'{TRACEBACK}  File "player/run.py", line 1, in answer\n    1 / 0\nZeroDivisionError: of 1\n'


def test_a_page_that_hangs_up_is_no_trouble_of_the_server() -> None:
    assert without_hang_ups(f"before\n{HUNG_UP}after\n{HUNG_UP}") == "before\nafter\n"


@pytest.mark.parametrize(
    "log",
    [
        FAILED,
        f"Exception in ASGI application\n{FAILED}",
        f"Exception in ASGI application\n{TRACEBACK}{FRAMES}",
    ],
)
def test_every_other_traceback_stays(log: str) -> None:
    assert without_hang_ups(log) == log
    assert TRACEBACK in without_hang_ups(HUNG_UP + log)
