"""The lab on one step, as a visitor meets it."""

import math
import re

import pytest
from playwright.sync_api import Page, expect

from playground.labs.one_step.settings import BASE, StepSettings
from playground.probes.one_step import one_step_at_a_time
from playground.training import Experiment, Trainer
from tests.browser import labs
from tests.browser.bench import Bench
from tests.browser.driver import Player, choose, choose_tab, expect_address, nudge
from tests.browser.layout import WINDOWS, box, boxes, each_size, open_window, overflow

LAB = "/one_step"
HIDDEN_BACKWARD, NEW_WEIGHTS = 4, 5  # phases of an update

# What a frame shows: clock, graph, formulas and table, as texts.
SEE = """(place) => {
  const player = document.querySelector('[data-testid="player"]');
  const timeline = player.querySelector('[data-testid="player-timeline"]');
  timeline.value = place;
  timeline.dispatchEvent(new Event("input", { bubbles: true }));
  return ['[data-testid="player-epoch"]', ".step-graph", ".step-formula", ".step-table"].map(
    (query) => player.querySelector(query).textContent);
}"""


def see(player: Player, frame: int) -> list[str]:
    player.hold(frame)
    return player.page.evaluate(SEE, frame)


def paused(player: Player) -> Player:
    player.pause()
    return player


def results(player: Player) -> list[str]:
    return player.panel("formula").locator(".numbers b").all_inner_texts()


