"""The grid by hand: where its points lie, what its levels are, and that pictures show what the task says."""

import numpy as np
import pytest

from playground.figures import theme
from playground.figures.palettes import surface_palettes
from playground.probes.grid import (
    MAP_SIDE,
    MAP_STEP,
    SURFACE_SIDE,
    GridPass,
    grid_inputs,
    levels,
    points,
    prediction_levels,
)
from playground.training import Experiment, HiddenLayer, Trainer

CELL = 12.0 / SURFACE_SIDE
PLACES = [(-5.94, 5.94), (5.94, 5.94), (-5.94, -5.94), (0.06, -0.06), (2.46, -3.3), (-1.38, 4.02)]


def watched(**settings: object) -> tuple[Trainer, GridPass]:
    """A trainer after a few updates, and its pass over the grid. settings: paths with "__" for the dot."""
    experiment = Experiment().replace("data.n", 60)
    for path, value in settings.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    trainer = Trainer(experiment)
    trainer.train(updates=5)
    return trainer, GridPass(trainer, grid_inputs(trainer))


def cell(x: float, y: float) -> tuple[int, int]:
    """Row and column of the surface's cell that holds a point: row 0 is at the top, column 0 at the left."""
    return int((6.0 - y) / CELL), int((x + 6.0) / CELL)


def outputs_at(trainer: Trainer, places: list) -> np.ndarray:
    """(len(places), K) what the network says at single points."""
    return trainer.network.forward(trainer.task.features(np.array(places)))


def test_points_are_cell_centres_row_by_row_from_the_top() -> None:
    assert points(2).tolist() == [[-3, 3], [3, 3], [-3, -3], [3, -3]]
    assert points(3)[:4].tolist() == [[-4, 4], [0, 4], [4, 4], [-4, 0]]
    square = points(SURFACE_SIDE).reshape(SURFACE_SIDE, SURFACE_SIDE, 2)
    np.testing.assert_allclose(square[0, 0], [-6 + CELL / 2, 6 - CELL / 2])
    np.testing.assert_allclose(square[-1, -1], [6 - CELL / 2, -6 + CELL / 2])
    assert (np.diff(square[:, :, 0], axis=1) > 0).all()
    assert (np.diff(square[:, :, 1], axis=0) < 0).all()


def test_levels_round_to_the_nearest_and_stay_within() -> None:
    values = np.array([-9.0, -1.0, -0.74, -0.5, -0.1, 0.0, 0.3, 0.76, 1.0, np.inf, -np.inf])
    assert levels(values, -1.0, 1.0, 5).tolist() == [0, 0, 1, 1, 2, 2, 3, 4, 4, 4, 0]
    assert levels(np.array([0.5]), 0.0, 1.0, 61).tolist() == [30]
    assert levels(np.array([2.0, 3.0]), 2.0, 3.0, 2).dtype == np.uint8


@pytest.mark.parametrize("loss", ["bce", "cross_entropy", "mse", "hinge"])
def test_surface_of_two_classes_is_the_score_of_class_one(loss: str) -> None:
    trainer, grid = watched(data__dataset="xor", loss__name=loss)
    surface = grid.surface(61, 40)
    assert surface.shape == (SURFACE_SIDE, SURFACE_SIDE)
    assert surface.dtype == np.uint8
    scores = trainer.task.scores(outputs_at(trainer, PLACES))[:, 1]
    for place, score in zip(PLACES, scores, strict=True):
        assert surface[cell(*place)] == round(score * 60)


