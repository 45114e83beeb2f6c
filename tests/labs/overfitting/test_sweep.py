"""The sweep of the lab on overfitting: what is trained, and that means and spreads are those of the seeds."""

from itertools import pairwise

import numpy as np
import pytest

from playground.labs.framework.session import LabSession
from playground.labs.overfitting.lab import BASE, LAB
from playground.labs.overfitting.settings import KNOBS, Overfitting
from playground.labs.overfitting.sweep import TURNS, turned, values
from playground.limits import MAX_LAB_WEIGHTS, MAX_SEED, MAX_SWEEP_SEEDS
from playground.probes.shapes import FALLS, RISES, U_CURVE, UNCERTAIN, shape_words, shapes
from playground.probes.sweep import swept
from playground.training import Trainer
from tests.ui.watching import ask

SMALL = {"v": "1", "layers": "6-tanh", "n": "200", "train": "0.2", "flips": "0.2", "batch": "10"}


def settings(knob: str, seeds: int = 1) -> Overfitting:
    return Overfitting(view="sweep", knob=knob, seeds=seeds)


@pytest.mark.parametrize("knob", KNOBS)
def test_each_knob_turns_one_thing_over_five_to_seven_values(knob: str) -> None:
    found = values(BASE, settings(knob))
    assert 5 <= len(found) <= 7
    assert found == sorted(set(found))
    experiments = turned(BASE, settings(knob))
    paths = {path for other in experiments[1:] for path in experiments[0].differences(other)}
    expected = {
        "l2": {"regularization.l2"},
        "width": {f"network.layers.{k}.units" for k in range(3)},
        "points": {"data.train_share"},
        "noise": {"data.noise"},
    }
    assert paths == expected[knob]
    assert set(TURNS) == set(KNOBS)


def test_points_are_as_many_as_the_axis_says_and_each_set_holds_the_one_before() -> None:
    sets = [Trainer(experiment).train_data for experiment in turned(BASE, settings("points"))]
    assert [len(each) for each in sets] == [10, 20, 40, 80, 160, 320]
    for few, more in pairwise(sets):
        np.testing.assert_array_equal(more.x[: len(few)], few.x)


def test_seeds_follow_one_another() -> None:
    last = BASE.replace("seed", MAX_SEED)
    experiments = turned(last, settings("noise", 3))
    assert [e.seed for e in experiments[::6]] == [MAX_SEED, 0, 1]
    assert [e.data.noise for e in experiments[:6]] == [e.data.noise for e in experiments[6:12]]


def test_the_largest_sweep_is_allowed_and_bounded() -> None:
    trained = turned(BASE, settings("width", MAX_SWEEP_SEEDS))
    assert len(trained) == 35
    weights = sum(2 * e.network.layers[0].units ** 2 for e in trained)
    assert weights <= MAX_LAB_WEIGHTS


@pytest.mark.parametrize("knob", KNOBS)
def test_frames_hold_means_and_deviations_over_the_seeds(knob: str) -> None:
    session = LabSession(LAB, {**SMALL, "view": "sweep", "knob": knob, "seeds": "3"})
    assert not session.message
    _, columns = ask(session.run, 0, 4)
    assert session.run.seek(int(columns["update"][3]))
    count = len(values(session.base, session.settings))
    trainers = session.run.trainers
    assert len(trainers) == 3 * count
    assert {trainer.frame.epoch for trainer in trainers} == {4}
    for kind in ("train", "test"):
        errors = [
            [1.0 - t.frame.metrics[f"{kind}_accuracy"] for t in trainers[k::count]] for k in range(count)
        ]
        losses = [[t.frame.metrics[f"{kind}_loss"] for t in trainers[k::count]] for k in range(count)]
        for what, found in (("error", np.array(errors)), ("loss", np.array(losses))):
            mean = columns[f"{kind}_{what}_mean"][3]
            np.testing.assert_allclose(mean, found.mean(axis=1), rtol=1e-12)
            np.testing.assert_allclose(
                columns[f"{kind}_{what}_spread"][3], found.std(axis=1, ddof=1), rtol=1e-9, atol=1e-15
            )
            if (kind, what) != ("train", "loss"):
                assert columns[f"{kind}_{what}_lowest"][3] == mean.argmin()


