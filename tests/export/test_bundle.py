"""The bundler: what modules mean stays, and what it does not know it refuses."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from playground.export import BundleError, bundle
from playground.player import BROWSER

MODULES = {
    "main.js": """// The entry.
import { add, one as uno } from "./lib/add.js";
import * as names from './names.js';
import {
  Box, // a class
  /* renamed */ limit as most,
} from "./lib/box.js"
import "./lib/effect.js";

const one = 10; // its own, not that of add.js
export const result = { sum: add(uno, one), names: names.list, box: new Box(most).value, text: "import x" };
export const [low, high] = [1, 2];
export async function later() { return 5; }
export function* counted() { yield 1; }
function hidden() { return 6; }
export { hidden, hidden as shown };
""",
    "lib/add.js": """import { list } from "../names.js";
list.push("add");
export const one = 1;
export function add(a, b) {
  return a + b;
}
""",
    "lib/box.js": "const limit = 7;\nexport class Box {\n  constructor(v) { this.value = v; }\n}\n"
    "export { limit };\n",
    "lib/effect.js": 'import { list } from "../names.js";\nlist.push("effect");\n',
    "names.js": 'export const list = ["names"];\n',
}


def written(folder: Path, **modules: str) -> Path:
    """The entry of a folder with MODULES, some of them replaced (dots of a name as _)."""
    for name, text in MODULES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(modules.get(name.replace(".", "_").replace("/", "_"), text), encoding="utf-8")
    return folder / "main.js"


def test_every_module_comes_once_after_those_it_imports(tmp_path):
    text = bundle(written(tmp_path))
    heads = re.findall(r"^// ([\w/]+\.js)$", text, re.MULTILINE)
    assert heads == ["names.js", "lib/add.js", "lib/box.js", "lib/effect.js", "main.js"]
    assert "const { add, one: uno } = module1;" in text
    assert "const { Box, limit: most } = module2;" in text
    assert "const names = module0;" in text
    assert "return { result, low, high, later, counted, hidden, shown: hidden };" in text
    assert not [line for line in text.splitlines() if line.startswith(("import", "export"))]


def test_the_script_means_what_the_modules_mean(tmp_path):
    node = shutil.which("node")
    if node is None:
        assert "return module4;" in bundle(
            written(tmp_path)
        )  # the player's bundle runs in the browser's tests
        return
    script = (
        f"const m = {bundle(written(tmp_path))};\nconsole.log(JSON.stringify([m.result, m.shown(), m.high]));"
    )
    done = subprocess.run([node, "-e", script], capture_output=True, text=True, check=True)
    result = {"sum": 11, "names": ["names", "add", "effect"], "box": 7, "text": "import x"}
    assert json.loads(done.stdout) == [result, 6, 2]


@pytest.mark.parametrize(
    ("main", "message"),
    [
        ('import { x } from "./missing.js";', "missing.js cannot be imported: there is no such file in "),
        ('import { x } from "../outside.js";', "outside.js cannot be imported: there is no such file in "),
        ('import { x } from "plotly";', 'main.js imports "plotly": only relative paths are bundled.'),
        ('import x from "./names.js";', "main.js has a form of import or export that is not known: import x"),
        (
            'const x = import("./names.js");',
            "main.js has a form of import or export that is not known: import(",
        ),
        ("export default 1;", "main.js has a form of import or export that is not known: export default 1;"),
        ("export let x = 1;", "main.js has a form of import or export that is not known: export let x = 1;"),
        ('export * from "./names.js";', "main.js has a form of import or export that is not known: export *"),
        ('import { lost } from "./names.js";', "main.js imports lost, but names.js exports no such name."),
        ("export { a-b };", "'a-b' is no name that can be imported or exported."),
        ('import "./main.js";', "main.js imports itself through main.js: take the cycle apart."),
    ],
)
def test_what_is_not_understood_is_refused(tmp_path, main, message):
    entry = written(tmp_path / "player", main_js=main + "\n")
    (tmp_path / "outside.js").write_text("export const x = 1;\n")
    with pytest.raises(BundleError) as caught:
        bundle(entry)
    assert str(caught.value).startswith(message)


def test_the_players_modules_are_all_in_its_bundle():
    text = bundle(BROWSER / "main.js")
    for path in BROWSER.rglob("*.js"):
        assert f"// {path.relative_to(BROWSER).as_posix()}\n" in text
    assert "return { replay, render };" in text
