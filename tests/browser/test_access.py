"""The page for everybody: names, text alternatives, reduced motion, light and dark."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import Bench
from tests.browser.driver import Player, choose_tab

CONTROLS = {
    "start": "To the start",
    "back": "One step back",
    "play": "Pause",
    "step": "One step",
    "end": "To the end",
    "reset": re.compile("same weights"),
    "seed": re.compile("New seed"),
    "timeline": re.compile("Timeline"),
    "stride": re.compile("Training"),
    "speed": "Frames per second",
}
OPERABLE = {"button", "slider", "combobox", "spinbutton", "switch", "checkbox", "tab", "textbox", "link"}


def nameless(page: Page) -> list[str]:
    """The operable things in the accessibility tree that have no name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = [node for node in nodes if not node["ignored"] and node["role"]["value"] in OPERABLE]
    assert len(found) > len(CONTROLS)
    return [node["role"]["value"] for node in found if not node.get("name", {}).get("value")]


def test_every_control_has_a_name(page: Page) -> None:
    player = Player(page).open()
    for control, name in CONTROLS.items():
        expect(player.part(control)).to_have_accessible_name(name)
    for tab in ("Data", "Network", "Training"):
        choose_tab(page, tab)
        for summary in page.locator("[data-testid=stExpander] summary:visible").all():
            summary.click()
        expect(page.locator("[data-testid=stExpander] details:visible:not([open])")).to_have_count(0)
        assert nameless(page) == []


@pytest.mark.parametrize("link", ["/", "/?dataset=reg-plane"])
def test_every_panel_says_its_numbers(bench: Bench, link: str) -> None:
    player = bench.open(link)
    player.wait_for("frames > 20")
    panels = player.root.locator("section.panel")
    expect(player.root.get_by_role("img", name=re.compile(r"\d epochs"))).to_have_count(panels.count())
    for k, look in zip((1, 20), player.look([1, 20]), strict=True):
        assert all(re.search(rf"\b{k} epochs", text) for text in look.told)
        for number in re.findall(r"[\d.]+(?:\u00a0%)?", "".join(look.numbers)):
            assert any(number in text for text in look.told)
    assert len(set(look.told)) == panels.count()


def test_the_text_alternatives_follow_while_it_plays(bench: Bench) -> None:
    player = bench.open()
    body = player.panel("loss").get_by_role("img").first
    for _ in range(2):
        said = body.get_attribute("aria-label")
        expect(body).not_to_have_attribute("aria-label", said)
    player.wait_for("state === 'playing'")


def test_reduced_motion_is_honoured(new_page) -> None:
    player = Player(new_page(reduced_motion="reduce")).open()
    player.wait_for("frame >= 0")  # the last of those that came first, of which a slow machine sends few
    player.watch()
    player.wait_for_repaints()
    assert player.data("state") == "paused"
    assert player.watched() == []
    player.part("play").click()
    player.wait_for("state === 'playing' && window.drawn.length > 5")


def test_light_and_dark(new_page) -> None:
    page = new_page(color_scheme="dark")
    player = Player(page).open()
    ink = "(plot) => getComputedStyle(plot.querySelector('.xtick text')).fill"
    plot = player.panel("loss").locator(".plot")
    seen = {}
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        player.wait_for(f"mode === '{scheme}'")
        expect(plot.locator(".xtick text").first).to_be_visible()
        player.wait_for("state === 'playing'")
        seen[scheme] = sum(int(part) for part in re.findall(r"\d+", plot.evaluate(ink))[:3])
    assert seen["dark"] > 3 * 128 > seen["light"]