@pytest.mark.parametrize("loss", ["cross_entropy", "bce", "mse", "squared_hinge"])
@pytest.mark.parametrize("classes", [3, 6])
def test_surface_of_many_classes_is_the_winner_and_how_clearly_it_wins(loss: str, classes: int) -> None:
    trainer, grid = watched(data__dataset="blobs", data__classes=classes, loss__name=loss)
    surface = grid.surface(61, 40)
    scores = trainer.task.scores(outputs_at(trainer, PLACES))
    assert scores.shape == (len(PLACES), classes)
    for place, row in zip(PLACES, scores, strict=True):
        index, undecided = int(surface[cell(*place)]), 1.0 / classes
        assert index // 40 == int(np.argmax(row))
        assert index % 40 == round(max(0.0, (row.max() - undecided) / (1.0 - undecided)) * 39)
    assert surface.max() < 40 * classes


def test_surface_of_regression_is_the_output_from_minus_one_to_one() -> None:
    trainer, grid = watched(data__dataset="reg-plane", network__initializer="normal")
    surface = grid.surface(61, 40)
    outputs = outputs_at(trainer, PLACES)[:, 0]
    for place, output in zip(PLACES, outputs, strict=True):
        assert surface[cell(*place)] == round((np.clip(output, -1, 1) + 1) * 30)


def test_surface_is_the_right_way_up() -> None:
    """A network that copies y is largest at the top, one that copies x at the right."""
    for name, towards in (("x", np.array([1, 0])), ("y", np.array([0, 1]))):
        trainer, _ = watched(data__dataset="reg-plane", features__inputs=(name,), network__layers=())
        layer = trainer.network.weight_layers[0]
        layer.W[:], layer.b[:] = 1.0, 0.0
        surface = GridPass(trainer, grid_inputs(trainer)).surface(61, 40).astype(int)
        right, up = surface[:, -1] - surface[:, 0], surface[0] - surface[-1]
        assert ((right > 0) == towards[0]).all()
        assert ((up > 0) == towards[1]).all()


def test_palettes_hold_every_index_a_surface_may_have() -> None:
    for mode in theme.MODES:
        assert len(theme.diverging(mode)) == theme.MAP_LEVELS
        for classes in range(2, 7):
            assert len(theme.by_class(mode, classes)) == classes * theme.CLASS_LEVELS <= 256


