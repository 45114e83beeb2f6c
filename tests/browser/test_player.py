"""The player: what its buttons, keys, menus and timeline do to a run."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.bench import Bench
from tests.browser.driver import Player
from tests.player.steady import stop_clock


@pytest.fixture
def player(bench: Bench) -> Player:
    """The default run, paused at frame 20."""
    player = bench.open()
    player.wait_for("frames > 30")
    player.look([20])
    return player


def test_pause_holds_the_frame_that_was_drawn(bench: Bench) -> None:
    player = bench.open()
    player.choose("speed", "60 frames/s")
    for _ in range(3):
        player.watch()
        player.wait_for("frame >= 0 && window.drawn.length > 3")
        bench.page.evaluate(
            """addEventListener("click", () => (window.clicked = window.drawn.at(-1).frame), {
              capture: true, once: true })"""
        )
        player.part("play").click()
        player.wait_for("state === 'paused'")
        player.wait_for_repaints()
        assert player.frame - bench.page.evaluate("window.clicked") <= 1
        player.part("play").click()


def test_play_and_pause_by_click_and_space(bench: Bench) -> None:
    player = bench.open()
    play = player.part("play")
    for toggle in (play.click, lambda: player.press("Space"), lambda: play.press("Space")):
        player.wait_for("state === 'playing'")
        expect(play).to_have_accessible_name("Pause")
        toggle()
        player.wait_for("state === 'paused'")
        expect(play).to_have_accessible_name("Play")
        paused = player.frame
        toggle()
        player.wait_for(f"state === 'playing' && frame > {paused}")


def test_one_step_and_one_step_back(player: Player) -> None:
    frame = player.frame
    ways = {"step": ("ArrowRight", 1), "back": ("ArrowLeft", -1)}
    for button, (key, by) in ways.items():
        for move in (player.part(button).click, lambda key=key: player.press(key)):
            move()
            frame += by
            player.wait_for(f"frame == {frame} && epoch == {frame} && state === 'paused'")
            expect(player.part("epoch")).to_have_text(f"Epoch {frame}")
            expect(player.part("timeline")).to_have_value(str(frame))


def test_to_the_start_and_to_the_end(player: Player) -> None:
    for start, end in (
        (player.part("start").click, player.part("end").click),
        (lambda: player.press("Home"), lambda: player.press("End")),
    ):
        start()
        player.wait_for("frame == 0 && epoch == 0 && state === 'paused'")
        player.part("back").click()
        player.wait_for_repaints(3)
        assert player.frame == 0
        end()
        player.wait_for("frame == frames - 1 && state === 'paused'")


def test_a_step_past_the_last_frame_trains_it(player: Player) -> None:
    player.part("end").click()
    last = player.frame
    for _ in range(3):
        last += 1
        player.part("step").click()
        player.wait_for(f"frame == {last} && epoch == {last} && state === 'paused'")


@pytest.mark.parametrize("way", ["click", "key"])
def test_reset_repeats_the_run_from_the_same_weights(player: Player, way: str) -> None:
    before = player.look(range(20))
    player.part("reset").click() if way == "click" else player.press("r")
    player.wait_for("frame == 0 && epoch == 0 && state === 'paused' && frames < 20")
    player.play_to(20)
    assert player.look(range(20)) == before


def test_a_new_seed_gives_another_run(bench: Bench, player: Player) -> None:
    before = player.look(range(11))  # and stays at epoch 10
    player.press("n")
    bench.page.wait_for_url("**/*seed=*")
    player.wait_anew(frames=10)
    after = player.look(range(11))
    assert all(old.numbers != new.numbers for old, new in zip(before, after, strict=True))
    assert all(old.picture != new.picture for old, new in zip(before, after, strict=True))


def test_fewer_frames_a_second_take_longer(player: Player) -> None:
    taken = {}
    for rate in (5, 60):
        player.choose("speed", f"{rate} frames/s")
        player.part("start").click()
        player.watch()
        player.play_to(6)
        times = {note["frame"]: note["time"] for note in player.watched()}
        taken[rate] = times[6] - times[1]
    assert taken[5] >= 3 * 200  # ms; five intervals, of which a late frame may shorten one or two
    assert taken[60] < taken[5]


def test_training_between_frames(player: Player) -> None:
    kept = player.look(range(11))  # and stays at epoch 10
    player.choose("stride", "5 epochs")
    for k in (1, 2, 3):
        player.part("step").click()
        player.wait_for(f"frame == {10 + k} && epoch == {10 + 5 * k}")
    player.choose("stride", "1 update")
    for k in (1, 2):
        player.part("step").click()
        player.wait_for(f"frame == {13 + k} && epoch == 25")
        expect(player.part("epoch")).to_have_text(re.compile(rf"Epoch 25 \+ {k} updates?"))
    assert player.look(range(11)) == kept


def test_frames_at_the_same_epoch_are_the_same_whatever_lies_between(player: Player) -> None:
    wanted = player.look([20])[0]
    player.choose("stride", "10 epochs")
    player.part("reset").click()
    player.play_to(2)
    seen = player.look([2])[0]
    assert (seen.epoch, seen.numbers, seen.picture) == (wanted.epoch, wanted.numbers, wanted.picture)


def test_scrubbing_hundreds_of_frames_asks_nothing_of_the_server(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)  # an answer cut short by a slow machine would be followed by one more question
    page = bench.page
    player = bench.open()
    player.choose("speed", "60 frames/s")
    for count in range(50, 301, 50):  # in stages, for a slow machine
        player.wait_for(f"frames > {count}")
    player.pause()
    player.part("end").click()
    last = player.frame
    player.part("step").click()  # the answer to this is the last thing on its way
    player.wait_for(f"frame == {last + 1}")
    heard, held = bench.heard, player.frames
    places = [*range(0, held, 3), *range(held - 1, 0, -7)]
    seen = player.look(places)
    assert [look.frame for look in seen] == places
    assert [look.epoch for look in seen] == [f"Epoch {place}" for place in places]
    box = player.part("timeline").bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 10, box["y"] + box["height"] / 2, steps=20)
    page.mouse.up()
    assert player.frame > 200
    assert bench.heard == heard
    player.part("end").click()
    last = player.frame
    player.part("step").click()
    player.wait_for(f"frame == {last + 1}")
    assert bench.heard == heard + 1  # so messages are seen at all


def test_keys_are_left_to_a_field_in_which_somebody_types(bench: Bench, player: Player) -> None:
    page = bench.page
    frame = player.frame
    page.evaluate("document.body.append(document.createElement('input'))")
    page.get_by_role("textbox").focus()
    for key in ("Home", "ArrowLeft", "ArrowRight", "r", "n", " "):
        page.keyboard.press(key)
        player.wait_for_repaints(3)
        assert (player.frame, player.data("state")) == (frame, "paused")
    player.part("speed").focus()
    page.keyboard.press("Home")
    assert player.frame == frame
    player.press("ArrowLeft")
    player.wait_for(f"frame == {frame - 1}")
    player.panel("loss").locator("h3").click()  # the focus is now somewhere in the player
    page.keyboard.press("ArrowLeft")
    player.wait_for(f"frame == {frame - 2}")


def test_after_the_end_another_run_plays_and_after_a_pause_it_does_not(bench: Bench) -> None:
    player = bench.open("/?n=20&max_epochs=12")
    player.wait_for("state === 'stopped'")
    player.part("seed").click()
    player.wait_for("state === 'playing' && frame > 0")
    player.wait_for("state === 'stopped'")
    player.part("start").click()
    before = bench.page.url
    player.part("seed").click()
    bench.page.wait_for_function("(before) => location.href !== before", arg=before)
    player.wait_for("frames > 1")
    player.wait_for_repaints()
    assert (player.frame, player.data("state")) == (0, "paused")


def test_a_pause_while_a_run_is_on_its_way_holds(bench: Bench) -> None:
    player = bench.open()
    bench.page.evaluate("""() => {
      const player = document.querySelector('[data-testid="player"]');
      new MutationObserver((_, observer) => {
        if (player.dataset.frame !== "-1") return;
        observer.disconnect();
        player.querySelector('[data-testid="player-play"]').click();
        window.paused = true;
      }).observe(player, { attributeFilter: ["data-frame"] });
    }""")
    player.part("seed").click()
    bench.page.wait_for_function("window.paused")
    player.wait_for("frames > 1 && frame >= 0")
    player.wait_for_repaints()
    assert (player.frame, player.data("state")) == (0, "paused")
