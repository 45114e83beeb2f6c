"""All that a visitor reads, as far as it has bypassed the seam for translation: `python -m tests.ui.pseudo`
prints it, with PLAYGROUND_LANGUAGE=pseudo, which puts brackets around what has passed.
"""

import importlib
import re
import sys
from collections.abc import Callable, Iterator, Mapping

from google.protobuf.json_format import MessageToDict

from playground.datasets import DATASETS, FEATURES, STARTER, PointsError, read_csv
from playground.datasets.own_text import to_link
from playground.export import from_json
from playground.labs.framework.lab import Lab
from playground.labs.framework.session import LabSession
from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.panels.library import LIBRARY
from playground.player import run
from playground.player.scene import Scene
from playground.probes.advice import RULES
from playground.probes.advice.evidence import Evidence
from playground.probes.advice.standing import standing
from playground.probes.surfaces import SURFACES
from playground.training import PRESETS, Edit, Experiment, Trainer
from playground.training.settings import ExperimentError, Setting
from playground.ui.chrome.navigation import LABS
from playground.ui.controls.differences import differences
from playground.ui.main_page.link import read_link
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from playground.ui.main_page.view import View
from tests.labs.opened import turn_to
from tests.ui.app_test import app

# Where texts stand in the scene that the player is given, and in what Streamlit sends.
IN_SCENES = {
    *("title", "alt", "label", "text", "help", "hint", "words", "note", "lines", "verdicts", "clock", "axes"),
    *("hovertemplate", "ticktext", "tickvals", "categoryarray", "customdata", "x", "y", "units"),
}
IN_PAGES = {"label", "help", "body", "placeholder", "options", "text", "caption", "title"}

TONES = {"good", "warning"}  # stand beside the words of a verdict

NAME = r"(?:van )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"
# What has no language: gaps, marks of HTML, Markdown and LaTeX, addresses, colours. Nor do bibliographic
# sources, which are names and a year; nor what a link or an export calls a thing.
NOT_WORDS = re.compile(
    r"\{[^{}]*\}|%\{[^{}]*\}|<[^<>]*>|\$\$.*?\$\$|\$[^$]*\$|:material/\w+:|\]\([^)]*\)|https?:\S+|&\w+;"
    rf"|#[0-9a-f]{{6}}|(?:{NAME}(?:, | and ))*{NAME}(?: et al\.)? \d{{4}}",
    re.DOTALL,
)
OWN = {"dataset": "own", "own": to_link(STARTER)}
MAIN = [
    {},
    {"panels": "~".join(LIBRARY), "dataset": "blobs", "classes": "3"},
    {
        "panels": "~".join(LIBRARY),
        "dataset": "reg-plane",
        "layers": "64-relu~64-relu~64-relu~8-tanh~8-tanh~8-tanh",
    },
    {"run2": "lr=0.1", "dataset": "blobs"},
]
IN_LABS: dict[str, list[dict[str, str]]] = {
    "building_blocks": [
        *({"topic": topic} for topic in ("losses", "weights", "batches", "schedules")),
        *({"topic": "weights", "view": "symmetry"}, {"topic": "batches", "layer": "dropout"}),
    ],
    "one_step": [{"view": "run"}],
    "optimizers": [
        *({"view": "network"}, {"view": "rates"}),
        *({"view": "landscape", "plane": plane, "epochs": "5"} for plane in ("path", "random")),
    ],
    "overfitting": [{"view": "sweep"}],
    "vanishing_gradients": [],
}
"""What a lab shows besides what it shows at first."""

