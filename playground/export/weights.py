"""A network as JSON and back: the Experiment, the weights and the points, every number exact.

    {"format": "neural-network-playground", "version": 1,
     "experiment": {...},                               as Experiment.to_json writes it
     "epoch": 12,                                       when the weights were taken; for the reader
     "layers": [{"kind": "dense", "W": [[...], ...], "b": [...]},
                {"kind": "batch_norm", "gain": [...], "shift": [...], "running_mean": [...], ...}, ...],
     "points": {"train": [[x, y, label], ...], "test": [...]}}

`layers` holds the layers that have numbers, in order, those inside residual blocks too. A file need not hold
`epoch` and `points`; points that are there must be those of the Experiment. The optimizer's memory is not
kept: training goes on from the weights as a new run does.

    saved = from_json(text)
    trainer = Trainer(saved.experiment)     # and then its weights are set to saved.params and saved.state
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from playground.datasets import Dataset
from playground.limits import MAX_SAVED
from playground.nn import Layer
from playground.text import _, ngettext
from playground.training import Experiment, ExperimentError, Trainer
from playground.training.links import read_json
from playground.training.settings import shown

FORMAT = "neural-network-playground"
VERSION = 1
FIELDS = ("format", "version", "experiment", "epoch", "layers", "points")
LARGEST = float(np.finfo(np.float64).max)
CLOSE = 1e-6  # how far a point may be off: another machine's sine can differ in its last bits


class Saved(NamedTuple):
    """params: (N,) and state: (S,), the parameters and running statistics of the Experiment's network."""

    experiment: Experiment
    params: np.ndarray
    state: np.ndarray


def to_json(trainer: Trainer) -> str:
    """The network where the trainer stands, with its Experiment and points."""
    layers = [
        {"kind": leaf.kind} | {name: getattr(leaf, name).tolist() for name in _arrays(leaf)}
        for leaf in _leaves(trainer)
    ]
    tree = {
        "format": FORMAT,
        "version": VERSION,
        "experiment": json.loads(trainer.experiment.to_json()),
        "epoch": trainer.frame.epoch,
        "layers": layers,
        "points": {"train": _points(trainer.train_data), "test": _points(trainer.test_data)},
    }
    try:
        return json.dumps(tree, allow_nan=False)
    except ValueError as error:
        raise ExperimentError(
            _("The network cannot be exported: some of its numbers are not finite, so go back a few frames.")
        ) from error


def from_json(text: str) -> Saved:
    """What `to_json` wrote. ExperimentError for anything it would not write."""
    tree = _read(text)
    try:
        experiment = Experiment.from_json(json.dumps(tree["experiment"]))
    except (ValueError, RecursionError) as error:
        problem = (
            _("In the file's experiment, {error}").format(error=error)
            if isinstance(error, ExperimentError)
            else _("The file's experiment cannot be read: export it anew.")
        )
        raise ExperimentError(problem) from error
    trainer = Trainer(experiment)
    leaves = _leaves(trainer)
    layers = tree["layers"]
    if not isinstance(layers, list) or len(layers) != len(leaves):
        n = len(layers) if isinstance(layers, list) else 0
        given = (
            ngettext("{n} layer", "{n} layers", n).format(n=n) if isinstance(layers, list) else shown(layers)
        )
        raise ExperimentError(
            _("layers cannot be {given}: this experiment's network has {n}.").format(
                given=given, n=len(leaves)
            )
        )
    for place, (leaf, values) in enumerate(zip(leaves, layers, strict=True), start=1):
        _fill(leaf, values, _("layer {k}").format(k=place))
    _check_epoch(tree.get("epoch", 0))
    if "points" in tree:
        _check_points(tree["points"], trainer)
    return Saved(experiment, trainer.network.params.copy(), trainer.network.state.copy())


def _leaves(trainer: Trainer) -> list[Layer]:
    """The layers that have numbers of their own, in the order of the network's vectors."""
    return [leaf for layer in trainer.network.layers for leaf in layer.leaves() if leaf.parameters]


def _arrays(leaf: Layer) -> dict[str, tuple[int, ...]]:
    """{name: shape} of everything that is kept of a layer."""
    return {**leaf.parameters, **leaf.statistics}


def _points(data: Dataset) -> list[list[float]]:
    """A row x, y, label for each point."""
    return [[*place, label] for place, label in zip(data.x.tolist(), data.y.tolist(), strict=True)]


