"""Speed of the live pages in headless Chromium: `python -m benchmarks.live`.

Starts the app, opens its pages as a visitor does, and measures through the player's public attributes
what that visitor would see: how soon and how smoothly it moves, what a frame costs, how fast pause and
the timeline answer. Nothing here knows how the page is made.
"""

import base64
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, TimeoutError, sync_playwright

from playground.ui.chrome import navigation
from scripts.find_browser import FLAGS, NoBrowser, find_or_install
from scripts.live_server import LiveServer

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
VISITS = 3
ASKED = "30"  # frames a second
WINDOW_MS = 8_000
GROWTH_MS = 10_000  # how long to wait for new frames before asking for them in another way
PAUSES = 10
SCRUBS = 500
FILL_MS = 120_000
LARGEST = "/?layers=" + "~".join(["64-tanh"] * 10)
LABS = {name: f"/{name}" for name in sorted(navigation.LABS)}
FOUR_DEEP = "/vanishing_gradients"  # opens with four networks of depth 10


@dataclass
class Row:
    """One line of the table; `bar` is the most (or, with `at_least`, the least) that `value` may be."""

    what: str
    value: float | None
    unit: str
    bar: float | None = None
    at_least: bool = False
    digits: int = 1

    def __str__(self) -> str:
        value = "not measured" if self.value is None else f"{self.value:,.{self.digits}f} {self.unit}"
        if self.bar is None or self.value is None:
            return f"{self.what:<58}{value:>16}"
        met = self.value >= self.bar if self.at_least else self.value <= self.bar
        word = "at least" if self.at_least else "at most"
        return f"{self.what:<58}{value:>16}   {word} {self.bar:g}: {'yes' if met else 'NO'}"


class Traffic:
    """Bytes the page received, WebSocket messages decompressed, and messages it sent, since it was opened."""

    def __init__(self, session: CDPSession) -> None:
        self.socket = self.http = self.sent = 0
        session.send("Network.enable")
        session.on("Network.webSocketFrameReceived", self._received)
        session.on("Network.webSocketFrameSent", self._sent)
        session.on("Network.loadingFinished", self._loaded)

    def _received(self, event: dict) -> None:
        frame = event["response"]
        text = frame["opcode"] == 1
        self.socket += len(frame["payloadData"] if text else base64.b64decode(frame["payloadData"]))

    def _sent(self, _: dict) -> None:
        self.sent += 1

    def _loaded(self, event: dict) -> None:
        self.http += int(event["encodedDataLength"])


@dataclass
class Reading:
    """Counters at one instant; two of them make the cost of the frames between."""

    frames: int
    drawn: int
    received: int
    server_ms: float | None
    browser_ms: float


class LivePage:
    """A visitor's page with the player on it, and the counters around it."""

    def __init__(self, page: Page, server: LiveServer) -> None:
        self.page = page
        self.server = server
        self.session = page.context.new_cdp_session(page)
        self.traffic = Traffic(self.session)
        self.session.send("Performance.enable")

    def open(self, path: str = "/") -> float:
        """Open a page and return the milliseconds until the drawn frame changed for the first time."""
        self.page.add_init_script(PROBE)
        self.page.goto(self.server.url + path)
        self.page.wait_for_function("__live.firstMove !== null")
        return self.page.evaluate("__live.firstMove")

    def attribute(self, name: str) -> str | None:
        return self.page.get_by_test_id("player").get_attribute(name)

    def play(self) -> None:
        """Make it play, from the start when the run is at its end."""
        if self.attribute("data-state") not in ("playing", "paused"):
            self.page.get_by_test_id("player-reset").click()
        if self.attribute("data-state") != "playing":
            self.page.get_by_test_id("player-play").click()
        self.page.wait_for_function("__live.root.dataset.state === 'playing'")

    def pause(self) -> None:
        if self.attribute("data-state") == "playing":
            self.page.get_by_test_id("player-play").click()
            self.page.wait_for_function("__live.root.dataset.state !== 'playing'")

    def wait_for_growth(self, timeout: float) -> bool:
        """Return when the player has received frames, or False when it does not within `timeout` ms."""
        frames = self.attribute("data-frames")
        try:
            self.page.wait_for_function(
                "was => __live.root.dataset.frames !== was", arg=frames, timeout=timeout
            )
        except TimeoutError:
            return False
        return True

    def read(self) -> Reading:
        metrics = {
            entry["name"]: entry["value"] for entry in self.session.send("Performance.getMetrics")["metrics"]
        }
        drawn = "__live.ticks.filter((tick, i, all) => i && tick.frame !== all[i - 1].frame).length"
        return Reading(
            frames=int(self.attribute("data-frames") or 0),
            drawn=self.page.evaluate(drawn),
            received=self.traffic.socket + self.traffic.http,
            server_ms=cpu_ms(self.server.pid),
            browser_ms=1000 * metrics["TaskDuration"],
        )


