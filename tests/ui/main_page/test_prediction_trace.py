"""The prediction trace: the numbers of the frame on the screen, and nothing for what makes no sense."""

import json
import math

import numpy as np
import pytest

from playground.training import Experiment, HiddenLayer
from playground.ui.main_page.actions import act
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from tests.ui.watching import SMALL, changed, seen

OPENING_FRAMES = 5
EXPERIMENTS = {
    "two classes": SMALL,
    "three classes": changed(data__dataset="three_spirals"),
    "regression": changed(data__dataset="reg-gauss"),
    "residual": changed(network__layers=(HiddenLayer(4, "relu", "layer_norm"),) * 3, network__residual=True),
    "no hidden layer": changed(network__layers=()),
}


def traced(experiment: Experiment = SMALL, **sent: object) -> tuple[PageSession, dict | None]:
    """The session, and the note it has for the boundary after a click."""
    session = PageSession(playground_scene, experiment.to_query())
    act(session, {"kind": "trace", "panel": "boundary", "point": None, "update": 8, **sent})
    return session, seen(session.run)[0].get("note")


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_a_place_has_its_way_through_the_network(experiment: Experiment) -> None:
    session, note = traced(experiment, x=1.5, y=-2)
    trace = note["trace"]
    trainer = session.run.trainers[0]
    assert note["panel"] == "boundary"
    assert (trace["update"], trace["epoch"]) == (8, 2)
    assert trace["point"] == [1.5, -2.0]
    assert trace["target"] is trace["loss"] is trace["row"] is None
    layers = experiment.network.layers
    assert len(trace["layers"]) == len(layers) + 1
    for layer, made in zip(trace["layers"], [*layers, None], strict=True):
        count = made.units if made else trainer.task.n_outputs
        assert all(len(step["values"]) == count for step in layer["steps"])
    outputs = trainer.network.activations(trainer.task.features(np.array([[1.5, -2.0]])))[-1][0]
    assert trace["layers"][-1]["steps"][-1]["values"] == pytest.approx(outputs.tolist(), rel=1e-5)
    if trace["scores"] is not None:
        assert sum(trace["scores"]) == pytest.approx(1.0, abs=1e-5)
        assert trace["predicted"] == max(range(len(trace["scores"])), key=trace["scores"].__getitem__)


def test_the_steps_of_a_layer_are_those_it_has() -> None:
    _, note = traced(EXPERIMENTS["residual"], x=0, y=0)
    names = [[step["name"] for step in layer["steps"]] for layer in note["trace"]["layers"]]
    assert names[0] == ["z", "normalized", "f(z)"]
    assert names[1] == names[2] == ["z", "normalized", "f(z)", "+ input"]
    assert names[3] == ["z"]


@pytest.mark.parametrize("row", [0, 39, 40, 79])
def test_a_point_that_was_hit_has_its_class_and_its_loss(row: int) -> None:
    session, note = traced(point=row)
    trainer, trace = session.run.trainers[0], note["trace"]
    data, place = (trainer.train_data, row) if row < 40 else (trainer.test_data, row - 40)
    assert trace["row"] == row
    assert trace["point"] == pytest.approx(data.x[place].tolist(), abs=1e-5)
    assert trace["target"] == data.y[place]
    assert trace["loss"] == pytest.approx(-math.log(trace["scores"][data.y[place]]), rel=1e-4)


@pytest.mark.parametrize(
    "sent",
    [
        {"x": 7.0, "y": 0.0},
        {"x": math.nan, "y": 0.0},
        {"x": "1", "y": 0.0},
        {"x": True, "y": 0.0},
        {"x": 1.0},
        {"point": 80},
        {"point": -1},
        {"point": 1.0},
        {"point": [1]},
        {"x": 1.0, "y": 1.0, "update": -1},
        {"x": 1.0, "y": 1.0, "update": 10**9},
        {"x": 1.0, "y": 1.0, "update": None},
        {"x": 1.0, "y": 1.0, "panel": "loss"},
        {"x": 1.0, "y": 1.0, "panel": "network"},
        {"x": 1.0, "y": 1.0, "panel": ["boundary"]},
    ],
    ids=json.dumps,
)
def test_what_makes_no_sense_changes_nothing(sent: dict) -> None:
    session, note = traced(**sent)
    assert note is None
    assert session.message == ""


def test_a_trace_leaves_the_run_as_it_is() -> None:
    session, _ = traced(x=0.0, y=0.0)
    plain = PageSession(playground_scene, SMALL.to_query())
    for each in (session, plain):
        each.run.answer({"kind": "frames", "run": each.run.id, "id": 1, "after": 20, "count": 3, "stride": 1})
    found, wanted = (seen(each.run)[1] for each in (session, plain))
    assert found["test_loss"].tolist() == wanted["test_loss"].tolist()


def test_runs_side_by_side_each_have_their_own() -> None:
    session = PageSession(playground_scene, SMALL.to_query())
    session.use(changed(optimizer__name="sgd"))
    session.compare(session.logbook_now())
    act(session, {"kind": "trace", "panel": "boundary-1", "point": None, "x": 1.0, "y": 1.0, "update": 8})
    note = seen(session.run)[0]["note"]
    trainer = session.run.trainers[1]
    outputs = trainer.network.activations(trainer.task.features(np.array([[1.0, 1.0]])))[-1][0]
    assert note["panel"] == "boundary-1"
    assert note["trace"]["layers"][-1]["steps"][-1]["values"] == pytest.approx(outputs.tolist(), rel=1e-5)
