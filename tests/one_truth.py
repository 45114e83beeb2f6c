"""What all parts of the app say of one moment of a run, gathered for `test_one_truth.py`.

draw(seed)     a random Experiment that has what its turn in KINDS asks for
told(seed)     what is said at several moments of its run

Letters: n points, training first, then test; C classes, L weight layers, R rows of the grid.
"""

import csv
import io
from functools import cache
from typing import NamedTuple

import numpy as np

from playground.export import CODE, from_json, history_csv, to_json
from playground.labs.optimizers.network import network_scene
from playground.limits import MAX_PARAMETER
from playground.nn import LOSSES
from playground.panels.library import LIBRARY
from playground.player.run import Run
from playground.player.track import Track
from playground.probes.forward_trace import ForwardTrace, forward_trace
from playground.probes.grid import SURFACE_SIDE, points
from playground.probes.one_step import NetworkNow, OneStep, one_step_at_a_time, standing
from playground.training import Experiment, ExperimentError, Frame, HiddenLayer, Trainer
from playground.training.edit import Edit
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.view import View
from tests.export.common import loaded
from tests.probes.untuned import MOVES, untuned

KINDS = (
    "classes",
    "two",
    "values",
    "loss",
    "output",
    "large",
    "zeros",
    "constant",
    "batch_norm",
    "dropout",
    "residual",
)
CELLS = range(0, SURFACE_SIDE**2, 397)  # of the grid, whose centres are traced
POINTS = 47  # so that neither set is a multiple of 4: products of matrices treat the last rows differently
MOST_EDITS = 40  # each is measured anew
EVERYTHING = View(panels=tuple(LIBRARY))


def draw(seed: int) -> Experiment:
    rng, kind = np.random.default_rng([7, seed]), KINDS[seed % len(KINDS)]
    experiment = untuned(rng, *((kind,) if kind in MOVES else ("layers",)))
    asked = {
        "classes": {"data.dataset": "blobs", "data.classes": int(rng.integers(3, 7))},
        "two": {"data.dataset": "xor", "loss.name": str(rng.choice(["bce", "cross_entropy", "hinge"]))},
        "values": {"data.dataset": str(rng.choice(["reg-plane", "reg-gauss"]))},
        "loss": {"loss.name": str(rng.choice(list(LOSSES)))},
        "output": {"loss.name": "mse", "network.output": str(rng.choice(["linear", "tanh", "sigmoid"]))},
        "large": {"data.dataset": str(rng.choice(["rings", "moons"])), "network.initializer": "normal"},
        "zeros": {"data.dataset": "blobs", "network.initializer": "zeros"},
        "constant": {
            "data.dataset": "blobs",
            "data.classes": int(rng.integers(5, 7)),
            "network.layers": (HiddenLayer(7, "relu"),),
            "network.initializer": "constant",
        },
    }.get(kind, {})
    for path, value in {**asked, "data.n": POINTS}.items():
        try:
            experiment = experiment.replace(path, value)
        except ExperimentError:
            continue  # a loss that does not go with the data, data without a choice of classes
    return experiment


class Exported(NamedTuple):
    """What an exported script predicts: classes or values (n,) of the points, and (R * R,) of the grid."""

    points: np.ndarray
    scores: np.ndarray | None
    cells: np.ndarray


class Moment(NamedTuple):
    """What is said of one moment.

    values: of all channels. traces: of all points; cells: of the centres of CELLS. codes: by framework; none
    where the network has no finite outputs. saved: (N,) the parameters in the file. card: of the optimizers
    lab. now: of the one-step lab, None of a network that it does not show. y: (n,). train: how many of the
    points are training points.
    """

    name: str
    trainer: Trainer
    frame: Frame
    values: dict[str, np.ndarray]
    traces: list[ForwardTrace]
    cells: list[ForwardTrace]
    codes: dict[str, Exported]
    saved: np.ndarray
    card: dict[str, np.ndarray]
    now: NetworkNow | None
    outputs: np.ndarray
    y: np.ndarray
    train: int

    @property
    def classes(self) -> int:
        return self.trainer.task.n_classes


class Step(NamedTuple):
    """The update that led to a frame. before, after: (N,) the parameters. taken: of the one-step lab."""

    frame: Frame
    before: np.ndarray
    after: np.ndarray
    slices: list[slice]
    taken: OneStep | None
    trainer: Trainer


