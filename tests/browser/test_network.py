"""The network's graph: what a visitor reads off it, and what can be changed on it."""

import itertools
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import labs
from tests.browser.bench import Bench
from tests.browser.driver import Player, expect_address, no_traceback
from tests.browser.layout import WINDOWS, box, boxes, each_size, open_window

DEEP = "~".join(["8-relu"] * 10)
LAYOUTS = (
    "/",
    "/?layers=16-tanh~16-relu",
    "/?layers=64-relu&inputs=x~y~x_squared~y_squared~xy~sin_x~sin_y~cos_x~cos_y~radius~angle",
    f"/?layers={DEEP}&residual=true&edges=gradients",
    "/?layers=none",
    "/?dataset=blobs&classes=6&layers=6-leaky_relu~5-hard_sigmoid~4-softplus",
)


@pytest.fixture
def player(bench: Bench) -> Player:
    """The default run, paused at frame 20."""
    return paused(bench.open(), 20)


def paused(player: Player, frame: int) -> Player:
    player.wait_for(f"frames > {frame}")
    player.look([frame])
    return player


def name_of(unit: Locator) -> str:
    return unit.get_attribute("aria-label")


def bias_in(name: str) -> float:
    return float(re.search(r"bias (\S+?),", name)[1].replace("−", "-"))


def test_edges_show_weights_or_gradients_and_the_link_keeps_it(bench: Bench) -> None:
    page = bench.page
    player = bench.open()
    picture = "(canvas) => canvas.toDataURL().length"
    paused(player, 10)
    canvas = player.panel("network").locator("canvas.maps")
    weights = canvas.evaluate(picture)
    menu = page.get_by_test_id("view-edges")
    expect(menu).to_have_attribute("title", re.compile("all training points"))
    menu.select_option("Gradients")
    expect(player.panel("network").locator(".edge-scale")).to_have_text(re.compile(r"widest \d"))
    assert canvas.evaluate(picture) != weights
    expect(page).to_have_url(re.compile("edges=gradients"))
    again = bench.open(page.url)
    expect(again.panel("network").locator("h3")).to_have_text("Network")
    expect(page.get_by_test_id("view-edges").locator("option:checked")).to_have_text("Gradients")
    expect(again.panel("network").locator(".edge-scale")).to_have_text(re.compile(r"widest \d"))


def test_a_press_counts_though_the_graph_changes_before_it_ends(player: Player) -> None:
    page = player.page
    box = page.get_by_test_id("units-1-more").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for units in (9, 10):
        page.mouse.down()
        expect(page.locator(".graph-header .stepper-value").first).to_have_text(str(units))
        page.mouse.up()
    expect_address(page, layers="10-tanh~8-tanh")
    page.get_by_test_id("units-1-more").press("Enter")
    expect_address(page, layers="11-tanh~8-tanh")


def test_of_many_edges_the_largest_of_what_is_shown_are_drawn(bench: Bench) -> None:
    player = bench.open("/?layers=16-tanh~16-tanh")
    title = player.panel("network").locator("h3")
    expect(title).to_have_text("Network: the 200 largest of 304 weights")
    paused(player, 5)
    bench.page.get_by_test_id("view-edges").select_option("Gradients")
    expect(title).to_have_text("Network: the 200 largest of 304 gradients")
    gradients = player.panel("network").locator("canvas.maps").evaluate("(canvas) => canvas.toDataURL()")
    player.part("step").click()
    player.part("back").click()
    assert (
        player.panel("network").locator("canvas.maps").evaluate("(canvas) => canvas.toDataURL()") == gradients
    )


def test_the_card_of_a_unit_follows_while_it_plays(bench: Bench) -> None:
    player = bench.open()
    bench.page.get_by_test_id("unit-5").hover()
    card = bench.page.get_by_test_id("network-card")
    expect(card).to_contain_text("Hidden 1, unit 4")
    assert card.locator("canvas").bounding_box()["width"] == 120
    for _ in range(2):
        expect(card).not_to_have_text(card.inner_text())
    player.wait_for("state === 'playing'")
    player.part("play").hover()
    expect(card).to_be_hidden()


