"""What a visitor of a lab looks at, and where."""

from collections.abc import Callable, Iterator, Sequence

from playwright.sync_api import Locator, Page, ViewportSize

from tests.browser.driver import Player

# Kinds of windows, each with the sizes that a page in it is given.
WINDOWS = {"desktop": ((1440, 900), (1280, 720)), "phone": ((390, 844),)}

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

OVERFLOW = """() => Array.from(document.querySelectorAll("html, .stApp, .stMain"), (each) =>
  each.scrollWidth - each.clientWidth)"""

# What a frame shows: the clock, numbers and words of the panels, their text alternatives, and a sum over the
# pixels of each picture.
SEE = """([place, pictures]) => {
  const player = document.querySelector('[data-testid="player"]');
  const timeline = player.querySelector('[data-testid="player-timeline"]');
  timeline.value = place;
  timeline.dispatchEvent(new Event("input", { bubbles: true }));
  const sum = (canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
    .reduce((total, byte) => (Math.imul(total, 31) + byte) | 0, 7);
  const all = (query, read) => Array.from(player.querySelectorAll(query), read);
  return {
    clock: player.querySelector('[data-testid="player-epoch"]').textContent,
    words: all(".words-card, .panel-numbers", (each) => each.textContent),
    told: all('.panel-body[role="img"]', (each) => each.getAttribute("aria-label")),
    pictures: all(pictures, sum),
  };
}"""


def see(player: Player, frame: int, *, pictures: str = "canvas.surface") -> dict:
    """Scrub to a frame, which is held, and say what is seen there. pictures: which canvases are summed up."""
    return player.page.evaluate(SEE, [frame, pictures])


def open_window(new_page: Callable[..., Page], window: str) -> Page:
    """A blank page in a kind of window."""
    return new_page(viewport=WINDOWS[window][0], touch=window == "phone")


def paused(page: Page, path: str) -> Player:
    """The player under an address, paused after some frames."""
    player = Player(page).open(path)
    player.wait_for("frame > 3")
    player.pause()
    return player


def each_size(player: Player, window: str) -> Iterator[tuple[int, int]]:
    """Give the player's page each size of such a window, in light and in dark; where it has come to rest, its
    width and height.
    """
    for width, height in WINDOWS[window]:
        player.page.set_viewport_size(ViewportSize(width=width, height=height))
        for scheme in ("light", "dark"):
            player.page.emulate_media(color_scheme=scheme)
            player.wait_for(f"mode === '{scheme}'")
            player.page.evaluate(AT_REST)
            yield width, height


def task(page: Page, lab: str, name: str) -> Locator:
    """One of a lab's tasks."""
    return page.get_by_test_id(f"task-{lab}-{name}")


def assert_same_elsewhere(player: Player, new_page: Callable[..., Page], frames: Sequence[int]) -> None:
    """The page's link shows the same frames in another browser, and after a reload."""
    player.wait_for(f"frames > {max(frames)}")
    player.pause()
    other = Player(new_page()).open(player.page.url)
    other.wait_for(f"frames > {max(frames)}")
    other.pause()
    assert [see(player, k) for k in frames] == [see(other, k) for k in frames]
    player.page.reload()
    player.wait_for(f"frames > {max(frames)}")
    player.pause()
    assert see(player, frames[-1]) == see(other, frames[-1])
