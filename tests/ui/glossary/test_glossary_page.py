"""The glossary as a page."""

from playground.ui.glossary.page import matching
from playground.ui.glossary.terms import GLOSSARY
from tests.ui.app_test import app


def test_no_words_find_every_term():
    assert matching("  ") == list(GLOSSARY.values())


def test_all_words_must_be_there_in_any_order():
    found = matching("GRADIENT vanishing")
    assert found
    assert all(
        "gradient" in f"{t.term} {t.text}".lower() and "vanish" in f"{t.term} {t.text}".lower() for t in found
    )
    assert matching("gradient zebra") == []


def test_page_shows_what_the_search_finds():
    page = app().switch_page("../../../pages/glossary.py").run()
    assert not page.exception
    everything = len(page.markdown)
    page.text_input[0].set_value("momentum").run()
    assert 0 < len(page.markdown) < everything
    page.text_input[0].set_value("zebra").run()
    assert len(page.info) == 1
