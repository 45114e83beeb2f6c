"""What stands around the player: presets, links, runs side by side, what can be taken away, and advice."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from playground.training import PRESETS, Experiment, Trainer
from playground.ui.main_page.exports import EXPORTS
from tests.browser.bench import Bench
from tests.browser.driver import Player, choose, choose_tab, expect_address, no_traceback, open_menu

TF_LINK = (
    "#activation=tanh&batchSize=10&dataset=xor&learningRate=0.03&noise=0&networkShape=4,2&seed=0.59704"
    "&showTestData=false&discretize=true&percTrainData=50&x=true&y=true&problem=classification"
    "&learningRate_hide=true"
)
RUNS = json.loads((Path(__file__).parents[1] / "data" / "tf_playground_runs.json").read_text("utf-8"))


def close_menu(page: Page) -> None:
    page.keyboard.press("Escape")


def test_a_preset_runs_with_its_words(page: Page) -> None:
    player = Player(page).open()
    open_menu(page, "Presets")
    page.get_by_role("button", name=PRESETS["spiral"].label, exact=True).click()
    page.wait_for_url("**dataset=spiral**")
    close_menu(page)
    player.wait_for("frames > 1 && frame >= 0")
    expect(player.part("message")).to_contain_text(PRESETS["spiral"].look_for)


def test_runs_stand_side_by_side_and_can_be_left_again(page: Page) -> None:
    player = Player(page).open()
    player.play_to(5)
    choose_tab(page, "Training")
    choose(page, "Optimizer", "Lion")
    page.wait_for_url("**optimizer=lion**")
    player.wait_for("frames > 1 && frame >= 0")
    open_menu(page, "Runs")
    for k in (1, 2):
        page.get_by_role("checkbox", name=f"Compare run {k}").check(force=True)
        expect(page.get_by_role("checkbox", name=f"Compare run {k}")).to_be_checked()
    page.get_by_role("button", name="Compare 2 runs").click()
    expect(player.panel("boundary-0")).to_be_visible()
    expect(player.panel("boundary-1")).to_be_visible()
    expect(page.get_by_text("Optimizer Adam → Lion")).to_be_visible()
    close_menu(page)
    if player.data("state") != "playing":
        player.part("play").click()
    player.wait_for("frame >= 5")
    page.get_by_role("button", name="Back to one run").click()
    expect(player.panel("boundary")).to_be_visible()
    no_traceback(page)


def shown_after(player: Player, epochs: int) -> list[str]:
    """The losses beside the title of the loss panel."""
    player.play_to(epochs)
    player.look([epochs])
    return player.panel("loss").locator(".number b").all_text_contents()


@pytest.mark.parametrize("how", ["behind the #", "pasted"])
def test_a_link_of_tensorflow_playground_gives_its_numbers(page: Page, how: str) -> None:
    player = Player(page).open(f"/{TF_LINK}" if how == "behind the #" else "/")
    if how == "pasted":
        open_menu(page, "Open")
        page.get_by_role("textbox", name="Paste a link or an Experiment").fill(
            f"https://playground.tensorflow.org/{TF_LINK}"
        )
        page.get_by_test_id("stFormSubmitButton").get_by_role("button", name="Open").click()
    page.wait_for_url("**rules=tf_playground**")
    player.wait_for("frames > 1 && frame >= 0")
    recorded = next(
        run for run in RUNS if run["kind"] == "xor" and run["seed"] == "0.59704" and run["shape"] == [4, 2]
    )
    assert shown_after(player, 50) == [f"{loss:.4f}" for loss in recorded["loss"]["50"]]
    choose_tab(page, "Training")
    expect(page.get_by_role("group", name="Learning rate")).to_have_count(0)  # as the link wishes


def test_a_bad_text_gets_a_sentence_and_the_run_stays(page: Page) -> None:
    player = Player(page).open()
    open_menu(page, "Open")
    text = page.get_by_role("textbox", name="Paste a link or an Experiment")
    text.fill("https://playground.tensorflow.org/#activation=cube")
    submit = page.get_by_test_id("stFormSubmitButton").get_by_role("button", name="Open")
    submit.click()
    expect(page.get_by_text("This link could not be opened.")).to_be_visible()
    expect(text).to_have_value(re.compile("activation=cube"))  # it can be mended
    text.fill("https://playground.tensorflow.org/#activation=relu")
    submit.click()
    page.wait_for_url("**rules=tf_playground**")
    expect(text).to_have_value("")
    player.wait_for("frames > 1 && frame >= 0")
    no_traceback(page)


def test_what_a_lesson_hides_is_gone_at_once_and_the_run_goes_on(page: Page) -> None:
    player = Player(page).open("/?n=60")
    player.play_to(6)
    seen = player.frame
    open_menu(page, "Panels")
    page.get_by_text("For lessons").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Play", exact=True).click()
    expect(player.part("play")).to_be_hidden()
    expect_address(page, n="60", hide="playButton")
    player.wait_for(f"frame == {seen}")
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Play", exact=True).click()
    expect(player.part("play")).to_be_visible()
    no_traceback(page)


def test_what_a_link_hides_cannot_be_done_in_another_way(bench: Bench) -> None:
    page = bench.page
    player = bench.open("/?hide=numHiddenLayers~playButton~resetButton")
    expect(player.root).to_have_attribute("data-state", "paused")  # nobody could stop it
    expect(page.get_by_test_id("layers-more")).to_have_count(0)
    expect(page.locator("[data-testid^=layer-]")).to_have_count(0)
    expect(page.get_by_test_id("units-1-more")).to_be_visible()
    player.press(" ")
    player.press("ArrowRight")
    player.wait_for("frame == 1 && state === 'paused'")
    player.press("r")
    player.press("ArrowRight")
    player.wait_for("frame == 2")


def test_a_presets_words_go_when_its_settings_do(bench: Bench) -> None:
    player = bench.open()
    expect(player.part("message")).to_contain_text("Circle:")
    bench.set("optimizer.lr", 0.03)
    expect(player.part("message")).not_to_contain_text("Circle:")
    bench.set("optimizer.lr", 0.01)
    expect(player.part("message")).to_contain_text("Circle:")


def test_what_is_on_the_screen_can_be_taken_away(page: Page) -> None:
    player = Player(page).open()
    player.wait_for("frames > 12")
    player.look([10])
    taken = {}
    for name, export in EXPORTS.items():
        with page.expect_download() as download:
            player.part("share").select_option(name)
        assert download.value.suggested_filename == export.file
        taken[name] = Path(download.value.path()).read_bytes()
        assert len(taken[name]) > 500, name
        assert player.frame == 10
    trainer = Trainer(Experiment())
    trainer.train(epochs=10)
    first = json.loads(taken["json"])["layers"][0]["W"]
    assert first == trainer.network.weight_layers[0].W.tolist(), "not where training has got to"


def test_a_figure_can_be_saved_as_a_picture(bench: Bench) -> None:
    player = bench.open()
    player.pause()
    for kind, start in (("png", b"\x89PNG"), ("svg", b"<svg")):
        with bench.page.expect_download() as download:
            player.part("share").select_option(f"picture:boundary:{kind}")
        assert Path(download.value.path()).read_bytes().startswith(start)
    with bench.page.expect_download() as download:
        player.part("share").select_option("picture:network:png")
    assert len(Path(download.value.path()).read_bytes()) > 10_000  # an empty canvas of this size has 4,000


def test_advice_offers_a_fix_that_one_click_tries(bench: Bench) -> None:
    query = "&".join(f"{k}={v}" for k, v in PRESETS["vanishing"].experiment.to_query().items())
    player = bench.open(f"/?{query}")
    player.play_to(60)  # past the first answer, whose last frame brings the first advice
    fix = player.part("fix").first
    expect(fix).to_be_visible()
    before = bench.page.url
    fix.click()
    bench.page.wait_for_function("before => location.href !== before", arg=before)
    player.wait_for("frames > 1 && frame >= 0")


def test_a_branch_leaves_its_curves_until_they_are_dismissed(bench: Bench) -> None:
    player = bench.open()
    player.play_to(30)
    player.look([10])
    bench.set("optimizer.lr", 0.03)
    expect(player.part("earlier")).to_have_text("┄ 1 earlier ✕")
    player.part("earlier").click()
    expect(player.part("earlier")).to_be_hidden()


def test_a_saved_network_can_be_loaded_again(page: Page) -> None:
    player = Player(page).open()
    player.wait_for("frames > 12")
    losses = player.look([10])[0].numbers
    with page.expect_download() as download:
        player.part("share").select_option("json")
    path = Path(download.value.path()).rename(Path(download.value.path()).with_suffix(".json"))
    open_menu(page, "Open")
    with page.expect_response("**/_stcore/upload_file/**"):  # nobody presses the button sooner than this
        page.locator("input[type=file]").last.set_input_files(path)
    page.get_by_role("button", name="Load", exact=True).click()
    player.wait_anew(frames=1)
    assert player.look([0])[0].numbers[1:3] == losses[1:3]  # loss and accuracy of the loaded weights