def test_the_card_of_an_edge_gives_weight_and_gradient(player: Player) -> None:
    page = player.page
    between(page, 1, 9)
    card = page.get_by_test_id("network-card")
    expect(card).to_contain_text(re.compile(r"→ Hidden 1, unit \d.*weight.*\d.*gradient", re.DOTALL))


def between(page: Page, first: int, second: int) -> None:
    """Move the pointer to the middle of the edge between two units."""
    (a, b) = (page.get_by_test_id(f"unit-{k}").bounding_box() for k in (first, second))
    page.mouse.move(
        (a["x"] + a["width"] + b["x"]) / 2, (a["y"] + a["height"] / 2 + b["y"] + b["height"] / 2) / 2
    )


def test_a_weight_is_set_by_a_click_on_its_edge_and_training_goes_on(bench: Bench) -> None:
    page = bench.page
    player = paused(bench.open(), 20)
    before = player.look(range(21))
    player.part("play").click()
    between(page, 1, 9)
    page.mouse.down()
    page.mouse.up()
    editor = page.get_by_test_id("network-editor")
    expect(editor).to_be_visible()
    player.wait_for("state === 'paused'")
    player.wait_for_repaints()
    frame = player.frame
    page.get_by_test_id("network-editor-value").fill("6")
    page.get_by_test_id("network-editor-apply").click()
    expect(editor).to_be_hidden()
    player.wait_for(f"frame == {frame} && frames > {frame}")
    between(page, 1, 9)
    expect(page.get_by_test_id("network-card")).to_contain_text("6.0000")
    after = player.look(range(21))
    assert [look.picture for look in after[:20]] == [look.picture for look in before[:20]]
    player.look([frame])
    player.play_to(frame + 5)
    player.look([frame])
    between(page, 1, 9)
    expect(page.get_by_test_id("network-card")).to_contain_text("6.0000")


def test_a_bias_is_set_by_keys_alone(player: Player) -> None:
    page = player.page
    first = page.get_by_test_id("unit-0")
    first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    unit = page.get_by_test_id("unit-3")
    expect(unit).to_be_focused()
    expect(unit).to_have_accessible_name(re.compile(r"^Hidden 1, unit 2: bias \S+, over the map \S+ to"))
    losses = player.look([20])[0].numbers
    page.keyboard.press("Enter")
    field = page.get_by_test_id("network-editor-value")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowRight")  # moves in the field, not in the run
    field.fill("-2.5")
    page.keyboard.press("Enter")
    expect(unit).to_be_focused()
    expect(unit).to_have_accessible_name(re.compile(r"bias −2\.5000"))
    assert player.frame == 20
    assert player.look([20])[0].numbers != losses
    assert bias_in(name_of(unit)) == -2.5


def test_escape_leaves_everything_as_it_is(player: Player) -> None:
    page = player.page
    unit = page.get_by_test_id("unit-4")
    name = name_of(unit)
    unit.click()
    editor = page.get_by_test_id("network-editor")
    field = page.get_by_test_id("network-editor-value")
    for text in ("abc", "1e9", ""):
        field.fill(text)
        expect(page.get_by_test_id("network-editor-apply")).to_be_disabled()
        expect(editor).to_contain_text("Give a number")
    field.fill("3")
    page.keyboard.press("Escape")
    expect(editor).to_be_hidden()
    expect(unit).to_be_focused()
    assert player.frames > 21
    assert name_of(unit) == name


