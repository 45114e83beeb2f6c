"""The network by its controls: what has been set stands in the link, and the run is another one."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from playground.nn import INITIALIZERS
from playground.training.layers import NORMALIZATIONS
from tests.browser.driver import (
    Player,
    choose,
    choose_tab,
    expect_address,
    no_traceback,
    nudge,
    switch,
    unfold,
)

EXTRAS = "Normalization, dropout, shortcuts"
START = {"n": "60", "seed": "7"}
# One after the other, and what each changes in the address.
RESTARTS: dict[str, tuple[Callable[[Page], None], dict[str, str]]] = {
    "batch norm": (
        lambda page: choose(page, "Normalization, layer 1", NORMALIZATIONS["batch_norm"]),
        {"layers": "8-tanh-batch_norm~8-tanh"},
    ),
    "layer norm": (
        lambda page: choose(page, "Normalization, layer 2", NORMALIZATIONS["layer_norm"]),
        {"layers": "8-tanh-batch_norm~8-tanh-layer_norm"},
    ),
    "initial weights": (
        lambda page: choose(page, "Initial weights", INITIALIZERS["he_normal"].label),
        {"init": "he_normal"},
    ),
    "residual": (lambda page: switch(page, "Residual connections"), {"residual": "true"}),
}


def opened(page: Page) -> Player:
    """A small run, paused at frame 5, with all of the network's controls in view."""
    player = Player(page).open("/?" + "&".join(f"{key}={text}" for key, text in START.items()))
    player.wait_for("frames > 12")
    choose_tab(page, "Network")
    unfold(page, EXTRAS)
    player.look([5])
    return player


def test_another_network_starts_anew(page: Page) -> None:
    player = opened(page)
    before, settings = player.look(range(12)), dict(START)
    for name, (change, changed) in RESTARTS.items():
        player.look([5])
        change(page)
        player.wait_anew(frames=12)
        settings |= changed
        expect_address(page, **settings)
        after = player.look(range(12))
        learnt = list(zip(before[1:], after[1:], strict=True))  # untrained, batch norm changes nothing yet
        assert all(old.picture != new.picture for old, new in learnt), name
        assert all(old.numbers != new.numbers for old, new in learnt), name
        before = after
    no_traceback(page)


def test_dropout_goes_on_in_the_same_run(page: Page) -> None:
    player = opened(page)
    before = player.look(range(12))
    player.look([5])
    nudge(page, "Dropout, layer 1")
    expect(player.part("earlier")).to_be_visible()  # the frames left behind
    expect_address(page, **START, layers="8-tanh-drop0.05~8-tanh")
    player.play_to(11)
    after = player.look(range(12))
    assert after[:6] == before[:6]
    assert all(old.numbers != new.numbers for old, new in zip(before[6:], after[6:], strict=True))
    no_traceback(page)
