"""What the entries of registries have in common, and the check at import that none lacks anything.

An entry is all that is known of a thing: what it computes, and as plain text its words, its formulas and its
code in other frameworks. Menus, glossary, labs, exports and tests read it, so no list of names stands
elsewhere.

    label     its name in menus
    source    who and when
    text      one or two plain sentences for the glossary
    latex     its formula for the glossary, in which z is what enters an activation, p a prediction and t its
              target, w a weight, η the learning rate, e the epoch
    formula   what it computes (an optimizer: one step, line by line) as expressions of Python, for one
              number: labs draw them with symbols and with numbers, and tests work them out. They may call
              abs, clip, cos, cosh, exp, log, max, min, sign, sin, sqrt and tanh, sigma (the logistic
              function), Phi and phi (the normal distribution and its density).
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from playground.nn.formula import Formula, require_formula

Entry = TypeVar("Entry")
WORDS = {
    "label": "a label",
    "source": "a source: who and when",
    "text": "a text: one or two plain sentences for the glossary",
}
LATEX = {"latex": r"a formula for the glossary: latex, such as r'f(z) = \tanh(z)'"}
FORMULA = {"formula": 'a formula for the labs: formula=Formula(value, slope), such as "1 - a ** 2"'}


def joined(kind: str, *parts: Mapping[str, Entry], dashes: bool = False) -> dict[str, Entry]:
    """The entries of all parts; ValueError for a name that two parts have, or that no link could hold.

    dashes: whether a name may have them; in a link's list they stand between two settings of an item.
    """
    marks = "_-" if dashes else "_"
    found: dict[str, Entry] = {}
    for part in parts:
        for name, entry in part.items():
            if not re.fullmatch(f"[a-z][a-z0-9{marks}]*", name):
                allowed = " and ".join(["a-z, 0-9", *marks])
                raise ValueError(f"{kind} {name!r} lacks a name of {allowed} that begins with a letter.")
            if name in found:
                raise ValueError(f"{kind} {name!r} lacks a name of its own: there is one already.")
            found[name] = entry
    return found


def require_formulas(kind: str, formulas: Mapping[str, Formula | None], known: Iterable[str]) -> None:
    """ValueError for the first entry whose formula cannot be drawn and worked out. known: the numbers that
    may be in it.
    """
    for name, formula in formulas.items():
        for expression in formula or ():
            require_line(kind, name, expression, known)


def require_line(kind: str, name: str, expression: str, known: Iterable[str]) -> None:
    """The same of one expression."""
    try:
        require_formula(expression, known)
    except ValueError as error:
        raise ValueError(f"{kind} {name!r} lacks a formula that can be drawn: {error}") from error


def require_complete(kind: str, registry: Mapping[str, object], needs: Mapping[str, str]) -> None:
    """ValueError for the first entry that lacks something, or whose label, text or latex another has.

    kind: what the entries are. needs: attribute -> what an entry without it lacks, besides WORDS.
    """
    for name, entry in registry.items():
        for attribute, what in (WORDS | dict(needs)).items():
            if not getattr(entry, attribute, None):
                raise ValueError(f"{kind} {name!r} lacks {what}.")
    for attribute in ("label", "text", "latex"):
        owners: dict[str, str] = {}
        for name, entry in registry.items():
            owner = owners.setdefault(getattr(entry, attribute, "") or name, name)
            if owner != name:
                raise ValueError(f"{kind} {name!r} lacks a {attribute} of its own: it has that of {owner!r}.")
