"""The visitor's own points in an Experiment: they belong to one dataset, and links and JSON are exact."""

import json

import numpy as np
import pytest

from playground.datasets import STARTER, OwnPoints
from playground.training import Experiment, ExperimentError, Trainer
from tests.training.common import changed

THREE = OwnPoints([(0, 0), (1, 1), (2, 0.5)] * 5, [0, 1, 2] * 5, labels=("a", "b", "c"))
VALUES = OwnPoints([(0, 0), (1 / 3, 1)] * 4, [0.1, 0.5] * 4, task="regression")
MANY = OwnPoints(np.zeros((61, 2)), [0, 1] * 30 + [0])


def own(points):
    return Experiment().replace("data.points", points)


def test_points_choose_their_dataset_and_decide_the_task():
    assert (own(THREE).data.dataset, own(THREE).task, own(THREE).n_classes) == ("own", "classification", 3)
    assert (own(THREE).loss_name, own(MANY).loss_name, own(VALUES).loss_name) == (
        "cross_entropy",
        "bce",
        "mse",
    )
    assert own(THREE).replace("data.points", VALUES).loss.name == "auto"
    hinge = changed(own(THREE), loss__name="hinge")
    assert hinge.replace("data.points", MANY).loss_name == "hinge"
    assert hinge.replace("data.points", VALUES).loss_name == "mse"


def test_points_go_with_another_dataset_only():
    assert own(THREE).replace("data.dataset", "circle") == Experiment()
    assert own(THREE).replace("data.dataset", "own") == own(THREE)
    assert Experiment().replace("data.dataset", "own").data.points == STARTER
    assert Experiment().replace("data.points", STARTER) == Experiment()


@pytest.mark.parametrize("rules", ["standard", "tf_playground"])
@pytest.mark.parametrize("points", [THREE, VALUES, MANY, STARTER], ids=["classes", "values", "many", "start"])
def test_a_run_uses_the_points_and_nothing_else(points, rules):
    experiment = changed(own(points), data__dataset="own", data__noise=0.5, data__n=777, rules__name=rules)
    trainer = Trainer(experiment)
    used = np.concatenate([trainer.train_data.x, trainer.test_data.x])
    np.testing.assert_array_equal(np.sort(used, axis=0), np.sort(points.places, axis=0))
    assert trainer.train(epochs=2).epoch == 2


@pytest.mark.parametrize("points", [THREE, VALUES, MANY, OwnPoints(THREE.x, [0] * 15)])
def test_json_holds_any_points(points):
    text = own(points).to_json()
    assert Experiment.from_json(text) == own(points)
    assert isinstance(json.loads(text)["data"]["points"], str)


def test_links_hold_few_points_and_say_so_of_many():
    assert Experiment.from_query(own(THREE).to_query()) == own(THREE)
    assert own(MANY).to_query() == {"v": "1", "dataset": "own", "own": "file-61"}
    assert Experiment.from_query({"dataset": "own"}).data.points == STARTER


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"dataset": "own", "own": "file-61"}, "The link leaves out its 61 own points, "),
        ({"dataset": "own", "own": "2.2.?"}, 'The own points "2.2.?" are damaged: '),
        (
            {"dataset": "own", "own": "2.2.00Im1"},
            "data.points (own) cannot be OwnPoints(1 point, 2 classes): give at least 2 points.",
        ),
        (
            {"own": "2.2.00Im100Im0"},
            "data.points (own) cannot be OwnPoints(2 points, 2 classes): the dataset is ",
        ),
    ],
)
def test_bad_links_get_one_sentence(query, message):
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_query(query)
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("value", [None, 5, [[0, 0]], "x", "file-7", {}])
def test_bad_json_gets_one_sentence(value):
    with pytest.raises(ExperimentError):
        Experiment.from_json(json.dumps({"version": 1, "data": {"dataset": "own", "points": value}}))


def test_the_fewest_points_train_and_fewer_are_refused():
    two = OwnPoints([(0, 0), (1, 1)], [0, 1])
    assert Trainer(own(two)).train(epochs=1).epoch == 1
    with pytest.raises(ExperimentError, match="give at least 2 points"):
        own(OwnPoints())
