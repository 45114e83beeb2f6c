"""The seam for translation: every text that a visitor sees passes `_`, or `ngettext` where it counts.

    _("{n} hidden layers at most.").format(n=MAX_LAYERS)

A sentence is one text with named gaps, never glued from pieces, so that a translator can order its parts.
`make catalogue` gathers all texts of Python and JavaScript in playground/locale/playground.pot (Babel). A
translation is playground/locale/<language>/LC_MESSAGES/playground.mo; PLAYGROUND_LANGUAGE=<language> serves
it, in one language for a process. The language `pseudo` puts ⟦brackets⟧ around each text: what has none on
the screen has bypassed this seam, and tests/ui/test_translation.py fails.
"""

import gettext as _gettext
import os
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

__all__ = ["LANGUAGE", "_", "all_of", "either", "ngettext", "percent", "translations"]

LANGUAGE = os.environ.get("PLAYGROUND_LANGUAGE", "en")
LOCALE = Path(__file__).parent / "locale"


class Pseudo(_gettext.NullTranslations):
    """English in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(super().ngettext(msgid1, msgid2, n))


def translations(language: str) -> _gettext.NullTranslations:
    """Those into a language; English where there are none."""
    if language == "pseudo":
        return Pseudo()
    return _gettext.translation("playground", LOCALE, languages=[language], fallback=True)


_spoken = translations(LANGUAGE)
_ = _spoken.gettext
ngettext = _spoken.ngettext


def all_of(texts: Sequence[str]) -> str:
    """At least one text, as "a and b and c"."""
    return reduce(lambda texts, text: _("{texts} and {text}").format(texts=texts, text=text), texts)


def either(texts: Sequence[str]) -> str:
    """At least one text, as "a or b or c"."""
    return reduce(lambda texts, text: _("{texts} or {text}").format(texts=texts, text=text), texts)


MOST_PLACES = 3  # of a percentage


def percent(share: float, decimals: int = 0) -> str:
    """A part of 1: "53%", in one line. With more decimals where fewer would say "none" or "all" of one
    that is neither.
    """
    for places in range(decimals, MOST_PLACES + 1):
        text = f"{share:.{places}%}"
        if not 0.0 < share < 1.0 or 0.0 < float(text[:-1]) < 100.0:
            return text
    return "<\u00a00.001%" if share < 0.5 else ">\u00a099.999%"
