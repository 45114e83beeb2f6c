"""What an entry of a registry lacks is said when it is imported, in one sentence."""

from dataclasses import replace

import pytest

from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, SCHEDULES, Schedule
from playground.nn.activations.entry import CODE
from playground.nn.entries import FORMULA, LATEX, WORDS, require_complete

REGISTRIES = {
    "activation": (ACTIVATIONS, LATEX | FORMULA | CODE),
    "loss": (LOSSES, LATEX | FORMULA),
    "initializer": (INITIALIZERS, LATEX),
}


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        (kind, attribute)
        for kind, (_, needs) in REGISTRIES.items()
        for attribute in ("label", "source", "text", *needs)
    ],
)
def test_what_an_entry_lacks_is_named(kind: str, attribute: str) -> None:
    registry, needs = REGISTRIES[kind]
    require_complete(kind, registry, needs)
    bare = replace(next(iter(registry.values())), **{attribute: ""})
    with pytest.raises(ValueError, match=r"^[^\n]+\.$") as error:
        require_complete(kind, {"new": bare}, needs)
    assert str(error.value) == f"{kind} 'new' lacks {(WORDS | needs)[attribute]}."


def test_the_sentence() -> None:
    bare = replace(ACTIVATIONS["tanh"], torch="")
    with pytest.raises(ValueError, match=r"^activation 'tanh2' lacks torch code: a module such as \"nn.Tanh"):
        require_complete("activation", {"tanh2": bare}, CODE)


def test_a_class_that_lacks_words_is_named() -> None:
    class Bare(Schedule):
        label, source = "Bare", "Nobody"

    with pytest.raises(ValueError, match=r"^schedule 'bare' lacks a text: one or two plain sentences"):
        require_complete("schedule", {**SCHEDULES, "bare": Bare}, {})


@pytest.mark.parametrize("attribute", ["label", "text"])
def test_words_of_another_are_refused(attribute: str) -> None:
    tanh = ACTIVATIONS["tanh"]
    other = replace(tanh, **{"label": "Another", "text": "Another.", attribute: getattr(tanh, attribute)})
    with pytest.raises(ValueError, match=f"'new' lacks a {attribute} of its own: it has that of 'tanh'"):
        require_complete("activation", {**ACTIVATIONS, "new": other}, CODE)
