"""The app in a real Chromium, without any network but this machine's own.

`server` is the running app, `page` a desktop-sized page, `new_page` makes others (phone, dark, reduced
motion). Paths are relative: `page.goto("/")`. A test fails by itself on an uncaught error in the page, a
request that leaves this machine, or a traceback in the server's log; every failure leaves a screenshot
of each open page and the log under test-artifacts/.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize, expect, sync_playwright

from scripts.find_browser import FLAGS, NoBrowser, find_installed
from scripts.live_server import ROOT, LiveServer, without_hang_ups

ARTIFACTS = ROOT / "test-artifacts"
TIMEOUT = 30_000  # ms; generous, because it only bounds waiting for a condition
LOCAL_SCHEMES = {"data", "blob", "about", "chrome-error"}


class Visit:
    """The pages one test has opened, and what went wrong in them and on the server meanwhile."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser = browser
        self.server = server
        self.log_start = len(server.log.read_bytes())
        self.pages: list[Page] = []
        self.page_errors: list[str] = []
        self.console: list[str] = []
        self.foreign: list[str] = []

    def open(
        self,
        *,
        viewport: tuple[int, int] = (1440, 900),
        color_scheme: str = "light",
        reduced_motion: str = "no-preference",
        touch: bool = False,
    ) -> Page:
        """A blank page in a browser context of its own. `touch`: a phone's browser."""
        context = self.browser.new_context(
            base_url=self.server.url,
            viewport=ViewportSize(width=viewport[0], height=viewport[1]),
            color_scheme=color_scheme,
            reduced_motion=reduced_motion,
            has_touch=touch,
            is_mobile=touch,
        )
        context.set_default_timeout(TIMEOUT)
        context.on("request", lambda request: self._note_address(request.url))
        page = context.new_page()
        page.on("websocket", lambda socket: self._note_address(socket.url))
        page.on("pageerror", lambda error: self.page_errors.append(error.stack or str(error)))
        page.on("console", self._note_console)
        self.pages.append(page)
        return page

    def _note_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.hostname != "127.0.0.1":
            self.foreign.append(url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(f"{message.type}: {message.text}")

    def check(self) -> None:
        """Fail on what no test may leave behind, whatever it asserts itself."""
        assert not self.page_errors, "The page threw an uncaught error:\n" + "\n".join(self.page_errors)
        assert not self.foreign, "The page asked for something outside this machine:\n" + "\n".join(
            self.foreign
        )
        log = without_hang_ups(self.server.read_log(self.log_start))
        assert "Traceback (most recent call last)" not in log, f"The server's log holds a traceback:\n{log}"

    def leave_artifacts(self, name: str, failure: BaseException) -> None:
        """Save screenshots and the log, and note their paths (and the page's console) on the failure."""
        stem = re.sub(r"[^\w.-]+", "-", name).strip("-")
        log = ARTIFACTS / f"{stem}.log"
        log.write_text(self.server.read_log(self.log_start))
        failure.add_note(f"server log: {log}")
        for number, page in enumerate(self.pages):
            path = ARTIFACTS / f"{stem}-{number}.png"
            try:
                page.screenshot(path=path)
                failure.add_note(f"screenshot: {path}")
            except Error as problem:
                failure.add_note(f"no screenshot of page {number}: {problem.message}")
        for line in self.console:
            failure.add_note(f"browser console: {line}")

    def close(self) -> None:
        for page in self.pages:
            page.context.close()


VISIT = pytest.StashKey[Visit]()


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    """The app on a free port; its whole log is test-artifacts/server.log. Older artifacts go."""
    shutil.rmtree(ARTIFACTS, ignore_errors=True)
    with LiveServer(ARTIFACTS / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests; none on the machine is a failure, never a skip."""
    try:
        path = find_installed()
    except NoBrowser as problem:
        pytest.fail(str(problem), pytrace=False)
    if path is None:
        pytest.fail(
            "No Chromium is installed: run make browser, or name one in PLAYGROUND_BROWSER.", pytrace=False
        )
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        # Without Chromium's sandbox: it refuses to start as root, and sees nothing but our own pages.
        chromium = playwright.chromium.launch(executable_path=path, chromium_sandbox=False, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(
    request: pytest.FixtureRequest, browser: Browser, server: LiveServer
) -> Iterator[Callable[..., Page]]:
    """`new_page(viewport=(390, 844), color_scheme="dark", reduced_motion="reduce", touch=True)`."""
    visit = request.node.stash[VISIT] = Visit(browser, server)
    yield visit.open
    visit.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A blank desktop page, 1440x900, light."""
    return new_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """A fixture that already drives a page may fail too."""
    return (yield from guarded(item, checks=False))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Check what every test promises, while its pages are still open."""
    return (yield from guarded(item, checks=True))


def guarded(item: pytest.Item, *, checks: bool) -> Iterator[None]:
    """Run one phase of a test; a failure in it leaves its artifacts."""
    try:
        outcome = yield
        if checks and VISIT in item.stash:
            item.stash[VISIT].check()
    except (Exception, pytest.fail.Exception) as failure:
        if VISIT in item.stash:
            item.stash[VISIT].leave_artifacts(item.name, failure)
        raise
    return outcome