class Told(NamedTuple):
    """moments: in order. steps: single updates. run: the run itself, standing at the last. table: the rows of
    its history as a CSV file.
    """

    moments: list[Moment]
    steps: list[Step]
    run: Run
    table: list[dict[str, str]]


@cache
def told(seed: int, frameworks: tuple[str, ...] = ("numpy",)) -> Told:
    """What is said before training, after one update, an epoch, three epochs, and at last with large weights
    in the last layer, so that outputs saturate.
    """
    run = Run([draw(seed)], lambda trainers: playground_scene(trainers, EVERYTHING))
    track, moments, steps = run.tracks[0], [], []
    per_epoch = track.trainer.updates_per_epoch
    for update in sorted({0, 1, per_epoch, 3 * per_epoch}):
        if update == 1:
            steps.append(_step(track))
        if not track.seek(update):
            break
        moments.append(_moment(f"seed {seed}, update {update}", track, run, frameworks))
    if KINDS[seed % len(KINDS)] == "large" and _enlarge(run, track):
        moments.append(_moment(f"seed {seed}, large weights", track, run, frameworks))
    table = list(csv.DictReader(io.StringIO(history_csv(track.trainer.history), newline="")))
    return Told(moments, [step for step in steps if step], run, table)


def _moment(name: str, track: Track, run: Run, frameworks: tuple[str, ...]) -> Moment:
    trainer = track.trainer
    train, test = trainer.train_data, trainer.test_data
    x, y = np.concatenate([train.x, test.x]), np.concatenate([train.y, test.y])
    moment, grid = track.moment(), points(SURFACE_SIDE)
    return Moment(
        name,
        trainer,
        trainer.frame,
        run.scene.measure([moment]),
        [_trace(trainer, place, target) for place, target in zip(x, y, strict=True)],
        [_trace(trainer, grid[cell]) for cell in CELLS],
        {name: _exported(trainer, name, x, grid) for name in frameworks},
        from_json(to_json(trainer)).params,
        network_scene([trainer], []).measure([moment]),
        moment.data.info(standing) if _is_plain(trainer) else None,
        trainer.network.activations(trainer.task.features(x))[-1],
        y,
        len(train),
    )


def _trace(trainer: Trainer, place: np.ndarray, target: np.generic | None = None) -> ForwardTrace:
    return forward_trace(trainer, tuple(place.tolist()), target=None if target is None else target.item())


def _exported(trainer: Trainer, framework: str, x: np.ndarray, grid: np.ndarray) -> Exported:
    script = loaded(CODE[framework].write(trainer))
    if not trainer.task.n_classes:
        return Exported(script.predict(x), None, script.predict(grid))
    classes, scores = script.predict(x)
    return Exported(classes, scores, script.predict(grid)[0])


def _is_plain(trainer: Trainer) -> bool:
    """Whether the lab on one step can take the run apart: weights and activations, and the loss alone."""
    experiment = trainer.experiment
    plain = all(layer.normalization == "none" and not layer.dropout for layer in experiment.network.layers)
    others = (
        experiment.network.residual,
        experiment.loss.label_smoothing,
        experiment.regularization.input_noise,
    )
    return plain and not any(others)


def _step(track: Track) -> Step | None:
    """The first update, taken apart where that is possible; None if the run ends before it."""
    trainer = track.trainer
    before = trainer.network.params.copy()
    taken = next(one_step_at_a_time(trainer, 1), None) if _is_plain(trainer) else None
    if taken is None and not track.seek(1):
        return None
    network = trainer.network
    return Step(trainer.frame, before, network.params.copy(), network.weight_slices, taken, trainer)


def _enlarge(run: Run, track: Track) -> bool:
    """Make weights of the last layer 300 times as large, as a visitor could; False where that does not go."""
    trainer = track.trainer
    weights = np.clip(300.0 * trainer.network.weight_layers[-1].W, -MAX_PARAMETER, MAX_PARAMETER)
    last = len(trainer.network.weight_layers) - 1
    try:
        for (i, j), value in list(np.ndenumerate(weights))[:MOST_EDITS]:
            track.edit(Edit(last, "weight", i, j, float(value)))
    except ExperimentError:
        return False
    return True