def cpu_ms(pid: int) -> float | None:
    """Milliseconds of processor time the process has used, or None where /proc does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    user, system = int(fields[11]), int(fields[12])
    return 1000 * (user + system) / os.sysconf("SC_CLK_TCK")


@dataclass
class Watched:
    """Some seconds of playing, as seen at each refresh of the screen. gaps: ms between two frames drawn."""

    frames_per_second: float
    refreshes_per_second: float
    gaps: list[float]


def watch(live: LivePage) -> Watched:
    live.page.get_by_test_id("player-speed").select_option(ASKED)
    live.play()
    start = live.page.evaluate("performance.now()")
    live.page.wait_for_timeout(WINDOW_MS)
    ticks = live.page.evaluate("start => __live.ticks.filter((tick) => tick.time >= start)", start)
    ticks = [tick for tick in ticks if tick["state"] == "playing"]
    drawn = [now["time"] for before, now in pairwise(ticks) if now["frame"] != before["frame"]]
    gaps = [later - earlier for earlier, later in pairwise(drawn)]
    seconds = (ticks[-1]["time"] - ticks[0]["time"]) / 1000
    return Watched(len(drawn) / seconds, len(ticks) / seconds, gaps)


def smoothness(live: LivePage) -> Iterator[Row]:
    """Frames drawn per second while it plays."""
    seen = watch(live)
    yield Row(f"frames drawn a second, {ASKED} asked", seen.frames_per_second, "", 25, at_least=True)
    if seen.gaps:
        yield Row("  longest time between two of them", max(seen.gaps), "ms")
    yield Row("  refreshes of the screen a second", seen.refreshes_per_second, "")


def cost(live: LivePage) -> Iterator[Row]:
    """What a new frame costs: read when a chunk has just arrived, and again some seconds of playing later."""
    live.play()
    grows = live.wait_for_growth(GROWTH_MS)
    if not grows:  # the run is complete: a new seed makes a new one
        live.page.keyboard.press("n")
        live.play()
        grows = live.wait_for_growth(GROWTH_MS)
    before = live.read()
    live.page.wait_for_timeout(WINDOW_MS)
    grows = grows and live.wait_for_growth(GROWTH_MS)
    after = live.read()
    frames, drawn = after.frames - before.frames, after.drawn - before.drawn
    measured = grows and frames > 0
    server = None if before.server_ms is None else after.server_ms - before.server_ms
    yield Row(
        "bytes a new frame", (after.received - before.received) / frames if measured else None, "", 6_000
    )
    yield Row(
        "server time a new frame", server / frames if measured and server is not None else None, "ms", 5
    )
    said = live.attribute("data-server-ms")
    if said is not None:
        yield Row("  as the player reports it", float(said), "ms")
    yield Row("  new frames in this measurement", frames, "")
    if drawn:
        yield Row("browser main thread, a drawn frame", (after.browser_ms - before.browser_ms) / drawn, "ms")


def pausing(live: LivePage) -> Iterator[Row]:
    """Frames drawn after the click that pauses."""
    late = []
    for _ in range(PAUSES):
        live.play()
        live.page.wait_for_timeout(random.uniform(300, 700))
        live.page.get_by_test_id("player-play").click()
        live.page.wait_for_function("__live.root.dataset.state !== 'playing'")
        live.page.wait_for_timeout(300)
        late.append(live.page.evaluate("__live.drawnSinceClick()"))
    yield Row(f"frames drawn after a click on pause, worst of {PAUSES}", max(late), "", 1)


def scrubbing(live: LivePage) -> Iterator[Row]:
    """How fast the timeline answers, and whether it asks the server."""
    live.play()
    try:
        live.page.wait_for_function(
            "least => Number(__live.root.dataset.frames) >= least || __live.root.dataset.state !== 'playing'",
            arg=SCRUBS,
            timeout=FILL_MS,
        )
    except TimeoutError:
        print(f"The player held fewer than {SCRUBS} frames after {FILL_MS / 1000:.0f} s.", file=sys.stderr)
    live.pause()
    live.page.wait_for_timeout(1000)  # a chunk that was on its way
    held, sent = live.attribute("data-frames"), live.traffic.sent
    taken = live.page.evaluate("count => __live.scrub(count)", SCRUBS)
    yield Row(f"scrubbing {held} frames, {SCRUBS} jumps: slowest", max(taken), "ms", 50)
    yield Row("  median", statistics.median(taken), "ms")
    yield Row("  messages to the server", live.traffic.sent - sent, "")


@contextmanager
def visit(browser: Browser, server: LiveServer) -> Iterator[LivePage]:
    """A new visitor with an empty cache, and a laptop's screen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield LivePage(context.new_page(), server)
    context.close()


