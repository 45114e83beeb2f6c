"""What a visitor does with the player, and what a visitor sees of it. Every wait is for a condition."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, WebSocket, expect

# The player's public attributes as variables of a condition; numbers are texts, which <, > and == convert.
WAIT = """() => {
  const player = document.querySelector('[data-testid="player"]');
  if (!player) return false;
  const { frame, frames, epoch, state, connection, mode, fingerprint } = player.dataset;
  return %s;
}"""

# Moves the timeline as dragging does, and reads what the page then shows.
LOOK = """(places) => {
  const player = document.querySelector('[data-testid="player"]');
  const part = (name) => player.querySelector(`[data-testid="${name}"]`);
  const timeline = part("player-timeline");
  const texts = (query, read) => Array.from(player.querySelectorAll(query), read);
  const surface = part("panel-boundary").querySelector("canvas.surface");
  const paint = () => surface.getContext("2d").getImageData(0, 0, surface.width, surface.height).data;
  return places.map((place) => {
    timeline.value = place;
    timeline.dispatchEvent(new Event("input", { bubbles: true }));
    return {
      frame: Number(player.dataset.frame),
      epoch: part("player-epoch").textContent,
      numbers: texts(".panel-numbers", (each) => each.textContent),
      told: texts('.panel-body[role="img"]', (each) => each.getAttribute("aria-label")),
      picture: paint().reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, 7),
    };
  });
}"""

# The frames that were drawn, in order, with the time of each: `frames_drawn` reads what this notes.
WATCH = """() => {
  const player = document.querySelector('[data-testid="player"]');
  window.drawn = [];
  const note = () => window.drawn.push({ frame: Number(player.dataset.frame), time: performance.now() });
  new MutationObserver(note).observe(player, { attributeFilter: ["data-frame"] });
}"""

REPAINTS = """(count) => new Promise((done) => {
  const next = (left) => (left ? requestAnimationFrame(() => next(left - 1)) : done());
  next(count);
})"""

MOST_TRIES = 10  # at a menu

# Until an element that can be opened is open, and has been as high for some repaints.
GROWN = """async (details) => {
  let [height, steady] = [-1, 0];
  for (let waited = 0; steady < 10; waited++) {
    if (waited > 1000) throw new Error("It does not open, or does not come to rest.");
    await new Promise(requestAnimationFrame);
    steady = details.open && details.offsetHeight === height ? steady + 1 : 0;
    height = details.offsetHeight;
  }
}"""


@dataclass(frozen=True)
class Look:
    """What one frame shows: numbers of the panels' headers, their text alternatives, a sum over the pixels of
    the decision boundary.
    """

    frame: int
    epoch: str
    numbers: list[str]
    told: list[str]
    picture: int


class Player:
    """The player on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.get_by_test_id("player")

    def open(self, path: str = "/") -> "Player":
        """Go there and wait until a run is held."""
        self.page.goto(path)
        self.wait_for("frames > 1 && frame >= 0")
        return self

    def part(self, name: str) -> Locator:
        """One of the player's controls."""
        return self.page.get_by_test_id(f"player-{name}")

    def panel(self, name: str) -> Locator:
        return self.page.get_by_test_id(f"panel-{name}")

    def wait_for(self, condition: str) -> None:
        """Wait until a JavaScript condition on frame, frames, epoch, state, connection, mode, fingerprint
        holds.
        """
        self.page.wait_for_function(WAIT % condition)

    def wait_for_repaints(self, count: int = 30) -> None:
        """Let the browser draw: whatever was going to move without the server has moved then."""
        self.page.evaluate(REPAINTS, count)

    def data(self, name: str) -> str:
        return self.root.get_attribute(f"data-{name}")

    @property
    def frame(self) -> int:
        return int(self.data("frame"))

    @property
    def frames(self) -> int:
        return int(self.data("frames"))

    @property
    def epoch(self) -> int:
        return int(self.data("epoch"))

    def choose(self, menu: str, option: str) -> None:
        """Pick what a menu of the player calls `option`."""
        self.part(menu).select_option(label=option)

    def pause(self) -> None:
        if self.data("state") == "playing":
            self.part("play").click()
            self.wait_for("state !== 'playing'")

    def play_to(self, frame: int) -> None:
        """Play until this frame has been drawn, then pause."""
        if self.data("state") != "playing":
            self.part("play").click()
        self.wait_for(f"frame >= {frame}")
        self.pause()

    def hold(self, frame: int) -> None:
        """Have this frame, and stand paused: where a busy machine opened the run with fewer, train them."""
        if self.frames <= frame:
            self.play_to(frame)
        self.pause()

    def wait_anew(self, *, frames: int) -> None:
        """Wait for another run, paused at its beginning, with more than so many frames; train them where a
        busy machine opened it with fewer.
        """
        self.wait_for("frame == 0 && state === 'paused'")
        if self.frames <= frames:
            self.play_to(frames + 1)
            self.part("start").click()
            self.wait_for("frame == 0 && state === 'paused'")

    def look(self, frames: Iterable[int]) -> list[Look]:
        """Scrub to each of the frames, which are held, and say what is seen there."""
        return [Look(**seen) for seen in self.page.evaluate(LOOK, list(frames))]

    def watch(self) -> None:
        """Begin to note the frames drawn."""
        self.page.evaluate(WATCH)

    def watched(self) -> list[dict]:
        """{"frame", "time"} of each frame drawn since `watch`."""
        return self.page.evaluate("window.drawn")

    def press(self, key: str) -> None:
        """Press a key with the focus on nothing in particular."""
        self.page.evaluate("document.activeElement?.blur()")
        self.page.keyboard.press(key)


