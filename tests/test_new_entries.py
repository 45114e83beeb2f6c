"""An activation, an optimizer, a dataset or a loss is one entry in one file, a lab its folder and a line: in
a copy of the project each is added as the README says, and is seen wherever there is something to choose, to
read or to export.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.new_entries import ADDED

ROOT = Path(__file__).resolve().parents[1]
ACTIVATION, OPTIMIZER, DATASET, LOSS = ADDED

LOOK = """
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from playground.export import CODE
from playground.labs.building_blocks.lab import LAB as BLOCKS
from playground.labs.framework.session import LabSession
from playground.labs.one_step.lab import LAB as ONE_STEP
from playground.labs.optimizers.lab import LAB as OPTIMIZERS
from playground.training import Experiment, HiddenLayer, Trainer
from playground.ui.glossary.terms import GLOSSARY

CHOSEN = {"data.dataset": "stripes", "optimizer.name": "signum", "loss.name": "quartic"}
experiment = Experiment()
for path, name in CHOSEN.items():
    assert name in experiment.fields()[path].choices, path
    experiment = experiment.replace(path, name)
experiment = experiment.replace("network.layers", (HiddenLayer(4, "isru"),)).replace("data.n", 60)
experiment = experiment.replace("optimizer.options.momentum", 0.5)
assert Experiment.from_query(experiment.to_query()) == experiment
assert experiment.to_query()["optimizer"] == "signum"

assert {"optimizer.signum", "activation.isru", "loss.quartic"} <= GLOSSARY.keys()

trainer = Trainer(experiment)
before = trainer.frame.metrics["train_loss"]
assert trainer.train(epochs=30).metrics["train_loss"] < before

written = {name: framework.write(trainer) for name, framework in CODE.items()}
assert "z / torch.sqrt(1.0 + z * z)" in written["pytorch"]
assert "x / keras.ops.sqrt(1.0 + x * x)" in written["keras"]
script = {"__name__": "network"}
exec(written["numpy"], script)
places = np.random.default_rng(0).uniform(-6.0, 6.0, (9, 2))
own = trainer.network.activations(trainer.task.features(places))[-1]
np.testing.assert_allclose(script["outputs"](places), own)


def opened(lab, **query):
    session = LabSession(lab, query)
    assert not session.message, session.message
    return session.run.scene


race = opened(OPTIMIZERS, racers="signum~sgd", steps="10")
(memory,) = [panel for panel in race.panels if panel.id == "memory"]
assert "Velocity v: **{velocity_0}**" in memory.cards[0].lines
opened(OPTIMIZERS, view="network", learners="signum~sgd", v="1", n="40", dataset="stripes")
opened(BLOCKS, topic="losses", first_loss="quartic")
opened(BLOCKS, topic="activations", activation="isru")
by_hand = LabSession(ONE_STEP, {})
for path, name in (("optimizer.name", "signum"), ("loss.name", "quartic")):
    by_hand.set(path, name)
    assert not by_hand.message, by_hand.message

page = AppTest.from_file(Path("playground/ui/chrome/shell.py").resolve(), default_timeout=60)
for name, value in experiment.to_query().items():
    page.query_params[name] = value
page.run()
assert not page.exception, page.exception
chosen = {box.label: box for box in page.selectbox}
assert "Stripes" in chosen["Dataset"].options
assert "Signum" in chosen["Optimizer"].options
assert "Quartic" in chosen["Loss"].options
"""


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Path]:
    """The project as a newcomer has it."""
    for folder in ("playground", "pages"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def add(root: Path, path: str, *, without: str = "") -> None:
    """Write the entry of ADDED at the end of its file, but for the lines that begin with `without`."""
    lines = ADDED[path].splitlines(keepends=True)
    kept = [line for line in lines if not (without and line.lstrip().startswith(without))]
    assert bool(without) == (kept != lines)
    with (root / path).open("a", encoding="utf-8") as file:
        file.writelines(kept)


def run(root: Path, code: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-W", "ignore", "-c", code]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)


def test_one_entry_in_one_file_is_seen_everywhere(copied: Path) -> None:
    for path in ADDED:
        add(copied, path)
    done = run(copied, LOOK)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("path", "without", "sentence"),
    [
        (
            ACTIVATION,
            "keras=",
            "activation 'isru' lacks Keras code: an expression such as \"keras.ops.tanh(z)\".",
        ),
        (
            OPTIMIZER,
            "formula =",
            'optimizer \'signum\' lacks a formula of one step: formula=(("w", "w - lr * g"),).',
        ),
        (
            OPTIMIZER,
            '"beale":',
            "optimizer 'signum' lacks a learning rate for the surface 'beale': add one to its surface_lrs.",
        ),
        (
            DATASET,
            "text=",
            "dataset 'stripes' lacks a text: one or two plain sentences for the glossary.",
        ),
        (LOSS, "source=", "loss 'quartic' lacks a source: who and when."),
    ],
)
def test_what_an_entry_lacks_is_said_at_import(copied: Path, path: str, without: str, sentence: str) -> None:
    add(copied, path, without=without)
    done = run(copied, "import playground.datasets, playground.probes.surfaces")
    assert done.stderr.splitlines()[-1] == f"ValueError: {sentence}"


LOOK_AT_LAB = """
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

page = AppTest.from_file(Path("playground/ui/chrome/shell.py").resolve(), default_timeout=60)
page._page_hash = calc_hash("tiny")
page.query_params["units"] = "6"
page.run()
assert not page.exception, page.exception
assert [tab.label for tab in page.tabs] == ["Read", "Units"]
assert len(page.session_state["tiny"].run.trainers) == 2
assert page.number_input[0].value == 6
"""


def test_a_lab_is_its_folder_and_a_line(copied: Path) -> None:
    (copied / "playground/labs/tiny").mkdir()
    (copied / "playground/labs/tiny/__init__.py").touch()
    shutil.copy(ROOT / "tests/tiny_lab.py", copied / "playground/labs/tiny/lab.py")
    menu = copied / "playground/ui/chrome/navigation.py"
    before, after = menu.read_text(encoding="utf-8").split("LABS = {\n")
    line = '    "tiny": ("Tiny", ":material/science:"),\n'
    menu.write_text(f"{before}LABS = {{\n{line}{after}", encoding="utf-8")
    done = run(copied, LOOK_AT_LAB)
    assert done.returncode == 0, done.stderr
