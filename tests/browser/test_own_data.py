"""Data of the visitor's own: drawn by mouse and finger, pasted, loaded, downloaded, passed on in a link."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from playground.datasets import STARTER, OwnPoints
from playground.datasets.own_text import from_text
from tests.browser.bench import Bench
from tests.browser.driver import Player, no_traceback


class Drawing:
    """The drawing tools of a page that is open."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.page = player.page
        self.stage = self.page.get_by_test_id("brush-stage")

    def tool(self, name: str) -> Locator:
        return self.page.get_by_test_id(f"brush-{name}")

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where in the window a place of the plane lies."""
        box = self.page.wait_for_function(
            "() => document.querySelector('[data-testid=brush-stage]')?.getBoundingClientRect().toJSON()"
        ).json_value()
        return box["x"] + (x + 6) / 12 * box["width"], box["y"] + (6 - y) / 12 * box["height"]

    def press(self, *places: tuple[float, float]) -> None:
        """Press at the first place and drag to the last; the button stays down."""
        # in one step, because a run that begins meanwhile puts up another stage
        self.page.wait_for_function(
            """() => {
              const stage = document.querySelector('[data-testid=brush-stage]');
              stage?.scrollIntoView({ block: "nearest" });
              return stage;
            }"""
        )
        self.page.mouse.move(*self.at(*places[0]))
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*self.at(*place), steps=8)

    def stroke(self, *places: tuple[float, float]) -> None:
        self.press(*places)
        self.page.mouse.up()

    def points(self) -> OwnPoints:
        """Those that the address tells of."""
        query = parse_qs(urlsplit(self.page.url).query)
        return from_text(query["own"][0]) if "own" in query else STARTER

    def wait_for(self, count: int, *, letters: int = 5) -> OwnPoints:
        """Wait until so many points are in the address, with so many letters each."""
        self.page.wait_for_function(
            "(length) => (new URL(location.href).searchParams.get('own') ?? '').length === length",
            arg=4 + letters * count if count != len(STARTER) else 0,
        )
        return self.points()

    def pixel(self, x: float, y: float) -> list[int]:
        """The colour that is drawn over a place of the plane: red, green, blue, opacity."""
        return self.stage.evaluate(
            """(stage, [x, y]) => {
              const [i, j] = [((x + 6) / 12) * stage.width, ((6 - y) / 12) * stage.height];
              return [...stage.getContext("2d").getImageData(Math.round(i), Math.round(j), 1, 1).data];
            }""",
            [x, y],
        )


class DrawingInApp(Drawing):
    """The drawing tools with the app around them, which says how many points there are."""

    def wait_for(self, count: int, *, letters: int = 5) -> OwnPoints:
        """Wait until the run has so many points, and they are in the address, with so many letters each."""
        expect(self.page.get_by_text(f"{count} points, ")).to_be_attached()
        return super().wait_for(count, letters=letters)


OWN = "/?dataset=own"


def test_draw_erase_move_and_undo_with_the_mouse(bench: Bench) -> None:
    drawing, page = Drawing(bench.open()), bench.page
    drawing.tool("open").click()
    expect(drawing.tool("draw0")).to_have_attribute("aria-pressed", "true")
    drawing.wait_for(22)
    drawing.player.wait_for("frame > 3")

    drawing.tool("draw1").click()
    drawing.press((-3, 5), (3, 5))
    drawing.player.wait_for_repaints()
    assert drawing.pixel(-3, 5)[2] > 150, "the stroke is seen while it is drawn"
    assert drawing.points() == STARTER
    drawing.player.watch()
    page.mouse.up()
    points = drawing.wait_for(38)
    assert set(points.y[22:]) == {1}
    assert all(abs(y - 5) < 0.1 for _, y in points.x[22:])
    drawing.player.wait_for("state === 'playing' && window.drawn.some((each) => each.frame === 0)")

    drawing.tool("erase").click()
    drawing.stroke((-3.2, 5), (3.2, 5))
    assert drawing.wait_for(22) == STARTER
    drawing.tool("undo").click()
    assert drawing.wait_for(38) == points
    drawing.tool("redo").click()
    assert drawing.wait_for(22) == STARTER

    drawing.tool("move").click()
    (x, y) = STARTER.x[0]
    drawing.stroke((x, y), (-5, -5))
    page.wait_for_function("new URL(location.href).searchParams.has('own')")
    moved = drawing.points()
    assert len(moved) == 22
    assert max(abs(moved.x[0][0] + 5), abs(moved.x[0][1] + 5)) < 0.1

    drawing.tool("relabel").click()
    before = page.url
    drawing.stroke((-5, -5))
    page.wait_for_function("(before) => location.href !== before", arg=before)
    assert drawing.points().x == moved.x
    assert drawing.points().y == (1 - moved.y[0], *moved.y[1:])


def test_classes_and_starting_again(page: Page) -> None:
    drawing = DrawingInApp(Player(page).open(OWN))
    drawing.tool("class").click()
    drawing.tool("draw2").click()
    expect(page.get_by_text("22 points, 3 classes")).to_be_attached()
    drawing.stroke((4, 4))
    assert drawing.wait_for(23).y[-1] == 2
    drawing.tool("clear").click()
    message = page.get_by_test_id("player-message")
    expect(message).to_contain_text("Draw at least 2 points")
    drawing.stroke((-4, 0), (4, 0))
    drawing.tool("draw0").click()
    expect(message).not_to_contain_text("Draw at least 2 points")
    assert set(drawing.wait_for(21).y) == {2}
    drawing.tool("start").select_option(label="empty, with values")
    drawing.tool("draw0.5").click()
    drawing.stroke((-4, 0), (4, 0))
    expect(page.get_by_text("21 points, values")).to_be_attached()
    expect(drawing.player.panel("boundary").locator("h3")).to_have_text("Predicted value")
    no_traceback(page)


# Chooses as a visitor does, and reads what the menu says before the server has answered.
CHOOSE = """(menu, value) => {
  menu.value = value;
  menu.dispatchEvent(new Event("change"));
  return menu.selectedOptions[0]?.text;
}"""


def test_the_menu_of_new_points_says_its_name_again_after_a_choice(bench: Bench) -> None:
    drawing = Drawing(bench.open(OWN))
    assert drawing.tool("start").evaluate(CHOOSE, "classes") == "New …"
    expect(bench.page.get_by_test_id("player-message")).to_contain_text("Draw at least 2 points")


def test_quick_strokes_are_all_drawn(page: Page) -> None:
    drawing = DrawingInApp(Player(page).open(OWN))
    drawing.tool("draw0").click()
    for k in range(12):
        drawing.stroke((-5.5 + k, -5.5))
    assert drawing.wait_for(34).x[:22] == STARTER.x
    for _ in range(12):
        drawing.tool("undo").click()
    assert drawing.wait_for(22) == STARTER


def test_draw_with_a_finger_and_scroll_without_a_brush(new_page) -> None:
    page = new_page(viewport=(390, 844), touch=True)
    drawing = DrawingInApp(Player(page).open(OWN))
    touch = "(stage) => getComputedStyle(stage).pointerEvents + ' ' + getComputedStyle(stage).touchAction"
    assert drawing.stage.evaluate(touch) == "none auto"
    drawing.tool("draw1").tap()
    assert drawing.stage.evaluate(touch) == "auto none"
    drawing.stage.scroll_into_view_if_needed()
    page.touchscreen.tap(*drawing.at(5, -5))
    page.wait_for_function("new URL(location.href).searchParams.has('own')")
    points = drawing.points()
    assert (len(points), points.y[-1]) == (23, 1)
    assert max(abs(points.x[-1][0] - 5), abs(points.x[-1][1] + 5)) < 0.1
    drawing.tool("draw1").tap()
    assert drawing.stage.evaluate(touch) == "none auto"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_draw_by_keyboard(bench: Bench) -> None:
    drawing, page = Drawing(bench.open(OWN)), bench.page
    drawing.player.pause()
    drawing.tool("draw1").press("Enter")
    drawing.stage.focus()
    expect(page.get_by_test_id("player-message")).to_contain_text("Arrows move the brush")
    for key in ["ArrowUp", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"]:
        page.keyboard.press(key)
    expect(drawing.stage).to_have_attribute("aria-label", re.compile("brush at 2.25, 0.25"))
    page.keyboard.press(" ")
    points = drawing.wait_for(23)
    assert (points.x[-1], points.y[-1]) == (pytest.approx((2.25, 0.25), abs=0.01), 1)
    assert drawing.player.data("state") == "paused", "the key of the brush is not the player's"

    before = page.url
    drawing.tool("move").press("Enter")
    drawing.stage.focus()
    for key in ["Enter", "Shift+ArrowDown", "ArrowLeft", "Enter"]:
        page.keyboard.press(key)
    page.wait_for_function("(before) => location.href !== before", arg=before)
    assert drawing.points().x[-1] == pytest.approx((2.0, -0.75), abs=0.01)

    drawing.tool("draw0").press("Enter")
    drawing.stage.focus()
    for key in ["Enter", "Shift+ArrowUp", "Escape", " "]:
        page.keyboard.press(key)
    assert drawing.wait_for(24).x[-1] == pytest.approx((2.0, 0.25), abs=0.01)
    drawing.tool("draw0").press("Enter")
    expect(drawing.stage).to_have_attribute("tabindex", "-1")


def test_the_points_of_a_dataset_can_be_edited(page: Page) -> None:
    drawing = DrawingInApp(Player(page).open("/?dataset=moons&n=40"))
    page.get_by_text("Your own points", exact=True).click()
    page.get_by_role("button", name="Edit these points").click()
    taken = drawing.wait_for(40, letters=7)
    drawing.tool("erase").click()
    (x, y) = taken.x[0]
    drawing.stroke((x, y))
    page.wait_for_function("(old) => location.href !== old", arg=page.url)
    left = drawing.points()
    assert 30 < len(left) < 40
    assert set(left.x) < set(taken.x)


def test_a_link_brings_the_points_along(page: Page, new_page) -> None:
    drawing = DrawingInApp(Player(page).open(OWN))
    drawing.tool("draw0").click()
    drawing.stroke((-5, 5.5), (5, 5.5))
    points = drawing.wait_for(48)
    drawing.player.wait_for("frames > 20")
    other = DrawingInApp(Player(new_page()).open(page.url))
    assert other.wait_for(48) == points
    other.player.wait_for("frames > 20")
    assert other.player.look(range(5, 20)) == drawing.player.look(range(5, 20))


def paste(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="Paste points")
    field.fill(text)
    page.get_by_role("button", name="Use these points").click()


def test_paste_load_and_download(page: Page, tmp_path: Path) -> None:
    drawing = DrawingInApp(Player(page).open(OWN))
    text = "x,y,label\n" + "".join(
        f"{k % 5},{k % 3},{'<b>cat</b>' if k % 2 else '**dog**'}\n" for k in range(70)
    )
    paste(page, text)
    expect(page.get_by_text("70 points, 2 classes")).to_be_visible()
    expect(page.get_by_text("A link holds at most 60 points")).to_be_visible()
    page.wait_for_function("new URL(location.href).searchParams.get('own') === 'file-70'")
    expect(drawing.tool("draw1")).to_have_attribute("aria-label", re.compile(re.escape("class <b>cat</b>.")))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the points (CSV)").click()
    path = tmp_path / "points.csv"
    download.value.save_as(path)

    page.reload()
    drawing.player.wait_for("frames > 1")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("leaves out its 70 own points")
    page.get_by_text("Your own points", exact=True).click()
    page.locator("input[type=file]").first.set_input_files(path)
    expect(page.get_by_text("70 points, 2 classes")).to_be_visible()
    no_traceback(page)


def test_a_bad_table_is_one_sentence_and_loses_nothing(page: Page) -> None:
    drawing = DrawingInApp(Player(page).open(OWN))
    drawing.tool("draw0").click()
    drawing.stroke((-5, 5.5), (5, 5.5))
    points = drawing.wait_for(48)
    paste(page, "1,2,0\n3,four,1\n")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text('Line 2, column 2: "four" is not a number; write numbers such as 1.5.')
    assert drawing.points() == points
    paste(page, "100,2,0\n-100,4,1\n")
    expect(alert).to_contain_text("each axis was scaled")
    no_traceback(page)
