"""ES modules bundled into one script, for a page without a server: browsers load no modules from a file.

Each module becomes a function that runs once and returns its exports; they follow one another so that what is
imported comes first. Understood are, each at the beginning of a line,

    import { a, b as c } from "./x.js";      import * as x from "./x.js";      import "./x.js";
    export function | async function | class | const a ...      export const [a, b] = ...
    export { a, b as c };

with line breaks and comments within the braces. Anything else that begins a line with import or export is
refused, and so are import(...), names that are not exported, cycles, and files outside the entry's folder.
"""

import re
from pathlib import Path

IMPORT = re.compile(
    r"^import\s*(?:(?P<names>\{[^{}]*\})\s*from\s*|\*\s*as\s+(?P<whole>[\w$]+)\s+from\s*)?"
    r"""(?P<quote>["'])(?P<path>[^"'\n]+)(?P=quote)\s*;?[ \t]*$""",
    re.MULTILINE,
)
DECLARATION = re.compile(
    r"^export\s+(?P<kept>(?:async\s+function\s*\*?|function\s*\*?|class|const)\s+"
    r"(?P<names>[\w$]+|\[[\w$,\s]+\](?=\s*=)))",
    re.MULTILINE,
)
LIST = re.compile(r"^export\s*(?P<names>\{[^{}]*\})\s*;?[ \t]*$", re.MULTILINE)
NOT_UNDERSTOOD = re.compile(r"^\s*(?:import|export)\b[^\n]*|\bimport\s*\([^\n]*", re.MULTILINE)
PAIR = re.compile(r"(?P<name>[\w$]+)(?:\s+as\s+(?P<other>[\w$]+))?")


class BundleError(ValueError):
    """A module that cannot be bundled: one sentence naming the file and what is wrong."""


def bundle(entry: Path) -> str:
    """One classic script, as an expression: its value is an object that holds the entry module's exports."""
    found = _Bundle(entry.resolve().parent)
    last = found.add(entry.resolve(), ())
    modules = "\n\n".join(found.parts)
    return f'(() => {{\n"use strict";\n\n{modules}\n\nreturn {last};\n}})()'


class _Bundle:
    """The modules found so far: their variables, their exports by file, and their code in order."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.variables: dict[Path, str] = {}
        self.exports: dict[Path, dict[str, str]] = {}
        self.parts: list[str] = []

    def add(self, path: Path, above: tuple[Path, ...]) -> str:
        """Add a module after those that it imports; the variable that holds its exports."""
        if path in above:
            raise BundleError(f"{path.name} imports itself through {above[-1].name}: take the cycle apart.")
        if path in self.variables:
            return self.variables[path]
        if not path.is_relative_to(self.root) or not path.is_file():
            raise BundleError(f"{path.name} cannot be imported: there is no such file in {self.root.name}.")
        text = path.read_text(encoding="utf-8")
        text = IMPORT.sub(lambda match: self._import(match, path, above), text)
        text, exports = _take_exports(text)
        odd = NOT_UNDERSTOOD.search(text)
        if odd:
            raise BundleError(
                f"{path.name} has a form of import or export that is not known: {odd[0].strip()}"
            )
        self.exports[path] = exports
        variable = self.variables[path] = f"module{len(self.parts)}"
        returned = ", ".join(n if n == inner else f"{n}: {inner}" for n, inner in exports.items())
        body = f"// {path.relative_to(self.root).as_posix()}\n{text.strip()}\nreturn {{ {returned} }};"
        self.parts.append(f"const {variable} = (() => {{\n{body}\n}})();")
        return variable

    def _import(self, match: re.Match, path: Path, above: tuple[Path, ...]) -> str:
        """What stands for an import statement of the module at `path`."""
        source = match["path"]
        if not source.startswith("."):
            raise BundleError(f'{path.name} imports "{source}": only relative paths are bundled.')
        target = (path.parent / source).resolve()
        variable = self.add(target, (*above, path))
        if match["whole"]:
            return f"const {match['whole']} = {variable};"
        if match["names"] is None:
            return ""
        pairs = _pairs(match["names"])
        for name in pairs.values():
            if name not in self.exports[target]:
                raise BundleError(f"{path.name} imports {name}, but {target.name} exports no such name.")
        names = ", ".join(name if name == own else f"{name}: {own}" for own, name in pairs.items())
        return f"const {{ {names} }} = {variable};"


def _take_exports(text: str) -> tuple[str, dict[str, str]]:
    """The text without its export keywords, and {exported name: name within}."""
    exports: dict[str, str] = {}
    for match in DECLARATION.finditer(text):
        exports |= {name: name for name in re.findall(r"[\w$]+", match["names"])}
    for match in LIST.finditer(text):
        exports |= _pairs(match["names"])
    return LIST.sub("", DECLARATION.sub(r"\g<kept>", text)), exports


def _pairs(braces: str) -> dict[str, str]:
    """What braces list, `a, b as c`, as {"a": "a", "c": "b"}."""
    listed = re.sub(r"//[^\n]*|/\*.*?\*/", "", braces[1:-1], flags=re.DOTALL)
    pairs = {}
    for part in filter(None, (part.strip() for part in listed.split(","))):
        pair = PAIR.fullmatch(part)
        if pair is None:
            raise BundleError(f"{part!r} is no name that can be imported or exported.")
        pairs[pair["other"] or pair["name"]] = pair["name"]
    return pairs
