"""The seam for translation, seen from a visitor's screen: tests/browser/pseudo.py says what is read where."""

import os
import subprocess
import sys

import pytest

from scripts.live_server import ROOT
from tests.browser.pseudo import bypassed


def test_every_text_of_the_player_has_passed_it() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "tests.browser.pseudo"],
        cwd=ROOT,
        env={**os.environ, "PLAYGROUND_LANGUAGE": "pseudo"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert found.returncode == 0, found.stderr
    *odd, passed = found.stdout.splitlines()
    assert not odd
    assert int(passed.split()[0]) > 400


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("⟦Epoch 3 + 2 updates⟧", []),
        ("⟦⟦Hidden 1⟧, unit 2⟧: x₁ −0.25", []),
        ("⟦Play⟧ (Space)", ["Space"]),
        ("class ⟦0⟧", ["class"]),
        ("⟧lost", ["lost"]),
        ("Größe", ["Größe"]),
        ("⟦cut off", []),
        ("x₁² · sin(x₂)", []),
    ],
)
def test_what_has_bypassed_it_is_seen(text: str, words: list[str]) -> None:
    assert bypassed(text) == words