def measure(browser: Browser, server: LiveServer) -> Iterator[Row]:
    """Every row of the table, as soon as it is known."""
    with visit(browser, server) as live:
        yield Row("from opening the URL to the first moving frame, first ever", live.open(), "ms")
    opened = []
    for _ in range(VISITS - 1):
        with visit(browser, server) as live:
            opened.append(live.open())
    with visit(browser, server) as live:
        opened.append(live.open())
        yield Row(f"  later visitors, empty cache, median of {VISITS}", statistics.median(opened), "ms")
        yield Row("  kB received until then", (live.traffic.socket + live.traffic.http) / 1000, "")
        for part in (smoothness, cost, pausing, scrubbing):
            yield from part(live)


def demanding(browser: Browser, server: LiveServer) -> Iterator[Row]:
    """Frames drawn per second where there is most to compute and to draw."""
    for what, path, bar in (
        ("frames drawn a second, 10 layers of 64", LARGEST, 10),
        ("frames drawn a second, four networks of depth 10", FOUR_DEEP, 15),
    ):
        with visit(browser, server) as live:
            live.open(path)
            yield Row(what, watch(live).frames_per_second, "", bar, at_least=True)


def opening(browser: Browser, server: LiveServer) -> Iterator[Row]:
    """How soon a lab moves, against the main page; visits in turn, so that both meet the same machine."""
    times: dict[str, list[float]] = {path: [] for path in ("/", *LABS.values())}
    for _ in range(VISITS):
        for path, taken in times.items():
            with visit(browser, server) as live:
                taken.append(live.open(path))
    usual = statistics.median(times["/"])
    for name, path in LABS.items():
        ratio = statistics.median(times[path]) / usual
        yield Row(f"first moving frame, main page = 1: {name}", ratio, "", 1.5, digits=2)


def main() -> None:
    """Print the table, each line against what the project promises."""
    try:
        path = find_or_install()
    except NoBrowser as problem:
        sys.exit(str(problem))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=False, args=FLAGS)
        print(f"\nThe live page, Chromium {browser.version}, headless, {os.cpu_count()} cores")
        with LiveServer(Path(folder) / "server.log") as server:
            for part in (measure, demanding, opening):
                for row in part(browser, server):
                    print(row, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
