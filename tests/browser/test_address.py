"""The address: it holds the run, opens it again, and is answered with a sentence when it cannot be read."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import Bench
from tests.browser.driver import Player, expect_address, no_traceback

SETTINGS = {
    "dataset": "spiral",
    "n": "300",
    "noise": "0.1",
    "inputs": "x~y~sin_x",
    "layers": "12-relu-batch_norm~6-tanh-drop0.2",
    "optimizer": "rmsprop",
    "lr": "0.003",
    "schedule": "cosine",
    "l2": "0.001",
    "batch": "16",
    "seed": "11",
}


def test_the_same_address_gives_the_same_frames(page: Page, new_page) -> None:
    first = Player(page).open(f"/?{urlencode(SETTINGS)}")
    expect_address(page, **SETTINGS)
    first.hold(20)
    second = Player(new_page()).open(page.url)
    second.hold(20)
    assert first.look(range(20)) == second.look(range(20))


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("lr=fast", "lr"),
        ("colour=red", "colour"),
        ("v=2&dataset=xor", "newer"),
        ("seed=" + "9" * 4000, "seed"),
    ],
)
def test_a_bad_link_gives_a_sentence_beside_the_default_run(page: Page, query: str, named: str) -> None:
    player = Player(page).open(f"/?{query}")
    player.wait_for("state === 'playing' && frame > 3")
    said = page.get_by_role("alert").get_by_role("paragraph")
    expect(said).to_have_text(re.compile(r"^This link could not be opened\. [^\n]{10,400}\.$"))
    expect(said).to_contain_text(named)
    expect_address(page)
    no_traceback(page)


def test_a_diverged_run_says_why(bench: Bench) -> None:
    player = bench.open("/?dataset=reg-plane&optimizer=sgd&lr=10")
    player.wait_for("state === 'diverged' && frame == frames - 1")
    expect(player.part("message")).to_contain_text("gradient")
    expect(player.part("message")).to_contain_text("learning rate")
    assert all("∞" not in number and "–" not in number for number in player.look([player.frame])[0].numbers)
    player.part("back").click()
    player.wait_for("state === 'paused' && frame == frames - 2")
    player.part("reset").click()
    player.wait_for("state === 'paused' && frame == 0")
    player.part("play").click()
    player.wait_for("state === 'diverged'")


def test_a_stop_rule_stops_the_run(bench: Bench) -> None:
    player = bench.open("/?max_epochs=20")
    player.wait_for("state === 'stopped' && frame == 20 && frames == 21")
    expect(player.part("message")).to_contain_text("20")
    player.part("step").click()
    player.wait_for_repaints(3)
    assert player.frame == 20
    player.watch()
    player.part("play").click()  # once more from the start
    player.wait_for("window.drawn.some((note) => note.frame === 0) && state === 'stopped' && frame == 20")


def test_early_stopping_shows_the_best_frame(bench: Bench) -> None:
    player = bench.open("/?patience=5&lr=0.3")
    player.wait_for("state === 'stopped' && frame < frames - 1")
    expect(player.part("message")).to_contain_text(f"back at epoch {player.epoch}")
