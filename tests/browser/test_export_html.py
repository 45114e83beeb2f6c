"""The exported animation: a file that plays and scrubs in a browser without network or server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from playground.training import Experiment
from playground.ui.main_page.recording import recording_html
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from tests.browser.driver import Player

EPOCHS = 70


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of 70 epochs, one frame each."""
    query = Experiment().replace("data.dataset", "xor").to_query()
    run = PageSession(playground_scene, query).run
    run.trainers[0].train(epochs=EPOCHS - run.trainers[0].frame.epoch)
    path = tmp_path_factory.mktemp("export") / "run.html"
    path.write_text(recording_html(run, title="Exclusive or"), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """The file in a browser that is offline. Nothing but the file itself and its own blobs is asked for."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    context.set_offline(True)
    asked, problems = [], []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield page
    assert [url for url in asked if url != file.as_uri() and not url.startswith("blob:")] == []
    assert problems == []
    context.close()


@pytest.fixture
def player(page: Page, file: Path) -> Player:
    return Player(page).open(file.as_uri())


def test_it_plays_by_itself_to_the_end(page: Page, player: Player) -> None:
    assert player.frames == EPOCHS + 1
    expect(page.get_by_role("heading", name="Exclusive or")).to_be_visible()
    player.wait_for("state === 'playing' && frame > 5")
    player.part("speed").select_option(label="60 frames/s")
    player.wait_for(f"frame == {EPOCHS} && epoch == {EPOCHS} && state === 'stopped'")
    expect(page.locator(".status-text")).to_have_text("The recording ends here.")
    expect(player.panel("loss").locator(".number.test")).not_to_be_empty()
    expect(player.panel("loss").locator(".scatterlayer .trace")).to_have_count(2)
    player.part("play").click()
    player.wait_for("state === 'playing' && frame > 3")


def test_it_scrubs_and_steps(player: Player) -> None:
    player.pause()
    places = [0, 35, 70, 12]
    seen = player.look(places)
    assert [look.epoch for look in seen] == [f"Epoch {place}" for place in places]
    assert len({look.picture for look in seen}) == len(places)
    assert player.look(places) == seen
    player.part("step").click()
    player.wait_for("frame == 13 && state === 'paused'")
    player.press("ArrowLeft")
    player.wait_for("frame == 12")
    player.part("end").click()
    player.part("step").click()
    player.wait_for_repaints(3)
    assert player.frame == EPOCHS


def test_what_needs_a_server_is_not_offered(player: Player) -> None:
    for name in ("reset", "seed", "stride"):
        expect(player.part(name)).to_be_hidden()
    player.pause()
    player.look([20])
    player.press("n")
    player.press("r")
    player.wait_for("frame == 0")
    assert player.frames == EPOCHS + 1


def test_the_way_of_looking_can_be_changed(page: Page, player: Player) -> None:
    player.pause()
    before = player.look([40])[0]
    page.get_by_test_id("view-surface").select_option(label="Classes only")
    assert player.look([40])[0].picture != before.picture
    page.get_by_test_id("log-loss").click()
    expect(page.get_by_test_id("log-loss")).to_have_attribute("aria-pressed", "true")
    page.emulate_media(color_scheme="dark")
    player.wait_for("mode === 'dark'")
