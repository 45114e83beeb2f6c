"""Landscapes: the loss at known places, principal components by hand, and the norms of directions."""

import numpy as np
import pytest

from playground.nn import Dense
from playground.probes.landscape import SIDE, LossAt, landscape, path_plane, random_plane, record
from playground.training import Experiment, HiddenLayer, Trainer

SMALL = Experiment().replace("data.n", 60).replace("network.layers", (HiddenLayer(4), HiddenLayer(3)))


@pytest.fixture(scope="module")
def ran():
    trainer = Trainer(SMALL)
    return trainer, record(trainer, updates=30, every=2)


def test_a_run_is_recorded_frame_by_frame(ran) -> None:
    trainer, way = ran
    assert [frame.update for frame in way.frames] == list(range(0, 31, 2))
    assert way.params.shape == (16, trainer.network.params.size)
    assert (way.params[-1] == trainer.network.params).all()
    assert (way.params[0] == Trainer(SMALL).network.params).all()


def test_principal_components_by_hand(ran) -> None:
    _, way = ran
    plane = path_plane(way.params)
    centred = way.params - way.params.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred)
    np.testing.assert_allclose(plane.explained, values[::-1][:2] / values.sum(), rtol=1e-9)
    for k in range(2):
        assert abs(plane.directions[k] @ vectors[:, -1 - k]) == pytest.approx(1.0)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    assert (plane.origin == way.params[-1]).all()
    assert (plane.place(way.params)[0] <= 0.0).all()


def test_a_path_in_a_plane_is_explained_and_found_in_full() -> None:
    rng = np.random.default_rng(0)
    flat = rng.standard_normal((9, 2)) @ rng.standard_normal((2, 7)) + rng.standard_normal(7)
    plane = path_plane(flat)
    assert plane.explained.sum() == pytest.approx(1.0)
    np.testing.assert_allclose([plane.params(place) for place in plane.place(flat)], flat)


@pytest.mark.parametrize("frames", [1, 2])
def test_a_path_that_is_no_more_than_a_line_still_has_a_plane(frames: int) -> None:
    plane = path_plane(np.outer(np.arange(frames), np.ones(5)))
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)


def test_at_the_runs_end_the_loss_is_the_runs(ran) -> None:
    trainer, way = ran
    land = landscape(trainer, way, path_plane(way.params))
    assert land.losses.shape == (SIDE, SIDE)
    row, column = int(np.argmin(np.abs(land.y))), int(np.argmin(np.abs(land.x)))
    assert land.x[column] == land.y[row] == 0.0
    assert land.losses[row, column] == pytest.approx(trainer.frame.metrics["train_loss"])
    assert land.below[-1] == pytest.approx(trainer.frame.metrics["train_loss"])
    assert land.off[-1] == pytest.approx(0.0, abs=1e-9)
    for k, places in enumerate((land.x, land.y)):
        assert places[0] < land.path[:, k].min()
        assert land.path[:, k].max() < places[-1]


EARLY = {"data.label_flips": 0.3, "data.noise": 0.3, "optimizer.lr": 0.1, "stopping.patience": 5}
BATCH_NORM = {"network.layers": (HiddenLayer(4, "tanh", "batch_norm"),)}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        EARLY,
        {**EARLY, **BATCH_NORM},
        BATCH_NORM,
        {"network.layers": (HiddenLayer(4, "relu", "layer_norm", 0.5),)},
        {"regularization.l1": 0.01, "regularization.l2": 0.1, "regularization.weight_decay": 0.1},
        {"regularization.max_norm": 0.5, "regularization.input_noise": 0.5},
        {"loss.label_smoothing": 0.3},
        {"data.dataset": "rings", "data.classes": 4},
        {"data.dataset": "reg-plane", "regularization.clip_norm": 0.01},
        {"rules.name": "tf_playground", "optimizer.name": "sgd", "regularization.l1": 0.1},
        {"schedule.name": "cosine", "stopping.max_epochs": 7},
        {"stopping.target_accuracy": 0.6},
    ],
    ids=str,
)
def test_each_place_is_that_of_the_frame_shown(settings: dict[str, object]) -> None:
    """The loss on the plane and the frame's, which the card shows, are one where the way is on the plane."""
    experiment = SMALL
    for path, value in settings.items():
        experiment = experiment.replace(path, value)
    trainer = Trainer(experiment)
    way = record(trainer, updates=40 * trainer.updates_per_epoch, every=trainer.updates_per_epoch)
    assert ("stopping.patience" in settings) == (
        trainer.stopped is not None and way.frames[-1].index < way.frames[-2].index
    )
    land = landscape(trainer, way, path_plane(way.params))
    assert land.below[-1] == pytest.approx(way.frames[-1].metrics["train_loss"], rel=1e-9)
    assert way.frames[-1] == trainer.frame
    for frame, params in zip(way.frames, way.params, strict=True):
        trainer.restore(frame)  # with its own running statistics
        assert (trainer.network.params == params).all()
        assert LossAt(trainer)(params) == pytest.approx(frame.metrics["train_loss"], rel=1e-9)