def test_unit_values_are_the_outputs_of_inputs_hidden_units_and_outputs() -> None:
    layers = (HiddenLayer(3, "tanh", dropout=0.5), HiddenLayer(2, "sigmoid"))
    trainer, grid = watched(network__layers=layers, features__inputs=("x", "y", "xy"))
    first, second, last = trainer.network.weight_layers
    row, column = 3, 11  # of the coarse map; its points are the middles of blocks of the surface's cells
    x = (column * MAP_STEP + MAP_STEP // 2 + 0.5) * CELL - 6.0
    y = 6.0 - (row * MAP_STEP + MAP_STEP // 2 + 0.5) * CELL
    inputs = trainer.task.features(np.array([[x, y]]))
    hidden = np.tanh(inputs @ first.W + first.b)
    deeper = 1.0 / (1.0 + np.exp(-(hidden @ second.W + second.b)))
    expected = np.hstack([inputs, hidden, deeper, deeper @ last.W + last.b])[0]
    values = grid.unit_values.reshape(-1, MAP_SIDE, MAP_SIDE)
    np.testing.assert_allclose(values[:, row, column], expected, rtol=1e-12)
    np.testing.assert_allclose(
        grid.unit_ranges(), np.stack([values.min(axis=(1, 2)), values.max(axis=(1, 2))], axis=1)
    )


def test_unit_values_of_residual_blocks_hold_the_sum() -> None:
    layers = (HiddenLayer(3, "tanh"), HiddenLayer(3, "tanh"))
    trainer, grid = watched(network__layers=layers, network__residual=True)
    first, second, last = trainer.network.weight_layers
    inputs = grid.unit_values[:2].T
    hidden = np.tanh(inputs @ first.W + first.b)
    deeper = hidden + np.tanh(hidden @ second.W + second.b)
    expected = np.hstack([inputs, hidden, deeper, deeper @ last.W + last.b]).T
    np.testing.assert_allclose(grid.unit_values, expected, rtol=1e-12)


def test_each_map_has_its_own_scale_with_zero_in_the_middle() -> None:
    layers = (HiddenLayer(4, "tanh"),)
    trainer, grid = watched(network__layers=layers)
    values, maps = grid.unit_values, grid.unit_maps(61)
    assert maps.shape == (2 + 4 + 1, MAP_SIDE, MAP_SIDE)
    assert maps.dtype == np.uint8
    for unit, picture in zip(values, maps.reshape(len(maps), -1), strict=True):
        np.testing.assert_array_equal(picture, np.rint(unit / np.abs(unit).max() * 30 + 30))
        assert picture[np.argmax(np.abs(unit))] in (0, 60)
    trainer.network.weight_layers[0].W[:] *= 1e-3
    smaller = GridPass(trainer, grid_inputs(trainer)).unit_maps(61)
    assert {0, 60} & set(np.unique(smaller[2]))


def test_dead_and_constant_units_have_one_plain_colour() -> None:
    layers = (HiddenLayer(3, "relu"),)
    trainer, _ = watched(network__layers=layers)
    first, last = trainer.network.weight_layers
    first.W[:] = 0.0
    first.b[:] = [-1.0, 2.0, 0.0]
    last.W[:], last.b[:] = 0.0, -5.0
    grid = GridPass(trainer, grid_inputs(trainer))
    maps = grid.unit_maps(61)[2:]
    assert [np.unique(picture).tolist() for picture in maps] == [[30], [60], [30], [0]]
    assert grid.unit_ranges()[2:].tolist() == [[0, 0], [2, 2], [0, 0], [-5, -5]]


def test_maps_of_inputs_are_the_right_way_up() -> None:
    _, grid = watched()
    x_map, y_map = grid.unit_maps(61)[:2].astype(int)
    assert (np.diff(x_map, axis=1) > 0).all()
    assert (np.diff(y_map, axis=0) < 0).all()


def test_drawing_changes_nothing_of_the_run() -> None:
    trainer, _ = watched(network__layers=(HiddenLayer(4, "tanh", "batch_norm", 0.3),))
    alone, _ = watched(network__layers=(HiddenLayer(4, "tanh", "batch_norm", 0.3),))
    for _ in range(3):
        grid = GridPass(trainer, grid_inputs(trainer))
        grid.surface(61, 40)
        grid.unit_maps(61)
        assert trainer.train(updates=3) == alone.train(updates=3)
    np.testing.assert_array_equal(trainer.network.params, alone.network.params)
    np.testing.assert_array_equal(trainer.network.state, alone.network.state)


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("loss", ["bce", "cross_entropy", "mae", "hinge"])
@pytest.mark.parametrize("initializer", ["zeros", "he_normal", "normal"])
def test_classes_only_paints_every_cell_in_the_class_that_the_accuracy_counts(
    loss: str, classes: int, initializer: str
) -> None:
    """Ties (all weights 0), scores a hair below and above a half (first updates), and saturated ones."""
    data = {"data__dataset": "blobs", "data__classes": classes}
    trainer, grid = watched(**data, loss__name=loss, network__initializer=initializer)
    surface = grid.surface(theme.MAP_LEVELS, theme.CLASS_LEVELS).ravel()
    for scale in (1e-12, 1e-3, 1.0, 1e6):
        outputs = scale * grid.outputs
        painted = prediction_levels(trainer.task, outputs, theme.MAP_LEVELS, theme.CLASS_LEVELS)
        for mode in theme.MODES:
            palette = surface_palettes(mode, classes)["classes"]
            colors = list(dict.fromkeys(palette))  # a class after the other
            assert len(colors) == classes
            shown = [colors.index(palette[index]) for index in painted]
            assert shown == trainer.task.winners(outputs).tolist()
    assert (
        surface.tolist()
        == prediction_levels(trainer.task, grid.outputs, theme.MAP_LEVELS, theme.CLASS_LEVELS).tolist()
    )
