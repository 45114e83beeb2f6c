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

from collections.abc import Mapping
from typing import NamedTuple

WORDS = {
    "label": "a label",
    "source": "a source: who and when",
    "text": "a text: one or two plain sentences for the glossary",
}
LATEX = {"latex": r"a formula for the glossary: latex, such as r'f(z) = \tanh(z)'"}
FORMULA = {"formula": 'a formula for the labs: formula=Formula(value, slope), such as "1 - a ** 2"'}


class Formula(NamedTuple):
    """A function and its derivative, each an expression of Python."""

    value: str
    slope: str


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
