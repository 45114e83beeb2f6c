"""All that a visitor reads, as far as it has bypassed the seam for translation: `python -m tests.ui.pseudo`
prints it, with PLAYGROUND_LANGUAGE=pseudo, which puts brackets around what has passed.
"""

import importlib
import re
import sys
from collections.abc import Iterator

from google.protobuf.json_format import MessageToDict

from playground.labs.framework.session import LabSession
from playground.panels.library import LIBRARY
from playground.ui.chrome.navigation import LABS
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from tests.labs.opened import SHELL, AppTest, turn_to

# Where texts stand in the scene that the player is given, and in what Streamlit sends.
IN_SCENES = {
    "title",
    "alt",
    "label",
    "text",
    "help",
    "words",
    "hovertemplate",
    "ticktext",
    "clock",
    "exports",
}
IN_PAGES = {"label", "help", "body", "placeholder", "options", "text", "caption", "title"}
NOT_WORDS = re.compile(
    r"\{[^{}]*\}|%\{[^{}]*\}|<[^<>]*>|\$\$.*?\$\$|\$[^$]*\$|:material/\w+:|\]\([^)]*\)|https?:\S+|&\w+;",
    re.DOTALL,
)
MAIN = [
    {},
    {"panels": "~".join(LIBRARY), "dataset": "blobs", "classes": "3"},
    {"panels": "~".join(LIBRARY), "dataset": "reg-plane"},
    {"run2": "lr=0.1", "dataset": "blobs"},
]


def bypassed(text: str) -> bool:
    """Whether letters of two or more stand outside brackets."""
    before, rest = None, NOT_WORDS.sub("", text)
    while before != rest:
        before, rest = rest, re.sub(r"⟦[^⟦⟧]*⟧", "", rest)
    return bool(re.search(r"[A-Za-z]{2}", rest))


def strings(tree: object, keys: set[str], inside: bool = False) -> Iterator[str]:
    """Every text below one of these keys."""
    if isinstance(tree, str):
        if inside:
            yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from strings(value, keys, key in keys or (inside and not isinstance(value, str)))
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from strings(value, keys, inside)


def of_scenes() -> Iterator[tuple[str, str]]:
    for query in MAIN:
        scene = PageSession(playground_scene, query).run.scene
        yield from (("main page, player", text) for text in strings(scene.describe(), IN_SCENES))
    for name in LABS:
        lab = importlib.import_module(f"playground.labs.{name}.lab").LAB
        scene = LabSession(lab, {}).run.scene
        yield from ((f"{name}, player", text) for text in strings(scene.describe(), IN_SCENES))


def of_pages() -> Iterator[tuple[str, str]]:
    for name in ("playground", "glossary", *LABS):
        page = AppTest.from_file(SHELL, default_timeout=60)
        if name != "playground":
            turn_to(page, name)
        page.run()
        for block in (page.main, page.sidebar):
            for element in walk(block):
                tree = MessageToDict(element.proto, preserving_proto_field_name=True)
                yield from ((f"{name}, page", text) for text in strings(tree, IN_PAGES))


def walk(block: object) -> Iterator:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from walk(child)
        if getattr(child, "proto", None) is not None:
            yield child


if __name__ == "__main__":
    found = {(where, text) for where, text in (*of_scenes(), *of_pages()) if bypassed(text)}
    sys.stdout.write("".join(f"{where}: {text!r}\n" for where, text in sorted(found)))
