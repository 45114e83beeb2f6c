"""The catalogue of all texts that a visitor reads: `make catalogue` gathers them in
playground/locale/playground.pot, then brings each translation beside it up to date
(<language>/LC_MESSAGES/playground.po) and compiles it for the app (playground.mo).
`make catalogue NEW=de` begins a translation into German.

The catalogue itself is not committed: it follows from the source, and would change with every commit.
"""

import sys
from contextlib import chdir
from pathlib import Path

from babel.messages.frontend import CommandLineInterface

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "playground" / "locale"
DOMAIN = "playground"


def extract(catalogue: Path) -> None:
    """Write the texts of Python and JavaScript, each with the files it stands in."""
    options = ["--mapping-file", "scripts/babel.cfg", "--output-file", str(catalogue.resolve())]
    words = ["--no-default-keywords", "--keywords", "_", "--keywords", "ngettext:1,2"]
    form = ["--project", "Neural Network Playground", "--add-location", "file", "--sort-by-file"]
    with chdir(ROOT):  # files are named from here
        _pybabel("extract", *options, *words, *form, ".")


def begin(locale: Path, language: str) -> None:
    """An empty translation of the catalogue in a folder."""
    _pybabel("init", *_all(locale), "--locale", language)


def follow(locale: Path) -> None:
    """Bring the translations below a folder, which holds the catalogue, up to date and compile them."""
    if not any(locale.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        return
    _pybabel("update", *_all(locale))
    _pybabel("compile", "--domain", DOMAIN, "--directory", str(locale))


def _all(locale: Path) -> list[str]:
    catalogue = locale / f"{DOMAIN}.pot"
    return ["--domain", DOMAIN, "--input-file", str(catalogue), "--output-dir", str(locale)]


def _pybabel(*words: str) -> None:
    CommandLineInterface().run(["pybabel", "--quiet", *words])


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    extract(LOCALE / f"{DOMAIN}.pot")
    for language in sys.argv[1:]:
        begin(LOCALE, language)
    follow(LOCALE)
