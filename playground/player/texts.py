"""The browser side's part of the catalogue: what a scene brings along where the language is not English.

The texts are read from the modules themselves, as Babel reads them: shared/text.js says how they are written.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from playground.player import BROWSER
from playground.player.packet import Plain
from playground.text import translations

STRING = r'\s*("(?:[^"\\\n]|\\.)*")\s*'
ONE = re.compile(rf"(?<![\w.$])_\({STRING}[,)]")
TWO = re.compile(rf"(?<![\w.$])ngettext\({STRING},{STRING},")
COUNTS = (
    200  # no language's rule for plurals tells a number from the one with the same last two digits beyond
)


def written(*folders: Path) -> Iterator[tuple[str, ...]]:
    """Each text of the player's browser side, and of other folders: itself alone, or with the one for
    several.
    """
    for path in (path for folder in (BROWSER, *folders) for path in sorted(folder.rglob("*.js"))):
        code = path.read_text(encoding="utf-8")
        for pattern in (ONE, TWO):
            yield from (tuple(map(json.loads, match.groups())) for match in pattern.finditer(code))


@cache
def browser_texts(language: str, folders: tuple[Path, ...] = ()) -> Plain:
    """{"texts": {English: translated}, "plurals": {English for one: {"forms", "of"}}} as the player takes it;
    {} where nothing is translated. of: a digit for each of the numbers 0 to COUNTS - 1, which form it has.
    folders: where modules lie that a scene brings along.
    """
    spoken = translations(language)
    texts: dict[str, str] = {}
    plurals: dict[str, Plain] = {}
    for text in written(*folders):
        one, several = (*text, "")[:2]
        if several:
            counted = [spoken.ngettext(one, several, n) for n in range(COUNTS)]
            if set(counted) - {one, several}:
                forms = list(dict.fromkeys(counted))
                plurals[one] = {"forms": forms, "of": "".join(str(forms.index(form)) for form in counted)}
        elif (translated := spoken.gettext(one)) != one:
            texts[one] = translated
    return {"texts": texts, "plurals": plurals} if texts or plurals else {}
