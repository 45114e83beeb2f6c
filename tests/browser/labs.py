"""What a visitor of a lab looks at, and where."""

from collections.abc import Callable, Sequence

from playwright.sync_api import Locator, Page

from tests.browser import layout
from tests.browser.driver import Player

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


def paused(page: Page, path: str) -> Player:
    """The player under an address, paused after some frames."""
    player = Player(page).open(path)
    player.wait_for("frame > 3")
    player.pause()
    return player


def task(page: Page, lab: str, name: str) -> Locator:
    """One of a lab's tasks."""
    return page.get_by_test_id(f"task-{lab}-{name}")


def assert_same_elsewhere(player: Player, new_page: Callable[..., Page], frames: Sequence[int]) -> None:
    """The page's link shows the same frames in another browser, and after a reload. The link is there before
    the run is: the run of before may have all these frames, too.
    """
    other = Player(new_page()).open(player.page.url)
    other.hold(max(frames))
    player.wait_for(f"fingerprint === '{other.data('fingerprint')}'")
    player.hold(max(frames))
    assert [see(player, k) for k in frames] == [see(other, k) for k in frames]
    player.page.reload()
    player.wait_for("frames > 1 && frame >= 0")
    player.hold(max(frames))
    assert see(player, frames[-1]) == see(other, frames[-1])


def holds_its_tasks(player: Player) -> bool:
    """Whether no task of the lab reaches below their panel."""
    panel = layout.box(player.panel("tasks"))
    return all(each.bottom <= panel.bottom for each in layout.boxes(player.panel("tasks").locator(".task")))


def holds_its_cards(panel: Locator) -> bool:
    """Whether none of a panel's cards reaches beyond it."""
    return all(each.is_within(layout.box(panel)) for each in layout.boxes(panel.locator(".words-card")))
