"""The glossary: a term for all that menus offer and controls say, in plain words, with sound formulas."""

import re

import numpy as np
import pytest

from playground.nn import ACTIVATIONS, INITIALIZERS, LAYERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.training.layers import NORMALIZATIONS
from playground.training.sections import Regularization
from playground.training.settings import settings_of
from playground.ui.glossary.terms import GLOSSARY

REGISTRIES = {
    "activation": ACTIVATIONS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "initial weights": INITIALIZERS,
    "schedule": SCHEDULES,
}
UNSEEN_LAYERS = {"activation", "concat", "flatten", "reshape"}  # no visitor chooses these as layers
BASIC = {
    *("epoch", "batch", "gradient", "backpropagation", "learning_rate", "optimizer", "schedule", "loss"),
    *("regularisation", "l1", "l2", "dropout", "initial_weights", "residual", "batch_norm", "saturation"),
    *("precision", "recall", "roc", "calibration", "entropy", "dead_relu", "pca", "early_stopping"),
    *("vanishing_gradient", "exploding_gradient", "generalisation", "overfitting", "underfitting"),
}
HARD_WORDS = {
    *("stochastic", "manifold", "hyperplane", "utilize", "leverage", "affine", "hyperparameter"),
    *("jacobian", "nonlinearity", "convex", "covariate", "i.e.", "e.g.", "tensor", "posterior"),
}


@pytest.mark.parametrize("kind", REGISTRIES)
def test_every_entry_of_a_registry_has_its_term(kind: str) -> None:
    keys = [key for key in GLOSSARY if key.startswith(f"{kind}.")]
    assert keys == [f"{kind}.{name}" for name in REGISTRIES[kind]]
    for name, entry in REGISTRIES[kind].items():
        term = GLOSSARY[f"{kind}.{name}"]
        assert term.term.startswith(entry.label)
        assert term.source == entry.source


def test_layers_and_normalizations_have_terms() -> None:
    assert set(LAYERS) - UNSEEN_LAYERS <= set(GLOSSARY)
    assert set(NORMALIZATIONS) - {"none"} <= set(GLOSSARY)


def test_regularisation_has_terms() -> None:
    clips = {"clip_norm", "clip_value"}
    assert set(settings_of(Regularization)) - clips <= set(GLOSSARY)
    assert "clipping" in GLOSSARY


def test_the_basic_words_are_there() -> None:
    assert set(GLOSSARY) >= BASIC
    assert len(GLOSSARY) >= 60


def test_no_word_is_explained_twice() -> None:
    terms = [term.term.casefold() for term in GLOSSARY.values()]
    assert len(set(terms)) == len(terms)
    texts = [(term.text, term.formula) for term in GLOSSARY.values()]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("key", GLOSSARY)
def test_words_are_few_and_plain(key: str) -> None:
    term = GLOSSARY[key]
    assert term.term
    assert term.group
    assert term.text == term.text.strip()
    assert term.text.endswith(".")
    assert 1 <= len(re.findall(r"[.!?](?= [A-Z]|$)", term.text)) <= 2
    words = term.text.split()
    assert len(words) <= 40
    assert not HARD_WORDS & {word.strip(".,:;()").casefold() for word in words}
    assert not re.search(r"[$\\{}<>`*_]", term.text)  # neither markup nor formulas


@pytest.mark.parametrize("key", [key for key, term in GLOSSARY.items() if term.formula])
def test_formulas_are_well_formed(key: str) -> None:
    formula = GLOSSARY[key].formula
    assert "$" not in formula
    assert "  " not in formula
    depth = 0
    for mark in re.findall(r"(?<!\\)[{}]", formula):
        depth += 1 if mark == "{" else -1
        assert depth >= 0
    assert depth == 0
    assert len(re.findall(r"\\left\b", formula)) == len(re.findall(r"\\right\b", formula))
    assert re.findall(r"\\begin{(\w+)}", formula) == re.findall(r"\\end{(\w+)}", formula)


def test_numbers_in_formulas_are_those_of_the_code() -> None:
    one = np.ones(1)
    assert "0.01" in GLOSSARY["activation.leaky_relu"].formula
    assert ACTIVATIONS["leaky_relu"].value(-one).item() == -0.01
    assert "1.0507" in GLOSSARY["activation.selu"].formula
    assert ACTIVATIONS["selu"].value(one).item() == pytest.approx(1.0507, abs=1e-4)
    assert "0.1" in GLOSSARY["initial weights.constant"].formula
    assert INITIALIZERS["constant"](np.random.default_rng(0), (2, 2))[0, 0] == 0.1
