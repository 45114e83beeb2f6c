"""GLOSSARY: what the words on the page mean, in plain language.

Keys are `kind.name` for what a registry holds ("optimizer.adam"), and the bare name for all else ("epoch").
What a registry holds brings its own words; all other terms are in `concepts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.text import _
from playground.ui.glossary.concepts import CONCEPTS


@dataclass(frozen=True)
class Term:
    """term: the word itself. text: one or two plain sentences. formula: LaTeX, or "". source: who and when,
    or "". group: the heading it stands under.
    """

    term: str
    text: str
    formula: str
    source: str
    group: str


def _chosen(kind: str, word: str, group: str, registry: Mapping) -> dict[str, Term]:
    """The terms of a registry's entries, in its order. word: what each of them is."""
    return {
        f"{kind}.{name}": Term(
            _("{term} ({kind})").format(term=entry.label, kind=word),
            entry.text,
            entry.latex,
            entry.source,
            group,
        )
        for name, entry in registry.items()
    }


def _concepts() -> dict[str, Term]:
    return {
        name: Term(*concept, group) for group, found in CONCEPTS.items() for name, concept in found.items()
    }


GLOSSARY: dict[str, Term] = {
    **_concepts(),
    **_chosen("activation", _("activation"), _("Activations"), ACTIVATIONS),
    **_chosen("loss", _("loss"), _("Losses"), LOSSES),
    **_chosen("optimizer", _("optimizer"), _("Optimizers"), OPTIMIZERS),
    **_chosen("initial weights", _("initial weights"), _("Initial weights"), INITIALIZERS),
    **_chosen("schedule", _("schedule"), _("Schedules"), SCHEDULES),
}
