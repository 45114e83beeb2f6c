"""The confusion matrix by hand, against scikit-learn, and in step with a frame's accuracy."""

import numpy as np
import pytest
from sklearn import metrics

from playground.probes.confusion import confusion, confusion_of
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.training import Experiment, Trainer


def test_by_hand() -> None:
    found = confusion_of(np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 1, 1, 0, 1]), 3)
    assert found.counts.tolist() == [[2, 1, 0], [1, 1, 0], [0, 1, 0]]
    assert found.shares[0].tolist() == [2 / 3, 1 / 3, 0.0]
    assert found.precision[:2].tolist() == [2 / 3, 1 / 3]
    assert np.isnan(found.precision[2])  # nothing was called class 2
    assert found.recall.tolist() == [2 / 3, 1 / 2, 0.0]
    assert found.f1.tolist() == [2 / 3, 2 / 5, 0.0]
    assert found.accuracy == 0.5
    assert found.scores.shape == (3, 3)


def test_no_points_and_absent_classes_give_nan_without_a_word() -> None:
    nothing = confusion_of(np.zeros(0, int), np.zeros(0, int), 2)
    assert np.isnan([nothing.accuracy, *nothing.precision, *nothing.recall, *nothing.f1]).all()
    absent = confusion_of(np.array([0]), np.array([0]), 2)
    assert absent.recall[0] == absent.f1[0] == 1.0
    assert np.isnan([absent.recall[1], absent.f1[1], *absent.shares[1]]).all()


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_scikit_learn(seed: int) -> None:
    rng = np.random.default_rng(seed)
    true, predicted = rng.integers(0, 4, 60), rng.integers(0, 4, 60)
    found = confusion_of(true, predicted, 4)
    np.testing.assert_array_equal(found.counts, metrics.confusion_matrix(true, predicted))
    expected = metrics.precision_recall_fscore_support(true, predicted, zero_division=np.nan)
    np.testing.assert_allclose(found.scores.T, expected[:3])


@pytest.mark.parametrize("loss", ["auto", "cross_entropy", "bce", "mse", "hinge"])
@pytest.mark.parametrize("dataset", ["circle", "three_spirals"])
def test_accuracy_is_that_of_the_frame(dataset: str, loss: str) -> None:
    experiment = Experiment().replace("data.dataset", dataset).replace("data.n", 120)
    trainer = Trainer(experiment.replace("loss.name", loss))
    bench = NetworkCopy(trainer)
    for _ in range(3):
        found = DataPass(bench).info(confusion)
        assert found.accuracy == trainer.frame.metrics["test_accuracy"]
        assert found.counts.sum() == len(trainer.test_data)
        trainer.train(epochs=4)
