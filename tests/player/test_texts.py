"""The browser side's texts: written so that they can be gathered, and brought along by a scene."""

import gettext
import re
from io import BytesIO

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract

from playground.player import BROWSER, scene, texts
from playground.player.packet import decode
from playground.ui.main_page.recording import record
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession

PACKAGE = BROWSER.parents[1]
LABS = sorted(PACKAGE.glob("labs/*/browser"))
MODULES = sorted(path.relative_to(PACKAGE) for folder in (BROWSER, *LABS) for path in folder.rglob("*.js"))
CALL = re.compile(r"(?<![\w.$])(?<!function )(?:_|ngettext)\(")
EARLY = re.compile(r"^(?:export )?const \w+ = (?!\(\w*\) =>)[^;]*?(?<![\w.$])(?:_|ngettext)\(", re.MULTILINE)
COMMENT = re.compile(r"^\s*(?://|/?\*).*$", re.MULTILINE)


@pytest.mark.parametrize("name", MODULES, ids=str)
def test_every_text_is_a_plain_string(name) -> None:
    code = COMMENT.sub("", (PACKAGE / name).read_text(encoding="utf-8"))
    plain = [*texts.ONE.finditer(code), *texts.TWO.finditer(code)]
    odd = {call.start() for call in CALL.finditer(code)} - {match.start() for match in plain}
    assert not [code[at : at + 60] for at in sorted(odd)]


@pytest.mark.parametrize("name", MODULES, ids=str)
def test_no_text_is_asked_for_before_there_is_a_scene(name) -> None:
    """A text of a module's own constants would be English whatever the scene brings along."""
    code = (PACKAGE / name).read_text(encoding="utf-8")
    early = re.compile(
        r"^(?:export )?const \w+ = (?!\(\w*\) =>)[^;]*?(?<![\w.$])(?:_|ngettext)\(", re.MULTILINE
    )
    assert not early.search(code)


def test_babel_finds_what_a_scene_brings_along() -> None:
    found = set()
    for name in MODULES:
        code = BytesIO((PACKAGE / name).read_bytes())
        gathered = extract("javascript", code, {name: DEFAULT_KEYWORDS[name] for name in ("_", "ngettext")})
        found |= {(texts,) if isinstance(texts, str) else texts for _, texts, _, _ in gathered}
    assert found == set(texts.written(*LABS))
    assert len(found) > 100


def test_english_brings_nothing_along() -> None:
    assert texts.browser_texts("en") == {}
    assert "texts" not in PageSession(playground_scene, {}).run.scene.describe()


def test_pseudo_has_brackets_around_everything() -> None:
    found = texts.browser_texts("pseudo")
    assert found["texts"]["Play"] == "⟦Play⟧"
    counted = found["plurals"]["{n} epoch"]
    assert counted == {"forms": ["⟦{n} epochs⟧", "⟦{n} epoch⟧"], "of": "01" + 198 * "0"}
    assert len(found["texts"]) + len(found["plurals"]) == len(set(texts.written()))


class Slavic(gettext.NullTranslations):
    """Three forms, and one text that it knows."""

    def gettext(self, message: str) -> str:
        return {"Play": "Играть"}.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        if msgid1 != "{n} epoch":
            return super().ngettext(msgid1, msgid2, n)
        few = 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14
        return "{n} эпоха" if n % 10 == 1 and n % 100 != 11 else "{n} эпохи" if few else "{n} эпох"


def test_only_what_is_translated_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "translations", lambda language: Slavic())
    found = texts.browser_texts.__wrapped__("ru")
    assert found["texts"] == {"Play": "Играть"}
    (counted,) = found["plurals"].values()
    assert [counted["forms"][int(counted["of"][n])] for n in (1, 2, 11, 121)] == [
        "{n} эпоха",
        "{n} эпохи",
        "{n} эпох",
        "{n} эпоха",
    ]


def test_a_scene_and_the_offline_page_bring_the_language_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene, "LANGUAGE", "pseudo")
    run = PageSession(playground_scene, {}).run
    for packet in (run.packet, record(run)):
        header, _ = decode(packet, run.scene.channels)
        assert header["scene"]["texts"] == texts.browser_texts("pseudo")
