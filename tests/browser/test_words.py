"""Words: the glossary and its search, help beside the controls, and what presets say of themselves."""

from playwright.sync_api import Page, expect

from playground.training import PRESETS, Experiment
from playground.ui.glossary.terms import GLOSSARY
from tests.browser.driver import Player, choose_tab, expect_address, no_traceback, open_menu


def search(page: Page, words: str) -> None:
    field = page.get_by_role("textbox", name="Search")
    field.fill(words)
    field.press("Enter")


def test_the_glossary_is_one_click_away_and_can_be_searched(page: Page) -> None:
    Player(page).open()
    page.get_by_role("link", name="Glossary").click()
    expect(page.get_by_role("heading", name="Glossary", level=1)).to_be_visible()
    epoch, momentum = (f"{GLOSSARY[name].term}." for name in ("epoch", "optimizer.nesterov"))
    expect(page.get_by_text(epoch, exact=True)).to_be_visible()
    expect(page.get_by_text(momentum, exact=True)).to_be_attached()
    search(page, "nesterov MOMENTUM")
    expect(page.get_by_text(epoch, exact=True)).to_have_count(0)
    expect(page.get_by_text(momentum, exact=True)).to_be_visible()
    search(page, "xyzzy")
    expect(page.get_by_text("No term holds all of these words")).to_be_visible()
    expect(page.get_by_text(momentum, exact=True)).to_have_count(0)
    search(page, "")
    expect(page.get_by_text(epoch, exact=True)).to_be_visible()
    no_traceback(page)


def test_back_from_the_glossary_a_run_plays(page: Page) -> None:
    player = Player(page).open()
    page.get_by_role("link", name="Glossary").click()
    expect(page.get_by_role("textbox", name="Search")).to_be_visible()
    page.get_by_role("link", name="Playground").click()
    player.wait_for("frames > 1 && frame >= 0")
    no_traceback(page)


def test_help_opens_beside_a_control(page: Page) -> None:
    Player(page).open()
    for tab, path in (
        ("Data", "data.noise"),
        ("Network", "network.initializer"),
        ("Training", "optimizer.lr"),
    ):
        setting = Experiment().fields()[path]
        choose_tab(page, tab)
        label = page.locator("[data-testid=stWidgetLabel]:visible").filter(has_text=setting.label)
        expect(page.get_by_text(setting.help)).to_have_count(0)
        label.get_by_test_id("stTooltipIcon").hover()
        expect(page.get_by_text(setting.help)).to_be_visible()


def test_a_preset_says_what_to_look_for_and_why(page: Page) -> None:
    player = Player(page).open()
    for preset in (PRESETS[name] for name in ("xor", "vanishing", "ridge")):
        open_menu(page, "Presets")
        page.get_by_role("button", name=preset.label, exact=True).click()
        settings = preset.experiment.to_query()
        expect_address(page, **{key: text for key, text in settings.items() if key != "v"})
        page.keyboard.press("Escape")
        said = player.part("message")
        expect(said).to_contain_text(f"{preset.label}: {preset.look_for}")
        expect(said).to_contain_text(preset.why)
        player.wait_for("frames > 1 && frame >= 0")
    no_traceback(page)
