"""The seam for translation: nothing bypasses it, and a translation is served."""

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from playground import text
from scripts.live_server import ROOT
from tests.ui.pseudo import bypassed

LIMIT = "{n} hidden layers at most."


def catalogue_of(texts: dict[str, str | tuple[str, ...]], folder: Path) -> None:
    """A compiled translation into Tlön's language, whose code is `qtl`, below `folder`."""
    catalog = Catalog(locale="de", domain="playground")  # its plural forms are those of German
    for source, translation in texts.items():
        catalog.add(source if isinstance(translation, str) else (source, f"{source}s"), translation)
    place = folder / "qtl" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "playground.mo").open("wb") as file:
        write_mo(file, catalog)


@pytest.fixture
def speaking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, object]]:
    """What playground.text offers in a process of this language, beside translations of its own."""
    catalogue_of(
        {LIMIT: "Höchstens {n} verborgene Schichten.", "{n} point": ("{n} Punkt", "{n} Punkte")},
        tmp_path / "locale",
    )
    module = shutil.copy(text.__file__, tmp_path)

    def speak(language: str) -> dict[str, object]:
        monkeypatch.setenv("PLAYGROUND_LANGUAGE", language)
        return runpy.run_path(module)

    return speak


def test_nothing_bypasses_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.pseudo"],
        cwd=ROOT,
        env={**os.environ, "PLAYGROUND_LANGUAGE": "pseudo"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "bare", ["Loss", "⟦Loss⟧ of 3", "after ⟦{n} epochs⟧", "**Loss**", "⟦Sources⟧: see Kingma and Ba 2015"]
)
def test_what_bypasses_it_is_seen(bare: str) -> None:
    assert bypassed(bare)


@pytest.mark.parametrize(
    "fine",
    ["⟦Loss⟧ 0.1", "1. ⟦⟦Adam⟧ at {place_0}⟧", "$\\frac{dE}{dw}$", "*(Kingma and Ba 2015)*", "%{x:.2f}<br>"],
)
def test_what_has_no_language_may_stand_bare(fine: str) -> None:
    assert not bypassed(fine)


def test_a_translation_is_served(speaking) -> None:
    spoken = speaking("qtl")
    assert spoken["_"](LIMIT).format(n=8) == "Höchstens 8 verborgene Schichten."
    assert [spoken["ngettext"]("{n} point", "{n} points", n).format(n=n) for n in (1, 2)] == [
        "1 Punkt",
        "2 Punkte",
    ]
    assert spoken["_"]("Loss") == "Loss"  # has no translation yet


@pytest.mark.parametrize("language", ["en", "tlh", ""])
def test_any_other_language_is_english(speaking, language: str) -> None:
    spoken = speaking(language)
    assert spoken["_"](LIMIT) == LIMIT
    assert spoken["ngettext"]("{n} point", "{n} points", 2) == "{n} points"


def test_clauses_are_joined() -> None:
    assert text.all_of(["a"]) == "a"
    assert text.all_of(["a", "b", "c"]) == "a and b and c"
    assert text.either(["a", "b"]) == "a or b"
