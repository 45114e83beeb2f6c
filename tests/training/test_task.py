"""From Experiment to data, targets, network and readings of its outputs."""

import numpy as np
import pytest

from playground.datasets import DATASETS, OwnPoints
from playground.nn import LOSSES, Residual
from playground.training import Experiment, ExperimentError, HiddenLayer, Trainer, unit_outputs
from playground.training.builder import build_data, build_network, build_task
from playground.training.sections import Loss, Network
from tests.training.common import SMALL, changed

CLASS_LOSSES = [name for name, loss in LOSSES.items() if "classification" in loss.tasks]
VALUE_LOSSES = [name for name, loss in LOSSES.items() if "regression" in loss.tasks]


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_dataset_trains_with_the_default_loss(dataset):
    trainer = Trainer(changed(SMALL, data__dataset=dataset))
    first, last = trainer.frame, trainer.train(epochs=20)
    assert last.metrics["train_loss"] < first.metrics["train_loss"]
    assert ("test_accuracy" in last.metrics) == (DATASETS[dataset].task == "classification")


@pytest.mark.parametrize("classes", [2, 3, 6])
@pytest.mark.parametrize("loss", CLASS_LOSSES)
def test_every_classification_loss_learns_any_number_of_classes(loss, classes):
    experiment = changed(SMALL, data__dataset="blobs", data__classes=classes, loss__name=loss)
    trainer = Trainer(changed(experiment, optimizer__lr=0.03, seed=1))
    last = trainer.train(epochs=60)
    assert last.metrics["train_accuracy"] >= 0.9
    task, data = trainer.task, trainer.test_data
    outputs = trainer.network.forward(task.features(data.x))
    assert outputs.shape == (len(data), task.n_outputs)
    assert task.targets(data.y).shape == outputs.shape
    predictions, scores = task.predictions(outputs), task.scores(outputs)
    assert scores.shape == (len(data), classes)
    assert 0.0 <= scores.min() <= scores.max() <= 1.0
    np.testing.assert_array_equal(
        predictions.classes, outputs.argmax(1) if classes > 2 else scores[:, 1] >= 0.5
    )
    np.testing.assert_allclose(predictions.confidence, scores.max(axis=1))
    assert task.accuracy(outputs, data.y) == np.mean(predictions.classes == data.y)
    assert last.metrics["test_accuracy"] == task.accuracy(outputs, data.y)


@pytest.mark.parametrize("loss", VALUE_LOSSES)
def test_every_regression_loss_learns(loss):
    trainer = Trainer(changed(SMALL, data__dataset="reg-plane", loss__name=loss))
    first, last = trainer.frame, trainer.train(epochs=40)
    assert last.metrics["train_loss"] < 0.5 * first.metrics["train_loss"]
    assert trainer.task.output_activation == "linear"
    np.testing.assert_array_equal(trainer.task.targets(np.array([0.5, -1.0])), [[0.5], [-1.0]])


@pytest.mark.parametrize(
    ("loss", "two", "three"),
    [
        ("bce", [[0], [1]], [[1, 0, 0], [0, 1, 0]]),
        ("cross_entropy", [[1, 0], [0, 1]], [[1, 0, 0], [0, 1, 0]]),
        ("hinge", [[-1], [1]], [[1, -1, -1], [-1, 1, -1]]),
        ("mse", [[-1], [1]], [[1, -1, -1], [-1, 1, -1]]),
    ],
)
def test_targets(loss, two, three):
    for classes, rows in ((2, two), (3, three)):
        experiment = changed(SMALL, data__dataset="blobs", data__classes=classes, loss__name=loss)
        task = build_task(experiment, build_data(experiment)[0])
        np.testing.assert_array_equal(task.targets(np.array([0, 1])), rows)
        assert task.output_activation == ("tanh" if loss == "mse" else "linear")