def test_units_and_layers_are_added_and_removed_on_the_graph(player: Player) -> None:
    page = player.page

    def press(name: str, layers: str) -> None:
        page.get_by_test_id(name).click()
        expect_address(page, layers=layers)
        units = [layer.partition("-")[0] for layer in layers.split("~") if layer != "none"]
        expect(page.locator(".graph-header .stepper-value")).to_have_text(units)  # the graph has followed
        player.wait_for("frame >= 0 && frames > 1")

    press("units-1-more", "9-tanh~8-tanh")
    expect(page.get_by_test_id("units-1-more")).to_be_focused()
    press("units-2-less", "9-tanh~7-tanh")
    press("layers-more", "9-tanh~7-tanh~7-tanh")
    press("layer-insert-0", "9-tanh~9-tanh~7-tanh~7-tanh")
    press("layer-remove-2", "9-tanh~7-tanh~7-tanh")
    for layers in ("9-tanh~7-tanh", "9-tanh", "none"):
        press("layers-less", layers)
    press("layers-more", "8-tanh")
    no_traceback(page)


@pytest.mark.parametrize(
    ("link", "button"),
    [
        ("/?layers=1-tanh", "units-1-less"),
        ("/?layers=64-tanh", "units-1-more"),
        (f"/?layers={DEEP}", "layers-more"),
    ],
)
def test_a_bound_is_one_sentence(page: Page, link: str, button: str) -> None:
    player = paused(Player(page).open(link), 3)
    page.get_by_test_id(button).click()
    expect(
        page.get_by_text(re.compile(r"(hidden layer has 1 to 64 units|at most 10 hidden layers)"))
    ).to_be_visible()
    assert player.frame == 3
    no_traceback(page)


def test_dead_and_saturated_units_are_marked(bench: Bench) -> None:
    page = bench.page
    player = paused(bench.open(f"/?layers={DEEP}"), 5)
    dead = player.panel("network").locator('.unit[data-mark="dead"]').first
    expect(dead).to_have_accessible_name(re.compile("dead: 0 at every training point"))
    paused(bench.open("/?dataset=reg-plane&layers=4-sigmoid&init=normal&lr=10&optimizer=sgd"), 5)
    page.get_by_test_id("unit-2").click()
    page.get_by_test_id("network-editor-value").fill("50")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("unit-2")).to_have_attribute("data-mark", "saturated")


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_is_cut_and_nothing_overlaps(new_page, window: str) -> None:
    page = open_window(new_page, window)
    for link in LAYOUTS:
        player = labs.paused(page, link)
        for width, _ in each_size(player, window):
            assert_legible(player.panel("network"), width)


def assert_legible(panel: Locator, width: int) -> None:
    """The graph's words lie within it and beside one another, in a window of this width."""
    room = box(panel.locator(".graph"))
    words = boxes(panel.locator(".graph-header, .unit-label"))
    for word in words:
        assert word.left >= room.left - 1
        assert word.right <= room.right + 1
        assert word.bottom <= room.bottom + 1
    for one, other in itertools.combinations(words, 2):
        apart = min(one.right, other.right) - max(one.left, other.left)
        above = min(one.bottom, other.bottom) - max(one.top, other.top)
        assert apart <= 1.5 or above <= 3.5
    signs = boxes(panel.locator(".stepper .sign"))
    assert all(sign.width >= 18 and sign.right <= width for sign in signs)


def test_a_tap_shows_the_card_and_offers_to_edit(new_page) -> None:
    page: Page = new_page(viewport=(390, 844), touch=True)
    paused(Player(page).open(), 10)
    unit = page.get_by_test_id("unit-4")
    unit.tap()
    card = page.get_by_test_id("network-card")
    expect(card).to_contain_text("Hidden 1, unit 3")
    expect(page.get_by_test_id("network-editor")).to_be_hidden()
    card.get_by_role("button", name="Edit").tap()
    page.get_by_test_id("network-editor-value").fill("1.5")
    page.get_by_test_id("network-editor-apply").tap()
    expect(unit).to_have_accessible_name(re.compile(r"bias 1\.5000"))
