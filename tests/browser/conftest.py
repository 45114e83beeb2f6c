"""The app in a real Chromium, without any network but this machine's own.

`server` is the running app, `page` a desktop-sized page, `new_page` makes others (phone, dark, reduced
motion). Paths are relative: `page.goto("/")`. A test fails by itself on an uncaught error in the page, a
request that leaves this machine, or a traceback in the server's log; every failure leaves a screenshot
of each open page and the log under test-artifacts/.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    WebSocket,
    expect,
    sync_playwright,
)

from scripts.find_browser import FLAGS, NoBrowser, find_installed
from scripts.live_server import ROOT, LiveServer, without_hang_ups
from tests.browser.bench import Bench, serving

ARTIFACTS = ROOT / "test-artifacts"
TIMEOUT = 60_000  # ms; generous, because it only bounds waiting for a condition
LOCAL_SCHEMES = {"data", "blob", "about", "chrome-error"}


class Witness:
    """What goes wrong in pages that it is given, whatever a test asserts itself."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.page_errors: list[str] = []
        self.console: list[str] = []
        self.foreign: list[str] = []
        self._noted = {
            "websocket": self._note_socket,
            "pageerror": self._note_error,
            "console": self._note_console,
        }

    def watch(self, page: Page) -> None:
        """From now on, and for each request of the page's context."""
        page.context.set_default_timeout(TIMEOUT)
        page.context.on("request", self._note_request)
        for event, note in self._noted.items():
            page.on(event, note)
        self.pages.append(page)

    def leave(self) -> None:
        """Look no longer."""
        for page in self.pages:
            page.context.remove_listener("request", self._note_request)
            for event, note in self._noted.items():
                page.remove_listener(event, note)

    def clear(self) -> None:
        """Forget what went wrong before."""
        for noted in (self.page_errors, self.console, self.foreign):
            noted.clear()

    def _note_request(self, request: Request) -> None:
        self._note_address(request.url)

    def _note_socket(self, socket: WebSocket) -> None:
        self._note_address(socket.url)

    def _note_error(self, error: Error) -> None:
        self.page_errors.append(error.stack or str(error))

    def _note_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.hostname != "127.0.0.1":
            self.foreign.append(url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(f"{message.type}: {message.text}")

    def check(self) -> None:
        """Fail on what no test may leave behind."""
        assert not self.page_errors, "The page threw an uncaught error:\n" + "\n".join(self.page_errors)
        assert not self.foreign, "The page asked for something outside this machine:\n" + "\n".join(
            self.foreign
        )

    def leave_artifacts(self, name: str, failure: BaseException) -> None:
        """Save screenshots, and note their paths (and the page's console) on the failure."""
        ARTIFACTS.mkdir(exist_ok=True)
        for number, page in enumerate(self.pages):
            path = ARTIFACTS / f"{file_name(name)}-{number}.png"
            try:
                page.screenshot(path=path)
                failure.add_note(f"screenshot: {path}")
            except Error as problem:
                failure.add_note(f"no screenshot of page {number}: {problem.message}")
        for line in self.console:
            failure.add_note(f"browser console: {line}")


class Shelf:
    """Pages that one test after the other borrows, each in a browser context of its own. What the browser
    has loaded and compiled of the app's files stays with them, which makes opening it two to three times as
    fast; nothing else does.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self._free: dict[bool, list[Page]] = {True: [], False: []}

    def lend(self, *, touch: bool) -> Page:
        """A page that shares nothing with another, at an empty document of the app's. `touch`: a phone's
        browser.
        """
        if self._free[touch]:
            page = self._free[touch].pop()
        else:
            context = self.browser.new_context(base_url=self.url, has_touch=touch, is_mobile=touch)
            page = context.new_page()
        page.goto("/_stcore/health")
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.context.clear_cookies()
        return page

    def take_back(self, page: Page, *, touch: bool) -> None:
        """The app in it is closed."""
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.unroute_all()
        page.goto("about:blank")
        self._free[touch].append(page)


class Visit(Witness):
    """The pages of the app that one test has opened, and what went wrong there and on the server."""

    def __init__(self, shelf: Shelf, server: LiveServer) -> None:
        super().__init__()
        self.shelf = shelf
        self.server = server
        self.log_start = len(server.log.read_bytes())
        self._borrowed: list[tuple[Page, bool, bool]] = []

    def open(
        self,
        *,
        viewport: tuple[int, int] = (1440, 900),
        color_scheme: str = "light",
        reduced_motion: str = "no-preference",
        touch: bool = False,
        spoilt: bool = False,
    ) -> Page:
        """A page that shares nothing with another. `touch`: a phone's browser. `spoilt`: what the test does
        to it cannot be undone, so no other test is given it.
        """
        page = self.shelf.lend(touch=touch)
        self._borrowed.append((page, touch, spoilt))
        page.set_viewport_size(ViewportSize(width=viewport[0], height=viewport[1]))
        page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        self.watch(page)
        return page

    def check(self) -> None:
        super().check()
        log = without_hang_ups(self.server.read_log(self.log_start))
        assert "Traceback (most recent call last)" not in log, f"The server's log holds a traceback:\n{log}"

    def leave_artifacts(self, name: str, failure: BaseException) -> None:
        """The log, too."""
        log = ARTIFACTS / f"{file_name(name)}.log"
        log.write_text(self.server.read_log(self.log_start))
        failure.add_note(f"server log: {log}")
        super().leave_artifacts(name, failure)

    def close(self) -> None:
        self.leave()
        for page, touch, spoilt in self._borrowed:
            if spoilt:
                page.context.close()
            else:
                self.shelf.take_back(page, touch=touch)


def file_name(test: str) -> str:
    """A test's name as the name of a file."""
    return re.sub(r"[^\w.-]+", "-", test).strip("-")


WITNESS = pytest.StashKey[Witness]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Older artifacts go, once: before any of several processes (pytest-xdist) leaves its own."""
    if not hasattr(session.config, "workerinput"):
        shutil.rmtree(ARTIFACTS, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    """The app on a free port, one for each process that runs tests; its whole log is
    test-artifacts/server-*.log.
    """
    process = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with LiveServer(ARTIFACTS / f"server-{process}.log") as running:
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


@pytest.fixture(scope="session")
def shelf(browser: Browser, server: LiveServer) -> Shelf:
    """Of pages for the app."""
    return Shelf(browser, server.url)


@pytest.fixture
def new_page(
    request: pytest.FixtureRequest, shelf: Shelf, server: LiveServer
) -> Iterator[Callable[..., Page]]:
    """`new_page(viewport=(390, 844), color_scheme="dark", reduced_motion="reduce", touch=True)`."""
    visit = request.node.stash[WITNESS] = Visit(shelf, server)
    yield visit.open
    visit.close()


@pytest.fixture(scope="session")
def bare_pages() -> Iterator[str]:
    """The address of bare pages."""
    with serving() as url:
        yield url


@pytest.fixture(scope="session")
def workbench(browser: Browser, bare_pages: str) -> Iterator[Bench]:
    """One bare page for all tests that need no more."""
    context = browser.new_context(base_url=bare_pages)
    yield Bench(context.new_page())
    context.close()


@pytest.fixture
def bench(request: pytest.FixtureRequest, workbench: Bench, bench_witness: Witness) -> Iterator[Bench]:
    """The player on a bare page, desktop-sized and light: `bench.open("/?layers=4-tanh")`."""
    bench_witness.clear()
    request.node.stash[WITNESS] = bench_witness
    yield workbench
    workbench.leave()


@pytest.fixture(scope="session")
def bench_witness(workbench: Bench) -> Witness:
    """Of all that happens on the bare page; cleared for each test."""
    witness = Witness()
    witness.watch(workbench.page)
    return witness


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A desktop page, 1440x900, light."""
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
        if checks and WITNESS in item.stash:
            item.stash[WITNESS].check()
    except (Exception, pytest.fail.Exception) as failure:
        if WITNESS in item.stash:
            item.stash[WITNESS].leave_artifacts(item.name, failure)
        raise
    return outcome
