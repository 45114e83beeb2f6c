"""The main page: what a visitor meets on arrival, and what the controls beside the player do."""

import pytest
from playwright.sync_api import Page, expect

from playground.datasets import DATASETS
from playground.nn import ACTIVATIONS
from tests.browser.bench import Bench
from tests.browser.driver import Player, choose, choose_tab, expect_address, no_traceback, nudge


def test_on_arrival_a_trained_run_plays_by_itself(page: Page) -> None:
    player = Player(page).open()
    player.watch()
    player.wait_for("state === 'playing' && frames > 30")
    player.wait_for("window.drawn.length > 10")
    moved = [note["frame"] for note in player.watched()]
    assert moved == sorted(set(moved))
    player.part("end").click()
    expect(player.panel("accuracy").locator(".number.test")).to_contain_text("100.0 %")
    expect_address(page)
    no_traceback(page)


def test_a_changed_control_starts_anew_with_the_same_seed(page: Page, new_page) -> None:
    player = Player(page).open("/?seed=7")
    player.wait_for("frames > 20")
    player.look([20])

    def change(how, tab: str, **settings: str) -> None:
        choose_tab(page, tab)
        player.look([5])
        how()
        player.wait_anew(frames=20)
        expect_address(page, seed="7", **settings)

    change(lambda: choose(page, "Dataset", DATASETS["xor"].label), "Data", dataset="xor")
    change(lambda: nudge(page, "Noise"), "Data", dataset="xor", noise="0.05")
    wanted = {"dataset": "xor", "noise": "0.05", "layers": "8-tanh~8-tanh~8-tanh"}
    change(lambda: nudge(page, "Hidden layers"), "Network", **wanted)
    wanted |= {"layers": "8-relu~8-tanh~8-tanh"}
    change(lambda: choose(page, "Activation, layer 1", ACTIVATIONS["relu"].label), "Network", **wanted)
    other = Player(new_page()).open(page.url)
    other.wait_for("frames > 20")
    assert player.look(range(20)) == other.look(range(20))


def test_a_changed_setting_keeps_playing(bench: Bench) -> None:
    player = bench.open()
    player.wait_for("frame > 15")
    player.watch()
    bench.set("data.dataset", "moons")
    player.wait_for("state === 'playing' && window.drawn.some((note) => note.frame === 0) && frame > 5")
    expect_address(bench.page, dataset="moons")


def test_a_live_control_goes_on_in_the_same_run(page: Page) -> None:
    player = Player(page).open("/?seed=3")
    player.wait_for("frames > 30")
    before = player.look(range(20))
    choose_tab(page, "Training")
    player.look([10])
    nudge(page, "Learning rate")
    expect_address(page, seed="3", lr="0.03")
    player.wait_for("frame == 10 && frames < 20")
    player.play_to(20)
    after = player.look(range(20))
    assert after[:11] == before[:11]
    changed = [old.numbers != new.numbers for old, new in zip(before, after, strict=True)]
    assert changed == [False] * 11 + [True] * 9


@pytest.mark.parametrize("link", ["dataset=blobs&classes=6", "dataset=rings"])
def test_more_than_two_classes(bench: Bench, link: str) -> None:
    player = bench.open(f"/?{link}")
    player.wait_for("frame > 5")
    start, end = player.look([0, player.frames - 1])
    assert start.picture != end.picture
    assert accuracy(end.told) > accuracy(start.told)


def accuracy(told: list[str]) -> float:
    """The test accuracy in percent, from the text alternative of its panel."""
    (text,) = [each for each in told if each.startswith("Accuracy")]
    return float(text.rpartition("test ")[2].removesuffix("\u00a0%."))


def test_regression_has_its_own_panels(bench: Bench) -> None:
    player = bench.open("/?dataset=reg-gauss")
    player.wait_for("frame > 5")
    expect(player.panel("accuracy")).to_have_count(0)
    start, end = player.look([0, player.frames - 1])
    assert start.numbers != end.numbers
    assert start.picture != end.picture
    bench.set("data.dataset", "circle")
    player.wait_for("frame == 0")
    expect(player.panel("accuracy")).to_be_visible()
    expect(player.panel("boundary").locator("h3")).to_have_text("Decision boundary")
    bench.set("data.dataset", "saddle")
    expect(player.panel("accuracy")).to_have_count(0)
    player.wait_anew(frames=5)
    player.part("play").click()
    player.wait_for("frame > 5")


def test_the_log_switch_changes_the_axis(bench: Bench) -> None:
    player = bench.open()
    switch = bench.page.get_by_role("button", name="Loss: logarithmic axis")
    plot = player.panel("loss").locator(".js-plotly-plot")
    axis = "(plot) => plot._fullLayout.yaxis.type"
    for pressed, kind in (("false", "linear"), ("true", "log"), ("false", "linear")):
        expect(switch).to_have_attribute("aria-pressed", pressed)
        bench.page.wait_for_function(f"(plot) => ({axis})(plot) === '{kind}'", arg=plot.element_handle())
        switch.click()
    player.wait_for("state === 'playing'")


def test_the_largest_network_plays(bench: Bench) -> None:
    player = bench.open(f"/?layers={'~'.join(['64-relu'] * 10)}&residual=1")
    player.watch()
    player.wait_for("state === 'playing' && window.drawn.length > 20")
    player.pause()
    assert len({look.picture for look in player.look(range(0, 20, 5))}) == 4


def test_a_number_out_of_range_changes_nothing(page: Page) -> None:
    player = Player(page).open()
    field = page.get_by_role("spinbutton", name="Points")
    field.fill("1000000")
    field.press("Enter")
    nudge(page, "Noise")  # what is asked for after it is done
    expect_address(page, noise="0.05")
    player.wait_for("state === 'playing'")
    no_traceback(page)