def number(text: str) -> float:
    """What the page wrote, such as −1.234·10⁻⁵."""
    plain = text.translate(str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789"))
    mantissa, _, exponent = plain.partition("·10")
    return float(mantissa) * 10.0 ** float(exponent or 0)


def test_on_arrival_the_first_update_plays_phase_by_phase(bench: Bench) -> None:
    player = bench.open(LAB)
    player.wait_for("state === 'playing' && frame >= 2")
    player.pause()
    assert [see(player, k)[0] for k in (0, 2, 4, 5, 6)] == [
        "Update 1 · forward, hidden layer",
        "Update 1 · loss",
        "Update 1 · backward, hidden layer",
        "Update 1 · new weights",
        "Update 2 · forward, hidden layer",
    ]
    expect(player.part("stride")).to_be_hidden()
    expect_address(bench.page)


def test_the_numbers_on_the_page_are_those_of_the_network(bench: Bench) -> None:
    page = bench.page
    player = paused(bench.open(LAB))
    see(player, NEW_WEIGHTS)
    (step,) = one_step_at_a_time(Trainer(StepSettings().experiment(BASE)), 1)
    unit = page.get_by_test_id("unit-u1.1")
    shown = [number(text) for text in unit.locator(".step-value").all_text_contents()]
    hidden = step.layers[0]
    wanted = [step.after[8], hidden.z[0, 0], hidden.a[0, 0], hidden.delta[0, 0]]
    assert shown == pytest.approx(wanted, rel=6e-4)
    cells = page.get_by_test_id("row-w1.1.1").locator("td").all_inner_texts()
    wanted = [step.before[0], step.gradient[0], step.differences.slope[0]]
    assert [number(cell) for cell in cells[:3]] == pytest.approx(wanted, rel=6e-4)
    assert number(cells[3]) < 1e-9
    assert number(cells[-1]) == pytest.approx(step.after[0], rel=6e-4)


def test_what_comes_later_in_an_update_is_not_known_yet(bench: Bench) -> None:
    page = bench.page
    player = paused(bench.open(LAB))
    see(player, 1)
    row = page.get_by_test_id("row-w1.1.1").locator("td")
    assert row.all_inner_texts()[1:] == [""] * 5
    expect(page.get_by_test_id("unit-u1.1").locator(".step-value")).to_have_text([re.compile(".")] * 3 + [""])
    assert "…" in see(player, 1)[2]
    assert "…" not in see(player, NEW_WEIGHTS)[2]


def test_a_chain_rule_is_written_out_and_its_terms_multiply_to_the_gradient(bench: Bench) -> None:
    page = bench.page
    player = paused(bench.open(LAB))
    see(player, HIDDEN_BACKWARD)
    page.get_by_test_id("edge-w1.2.3").click(force=True)
    expect(player.panel("formula").locator("h3")).to_have_text("Weight x₂ → h₃")
    expect(page.get_by_test_id("row-w1.2.3")).to_have_class("picked")
    chain = player.panel("formula").locator("section", has_text="The chain rule")
    line = chain.locator(".numbers").last.inner_text().replace("\n", "")
    *factors, result = re.split(" · | = ", line.removeprefix("= "))
    assert len(factors) == 5
    product = math.prod(number(factor.strip("()")) for factor in factors)
    assert product == pytest.approx(number(result), rel=2e-3)
    assert number(result) == number(page.get_by_test_id("row-w1.2.3").locator("td").nth(1).inner_text())
    page.wait_for_url("**/one_step?pick=w1.2.3")


def test_units_are_chosen_by_keyboard_and_rows_by_their_buttons(bench: Bench) -> None:
    page = bench.page
    player = paused(bench.open(LAB))
    see(player, NEW_WEIGHTS)
    page.get_by_test_id("unit-u2.1").focus()
    page.keyboard.press("Enter")
    expect(player.panel("formula").locator("h3")).to_have_text("Output y")
    expect(player.panel("formula").locator("h4")).to_have_text(["Forward", "Loss", "Backward"])
    page.get_by_test_id("unit-u1.4").focus()
    page.keyboard.press("Space")
    expect(player.panel("formula").locator("h3")).to_have_text("Hidden unit h₄")
    assert player.data("state") == "paused"
    page.get_by_role("button", name="Write out the bias of h₂").click()
    expect(player.panel("formula").locator("h3")).to_have_text("Bias of h₂")
    page.wait_for_url("**/one_step?pick=b1.2")


def test_scrubbing_back_shows_what_was_there(bench: Bench) -> None:
    player = paused(bench.open(LAB))
    start, later = see(player, 3), see(player, 15)
    assert all(a != b for a, b in zip(start, later, strict=True))
    assert see(player, 3) == start


def test_a_reloaded_link_shows_the_same(page: Page, new_page) -> None:
    player = paused(Player(page).open(LAB))
    choose_tab(page, "Training")
    choose(page, "Each update uses", "All four samples")
    page.wait_for_url("**/one_step?samples=all")
    choose(page, "Optimizer", "SGD + momentum")
    page.wait_for_url("**optimizer=momentum**")
    choose_tab(page, "Network")
    nudge(page, "Hidden layers")
    page.wait_for_url("**layers=4-sigmoid~4-sigmoid**")
    page.get_by_test_id("unit-u2.3").click()  # it is there as soon as the network of two hidden layers is
    player.hold(20)
    page.get_by_test_id("sample-2").click()
    page.wait_for_url("**pick=u2.3**")
    page.wait_for_url("**sample=2**")
    other = paused(Player(new_page()).open(page.url))
    other.hold(20)
    assert [see(player, k) for k in (0, 7, 20)] == [see(other, k) for k in (0, 7, 20)]
    expect(other.page.get_by_test_id("sample-2")).to_have_attribute("aria-pressed", "true")
    expect(other.panel("table").locator("thead th")).to_have_count(8)


def test_another_sample_comes_first(bench: Bench) -> None:
    page = bench.page
    player = paused(bench.open(LAB))
    page.get_by_test_id("sample-1").click()
    page.wait_for_url("**/one_step?sample=1")
    expect(page.get_by_test_id("sample-1")).to_have_attribute("aria-pressed", "true")
    player.pause()
    see(player, NEW_WEIGHTS)
    expect(page.get_by_test_id("row-w1.1.1").locator("td").nth(1)).to_have_text("0")
    assert results(player)


def test_the_run_to_the_end_gets_all_samples_right(page: Page) -> None:
    player = paused(Player(page).open(LAB))
    expect(page.get_by_test_id("task-one_step-right")).to_have_attribute("data-done", "false")
    expect(page.get_by_test_id("task-one_step-up")).to_have_attribute("data-done", "false")
    page.get_by_test_id("step-view").click()
    page.wait_for_url("**/one_step?view=run")
    expect(player.panel("boundary")).to_be_visible()
    player.choose("speed", "60 frames/s")
    player.choose("stride", "25 epochs")
    if player.data("state") != "playing":
        player.part("play").click()
    for epoch in range(200, 1000, 200):  # on a busy machine a wait for the last one alone would end too soon
        player.wait_for(f"epoch >= {epoch}")
    player.wait_for("state === 'stopped' && epoch == 1000")
    expect(page.get_by_test_id("task-one_step-right")).to_have_attribute("data-done", "true")
    expect(page.get_by_test_id("task-one_step-up")).to_have_attribute("data-done", "false")
    expect(page.get_by_test_id("player-message")).to_contain_text("epoch 1000")
    page.get_by_test_id("step-view").click()
    page.wait_for_url(re.compile("/one_step$"))
    expect(player.panel("formula")).to_be_visible()
    expect(page.get_by_test_id("task-one_step-right")).to_have_attribute("data-done", "true")


def test_a_network_opens_on_the_main_page(page: Page) -> None:
    paused(Player(page).open(LAB))
    choose_tab(page, "Network")
    with page.context.expect_page() as other:
        page.get_by_role("link", name="Open on the main page").click()
    main = Player(other.value)
    main.wait_for("frames > 1")
    query = dict(re.findall(r"[?&]([^=]+)=([^&]*)", other.value.url))
    assert Experiment.from_query(query) == StepSettings().experiment(BASE)


def test_of_a_batch_the_gradient_is_the_mean_and_the_formula_says_so(bench: Bench) -> None:
    player = paused(bench.open(f"{LAB}?samples=all&sample=3"))
    see(player, HIDDEN_BACKWARD)
    chain = player.panel("formula").locator("section", has_text="The chain rule")
    expect(chain).to_contain_text("mean of the batch")
    expect(chain.locator(".left").nth(1)).to_contain_text("L(3)")
    mean = chain.locator(".numbers").last
    *_, terms, result = mean.inner_text().replace("\n", "").split("=")
    pairs = re.findall(r"([−\d.·⁻⁰¹²³⁴-⁹]+|\(−[^()]+\)) · ([01])", terms)
    assert [int(x) for _, x in pairs] == [0, 0, 1, 1]
    total = sum(number(error.strip("()")) * int(x) for error, x in pairs) / 4
    assert total == pytest.approx(number(result.strip()), rel=5e-3)
    cell = bench.page.get_by_test_id("row-w1.1.1").locator("td").nth(1).inner_text()
    assert number(result.strip()) == number(cell)


def test_with_less_motion_nothing_flows(new_page) -> None:
    page = new_page(reduced_motion="reduce")
    player = Player(page).open(LAB)
    see(player, 0)
    expect(player.panel("graph").locator(".step-flow.forward")).to_have_count(8)
    player.part("play").click()
    player.wait_for("state === 'playing'")
    flowing = "() => document.getAnimations().filter((each) => each.animationName === 'step-flow').length"
    assert page.evaluate(flowing) == 0


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_is_cut_off(new_page, window: str) -> None:
    page = open_window(new_page, window)
    player = labs.paused(page, LAB)
    graph = player.panel("graph")
    for width, height in each_size(player, window):
        see(player, NEW_WEIGHTS)
        assert overflow(page)[0] == 0
        parts = boxes(player.root.locator(".toolbar, section.panel"))
        assert all(part.left >= 0 and part.right <= width for part in parts)
        frame, legend, samples = (
            box(graph.locator(f".step-{name}")) for name in ("frame", "legend", "samples")
        )
        assert all(unit.is_within(frame, slack=1) for unit in boxes(graph.locator(".step-unit")))
        assert frame.bottom <= legend.top + 1
        assert samples.bottom <= box(graph).bottom
        assert labs.holds_its_tasks(player)
        if window == "desktop":
            assert all(box(player.panel(name)).bottom <= height for name in ("graph", "formula"))