def test_pictures_are_those_of_the_first_seed() -> None:
    session = LabSession(LAB, {**SMALL, "view": "sweep", "knob": "l2", "seeds": "2"})
    boundaries = [panel for panel in session.run.scene.panels if panel.id.startswith("boundary")]
    assert [panel.title for panel in boundaries] == ["0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3"]
    assert session.run.scene.layout == "lab overfitting columns-7"
    assert session.run.scene.panels[-1].id == "tasks"


TOLD = ("test_error", "test_loss", "train_error")


def measured(trainers: list[Trainer], count: int) -> tuple[np.ndarray, np.ndarray]:
    """(Q, S, V) what is told in words, of the frames where trainers stand, and (Q, V) how fine it is."""
    metrics = [trainer.frame.metrics for trainer in trainers]
    values = [
        [1.0 - each["test_accuracy"] for each in metrics],
        [np.log(each["test_loss"]) for each in metrics],
        [1.0 - each["train_accuracy"] for each in metrics],
    ]
    steps = [
        [1.0 / len(trainer.test_data.y) for trainer in trainers[:count]],
        [0.0] * count,
        [1.0 / len(trainer.train_data.y) for trainer in trainers[:count]],
    ]
    return np.array(values).reshape(3, -1, count), np.array(steps)


@pytest.mark.parametrize("knob", ["width", "points"])
def test_words_are_those_of_the_three_curves_read_together(knob: str) -> None:
    session = LabSession(LAB, {**SMALL, "view": "sweep", "knob": knob, "seeds": "5"})
    _, columns = ask(session.run, 0, 30)
    count, seen = len(values(session.base, session.settings)), set()
    for frame in (2, 9, 29):
        assert session.run.seek(int(columns["update"][frame]))
        expected = shapes(*measured(session.run.trainers, count))
        assert [columns[f"{name}_shape"][frame] for name in TOLD] == expected.tolist()
        seen |= set(expected.tolist())
    assert len(seen) > 1


@pytest.mark.parametrize(
    ("seeds", "word", "line"),
    [
        (1, "not certain with 1 seed", "Lowest at **{test_loss_lowest:word}**, with 1 seed"),
        (4, "not certain with 4 seeds", "Lowest mean of 4 seeds at **{test_loss_lowest:word}**"),
    ],
)
def test_cards_say_how_many_seeds_stand_behind_them(seeds: int, word: str, line: str) -> None:
    session = LabSession(LAB, {**SMALL, "view": "sweep", "knob": "noise", "seeds": str(seeds)})
    (panel,) = [panel for panel in session.run.scene.panels if panel.id == "shapes"]
    card = panel.cards[TOLD.index("test_loss")]
    assert [name for name, _tone in card.verdicts] == list(shape_words(seeds))
    assert card.verdicts[UNCERTAIN] == (word, "")
    assert card.lines == [line]


def test_one_seed_is_given_no_shape() -> None:
    session = LabSession(LAB, {**SMALL, "view": "sweep", "knob": "points", "seeds": "1"})
    _, columns = ask(session.run, 0, 20)
    for name in TOLD:
        assert columns[f"{name}_shape"].max() <= UNCERTAIN


def test_l2_makes_a_u_and_more_points_help() -> None:
    """What the lesson says of the sweeps, measured on the lab's own networks."""
    found, lowest = {}, {}
    for knob in ("l2", "points"):
        networks = [Trainer(experiment) for experiment in turned(BASE, settings(knob, 3))]
        for network in networks:
            network.train(epochs=60)
        curves, steps = measured(networks, len(TURNS[knob].values))
        found[knob] = shapes(curves, steps).tolist()
        lowest[knob] = swept(curves[0]).lowest
    assert found["l2"] == [U_CURVE, U_CURVE, RISES]
    assert TURNS["l2"].values[lowest["l2"]] == 0.03
    assert found["points"] == [FALLS, FALLS, RISES]
    assert lowest["points"] == 5
