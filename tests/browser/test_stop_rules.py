"""Rules set by the visitor end a run, and the player says which one it was."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from playground.training import PRESETS
from tests.browser.bench import Bench
from tests.browser.driver import Player, expect_address


def opened(bench: Bench, query: str) -> Player:
    """A run paused at frame 2, of which more has been seen."""
    player = bench.open(f"/?{query}")
    player.wait_for("frame > 5")
    player.look([2])
    return player


def stopped(player: Player) -> str:
    """Play until the rule holds; the sentence about it."""
    expect(player.part("earlier")).to_be_visible()  # the rule is heard: frames without it are left behind
    player.part("play").click()
    player.wait_for("state === 'stopped' && frame == frames - 1")
    return player.part("message").locator(".status-text").inner_text()


def shown(player: Player, panel: str) -> list[float]:
    """The test values of the last two frames."""
    values = []
    for frame in (player.frames - 2, player.frames - 1):
        player.look([frame])
        values.append(
            float(player.panel(panel).locator(".number.test b").inner_text().removesuffix("\u00a0%"))
        )
    return values


def test_a_target_loss(bench: Bench) -> None:
    player = opened(bench, "dataset=gauss&n=60&target_loss=0.1")
    bench.set("stopping.target_loss", 0.3)
    expect_address(bench.page, dataset="gauss", n="60", target_loss="0.3")
    said = re.fullmatch(r"The test loss has reached (\S+); the target was 0\.3\.", stopped(player))
    assert said
    before, last = shown(player, "loss")
    assert before > 0.3 >= last
    assert abs(float(said[1]) - last) < 1e-4


def test_a_target_accuracy(bench: Bench) -> None:
    player = opened(bench, "dataset=gauss&n=60")
    bench.set("stopping.target_accuracy", 1.0)
    expect_address(bench.page, dataset="gauss", n="60", target_accuracy="1")
    assert stopped(player) == "The test accuracy has reached 100.0%; the target was 100.0%."
    before, last = shown(player, "accuracy")
    assert before < 100.0 == last


def test_a_plateau(bench: Bench) -> None:
    player = opened(bench, "n=60&optimizer=sgd&lr=0.00001")
    bench.set("stopping.plateau", 7)
    expect_address(bench.page, n="60", optimizer="sgd", lr="1e-05", plateau="7")
    said = re.fullmatch(r"The training loss has stayed near (\S+) for 7 epochs\.", stopped(player))
    assert said
    expect(player.panel("loss").locator(".number.train b")).to_have_text(re.compile(rf"^{said[1][:4]}"))
    assert player.frame >= 7


def test_a_paused_run_that_is_stopped_stands_where_the_sentence_says(bench: Bench) -> None:
    settings = PRESETS["overfitting"].experiment.to_query()
    player = bench.open(f"/?{urlencode(settings)}")
    player.play_to(80)
    bench.set("stopping.patience", 5)
    player.wait_for("state === 'stopped'")
    text = player.part("message").locator(".status-text").inner_text()
    said = re.search(r"the run is back at epoch (\d+), where it was lowest \((\S+)\)", text)
    assert said
    player.wait_for(f"epoch == {said[1]} && frame < frames - 1")
    loss = player.panel("loss").locator(".number.test b").inner_text()
    assert float(loss) == pytest.approx(float(said[2]), rel=1e-3)
