"""The prediction trace for the player: a point's way through the network in the numbers of one frame, as
plain values."""

from collections.abc import Mapping
from math import isfinite

import numpy as np

from playground.datasets import DOMAIN
from playground.nn import ACTIVATIONS
from playground.player.run import Run
from playground.player.scene import FigurePanel
from playground.probes.forward_trace import ForwardTrace, LayerTrace, forward_trace
from playground.text import _
from playground.training import Trainer

DIGITS = 7


def trace_point(run: Run, sent: Mapping) -> None:
    """Put a point's trace into the run's packet, for the boundary that was clicked.

    sent: {"panel": its id, "point": the row of the point that was hit, counted over training and then test
    points, or None, "x", "y": the place if none was hit, "update": of the frame on the screen}. What makes no
    sense changes nothing.
    """
    found = [panel for panel in run.scene.panels if panel.id == sent.get("panel")]
    if not (found and isinstance(found[0], FigurePanel) and found[0].kind == "boundary"):
        return
    trainer = run.trainers[found[0].extras.get("run", 0)]
    row, place = sent.get("point"), (sent.get("x"), sent.get("y"))
    if row is not None:
        place, target = _data_point(trainer, row)
    elif all(_is_in_the_plane(value) for value in place):
        target = None
    else:
        return
    if place is not None and run.seek(sent.get("update")):
        trace = plain(forward_trace(trainer, place, target=target))
        frame = {"epoch": trainer.frame.epoch, "update": trainer.frame.update}
        run.note(found[0].id, trace={**trace, **frame, "row": row})


def _data_point(trainer: Trainer, row: object) -> tuple[tuple[float, float] | None, float | None]:
    """Where a point of the data is, and its class or value; None if there is no such row."""
    train, test = trainer.train_data, trainer.test_data
    if type(row) is not int or not 0 <= row < len(train) + len(test):
        return None, None
    data, row = (train, row) if row < len(train) else (test, row - len(train))
    return tuple(data.x[row].tolist()), data.y[row].item()


def _is_in_the_plane(value: object) -> bool:
    low, high = DOMAIN
    return type(value) in (int, float) and isfinite(value) and low <= value <= high


def plain(trace: ForwardTrace) -> dict:
    """A trace as JSON can hold it. What is no finite number is None."""
    return {
        "point": _numbers(trace.point),
        "inputs": [
            {"name": name, "value": _number(value)}
            for name, value in zip(trace.names, trace.inputs, strict=True)
        ],
        "layers": [_layer(layer) for layer in trace.layers],
        "scores": None if trace.scores is None else _numbers(trace.scores),
        "predicted": _number(trace.predicted),
        "target": trace.target,
        "loss": None if trace.loss is None else _number(trace.loss),
    }


def _layer(layer: LayerTrace) -> dict:
    """The steps of a layer that change something, in order, each with a number for each unit."""
    steps = [("z", layer.z), ("normalized", layer.normalized)]
    if layer.activation != "linear":
        steps.append(("f(z)", layer.activated))
    if layer.outputs != layer.activated:
        steps.append((_("+ input"), layer.outputs))
    named = [{"name": name, "values": _numbers(values)} for name, values in steps if values is not None]
    function = ACTIVATIONS[layer.activation].label if layer.activation != "linear" else ""
    return {"label": layer.label, "activation": function, "steps": named}


def _numbers(values: tuple[float, ...]) -> list[float | None]:
    return [_number(value) for value in values]


def _number(value: float) -> float | None:
    return float(np.format_float_scientific(value, precision=DIGITS - 1)) if isfinite(value) else None