def _read(text: str) -> dict:
    """The outermost object, checked for its form and version."""
    if not isinstance(text, str):
        raise ExperimentError(
            _("A saved network cannot be {given}: give JSON text.").format(given=shown(text))
        )
    tree = read_json(text, _("The saved network"), MAX_SAVED)
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise ExperimentError(_("This is no saved network: choose a JSON file that was exported here."))
    version = tree.get("version")
    if type(version) is not int or version < 1:
        raise ExperimentError(
            _("version cannot be {given}: only {version} is known here.").format(
                given=shown(version), version=VERSION
            )
        )
    if version > VERSION:
        raise ExperimentError(
            _("The file is of version {given}, from a newer playground: update this one.").format(
                given=shown(version)
            )
        )
    for name in tree:
        if name not in FIELDS:
            raise ExperimentError(
                _("A saved network has no field {name}: use {known}.").format(
                    name=shown(name), known=", ".join(FIELDS)
                )
            )
    for name in ("experiment", "layers"):
        if name not in tree:
            raise ExperimentError(
                _("The saved network lacks the field {name}: export it anew.").format(name=name)
            )
    return tree


def _fill(leaf: Layer, values: object, where: str) -> None:
    """Set a layer's arrays to the values of its object in the file."""
    arrays, kind = _arrays(leaf), leaf.kind
    if not isinstance(values, Mapping) or values.get("kind") != kind:
        given = values.get("kind") if isinstance(values, Mapping) else values
        raise ExperimentError(
            _("The kind of {where} cannot be {given}: here it is {kind}.").format(
                where=where, given=shown(given), kind=kind
            )
        )
    for name in values:
        if name != "kind" and name not in arrays:
            raise ExperimentError(
                _("{where} has no {name}: use {known}.").format(
                    where=where, name=shown(name), known=", ".join(("kind", *arrays))
                )
            )
    for name, shape in arrays.items():
        if name not in values:
            raise ExperimentError(
                _("{where} lacks {name}: export the network anew.").format(where=where, name=name)
            )
        found = _numbers(values[name], shape, _("{name} of {where}").format(name=name, where=where))
        if name == "running_var" and found.min() < 0.0:
            raise ExperimentError(
                _("running_var of {where} cannot be {value:g}: a variance is at least 0.").format(
                    where=where, value=found.min()
                )
            )
        getattr(leaf, name)[...] = found


def _numbers(value: object, shape: tuple[int, ...], where: str) -> np.ndarray:
    """Nested lists of finite numbers as an array of this shape."""
    if not isinstance(value, list) or len(value) != shape[0]:
        given = _("a list of {n}").format(n=len(value)) if isinstance(value, list) else shown(value)
        raise ExperimentError(
            _("{where} cannot be {given}: give a list of {n}.").format(where=where, given=given, n=shape[0])
        )
    if len(shape) > 1:
        return np.array([_numbers(row, shape[1:], where) for row in value])
    for entry in value:
        if type(entry) not in (int, float) or not -LARGEST <= entry <= LARGEST:  # NaN is not either
            raise ExperimentError(
                _("{where} cannot hold {given}: give finite numbers.").format(where=where, given=shown(entry))
            )
    return np.array(value, dtype=np.float64)


def _check_epoch(epoch: object) -> None:
    if type(epoch) is not int or epoch < 0:
        raise ExperimentError(
            _("epoch cannot be {given}: give a whole number of at least 0.").format(given=shown(epoch))
        )


def _check_points(points: object, trainer: Trainer) -> None:
    """Refuse points that are not those of the Experiment: the weights would have learnt from others."""
    if not isinstance(points, Mapping) or set(points) != {"train", "test"}:
        raise ExperimentError(
            _("points cannot be {given}: give an object with train and test.").format(given=shown(points))
        )
    for name, data in (("train", trainer.train_data), ("test", trainer.test_data)):
        found = _numbers(points[name], (len(data), 3), f"points.{name}")
        off = np.abs(found - np.column_stack([data.x, data.y])).max(axis=1) > CLOSE
        if off.any():
            raise ExperimentError(
                _(
                    "Point {k} of points.{name} is not the one that the experiment has: remove points, or "
                    "open them as your own data."
                ).format(k=int(off.argmax()) + 1, name=name)
            )
