"""The hidden-space view: right projections, and axes that do not jump."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.hidden_space import (
    REMEMBERED,
    SHOWN_POINTS,
    HiddenSpace,
    coarse,
    grid_lines,
    polyline,
)
from playground.training import Experiment, HiddenLayer, Trainer


def trainer_of(*units: int, **settings: object) -> Trainer:
    experiment = Experiment().replace("network.layers", tuple(HiddenLayer(n) for n in units))
    for path, value in settings.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    return Trainer(experiment)


def test_lines_of_the_plane() -> None:
    lines = grid_lines()
    assert lines.shape == (14, 31, 2)
    assert lines[0, 0].tolist() == [-6.0, -6.0]
    assert lines[0, -1].tolist() == [6.0, -6.0]
    assert (lines[:7, :, 1] == lines[:7, :1, 1]).all()
    assert (lines[7:, :, 0] == lines[7:, :1, 0]).all()
    assert lines[7, -1].tolist() == [-6.0, 6.0]
    flat = polyline(lines)
    assert flat.shape == (14 * 32, 2)
    assert np.flatnonzero(np.isnan(flat[:, 0])).tolist() == list(range(31, 14 * 32, 32))
    np.testing.assert_array_equal(flat[32:63], lines[1])


def test_two_units_are_shown_as_they_are() -> None:
    trainer = trainer_of(5, 2)
    trainer.train(epochs=2)
    data = DataPass(NetworkCopy(trainer))
    view = HiddenSpace(trainer).look(data)
    np.testing.assert_array_equal(view.points, data.last_hidden[:SHOWN_POINTS])
    lines = trainer.network.activations(trainer.task.features(grid_lines().reshape(-1, 2)))
    np.testing.assert_array_equal(view.lines.reshape(-1, 2), lines[data.bench.ends[-2]])
    assert view.explained.sum() == pytest.approx(1.0)


def test_one_unit_lies_on_a_line_and_no_layer_is_the_plane_of_the_inputs() -> None:
    trainer = trainer_of(1)
    data = DataPass(NetworkCopy(trainer))
    view = HiddenSpace(trainer).look(data)
    np.testing.assert_array_equal(view.points[:, 0], data.last_hidden[:SHOWN_POINTS, 0])
    assert (view.points[:, 1] == 0.0).all()
    assert view.explained.tolist() == [1.0, 0.0]
    trainer = trainer_of()
    view = HiddenSpace(trainer).look(DataPass(NetworkCopy(trainer)))
    np.testing.assert_array_equal(view.points, trainer.task.features(trainer.train_data.x)[:SHOWN_POINTS])
    straight = np.diff(view.lines, n=2, axis=1)
    np.testing.assert_allclose(straight, 0.0, atol=1e-12)


@pytest.mark.parametrize("units", [3, 8, 40])
def test_the_plane_is_that_of_the_principal_components(units: int) -> None:
    trainer = trainer_of(units)
    data = DataPass(NetworkCopy(trainer))
    view = HiddenSpace(trainer).look(data)
    oracle = PCA(2).fit(data.last_hidden)
    np.testing.assert_allclose(view.explained, oracle.explained_variance_ratio_, rtol=1e-9)
    expected = oracle.transform(data.last_hidden)[:SHOWN_POINTS]
    signs = np.sign((view.points * expected).sum(axis=0))
    np.testing.assert_allclose(view.points, expected * signs, atol=1e-9)


def test_later_frames_keep_the_plane_but_turn_with_the_frame_before() -> None:
    trainer = trainer_of(8, 8, data__dataset="xor")
    bench, space = NetworkCopy(trainer), HiddenSpace(trainer)
    before = space.look(DataPass(bench)).points
    for _ in range(30):
        trainer.train(epochs=1)
        data = DataPass(bench)
        view = space.look(data)
        expected = PCA(2).fit(data.last_hidden).transform(data.last_hidden)[:SHOWN_POINTS]
        inner = np.linalg.svd(view.points.T @ expected)[1].sum()
        assert inner == pytest.approx((expected**2).sum(), rel=1e-6)  # equal up to turning and mirroring
        turn = np.linalg.svd(view.points.T @ before)
        best = view.points @ (turn[0] @ turn[2])
        np.testing.assert_allclose(np.linalg.norm(view.points), np.linalg.norm(best))
        left = np.linalg.norm(view.points - before)
        assert left <= np.linalg.norm(best - before) * 1.5 + 0.1 * np.linalg.norm(before)
        before = view.points


def test_principal_axes_that_change_places_do_not_turn_the_picture() -> None:
    """The variances of two units cross while their directions stay: the points must go on smoothly."""
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((50, 3)) * [1.0, 1.0, 0.01]
    space, before = HiddenSpace(trainer_of(3)), None
    for update, width in enumerate(np.linspace(0.8, 1.2, 21)):
        values = noise * [width, 1.0, 1.0]
        axes, _ = space._plane(values - values.mean(axis=0), update)
        points = values @ axes
        if before is not None:
            assert np.abs(points - before).max() < 0.1
        before = points


def test_going_back_gives_the_same_view_again() -> None:
    trainer = trainer_of(6)
    bench, space = NetworkCopy(trainer), HiddenSpace(trainer)
    views = [space.look(DataPass(bench))]
    for _ in range(5):
        trainer.train(epochs=1)
        views.append(space.look(DataPass(bench)))
    trainer.restore(trainer.history[3])
    np.testing.assert_array_equal(space.look(DataPass(bench)).points, views[3].points)
    trainer.train(epochs=1)
    np.testing.assert_array_equal(space.look(DataPass(bench)).points, views[4].points)


def test_memory_is_bounded() -> None:
    space = HiddenSpace(trainer_of(3))
    values = np.random.default_rng(0).standard_normal((10, 3))
    for update in range(REMEMBERED + 50):
        space._plane(values, update)
    assert len(space._axes) == REMEMBERED


def test_points_all_in_one_place() -> None:
    trainer = trainer_of(4)
    trainer.network.params[:] = 0.0
    view = HiddenSpace(trainer).look(DataPass(NetworkCopy(trainer)))
    assert (view.points == 0.0).all()
    assert np.isnan(view.explained).all()


def test_rounding_is_finer_than_a_pixel() -> None:
    values = np.append(np.random.default_rng(1).uniform(-3.0, 3.0, 500), np.nan)
    found = coarse(values)
    assert np.nanmax(np.abs(found - values)) <= 3.0 / 1024 / 2
    assert np.isnan(found[-1])
    assert coarse(np.zeros(3)).tolist() == [0.0] * 3
    assert np.isnan(coarse(np.full(2, np.nan))).all()
