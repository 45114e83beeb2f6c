"""The rules of the house, read from the source: which module may import what, and how long it may be.

Dependencies point one way, each floor of FLOORS importing only those before it,
so that the core runs where there is no Streamlit, no Plotly and no thread (Python in WebAssembly).
"""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = (
    "nn",
    "datasets",
    "training",
    "probes",
    "figures",
    "export",
    "player",
    "panels",
    "ui",
    "labs",
)  # each may import itself and those before it
CORE = {"nn", "datasets", "training", "probes"}
MODULE_LINES = 320
PAGE_LINES = 60

NEVER = {"pandas", "PIL", "plotly.express", "pickle", "marshal", "shelve", "dill", "cloudpickle"}
NOT_IN_THE_CORE = {
    *("threading", "_thread", "multiprocessing", "concurrent", "subprocess", "asyncio", "joblib", "random"),
    *("scipy", "sklearn", "torch"),
}
TEXTS = {"_": 1, "ngettext": 2}  # what translates, and how many literals it is given
OWN_STREAMS = {"Generator", "default_rng", "SeedSequence", "BitGenerator", "PCG64", "PCG64DXSM", "Philox"}

SOURCES = [*(ROOT / "playground").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
SOURCES = sorted(path.relative_to(ROOT) for path in SOURCES if path.exists())


def floor_of(path: Path) -> str:
    """The floor of a file: a package of FLOORS, "ground", "pages", or "app" for what starts it all."""
    if path.name == "__main__.py":
        return "app"
    if path.parts[0] == "playground":
        return path.parts[1] if len(path.parts) > 2 else "ground"  # playground/limits.py: everybody's
    return "pages" if path.parts[0] == "pages" else "app"


def imported(tree: ast.Module, path: Path) -> Iterator[tuple[int, str]]:
    """Every imported name as (line, dotted name), `from a import b` as `a.b`, relative ones made absolute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.parts[: -node.level] if node.level else ()
            module = ".".join([*package, *filter(None, [node.module])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def within(name: str, packages: set[str]) -> bool:
    """Whether the dotted `name` is one of `packages` or lies inside one."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def reachable(floor: str) -> tuple[str, ...]:
    """The floors that a module on `floor` may import."""
    if floor == "ground":
        return ()
    return FLOORS[: FLOORS.index(floor) + 1] if floor in FLOORS else FLOORS


def import_problem(name: str, floor: str) -> str | None:
    """Why a module on `floor` may not import `name`, or None."""
    parts = [*name.split("."), ""]
    if within(name, NEVER):
        return "nothing in the project imports this"
    if within(name, {"streamlit"}) and floor not in ("ui", "labs", "pages", "app"):
        return "Streamlit belongs to playground/ui, playground/labs, pages and app.py"
    if within(name, {"plotly"}) and floor not in ("figures", "app"):
        return "Plotly belongs to playground/figures (and app.py, for its JavaScript)"
    if within(name, NOT_IN_THE_CORE) and floor in CORE | {"ground"}:
        return "the core is NumPy alone, without threads, processes or other random streams"
    if parts[0] in ("pages", "app", "tests", "benchmarks", "scripts"):
        return "nothing that is shipped imports this"
    if parts[0] == "playground" and parts[1] in FLOORS and parts[1] not in reachable(floor):
        return f"{floor} lies below {parts[1]}: dependencies point one way"
    return None


def lab_problem(name: str, path: Path) -> str | None:
    """Why the lab at `path` may not import `name`, or None."""
    if path.parts[:2] != ("playground", "labs") or len(path.parts) < 4:
        return None
    parts = name.split(".")
    if parts[:2] == ["playground", "labs"] and not {*parts[2:3]} <= {"framework", path.parts[2]}:
        return "no lab imports another: what they share is labs/framework"
    return None


def global_draw(node: ast.AST) -> bool:
    """Whether `node` is `np.random.<function>` of NumPy's global stream."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr not in OWN_STREAMS
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "random"
        and isinstance(node.value.value, ast.Name)
        and node.value.value.id in ("np", "numpy")
    )


def evaluates(node: ast.AST) -> bool:
    """Whether `node` calls the built-in eval, exec, compile or __import__."""
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in ("eval", "exec", "compile", "__import__")


def is_text(node: ast.AST) -> bool:
    """Whether `node` is a text of a translation, its gaps filled or not."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr == "format" and is_text(node.func.value)
    return isinstance(node.func, ast.Name) and node.func.id in TEXTS


def text_problem(node: ast.AST) -> str | None:
    """Why whoever translates could not, or None."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXTS:
        given = node.args[: TEXTS[node.func.id]]
        if not all(isinstance(arg, ast.Constant) and isinstance(arg.value, str) for arg in given):
            return "translates what is no literal: no catalogue can hold it"
    parts = []
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [node.left, node.right]
    elif isinstance(node, ast.AugAssign):
        parts = [node.value]
    elif isinstance(node, ast.JoinedStr):
        parts = [each for value in node.values for each in ast.walk(value)]
    return "glues a translated text: make it one text with gaps" if any(map(is_text, parts)) else None


def problems(source: str, path: Path) -> list[str]:
    """Every breach of the house rules in `source`, one line each."""
    tree = ast.parse(source, str(path))
    floor = floor_of(path)
    found = [
        f"{path}:{line} imports {name}: {why}"
        for line, name in imported(tree, path)
        if (why := import_problem(name, floor) or lab_problem(name, path))
    ]
    for node in ast.walk(tree):
        if global_draw(node):
            found.append(f"{path}:{node.lineno} draws from NumPy's global stream: pass a Generator in")
        if evaluates(node):
            found.append(f"{path}:{node.lineno} evaluates code: nothing a visitor types may get there")
        if why := text_problem(node):
            found.append(f"{path}:{node.lineno} {why}")
    most = PAGE_LINES if floor == "pages" else MODULE_LINES
    length = len(source.splitlines())
    if length > most:
        found.append(f"{path} has {length} lines: {most} are the most, split it")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_keeps_the_rules_of_the_house(path: Path) -> None:
    assert not problems((ROOT / path).read_text(encoding="utf-8"), path)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("playground/nn/dense.py", "from playground.training import Trainer"),
        ("playground/nn/dense.py", "from ..datasets import DATASETS"),
        ("playground/nn/dense.py", "from .. import datasets"),
        ("playground/nn/dense.py", "def late():\n    import playground.ui.chrome.shell"),
        ("playground/limits.py", "from playground.nn import Network"),
        ("playground/datasets/moons.py", "import random"),
        ("playground/training/trainer.py", "from concurrent.futures import ThreadPoolExecutor"),
        ("playground/training/trainer.py", "import streamlit as st"),
        ("playground/probes/grid.py", "from plotly import graph_objects"),
        ("playground/figures/loss.py", "import plotly.express as px"),
        ("playground/figures/loss.py", "from plotly import express"),
        ("playground/figures/loss.py", "from streamlit.delta_generator import DeltaGenerator"),
        ("playground/figures/theme.py", "from playground.export import to_json"),
        ("playground/export/html.py", "from playground.ui import routes"),
        ("playground/export/html.py", "import plotly"),
        ("playground/ui/chrome/player_component.py", "import plotly"),
        ("playground/ui/chrome/player_component.py", "import pages.playground"),
        ("pages/playground.py", "import plotly.graph_objects as go"),
        ("pages/playground.py", "import pickle"),
        ("app.py", "import pandas as pd"),
        ("playground/nn/dropout.py", "np.random.rand(3)"),
        ("playground/training/links.py", "eval('1')"),
        ("playground/panels/library.py", "_(label)"),
        ("playground/panels/library.py", '_(f"epoch {epoch}")'),
        ("playground/panels/library.py", 'ngettext("{n} epoch", words, n)'),
        ("playground/panels/library.py", '_("Loss of ") + name'),
        ("playground/panels/library.py", 'name + ": " + _("loss {loss}").format(loss=loss)'),
        ("playground/panels/library.py", 'words += _(" It falls.")'),
        ("playground/panels/library.py", "f\"{name}: {_('loss')}\""),
        ("playground/nn/dense.py", "\n" * (MODULE_LINES + 1)),
        ("pages/playground.py", "\n" * (PAGE_LINES + 1)),
    ],
)
def test_a_breach_is_seen(path: str, source: str) -> None:
    assert len(problems(source, Path(path))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "playground/nn/dense.py",
            "import numpy as np\nfrom .layer import Layer\nrng = np.random.default_rng(0)",
        ),
        ("playground/nn/dense.py", "from playground import limits\nfrom playground.limits import MAX_UNITS"),
        (
            "playground/training/trainer.py",
            "from playground.nn import Network\nfrom ..datasets import DATASETS",
        ),
        (
            "playground/figures/loss.py",
            "import plotly.graph_objects as go\nfrom playground.probes import grid",
        ),
        ("playground/export/html.py", "from playground.figures import plotly_js"),
        ("playground/ui/chrome/shell.py", "import streamlit as st\nfrom playground.figures import theme"),
        ("playground/panels/library.py", '_("{name}: {loss:.3g}").format(name=_("loss"), loss=loss)'),
        ("playground/panels/library.py", 'ngettext("{n} epoch", "{n} epochs", n).format(n=n)'),
        ("playground/panels/library.py", 'f"{k + 1}. {name}" + mark'),
        ("pages/playground.py", "import streamlit as st\nfrom playground.ui import lab"),
        ("app.py", "import plotly\nimport streamlit as st"),
        ("pages/playground.py", "\n" * PAGE_LINES),
    ],
)
def test_what_is_allowed_passes(path: str, source: str) -> None:
    assert problems(source, Path(path)) == []


def room_of(module: str) -> str:
    """The folder of a dotted name of the project, such as playground.ui.chrome."""
    path = ROOT.joinpath(*module.split("."))
    while not path.is_dir():
        path = path.parent
    return ".".join(path.relative_to(ROOT).parts)


def test_no_room_needs_one_that_needs_it() -> None:
    """Rooms are the folders within a floor."""
    needs: dict[str, set[str]] = {}
    for path in SOURCES:
        if path.parts[0] != "playground" or len(path.parts) < 4:
            continue
        room = ".".join(path.parts[:-1])
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        found = {room_of(name) for _, name in imported(tree, path) if name.startswith("playground.")}
        inner = {other for other in found if other.count(".") >= 2}
        needs.setdefault(room, set()).update(inner - {room})
    try:
        list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        pytest.fail(f"These rooms need one another: {' -> '.join(error.args[1])}")


FROM = re.compile(r"""(?:from|import)\s+["']([^"']+)["']""")


@pytest.mark.parametrize("path", sorted(ROOT.glob("playground/**/*.js")), ids=lambda path: path.name)
def test_no_browser_side_but_the_players_is_needed_elsewhere(path: Path) -> None:
    """A lab's modules need their own folder and the player's; the player needs no lab."""
    own = next(folder for folder in path.parents if folder.name == "browser")
    player = ROOT / "playground" / "player" / "browser"
    for needed in FROM.findall(path.read_text(encoding="utf-8")):
        file = (path.parent / needed).resolve()
        assert file.is_file(), needed
        assert file.is_relative_to(own) or file.is_relative_to(player), needed