# What is refused, to see how.
QUERIES = [
    *(
        {"lr": "fast"},
        {"lr": "1e9"},
        {"layers": "1000"},
        {"layers": "?"},
        {"dataset": "none"},
        {"seed": "1.5"},
    ),
    *({"unknown": "1"}, {"v": "9"}, {"shuffle": "maybe"}, {"optimizer": "adam-what:1"}, {"inputs": "x~x"}),
    *({"loss": "hinge", "dataset": "reg-plane"}, {"panels": "loss~loss"}, {"hide": "all"}, {"run2": "lr=no"}),
    *({"own": "?"}, {"smoothing": "0.1", "loss": "mse"}, {"n": "x" * 5000}),
]
TEXTS = [
    *("{", "[1]", '{"data": 1}', '{"version": 99}', '{"what": 1}', '{"seed": "x"}', '{"data": {"what": 1}}'),
    *('{"network": {"layers": 1}}', '{"network": {"layers": [{"what": 3}]}}'),
]
TF_LINKS = [
    f"playground.tensorflow.org/#{part}"
    for part in (
        "noise=x",
        "networkShape=9,9,99",
        "batchSize=0",
        "problem=?",
        "activation=?",
        "x=false&y=false",
    )
]
FILES = [
    "1",
    "{",
    '{"format": "neural-network-playground"}',
    '{"format": "neural-network-playground", "version": 9}',
]
TABLES = [
    *("", "1", "1,2", "1,2,3,4", "1,2,", "1e99,1,1", '"1,2,3', "0,0,a\n1,1,\x01", "1,2,3\n" * 4),
    *("0,0,1\n1,1,1\n2,2,x\n3,3,2", "90,0,a\n1,1,b\n2,2,a\n3,3,b", "0,0,0.5\n1,1,9.5\n2,2,3\n3,3,7"),
]
EDITS = [
    (0, "weight", 0, 0, "x"),
    (99, "weight", 0, 0, 1.0),
    (0, "height", 0, 0, 1.0),
    (0, "bias", 0, 99, 1.0),
]
ADVISED = {"zero_weights": 4, "exploding": 4, "rate_too_low": 12, "rate_too_high": 8, "random_labels": 20}
"""Presets, and epochs after which there is something to say about them."""


def bypassed(text: str) -> bool:
    """Whether letters of two or more stand outside brackets."""
    before, rest = None, text
    while before != rest:
        before, rest = rest, re.sub(r"⟦[^⟦⟧]*⟧", "", rest)
    return bool(re.search(r"[A-Za-z]{2}", NOT_WORDS.sub("", rest)))


def strings(tree: object, keys: set[str], inside: bool = False) -> Iterator[str]:
    """Every text below one of these keys."""
    if isinstance(tree, str):
        if inside and tree not in TONES:
            yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from strings(value, keys, key in keys or (inside and not isinstance(value, str)))
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from strings(value, keys, inside)


def of_scene(scene: Scene) -> Iterator[str]:
    """What the player is given: its own texts, and those of Plotly's figures."""
    tree = scene.describe()
    yield from scene.exports.values()
    yield from strings(tree, IN_SCENES)
    for panel in tree["panels"]:
        layout = panel.get("figure", {}).get("layout", {})
        if layout.get("showlegend") or layout.get("hovermode") == "x unified":
            yield from (trace["name"] for trace in panel["figure"]["data"] if "name" in trace)


def of_scenes() -> Iterator[tuple[str, str]]:
    for query in (*MAIN, OWN):
        session = PageSession(playground_scene, query)
        assert not session.message, session.message
        yield from (("main page, player", text) for text in of_scene(session.run.scene))
    for name in LABS:
        lab = importlib.import_module(f"playground.labs.{name}.lab").LAB
        for query in ({}, *IN_LABS[name]):
            session = LabSession(lab, query)
            assert not session.message, session.message
            yield from ((f"{name}, player", text) for text in of_scene(session.run.scene))
            yield from ((f"{name}, lesson", text) for text in of_lesson(lab, session))
            yield from ((f"{name}, settings", text) for text in of_settings(session.settings.fields()))


def of_lesson(lab: Lab, session: LabSession) -> Iterator[str]:
    lesson = lab.lesson(session.settings) if callable(lab.lesson) else lab.lesson
    yield from (lesson.see, lesson.try_this, lesson.why, *lesson.sources, *lab.controls)


