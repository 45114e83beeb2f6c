"""What an entry of a registry lacks is said when it is imported, in one sentence."""

from dataclasses import replace

import pytest

from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Schedule
from playground.nn.activations.entry import CODE
from playground.nn.entries import FORMULA, LATEX, WORDS, require_complete
from playground.nn.optimizer import NEEDS

REGISTRIES = {
    "activation": (ACTIVATIONS, LATEX | FORMULA | CODE),
    "loss": (LOSSES, LATEX | FORMULA),
    "initializer": (INITIALIZERS, LATEX),
    "optimizer": (OPTIMIZERS, LATEX | NEEDS),
    "schedule": (SCHEDULES, {}),
}


def changed(entry: object, **attributes: object) -> object:
    """An entry with other attributes: of a class, a class of its kind."""
    return type("Changed", (entry,), attributes) if isinstance(entry, type) else replace(entry, **attributes)


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
    bare = changed(next(iter(registry.values())), **{attribute: ""})
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


@pytest.mark.parametrize("registry", [ACTIVATIONS, OPTIMIZERS], ids=["tanh", "adam"])
@pytest.mark.parametrize("attribute", ["label", "text", "latex"])
def test_words_of_another_are_refused(registry: dict, attribute: str) -> None:
    owner = "tanh" if "tanh" in registry else "adam"
    words = {"label": "Another", "text": "Another.", "latex": "w"}
    other = changed(registry[owner], **{**words, attribute: getattr(registry[owner], attribute)})
    with pytest.raises(ValueError, match=f"'new' lacks a {attribute} of its own: it has that of '{owner}'"):
        require_complete("entry", {**registry, "new": other}, {})
