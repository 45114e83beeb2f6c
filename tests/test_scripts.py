"""The scripts that set things up, without installing anything."""

from pathlib import Path

import pytest

from scripts import find_browser


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
