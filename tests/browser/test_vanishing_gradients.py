"""The lab on vanishing gradients, as a visitor meets it."""

import pytest
from playwright.sync_api import Page, expect

from playground.labs.vanishing_gradients.settings import OPENING
from playground.training import Experiment
from tests.browser import labs
from tests.browser.bench import Bench
from tests.browser.driver import Player, choose, choose_tab, expect_address, nudge
from tests.browser.labs import assert_same_elsewhere, see, task
from tests.browser.layout import WINDOWS, below_one_another, box, boxes, each_size, open_window, overflow

LAB = "/vanishing_gradients"
SMALL = f"{LAB}?networks=3x4-sigmoid-xavier_uniform~2x4-tanh-xavier_uniform&v=1&n=60&lr=0.3"


def test_on_arrival_four_networks_play_and_one_vanishes(bench: Bench) -> None:
    player = bench.open(LAB)
    player.wait_for("state === 'playing' && frame > 10")
    verdicts = player.panel("flow").locator(".verdict")
    expect(verdicts).to_have_text(["vanishing", "healthy", "healthy", "healthy"])
    for k, network in enumerate(OPENING):
        expect(player.panel(f"boundary-{k}").locator("h3")).to_have_text(f"{k + 1}. {network.title}")
    expect(player.panel("gradients").locator(".plot .bars path").first).to_be_visible()
    expect_address(bench.page)


def test_scrubbing_back_shows_what_was_there(bench: Bench) -> None:
    player = bench.open(LAB)
    player.wait_for("frames > 20 && frame > 3")
    player.pause()
    start, end = see(player, 0), see(player, 20)
    assert len(start["pictures"]) == 4
    assert all(a != b for a, b in zip(start["pictures"][1:], end["pictures"][1:], strict=True))
    assert start["words"] != end["words"]
    assert see(player, 0) == start
    lines = player.panel("gradient_map").locator(".cursor i")
    expect(lines).to_have_count(4)
    assert len({round(line.bounding_box()["x"]) for line in lines.all()}) == 4


def test_a_reloaded_link_shows_the_same(page: Page, new_page) -> None:
    player = Player(page).open(SMALL)
    player.wait_for("frames > 10")
    choose_tab(page, "Networks")
    nudge(page, "Hidden layers")
    networks = "4x4-sigmoid-xavier_uniform~2x4-tanh-xavier_uniform"
    expect_address(page, networks=networks, n="60", lr="0.3")
    choose_tab(page, "Shared")
    choose(page, "Dataset", "Moons")
    expect_address(page, networks=networks, n="60", lr="0.3", dataset="moons")
    assert_same_elsewhere(player, new_page, (0, 5, 10))


def test_a_live_control_goes_on_in_the_same_run(bench: Bench) -> None:
    player = bench.open(SMALL)
    player.wait_for("frames > 12")
    player.pause()
    before = see(player, 5)
    bench.set("optimizer.lr", 1.0)
    networks = "3x4-sigmoid-xavier_uniform~2x4-tanh-xavier_uniform"
    expect_address(bench.page, networks=networks, n="60", lr="1")
    player.wait_for("frame == 5")
    assert see(player, 5) == before


def test_a_task_is_done_by_what_is_measured_and_stays_done(bench: Bench) -> None:
    page = bench.page
    bench.open(SMALL)
    for name in ("sigmoid", "explode", "deep"):
        expect(task(page, "vanishing_gradients", name)).to_have_attribute("data-done", "false")
    player = bench.open(f"{LAB}?networks=30x64-tanh-normal&v=1&n=40")
    expect(task(page, "vanishing_gradients", "explode")).to_have_attribute("data-done", "true")
    expect(task(page, "vanishing_gradients", "deep")).to_have_attribute("data-done", "false")
    expect(player.panel("flow").locator(".verdict")).to_have_text("exploding")
    bench.open(SMALL)
    expect(task(page, "vanishing_gradients", "explode")).to_have_attribute("data-done", "true")


def test_a_network_opens_on_the_main_page(page: Page) -> None:
    Player(page).open(SMALL).wait_for("frames > 1")
    choose_tab(page, "Networks")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open on the main page").click()
    other = Player(opened.value)
    other.wait_for("frames > 1")
    layers = "~".join(["4-sigmoid"] * 3)
    expect_address(opened.value, layers=layers, n="60", lr="0.3")
    assert Experiment.from_query({"layers": layers})


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_is_cut_off(new_page, window: str) -> None:
    page = open_window(new_page, window)
    player = labs.paused(page, LAB)
    for width, height in each_size(player, window):
        assert overflow(page)[0] == 0
        parts = boxes(player.root.locator(".toolbar, section.panel"))
        assert all(part.left >= 0 and part.right <= width for part in parts)
        assert below_one_another(parts[5:-1])
        assert labs.holds_its_cards(player.panel("flow"))
        assert labs.holds_its_tasks(player)
        for k in range(4):
            picture = box(player.panel(f"boundary-{k}").locator("canvas.surface"))
            assert picture.height > 80
            assert picture.width == pytest.approx(picture.height, abs=12)
        if window == "desktop":
            assert all(box(player.panel(name)).bottom <= height for name in ("gradients", "flow"))
