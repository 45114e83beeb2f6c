"""Settings of the network: what has been set stands in the link, and the run is another one."""

from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser.bench import Bench
from tests.browser.driver import Player, expect_address

START = {"n": "60", "seed": "7"}
# One after the other: a path, its new value, and how the address says it.
RESTARTS = {
    "network.layers.0.normalization": ("batch_norm", {"layers": "8-tanh-batch_norm~8-tanh"}),
    "network.layers.1.normalization": ("layer_norm", {"layers": "8-tanh-batch_norm~8-tanh-layer_norm"}),
    "network.initializer": ("he_normal", {"init": "he_normal"}),
    "network.residual": (True, {"residual": "true"}),
}


def opened(bench: Bench) -> Player:
    """A small run, paused at frame 5."""
    player = bench.open(f"/?{urlencode(START)}")
    player.wait_for("frames > 12")
    player.look([5])
    return player


def test_another_network_starts_anew(bench: Bench) -> None:
    player = opened(bench)
    before, settings = player.look(range(12)), dict(START)
    for path, (value, changed) in RESTARTS.items():
        player.look([5])
        bench.set(path, value)
        player.wait_anew(frames=12)
        settings |= changed
        expect_address(bench.page, **settings)
        after = player.look(range(12))
        learnt = list(zip(before[1:], after[1:], strict=True))  # untrained, batch norm changes nothing yet
        assert all(old.picture != new.picture for old, new in learnt), path
        assert all(old.numbers != new.numbers for old, new in learnt), path
        before = after


def test_dropout_goes_on_in_the_same_run(bench: Bench) -> None:
    player = opened(bench)
    before = player.look(range(12))
    player.look([5])
    bench.set("network.layers.0.dropout", 0.05)
    expect(player.part("earlier")).to_be_visible()  # the frames left behind
    expect_address(bench.page, **START, layers="8-tanh-drop0.05~8-tanh")
    player.play_to(11)
    after = player.look(range(12))
    assert after[:6] == before[:6]
    assert all(old.numbers != new.numbers for old, new in zip(before[6:], after[6:], strict=True))
