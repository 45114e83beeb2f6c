"""Text from outside is shown as it is."""

import pytest

from playground.ui.chrome.markdown import plain


@pytest.mark.parametrize(
    "text", ["label_smoothing is 0.1.", "noise 5: no", "Line 2, column 3", "a (b), c-d!"]
)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "![a](http://b.c/d.png)",
        "[a](b)",
        "<img src=x>",
        "**a**",
        "_a_",
        "`a`",
        "$a$",
        ":smile: :red[a] :material/home:",
        "https://a.b www.a.b",
        "~~a~~",
        "a|b",
        "\\*a*",
        "# a",
    ],
)
def test_nothing_is_read_as_markdown(text: str) -> None:
    shown = plain(text)
    for mark in "*`$<[]~|#":
        assert shown.count(mark) == shown.count(f"\\{mark}")
    for form in ("_a_", ":smile", ":material", "://", "www."):
        assert form not in shown.replace(r"\_", "")
    assert shown.replace("\N{WORD JOINER}", "").replace("\\", "") == text.replace("\\", "")