def of_settings(fields: Mapping[str, Setting]) -> Iterator[str]:
    for setting in fields.values():
        yield from (setting.label, setting.help)
        yield from map(str, getattr(setting, "choices", {}).values())


def of_registries() -> Iterator[tuple[str, str]]:
    """What is known of whatever can be chosen."""
    entries = (ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, DATASETS, SURFACES)
    for entry in (entry for registry in entries for entry in registry.values()):
        told = [entry.label, getattr(entry, "text", ""), entry.source, getattr(entry, "hard", "")]
        for setting in {**getattr(entry, "settings", {}), **getattr(entry, "options", {})}.values():
            told += [setting.label, setting.help]
        yield from (("registry", text) for text in told)
    yield from (("menu", title) for title, _ in LABS.values())
    yield from (("feature", text) for feature in FEATURES.values() for text in (feature.label, feature.help))
    yield from (("panel", text) for choice in LIBRARY.values() for text in (choice.label, choice.help))
    yield from (
        ("preset", text)
        for preset in PRESETS.values()
        for text in (preset.label, preset.look_for, preset.why)
    )
    for section in (Experiment(), View()):
        yield from (("setting", text) for text in of_settings(section.fields()))


def of_refusals() -> Iterator[tuple[str, str]]:
    """What is said of links, files and numbers that cannot be, and of tables that had to be scaled."""
    network = Trainer(Experiment()).network
    attempts: list[tuple[Callable, object]] = [
        *((read_link, query) for query in QUERIES),
        *((Experiment.from_json, text) for text in TEXTS),
        *((Experiment.from_tf_playground, link) for link in TF_LINKS),
        *((from_json, text) for text in FILES),
        *((read_csv, text) for text in TABLES),
        *((lambda values: Edit(*values).check(network), values) for values in EDITS),
    ]
    for attempt, given in attempts:
        try:
            found = attempt(given)
        except (ExperimentError, PointsError) as error:
            yield "refusal", str(error)
        else:
            assert attempt is read_csv, f"{given} is not refused"
            yield from (("note", note) for note in found[1])


def of_advice() -> Iterator[tuple[str, str]]:
    for name, epochs in ADVISED.items():
        trainer = Trainer(PRESETS[name].experiment)
        trainer.train(epochs=epochs)
        if trainer.stopped is not None:
            yield "end of a run", trainer.stopped.reason
        yield "advice", standing(trainer)
        evidence = Evidence(trainer)
        for finding in filter(None, (rule.find(evidence) for rule in RULES.values())):
            yield from (
                ("advice", text) for text in (finding.sentence, finding.fix.label if finding.fix else "")
            )


def of_runs() -> Iterator[tuple[str, str]]:
    """How runs end, and what is said of earlier ones."""
    session = PageSession(playground_scene, {"max_epochs": "1"})
    for path, value in (("optimizer.lr", 0.1), ("features.inputs", ("x",)), ("network.layers", ())):
        session.set(path, value)
        trainer = session.run.trainers[0]
        trainer.train(epochs=1)
        yield "end of a run", trainer.stopped.reason
    for entry in session.logbook_now():
        yield from (("runs", text) for text in (entry.title, entry.words))
        yield from (("runs", text) for text in differences(Experiment(), entry.experiment))


def of_pages() -> Iterator[tuple[str, str]]:
    """What Streamlit shows beside the player."""
    shown = [("playground", {}), ("playground", OWN), ("playground", {"run2": "lr=0.1"}), ("glossary", {})]
    for name, query in (*shown, *((lab, {}) for lab in LABS)):
        page = app()
        page.query_params.update(query)
        if name != "playground":
            turn_to(page, name)
        page.run()
        assert not page.exception
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
    run.OPENING_FRAMES = 1  # the first moment says all that the others say
    parts = (of_scenes, of_pages, of_registries, of_refusals, of_advice, of_runs)
    found = {(where, text) for part in parts for where, text in part() if bypassed(text)}
    sys.stdout.write("".join(f"{where}: {text!r}\n" for where, text in sorted(found)))