def test_early_stopping_ends_the_path_where_it_leaves_the_run() -> None:
    experiment = SMALL
    for path, value in EARLY.items():
        experiment = experiment.replace(path, value)
    trainer = Trainer(experiment)
    way = record(trainer, updates=4000, every=trainer.updates_per_epoch)
    assert trainer.stopped.kind == "early_stopping"
    epochs = [frame.epoch for frame in way.frames]
    best = int(np.argmin([frame.metrics["test_loss"] for frame in way.frames]))
    assert epochs == [*range(best + 6), best]
    assert (way.params[-1] == way.params[best]).all()
    assert (way.params[-2] != way.params[best]).any()
    land = landscape(trainer, way, path_plane(way.params))
    assert land.path[-2] != pytest.approx(land.path[-1])


def test_any_place_has_the_loss_of_its_weights(ran) -> None:
    trainer, way = ran
    plane = path_plane(way.params)
    land = landscape(trainer, way, plane)
    other = Trainer(SMALL)
    other.network.params[:] = (
        plane.origin + land.x[7] * plane.directions[0] + land.y[30] * plane.directions[1]
    )
    outputs = other.network.forward(other.task.features(other.train_data.x))
    loss = other.task.loss.function(outputs, other.task.targets(other.train_data.y))[0]
    assert land.losses[30, 7] == pytest.approx(loss)


def test_what_lies_off_the_plane_by_hand(ran) -> None:
    trainer, way = ran
    plane = path_plane(way.params)
    land = landscape(trainer, way, plane)
    off = way.params[0] - plane.origin
    flat = plane.directions.T @ (plane.directions @ off)
    assert land.off[0] == pytest.approx(np.linalg.norm(off - flat))
    assert land.path[0] == pytest.approx(plane.directions @ off)


def test_the_run_is_left_as_it_was(ran) -> None:
    trainer, way = ran
    before = trainer.network.params.copy(), trainer.network.state.copy()
    landscape(trainer, way, random_plane(trainer.network, seed=1), reach=0.5)
    assert (trainer.network.params == before[0]).all()
    assert (trainer.network.state == before[1]).all()


@pytest.mark.parametrize("norm", ["none", "batch_norm"])
def test_directions_are_as_long_as_the_filters(norm: str) -> None:
    trainer = Trainer(SMALL.replace("network.layers", (HiddenLayer(4, "tanh", norm),) * 2))
    trainer.train(epochs=2)
    network = trainer.network
    plane = random_plane(network, seed=0)
    assert np.isnan(plane.explained).all()
    held = network.params.copy()
    for direction in plane.directions:
        trained = [layer.W.copy() for layer in network.weight_layers]
        network.params[:] = direction
        touched = 0
        for layer, weights in zip(network.weight_layers, trained, strict=True):
            assert isinstance(layer, Dense)
            np.testing.assert_allclose(np.linalg.norm(layer.W, axis=0), np.linalg.norm(weights, axis=0))
            assert (layer.b == 0.0).all()
            touched += layer.W.size
        assert np.count_nonzero(direction) == touched
        network.params[:] = held
    assert (plane.directions[0] != plane.directions[1]).any()
    assert (random_plane(network, seed=0).directions == plane.directions).all()


def test_batch_norm_keeps_the_statistics_of_the_end() -> None:
    trainer = Trainer(SMALL.replace("network.layers", (HiddenLayer(4, "tanh", "batch_norm"),)))
    way = record(trainer, updates=20, every=5)
    assert LossAt(trainer)(way.params[-1]) == pytest.approx(trainer.frame.metrics["train_loss"])
    assert LossAt(trainer)(way.params[0]) != pytest.approx(way.frames[0].metrics["train_loss"])


def test_a_run_that_diverges_has_a_landscape_up_to_there() -> None:
    experiment = SMALL.replace("network.layers", (HiddenLayer(8, "relu"),) * 20)
    experiment = experiment.replace("network.residual", True).replace("network.initializer", "he_normal")
    trainer = Trainer(experiment.replace("optimizer.name", "sgd").replace("optimizer.lr", 1.0))
    way = record(trainer, updates=100, every=1)
    assert trainer.stopped.kind == "diverged"
    assert len(way.frames) < 101
    land = landscape(trainer, way, path_plane(way.params))
    assert np.isfinite(land.path).all()