@contextmanager
def sent_by(page: Page) -> Iterator[list[str | bytes]]:
    """What the page sends to the server through sockets that it opens while the block lasts."""
    sent: list[str | bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda message: sent.append(message))

    page.on("websocket", listen)
    try:
        yield sent
    finally:
        page.remove_listener("websocket", listen)


def choose_tab(page: Page, name: str) -> None:
    """Bring a group of controls into view."""
    page.get_by_role("tab", name=name).click()


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a menu in the sidebar; of several menus with this label, the first. A menu that was
    closed again, by an expander that was opening or a page that was changing, is opened once more.
    """
    menu = page.get_by_role("combobox", name=label, exact=True).first
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(MOST_TRIES):
        if menu.get_attribute("aria-expanded") == "false":
            menu.click()
        page.evaluate(REPAINTS, 10)
        if wanted.is_visible():
            break
    wanted.click()


def nudge(page: Page, label: str, key: str = "ArrowRight") -> None:
    """Move a slider in the sidebar by a key."""
    slider = page.get_by_role("group", name=label, exact=True).get_by_role("slider")
    slider.press(key)


def expect_query(page: Page, **settings: str) -> None:
    """Wait until the address holds exactly these settings."""
    page.wait_for_function(
        """(wanted) => {
          const held = Object.fromEntries(new URL(location.href).searchParams);
          const sorted = (each) => JSON.stringify(Object.entries(each).sort());
          return sorted(held) === sorted(wanted);
        }""",
        arg=settings,
    )


def expect_address(page: Page, **settings: str) -> None:
    """Wait until the address holds exactly these settings of an Experiment, and their version."""
    expect_query(page, **({"v": "1", **settings} if settings else {}))


def no_traceback(page: Page) -> None:
    """The page shows no error of Streamlit's."""
    expect(page.get_by_test_id("stException")).to_have_count(0)


def unfold(page: Page, name: str) -> None:
    """Open an expander of the sidebar, and wait until it has grown: growing, it would close a menu in it."""
    summary = page.locator("[data-testid=stExpander] summary:visible").filter(has_text=name)
    summary.click()
    summary.locator("..").evaluate(GROWN)


def enter(page: Page, label: str, value: int) -> None:
    """Type a whole number into a field of the sidebar."""
    field = page.get_by_role("spinbutton", name=label, exact=True)
    field.fill(str(value))
    field.press("Enter")


def switch(page: Page, label: str) -> None:
    """Turn a switch of the sidebar on or off: as a finger does, by its words."""
    page.get_by_test_id("stCheckbox").filter(has_text=label).locator("label").click()


def open_menu(page: Page, name: str) -> None:
    """Open a menu of the bar above the player."""
    page.get_by_test_id("stPopoverButton").filter(has_text=name).click()
