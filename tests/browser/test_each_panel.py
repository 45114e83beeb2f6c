"""The panels one by one: each has data after some frames, and says the numbers of the frame on the screen."""

import json
import math
import re
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect

from playground.training import Experiment, Trainer
from tests.browser.bench import Bench
from tests.browser.driver import Player, no_traceback

NOW = ["weights_now", "gradients_now", "activations_now", "confusion", "roc", "calibration", "hidden_space"]
OVER_TIME = ["update_ratios", "weights_over_time", "gradients_over_time"]
LIVELY = "n=200&lr=0.1&layers=8-relu~8-relu"  # a run in which everything moves soon
NUMBER = r"−?\d[\d,]*(?:\.\d+)?(?:e[+−]?\d+)?"
MANY = "dataset=blobs&classes=3&n=200&noise=0.4&lr=0.03&flips=0.2"
# At one moment: the epoch that the matrix tells, the accuracy beside its title, and its counts.
TOGETHER = r"""() => {
  const panel = document.querySelector('[data-testid="panel-confusion"]');
  const number = (selector) => panel.querySelector(selector).textContent.match(/[\d.]+/)[0];
  const { text } = panel.querySelector(".js-plotly-plot").data[0];
  return [number(".panel-moment"), number(".number.test b"), ...text.flatMap((row) => [...row].map(String))];
}"""
# The numbers that a panel's traces hold now, as one text.
DRAWN = """(id) => {
  const plot = document.querySelector(`[data-testid="panel-${id}"] .js-plotly-plot`);
  const listed = (value) => ArrayBuffer.isView(value) || Array.isArray(value);
  const plain = (value) => (listed(value) ? Array.from(value, plain) : value);
  return JSON.stringify((plot?.data ?? []).map(({ x, y, z }) => [x, y, z].map(plain)));
}"""


def opened(bench: Bench, names: str, query: str = LIVELY) -> Player:
    """Some panels and no others, beside a run paused at frame 12."""
    player = bench.open(f"/?panels={names}&{query}")
    player.wait_for("frames > 12")
    player.look([12])
    for name in names.split("~"):  # Plotly may still be on its way
        bench.page.wait_for_function(f"(id) => /[1-9]/.test(({DRAWN})(id))", arg=name)
    return player


def told(player: Player, name: str, frame: int) -> str:
    """The text alternative at a frame."""
    player.look([frame])
    return player.panel(name).locator(".panel-body").get_attribute("aria-label")


def numbers(text: str) -> list[float]:
    """Those behind the number of epochs."""
    found = re.findall(NUMBER, re.sub(r"after \d+ epochs", "", text, flags=re.IGNORECASE))
    return [float(number.replace("−", "-").replace(",", "")) for number in found]


def words(player: Player, name: str) -> dict[int, list[float]]:
    """The numbers in the text alternative at two frames; they are numbers, and of that frame."""
    found = {}
    for frame in (2, 12):
        text = told(player, name, frame)
        assert f"after {frame} epochs" in text.lower()
        assert not re.search("NaN|undefined|∞|–|{", text)
        found[frame] = numbers(text)
        assert found[frame]
    no_traceback(player.page)
    return found


@pytest.mark.parametrize("name", NOW)
def test_a_panel_of_the_moment_shows_and_says_it(bench: Bench, name: str) -> None:
    player = opened(bench, name)
    seen = words(player, name)
    assert seen[2] != seen[12]
    drawn = []
    for frame in (2, 12):
        player.look([frame])
        player.wait_for_repaints(3)
        drawn.append(bench.page.evaluate(DRAWN, name))
    assert drawn[0] != drawn[1]


@pytest.mark.parametrize("name", OVER_TIME)
def test_a_panel_over_time_holds_every_epoch(bench: Bench, name: str) -> None:
    player = opened(bench, name)
    seen = words(player, name)
    assert seen[2] != seen[12]
    x, y, z = json.loads(bench.page.evaluate(DRAWN, name))[0]
    assert x[:13] == list(range(13))
    rows = [y] if z is None else z
    assert any(row[2] != row[12] for row in rows)
    assert all(math.isfinite(value) for row in rows for value in row[1:13])


def test_the_confusion_matrix_agrees_with_the_accuracy(bench: Bench) -> None:
    player = opened(bench, "confusion~accuracy", "dataset=blobs&classes=3&n=90&train=0.5&noise=0.3")
    for frame in (0, 3, 12):
        counts, scores = told(player, "confusion", frame).split("Precision")
        table = [int(number) for number in numbers(counts)]
        assert len(table) == 9
        assert sum(table) == 45
        right = sum(table[::4]) / 45
        (accuracy,) = re.findall(r"test ([\d.]+)\u00a0%", told(player, "accuracy", frame))
        assert accuracy == f"{100 * right:.1f}"
        expect(player.panel("confusion").locator(".number.test b")).to_have_text(f"{accuracy} %")
        for k in range(3):  # recall of each class, where it has test points
            recall = re.findall(r"[\d.]+\u00a0%|–", scores)[3 * k + 1]
            assert recall == f"{100 * table[4 * k] / sum(table[3 * k : 3 * k + 3]):.1f}\u00a0%"


def test_while_a_run_plays_a_panel_says_of_which_moment_it_is(bench: Bench) -> None:
    player = opened(bench, "confusion~accuracy", MANY)
    moment = player.panel("confusion").locator(".panel-moment")
    expect(moment).to_be_hidden()
    player.part("play").click()
    seen = set()
    while len(seen) < 3:
        expect(moment).to_be_visible()
        seen.add(tuple(bench.page.evaluate(TOGETHER)))
    player.pause()
    expect(moment).to_be_hidden()
    run = Trainer(Experiment.from_query(dict(parse_qsl(MANY))))
    run.train(epochs=max(int(epoch) for epoch, *_ in seen))
    for epoch, accuracy, *cells in seen:
        table = [int(cell) for cell in cells]
        right = run.history.values("test_accuracy")[int(epoch)]
        assert accuracy == f"{100 * right:.1f}"
        assert sum(table[::4]) / sum(table) == pytest.approx(right, abs=1e-12)


def test_areas_and_errors_lie_where_they_can(bench: Bench) -> None:
    player = opened(bench, "roc~calibration", "n=60")
    (area,) = numbers(told(player, "roc", 12).rpartition(":")[2])
    assert 0.5 < area <= 1.0
    expect(player.panel("roc").locator(".number b")).to_have_text(f"{area:.4f}")
    (error,) = numbers(told(player, "calibration", 12))
    assert 0.0 < error < 100.0
    expect(player.panel("calibration").locator(".number b")).to_have_text(f"{error:.1f} %")
