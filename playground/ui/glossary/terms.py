"""GLOSSARY: what the words on the page mean, in plain language.

Keys are `kind.name` for what a registry holds ("optimizer.adam"), and the bare name for all else ("epoch").
What a registry holds brings its own words, but for the texts of optimizers, which are in `choices`;
all other terms are in glossary_concepts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.ui.glossary.choices import OPTIMIZER_TEXTS
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


def _words(registry: Mapping) -> dict[str, tuple[str, str]]:
    """Text and formula that the entries of a registry carry."""
    return {name: (entry.text, entry.latex) for name, entry in registry.items()}


def _chosen(
    kind: str, group: str, registry: Mapping, texts: Mapping[str, tuple[str, str]]
) -> dict[str, Term]:
    """The terms of a registry's entries, in its order."""
    return {
        f"{kind}.{name}": Term(f"{entry.label} ({kind})", *texts[name], entry.source, group)
        for name, entry in registry.items()
    }


def _concepts() -> dict[str, Term]:
    return {
        name: Term(*concept, group) for group, found in CONCEPTS.items() for name, concept in found.items()
    }


GLOSSARY: dict[str, Term] = {
    **_concepts(),
    **_chosen("activation", "Activations", ACTIVATIONS, _words(ACTIVATIONS)),
    **_chosen("loss", "Losses", LOSSES, _words(LOSSES)),
    **_chosen("optimizer", "Optimizers", OPTIMIZERS, OPTIMIZER_TEXTS),
    **_chosen("initial weights", "Initial weights", INITIALIZERS, _words(INITIALIZERS)),
    **_chosen("schedule", "Schedules", SCHEDULES, _words(SCHEDULES)),
}
