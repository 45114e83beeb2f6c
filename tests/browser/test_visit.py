"""A whole visit: back and forward in the browser, the largest network, and the controls on a phone."""

from playwright.sync_api import Page, expect

from playground.datasets import DATASETS
from tests.browser.driver import Player, choose, expect_address, no_traceback

LARGEST = "~".join(["64-relu"] * 10)
INSIDE = """(element) => {
  const { left, right } = element.getBoundingClientRect();
  return left >= 0 && right <= window.innerWidth;
}"""


def test_back_and_forward_lead_from_run_to_run(page: Page) -> None:
    player = Player(page).open("/?n=60&seed=7")
    player.wait_for("frames > 8")
    first = player.look(range(8))
    choose(page, "Dataset", DATASETS["moons"].label)
    expect_address(page, n="60", seed="7", dataset="moons")
    player.wait_anew(frames=8)
    second = player.look(range(8))
    menu = page.get_by_role("combobox", name="Dataset", exact=True)
    for go, settings, name, frames in (
        (page.go_back, {}, "circle", first),
        (page.go_forward, {"dataset": "moons"}, "moons", second),
        (page.go_back, {}, "circle", first),
    ):
        go()
        expect_address(page, n="60", seed="7", **settings)
        player.wait_anew(frames=8)
        assert player.look(range(8)) == frames
        expect(menu).to_have_count(1)  # the one before may still be leaving
        expect(menu).to_have_value(DATASETS[name].label)
    no_traceback(page)


def test_the_largest_network_answers_while_it_plays(page: Page) -> None:
    player = Player(page).open(f"/?layers={LARGEST}&init=he_normal&residual=true")
    player.watch()
    player.wait_for("state === 'playing' && window.drawn.length > 10")
    drawn = [note["frame"] for note in player.watched()]
    assert drawn == sorted(set(drawn))
    page.evaluate(
        """addEventListener("click", () => (window.clicked = window.drawn.at(-1).frame), {
          capture: true, once: true })"""
    )
    player.part("play").click()
    player.wait_for("state === 'paused'")
    player.wait_for_repaints()
    assert player.frame - page.evaluate("window.clicked") <= 1
    held = player.look([1, player.frames - 1])
    assert held[0].picture != held[1].picture
    no_traceback(page)


def test_the_controls_on_a_phone(new_page) -> None:
    page: Page = new_page(viewport=(390, 844), touch=True)
    player = Player(page).open("/?n=60")
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").tap()
    expect(sidebar).to_be_in_viewport()
    page.wait_for_function(INSIDE, arg=sidebar.element_handle())  # it slides in
    menu = page.get_by_test_id("stSelectbox").filter(has=page.get_by_role("combobox", name="Dataset"))
    menu.get_by_role("button", name="Open").tap()  # a tap on its text would let the visitor type
    page.get_by_role("option", name=DATASETS["moons"].label, exact=True).tap()
    expect_address(page, n="60", dataset="moons")
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").tap()
    expect(sidebar).not_to_be_in_viewport()
    player.wait_for("frame > 3")
    expect(player.panel("boundary")).to_be_in_viewport()
    no_traceback(page)
