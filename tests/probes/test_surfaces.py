"""The surfaces of doubt and of plain classes, point by point."""

import numpy as np
import pytest

from playground.probes.grid import SURFACE_SIDE, GridPass, grid_inputs
from playground.probes.surfaces import discrete_surface, uncertainty_surface
from playground.training import Experiment, Trainer


def pass_of(**settings: object) -> GridPass:
    experiment = Experiment().replace("data.n", 60)
    for path, value in settings.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    trainer = Trainer(experiment)
    trainer.train(updates=20)
    return GridPass(trainer, grid_inputs(trainer))


@pytest.mark.parametrize("loss", ["bce", "cross_entropy", "mse", "hinge"])
@pytest.mark.parametrize("dataset", ["circle", "three_spirals"])
def test_uncertainty_is_the_entropy_of_the_scores(dataset: str, loss: str) -> None:
    grid = pass_of(data__dataset=dataset, loss__name=loss)
    surface = uncertainty_surface(grid, 61)
    assert surface.shape == (SURFACE_SIDE, SURFACE_SIDE)
    assert surface.dtype == np.uint8
    scores = grid.task.scores(grid.outputs)
    for cell in (0, 1234, 5050, 9999):
        shares = scores[cell] / scores[cell].sum()
        entropy = -sum(p * np.log(p) for p in shares if p > 0.0) / np.log(len(shares))
        assert surface.ravel()[cell] == round(entropy * 60)


@pytest.mark.parametrize("classes", [2, 6])
def test_equal_scores_are_all_doubt_and_one_score_is_none(classes: int) -> None:
    grid = pass_of(data__dataset="blobs", data__classes=classes, loss__name="cross_entropy")
    outputs = grid.outputs
    outputs[:] = 3.0
    assert np.unique(uncertainty_surface(grid, 61)).tolist() == [60]
    outputs[:, 0] = 1000.0
    assert np.unique(uncertainty_surface(grid, 61)).tolist() == [0]


def test_scores_of_nothing_at_all_are_all_doubt() -> None:
    grid = pass_of(data__dataset="three_spirals", loss__name="mse")
    grid.outputs[:] = -1.0
    assert np.unique(uncertainty_surface(grid, 61)).tolist() == [60]


def test_discrete_surface_shows_the_winner_however_narrow() -> None:
    grid = pass_of()
    outputs = grid.outputs
    found = discrete_surface(grid, 61, 40).ravel()
    np.testing.assert_array_equal(found, np.where(outputs[:, 0] >= 0.0, 60, 0))
    outputs[:] = -1e-9
    assert np.unique(discrete_surface(grid, 61, 40)).tolist() == [0]


def test_discrete_surface_of_many_classes_and_of_regression() -> None:
    grid = pass_of(data__dataset="three_spirals")
    winners = grid.outputs.argmax(axis=1)
    np.testing.assert_array_equal(discrete_surface(grid, 61, 40).ravel(), winners * 40 + 39)
    grid = pass_of(data__dataset="reg-plane")
    positive = grid.outputs[:, 0] >= 0.0
    np.testing.assert_array_equal(discrete_surface(grid, 61, 40).ravel(), positive * 60)
