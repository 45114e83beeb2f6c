"""ROC and calibration by hand and against scikit-learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.ranking import (
    CALIBRATION_BINS,
    FALSE_RATES,
    calibration,
    calibration_of,
    roc,
    roc_classes,
    roc_of,
)
from playground.training import Experiment, Trainer


def trainer_of(dataset: str, **settings: object) -> Trainer:
    experiment = Experiment().replace("data.dataset", dataset).replace("data.n", 120)
    for path, value in settings.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    trainer = Trainer(experiment)
    trainer.train(epochs=2)
    return trainer


def at(rates: np.ndarray, false_rate: float) -> float:
    return float(rates[np.flatnonzero(np.isclose(FALSE_RATES, false_rate))[-1]])


def test_roc_by_hand() -> None:
    # in order of score: + - + + -: steps to (0, 1/3), (1/2, 1/3), (1/2, 1), (1, 1)
    scores, positive = np.array([0.9, 0.8, 0.7, 0.6, 0.1]), np.array([True, False, True, True, False])
    rates, area = roc_of(scores, positive)
    assert area == pytest.approx(4 / 6)  # of 6 pairs, 4 are in order
    assert rates[0] == 0.0
    assert at(rates, 0.0) == pytest.approx(1 / 3)
    assert at(rates, 0.5) == at(rates, 1.0) == 1.0
    below = rates[(FALSE_RATES > 0.0) & (FALSE_RATES < 0.499)]
    np.testing.assert_allclose(below, 1 / 3)


def test_ties_make_a_slope_and_count_half() -> None:
    rates, area = roc_of(np.full(6, 0.5), np.array([True, True, False, False, False, False]))
    assert area == 0.5
    np.testing.assert_allclose(rates, FALSE_RATES)


def test_perfect_and_reversed_ranking() -> None:
    positive = np.array([True, True, False])
    assert roc_of(np.array([3.0, 2.0, 1.0]), positive)[1] == 1.0
    rates, area = roc_of(np.array([1.0, 2.0, 3.0]), positive)
    assert area == 0.0
    assert at(rates, 1.0) == 1.0
    assert rates[:-1].max() == 0.0


@pytest.mark.parametrize("positive", [[], [True, True], [False]])
def test_without_both_kinds_there_is_no_curve(positive: list[bool]) -> None:
    rates, area = roc_of(np.zeros(len(positive)), np.array(positive, bool))
    assert np.isnan(rates).all()
    assert np.isnan(area)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=40))
def test_roc_agrees_with_scikit_learn(points: list[tuple[int, bool]]) -> None:
    scores, positive = (np.array(column) for column in zip(*points, strict=True))
    rates, area = roc_of(scores / 6, positive)
    if positive.all() or not positive.any():
        assert np.isnan(area)
        return
    assert area == pytest.approx(metrics.roc_auc_score(positive, scores))
    false, true, _ = metrics.roc_curve(positive, scores, drop_intermediate=False)
    inner = ~np.isin(FALSE_RATES, false) & ~np.isclose(FALSE_RATES[:, None], false).any(axis=1)
    np.testing.assert_allclose(rates[inner], np.interp(FALSE_RATES[inner], false, true))
    assert (np.diff(rates) >= -1e-12).all()


def test_calibration_by_hand() -> None:
    confidence = np.array([0.95, 0.95, 0.91, 0.55, 0.6, 0.0])
    right = np.array([True, False, True, True, False, False])
    found = calibration_of(confidence, right)
    assert np.flatnonzero(found.share).tolist() == [0, 5, 9]
    assert found.share[[0, 5, 9]].tolist() == [1 / 6, 2 / 6, 3 / 6]
    np.testing.assert_allclose(found.confidence[[0, 5, 9]], [0.0, 0.575, 2.81 / 3])
    np.testing.assert_allclose(found.accuracy[[0, 5, 9]], [0.0, 0.5, 2 / 3])
    assert np.isnan(found.accuracy[1:5]).all()
    assert found.error == pytest.approx((0.0 + abs(1.15 - 1.0) + abs(2.81 - 2.0)) / 6)


def test_nothing_to_calibrate() -> None:
    found = calibration_of(np.zeros(0), np.zeros(0, bool))
    assert np.isnan(found.accuracy).all()
    assert found.error == 0.0


def test_two_classes_have_one_curve_and_more_have_one_each() -> None:
    two, three = trainer_of("circle"), trainer_of("three_spirals")
    assert roc_classes(two.task) == (1,)
    assert roc_classes(three.task) == (0, 1, 2)
    for trainer, curves in ((two, 1), (three, 3)):
        data = DataPass(NetworkCopy(trainer))
        found = data.info(roc)
        assert found.true_rates.shape == (curves, len(FALSE_RATES))
        scores, y = trainer.task.scores(data.test_outputs), trainer.test_data.y
        for k, area in zip(roc_classes(trainer.task), found.areas, strict=True):
            assert area == pytest.approx(metrics.roc_auc_score(y == k, scores[:, k]))
        means = data.info(calibration)
        assert means.share.sum() == pytest.approx(1.0)
        assert np.nansum(means.accuracy * means.share) == pytest.approx(
            trainer.frame.metrics["test_accuracy"]
        )
        assert len(means.share) == CALIBRATION_BINS


@pytest.mark.parametrize(
    ("dataset", "loss"), [("moons", "bce"), ("moons", "mse"), ("rings", "cross_entropy"), ("rings", "hinge")]
)
def test_points_are_ranked_by_outputs_where_scores_are_all_0_or_1(dataset: str, loss: str) -> None:
    """A ten thousand times as certain network ranks the points as before."""
    output = {"network__output": "linear"} if loss == "mse" else {}
    trainer = trainer_of(dataset, data__noise=0.3, loss__name=loss, **output)
    last = trainer.network.weight_layers[-1]
    before = roc(DataPass(NetworkCopy(trainer)))
    last.W *= 1e4
    last.b *= 1e4
    data = DataPass(NetworkCopy(trainer))
    assert np.isin(data.task.scores(data.test_outputs).round(6), (0.0, 1.0)).mean() > 0.9
    found = roc(data)
    if loss != "cross_entropy":  # of the shares of several classes, other ones then count
        np.testing.assert_allclose(found.areas, before.areas)
    ranked = data.task.rankings(data.test_outputs)
    for k, area in zip(roc_classes(data.task), found.areas, strict=True):
        assert area == pytest.approx(metrics.roc_auc_score(trainer.test_data.y == k, ranked[:, k]))
        assert len(np.unique(ranked[:, k])) == len(ranked)


def test_a_test_set_of_one_point() -> None:
    trainer = trainer_of("circle", data__n=10, data__train_share=0.9)
    data = DataPass(NetworkCopy(trainer))
    assert len(trainer.test_data) == 1
    assert np.isnan(data.info(roc).areas).all()
    assert data.info(calibration).share.sum() == 1.0
