"""What an entry of a registry lacks is said when it is imported, in one sentence."""

from dataclasses import replace

import pytest

from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Schedule
from playground.nn.activations.entry import CODE
from playground.nn.entries import FORMULA, LATEX, WORDS, joined, require_complete, require_formulas
from playground.nn.formula import Formula
from playground.nn.optimizer import NEEDS, require_step

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


@pytest.mark.parametrize("name", ["", "arc-tan", "ArcTan", "2tan", "arctan ", "é"])
def test_a_name_that_no_link_could_hold_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^activation .* lacks a name of a-z, 0-9 and _ that begins with"):
        joined("activation", {"tanh": 1}, {name: 2})


def test_a_name_stands_in_one_part_alone() -> None:
    assert joined("set", {"a-b": 1}, {"a_c": 2}, dashes=True) == {"a-b": 1, "a_c": 2}
    with pytest.raises(ValueError, match=r"^set 'a' lacks a name of its own: there is one already\.$"):
        joined("set", {"a": 1, "b": 2}, {"a": 1})


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("1 +", "'1 +' is no formula."),
        ("", "'' is no formula."),
        ("atan(z)", "'atan(z)' is no formula."),
        ("z.real", "'z.real' is no formula."),
        ("x + z", "'x + z' asks for 'x', which is none of z, a."),
    ],
)
@pytest.mark.parametrize("place", ["value", "slope"])
def test_a_formula_that_cannot_be_drawn_is_refused(expression: str, problem: str, place: str) -> None:
    formula = Formula("z", "1")._replace(**{place: expression})
    with pytest.raises(ValueError, match="can be drawn") as error:
        require_formulas("activation", {"linear": Formula("z", "1"), "new": formula}, ("z", "a"))
    assert str(error.value) == f"activation 'new' lacks a formula that can be drawn: {problem}"


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ("w - lr * g", f"{NEEDS['formula']}: 'w' is no line of it."),
        ((("w", "w - rate * g"),), "a formula that can be drawn: 'w - rate * g' asks for 'rate', which"),
        ((("w", "w - lr * step"), ("step", "g")), "a formula that can be drawn: 'w - lr * step' asks for"),
        ((("step", "lr * g"),), "a line of its formula that changes the weight w."),
    ],
    ids=["text", "unknown", "later", "no weight"],
)
def test_a_step_that_cannot_be_drawn_is_refused(formula: object, problem: str) -> None:
    with pytest.raises(ValueError, match=r"^optimizer 'new' lacks ") as error:
        require_step("new", changed(OPTIMIZERS["sgd"], formula=formula))
    assert str(error.value).removeprefix("optimizer 'new' lacks ").startswith(problem)
