"""Where the parts of a page lie, in every size of window."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from playwright.sync_api import Locator, Page, ViewportSize

from tests.browser.driver import Player

# Kinds of windows, each with the sizes that a page in it is given.
WINDOWS = {"desktop": ((1440, 900), (1280, 720)), "phone": ((390, 844), (360, 740))}

# Until all that has a place in the page has kept it for some repaints.
AT_REST = """async () => {
  const parts = ".player, .player section.panel, .player canvas";
  const places = () =>
    JSON.stringify(Array.from(document.querySelectorAll(parts), (each) => each.getBoundingClientRect()));
  let [before, steady] = ["", 0];
  for (let waited = 0; steady < 10; waited++) {
    if (waited > 1000) throw new Error("The page does not come to rest.");
    await new Promise(requestAnimationFrame);
    const now = places();
    steady = now === before ? steady + 1 : 0;
    before = now;
  }
}"""

# How far the page, and what Streamlit scrolls in it, reaches beyond the window: to the right, downwards.
OVERFLOW = """() => Array.from(document.querySelectorAll("html, .stApp, .stMain"), (each) => [
  each.scrollWidth - each.clientWidth, each.scrollHeight - each.clientHeight])"""

# One trip to the browser for all parts, which hundreds of bounding_box() would not be.
PLACES = """(parts) => parts.map((part) => {
  const { left, top, right, bottom } = part.getBoundingClientRect();
  return [left, top, right, bottom];
})"""


class Box(NamedTuple):
    """A part's place in the window, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def is_within(self, other: "Box", *, slack: float = 0.0) -> bool:
        """Whether it reaches beyond the other on no side by more than `slack`."""
        return (
            self.left >= other.left - slack
            and self.top >= other.top - slack
            and self.right <= other.right + slack
            and self.bottom <= other.bottom + slack
        )


def boxes(parts: Locator) -> list[Box]:
    """Where each of them lies; there is at least one."""
    found = [Box(*place) for place in parts.evaluate_all(PLACES)]
    assert found, f"nothing found: {parts}"
    return found


def box(part: Locator) -> Box:
    """Where the only one lies."""
    (found,) = boxes(part)
    return found


def below_one_another(stack: Iterable[Box]) -> bool:
    """Whether each ends where the next begins, or above."""
    return all(upper.bottom <= lower.top + 1 for upper, lower in pairwise(stack))


def overflow(page: Page) -> tuple[float, float]:
    """How far the page and what scrolls in it reach beyond the window: to the right, downwards."""
    right, down = zip(*page.evaluate(OVERFLOW), strict=True)
    return max(right), max(down)


def open_window(new_page: Callable[..., Page], window: str) -> Page:
    """A blank page in a kind of window."""
    return new_page(viewport=WINDOWS[window][0], touch=window == "phone")


def each_size(player: Player, window: str) -> Iterator[tuple[int, int]]:
    """Give the player's page each size of such a window, the last one in the other colours, light or dark;
    where it has come to rest, its width and height.
    """
    for number, (width, height) in enumerate(WINDOWS[window], start=1):
        player.page.set_viewport_size(ViewportSize(width=width, height=height))
        if number == len(WINDOWS[window]):
            scheme = "light" if player.data("mode") == "dark" else "dark"
            player.page.emulate_media(color_scheme=scheme)
            player.wait_for(f"mode === '{scheme}'")
        player.page.evaluate(AT_REST)
        yield width, height