def test_the_winner_is_that_of_the_outputs_though_scores_are_equal():
    def won(outputs, **settings):
        experiment = changed(SMALL, **settings)
        task = build_task(experiment, build_data(experiment)[0])
        found = np.array(outputs)
        assert task.accuracy(found, task.predictions(found).classes) == 1.0
        return task.scores(found).tolist(), task.predictions(found)

    three = {"data__dataset": "blobs", "data__classes": 3, "loss__name": "mse", "network__output": "linear"}
    scores, (classes, confidence) = won([[1.1, -3.0, 1.2], [-1.3, -1.1, -1.2]], **three)
    assert scores == [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    assert (classes.tolist(), confidence.tolist()) == ([2, 1], [1.0, 0.0])
    scores, (classes, confidence) = won([[-1e-17], [0.0]], loss__name="bce")
    assert scores == [[0.5, 0.5], [0.5, 0.5]]
    assert (classes.tolist(), confidence.tolist()) == ([0, 1], [0.5, 0.5])


def test_confidences_by_hand():
    def confidence(loss, outputs):
        experiment = changed(SMALL, loss__name=loss)
        return build_task(experiment, build_data(experiment)[0]).predictions(np.array(outputs))

    assert confidence("bce", [[np.log(3.0)]]).confidence == pytest.approx(0.75)
    assert confidence("bce", [[-np.log(3.0)]]) == (pytest.approx(0), pytest.approx(0.75))
    assert confidence("cross_entropy", [[0.0, np.log(3.0)]]) == (pytest.approx(1), pytest.approx(0.75))
    assert confidence("mse", [[-0.5]]) == (pytest.approx(0), pytest.approx(0.75))
    assert confidence("hinge", [[0.5 * np.log(3.0)]]) == (pytest.approx(1), pytest.approx(0.75))
    with np.errstate(all="raise"):
        for loss in CLASS_LOSSES:
            k = 2 if loss == "cross_entropy" else 1
            assert 0.5 <= confidence(loss, [[1e3, -1e3][:k]]).confidence <= 1.0


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_of_outputs_equal_but_for_rounding_the_first_wins(sign):
    task = build_task(changed(SMALL, data__dataset="rings"), build_data(SMALL)[0])
    rounding, more = np.spacing(1.0), 1e-12
    outputs = sign + np.array([[0.0, rounding, -rounding], [-1.0, 0.0, rounding], [-more, 0.0, 0.0]])
    assert task.winners(outputs).tolist() == [0, 1, 1]
    assert task.winners(sign + np.array([[0.0, more, 0.0], [-1.0, 0.0, more]])).tolist() == [1, 2]
    sigmoid = build_task(
        changed(SMALL, data__dataset="rings", loss__name="mse", network__output="sigmoid"),
        build_data(SMALL)[0],
    )
    assert sigmoid.winners(np.array([[0.0, rounding, 0.0], [0.0, 0.0, more]])).tolist() == [0, 2]
    assert task.winners(np.array([[1.0, np.inf, 1.0], [-np.inf, -1.0, 0.0], [0.0, 0.0, 0.0]])).tolist() == [
        *(1, 2, 0)
    ]


def test_copies_of_one_unit_name_one_class_however_many_points_are_worked_out_together():
    """Products of matrices add up in another order for a single row, and for the last ones of many."""
    experiment = changed(SMALL, data__dataset="blobs", data__classes=5, network__initializer="constant")
    trainer = Trainer(changed(experiment, network__layers=(HiddenLayer(31, "relu"),)))
    inputs = trainer.task.features(trainer.train_data.x)
    for rows in range(1, 12):
        parts = [inputs[start : start + rows] for start in range(0, len(inputs), rows)]
        outputs = np.concatenate([trainer.network.activations(part)[-1] for part in parts])
        assert trainer.task.winners(outputs).tolist() == [0] * len(inputs), rows


@pytest.mark.parametrize("loss", CLASS_LOSSES)
def test_rankings_are_in_the_order_of_the_scores(loss):
    for classes in (2, 4):
        task = build_task(
            changed(SMALL, data__dataset="blobs", data__classes=classes, loss__name=loss),
            build_data(changed(SMALL, data__dataset="blobs", data__classes=classes))[0],
        )
        outputs = np.random.default_rng(classes).uniform(-0.99, 0.99, (50, task.n_outputs))
        scores, rankings = task.scores(outputs), task.rankings(outputs)
        assert scores.shape == rankings.shape
        np.testing.assert_array_equal(np.argsort(rankings, axis=0), np.argsort(scores, axis=0))
        certain = np.vstack([outputs, 100.0 * outputs])  # where the scores are 0 and 1
        for column in task.rankings(certain).T:
            assert len(np.unique(column)) == len(certain)


def test_the_automatic_loss():
    assert SMALL.loss_name == "bce"
    assert changed(SMALL, data__dataset="rings").loss_name == "cross_entropy"
    assert changed(SMALL, data__dataset="blobs", data__classes=2).loss_name == "bce"
    assert changed(SMALL, data__dataset="saddle").loss_name == "mse"


def test_each_purpose_has_its_own_stream_of_chance():
    weights = Trainer(SMALL).network.params.copy()
    np.testing.assert_array_equal(weights, Trainer(changed(SMALL, data__noise=0.3)).network.params)
    np.testing.assert_array_equal(
        build_data(SMALL)[0].x, build_data(changed(SMALL, network__initializer="he_normal"))[0].x
    )
    assert not np.array_equal(weights, Trainer(changed(SMALL, seed=1)).network.params)
    assert not np.array_equal(build_data(SMALL)[0].x, build_data(changed(SMALL, seed=1))[0].x)


def test_only_training_labels_are_wrong():
    (train, test), (wrong, true) = build_data(SMALL), build_data(changed(SMALL, data__label_flips=0.2))
    assert np.count_nonzero(train.y != wrong.y) == 6
    np.testing.assert_array_equal(test.y, true.y)
    np.testing.assert_array_equal(train.x, wrong.x)


def test_inputs_are_standardised_on_the_training_points():
    trainer = Trainer(changed(SMALL, features__inputs=("x_squared", "y", "xy")))
    inputs = trainer.task.features(trainer.train_data.x)
    np.testing.assert_allclose(inputs.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(inputs.std(axis=0), 1.0)
    raw = Trainer(changed(SMALL, features__standardize=False))
    np.testing.assert_array_equal(raw.task.features(raw.train_data.x), raw.train_data.x)


def test_layers_are_built_in_order():
    layers = (
        HiddenLayer(2, "relu", "batch_norm", 0.25),
        HiddenLayer(2, "tanh"),
        HiddenLayer(3, "sin", "layer_norm"),
    )
    experiment = changed(SMALL, network__layers=layers, loss__name="mse")
    task = build_task(experiment, build_data(experiment)[0])
    network = build_network(experiment, task)
    names = [type(layer).__name__ for layer in network.layers]
    assert names == [
        *("Dense", "BatchNorm", "Activation", "Dropout"),
        *("Dense", "Activation", "Dropout"),
        *("Dense", "LayerNorm", "Activation", "Dropout"),
        *("Dense", "Activation"),
    ]
    assert network.layers[3].rate == 0.25
    assert unit_outputs(experiment, network) == (3, 6, 10, 12)
    experiment = changed(experiment, network__residual=True)
    network = build_network(experiment, task)
    assert [isinstance(layer, Residual) for layer in network.layers[:3]] == [True, True, False]
    assert unit_outputs(experiment, network) == (0, 1, 5, 7)
    assert len(network.weight_layers) == 4


def test_no_hidden_layers_is_a_linear_model():
    trainer = Trainer(changed(Experiment(), network__layers=(), data__dataset="gauss"))
    assert [layer.W.shape for layer in trainer.network.weight_layers] == [(2, 1)]
    assert trainer.train(epochs=20).metrics["test_accuracy"] >= 0.98


def test_sigmoid_outputs_of_a_distance_loss_are_held_against_0_and_1():
    """XOR in its original form: four points, sigmoid everywhere, mean squared error."""
    table = OwnPoints(((0, 0), (0, 1), (1, 0), (1, 1)), (0, 1, 1, 0))
    experiment = changed(SMALL, data__points=table, data__train_share=1.0, features__standardize=False)
    experiment = changed(experiment, loss__name="mse", network__output="sigmoid", optimizer__name="sgd")
    trainer = Trainer(changed(experiment, network__layers=(HiddenLayer(4, "sigmoid"),), optimizer__lr=5.0))
    assert trainer.task.targets(trainer.train_data.y).tolist() == [[0.0], [1.0], [1.0], [0.0]]
    trainer.train(epochs=1000)
    outputs = trainer.network.activations(trainer.task.features(trainer.train_data.x))[-1]
    assert trainer.frame.metrics["train_loss"] == np.mean(
        (outputs - trainer.task.targets(np.array(table.y))) ** 2
    )
    np.testing.assert_array_equal(trainer.task.scores(outputs), np.hstack([1.0 - outputs, outputs]))
    assert 0.0 < outputs.min() < 0.1 < 0.9 < outputs.max() < 1.0
    assert trainer.frame.metrics["train_accuracy"] == 1.0
    assert (trainer.task.winners(outputs) == table.y).all()
    low = np.array([[0.1], [0.4], [0.6], [0.5]])
    assert trainer.task.predictions(low).classes.tolist() == [0, 0, 1, 1]
    assert trainer.task.accuracy(low, np.array([0, 0, 1, 1])) == 1.0


@pytest.mark.parametrize("rules", ["standard", "tf_playground"])
def test_a_training_share_of_1_trains_and_tests_on_all_points_as_they_are(rules):
    points = OwnPoints(((0, 0), (0, 1), (1, 0)), (0, 1, 1))
    experiment = changed(SMALL, data__points=points, data__train_share=1.0, rules__name=rules)
    train, test = build_data(experiment)
    assert train is test
    assert len(train) == 3
    if rules == "standard":
        assert train.x.tolist() == [list(place) for place in points.x]


@pytest.mark.parametrize("loss", ["bce", "cross_entropy", "hinge", "squared_hinge"])
def test_losses_that_read_logits_or_margins_have_linear_outputs(loss):
    with pytest.raises(ExperimentError, match=r"network.output.*so choose auto or linear"):
        Experiment(network=Network(output="sigmoid"), loss=Loss(loss))
    distance = changed(SMALL, loss__name="mse", network__output="sigmoid")
    assert changed(distance, loss__name=loss).network.output == "auto"
    assert changed(distance, loss__name="huber").network.output == "sigmoid"
    assert changed(distance, data__dataset="reg-plane").network.output == "sigmoid"
