"""Find a Chromium for the browser tests, or install one: `python -m scripts.find_browser` prints its path.

In this order: the one PLAYGROUND_BROWSER names; a Chromium or Chrome that is installed; Playwright's
own, if it is there already; Debian's package when root; Playwright's own, downloaded. What is found must
be able to say its version: a launcher without its browser, or a browser without its libraries, does not
count.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",  # /dev/shm is 64 MB in a container: pages crash there
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a lecture hall without internet
]


class NoBrowser(RuntimeError):
    """There is no usable Chromium; the message is one sentence that says what to do."""


def works(path: str) -> bool:
    """Whether the executable at `path` starts and says its version."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find_installed() -> str | None:
    """The path of an installed Chromium or Chrome, or None. Installs nothing."""
    named = os.environ.get("PLAYGROUND_BROWSER")
    if named:
        if works(named):
            return named
        raise NoBrowser(f"PLAYGROUND_BROWSER names {named}, which does not start: correct it or unset it.")
    candidates = [shutil.which(name) for name in NAMES] + [place for place in PLACES if Path(place).exists()]
    return next((path for path in candidates if path and works(path)), None) or find_playwrights()


def find_playwrights() -> str | None:
    """The path of the Chromium that belongs to the installed Playwright, or None."""
    # A process of its own: Playwright's sync API refuses to start twice in one.
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    path = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip()
    return path if path and works(path) else None


def install() -> None:
    """Try Debian's package when root, then Playwright's download; their output goes to stderr."""
    root = os.geteuid() == 0 and shutil.which("apt-get") is not None
    if root:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], stdout=sys.stderr)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        if subprocess.run(command, stdout=sys.stderr, env=environment).returncode == 0 and find_installed():
            return
    command = [sys.executable, "-m", "playwright", "install", *(["--with-deps"] if root else []), "chromium"]
    subprocess.run(command, stdout=sys.stderr)


def find_or_install() -> str:
    """The path of a working Chromium, installed if need be; raises NoBrowser."""
    path = find_installed()
    if path is None:
        install()
        path = find_installed()
    if path is None:
        raise NoBrowser(
            "No Chromium was found and none could be installed: install chromium or google-chrome, "
            "or name one in PLAYGROUND_BROWSER."
        )
    return path


if __name__ == "__main__":
    try:
        print(find_or_install())
    except NoBrowser as problem:
        sys.exit(str(problem))
