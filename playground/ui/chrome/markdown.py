"""Text from outside in places that read Markdown."""

import re

_MARKS = re.compile(r"[\\`*~$|<>\[\]#]|!(?=\[)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_STARTS = re.compile(r"(?<=:)(?=[\w+/-])|(?<=\bwww)(?=\.)", re.IGNORECASE)  # of icons and of addresses
_JOINER = "\N{WORD JOINER}"  # is not seen


def plain(text: str) -> str:
    """Markdown that shows a text as it is: no styles, links, pictures, icons or formulas."""
    return _STARTS.sub(_JOINER, _MARKS.sub(r"\\\g<0>", text)).replace("//", f"/{_JOINER}/")
