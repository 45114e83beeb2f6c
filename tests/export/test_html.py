"""The HTML file: one file, everything in it, and nothing in a run's data can break out of it."""

import gzip
import re
from base64 import b64decode
from html.parser import HTMLParser

import pytest

from playground.export.html import animation_html, within_script
from playground.figures import plotly_js
from playground.player import BROWSER


class Elements(HTMLParser):
    """The elements of a page as a browser splits it: (tag, attributes, text)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[list] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append([tag, dict(attrs), ""])

    def handle_data(self, data):
        if self.found:
            self.found[-1][2] += data

    def named(self, tag: str, **attributes: str) -> list[str]:
        return [text for t, a, text in self.found if t == tag and attributes.items() <= a.items()]


@pytest.fixture(scope="module")
def page() -> str:
    return animation_html(b"\x00</script>\xff", title='A </title><script>alert("1")</script>', player=BROWSER)


def test_everything_is_inside(page):
    elements = Elements(page)
    (recording,), (plotly,) = elements.named("script", id="recording"), elements.named("script", id="plotly")
    assert b64decode(recording) == b"\x00</script>\xff"
    assert gzip.decompress(b64decode(plotly)) == plotly_js()
    (style,) = elements.named("style")
    for sheet in BROWSER.rglob("*.css"):
        assert sheet.read_text(encoding="utf-8").strip() in style
    assert not re.search(
        r"""<(script|link|img)[^>]*(src|href)=|@import\s*(?:url|["'])|url\((?!["']?data:)""", page
    )
    assert len(page) < 3_000_000


def test_a_title_is_text(page):
    elements = Elements(page)
    (title,) = elements.named("title")
    assert title.strip() == 'A </title><script>alert("1")</script>'
    assert len(elements.named("script")) == 3
    assert page.count("</script>") == 3


@pytest.mark.parametrize("text", ["</script>", "</SCRIPT >", "<!-- <script>", "a<!--b"])
def test_a_string_in_a_script_cannot_end_it(text):
    safe = within_script(f'const text = "{text}";')
    assert not re.search(r"</script|<script|<!--", safe, re.IGNORECASE)
    assert safe.replace("\\x3c", "<") == f'const text = "{text}";'


def test_code_is_left_alone():
    code = 'if (a < b && c </d/.exec(e)) f("<b>");'
    assert within_script(code) == code
