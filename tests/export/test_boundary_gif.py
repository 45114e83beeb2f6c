"""The boundary as a GIF: surface, points and epoch are those of the frames, and the run is left as it was."""

import numpy as np
import pytest

from playground.export import boundary_gif, chosen, undisturbed
from playground.export.boundary_gif import MARGIN, SHAPE, SIDE
from playground.export.font import GLYPHS, HEIGHT, written
from playground.figures import theme
from playground.probes.grid import GridPass, grid_inputs
from tests.export.common import trained
from tests.export.gif_reader import Gif, read_gif


def rgb(color: str) -> list[int]:
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]


def colors(gif: Gif, frame: int) -> np.ndarray:
    """(H, W, 3)"""
    return gif.palette[gif.frames[frame]]


def pixel(place: np.ndarray) -> tuple[int, int]:
    """Row and column of a place (x, y) in the picture."""
    x, y = place
    return MARGIN + int((6.0 - y) / 12.0 * SIDE), MARGIN + int((x + 6.0) / 12.0 * SIDE)


@pytest.mark.parametrize("dataset", ["circle", "rings", "blobs", "reg-gauss"])
@pytest.mark.parametrize("mode", theme.MODES, ids=lambda mode: mode.name)
def test_frames_show_the_surface_of_their_moment(dataset, mode):
    trainer = trained(epochs=4, data__dataset=dataset)
    if dataset == "blobs":
        trainer = trained(epochs=4, data__dataset=dataset, data__classes=6)
    gif = read_gif(boundary_gif(trainer, mode=mode, most=3))
    assert gif.frames.shape == (3, *SHAPE)
    many = trainer.task.n_classes > 2
    palette = theme.by_class(mode, trainer.task.n_classes) if many else theme.diverging(mode)
    for k, index in enumerate((0, 2, 4)):
        trainer.restore(trainer.history[index])
        surface = GridPass(trainer, grid_inputs(trainer)).surface(theme.MAP_LEVELS, theme.CLASS_LEVELS)
        expected = np.array([rgb(color) for color in palette])[surface]
        middles = colors(gif, k)[MARGIN + 1 : MARGIN + SIDE : 3, MARGIN + 1 : MARGIN + SIDE : 3]
        assert (middles == expected).all(axis=2).mean() > 0.8  # the rest lies under points


def test_training_points_are_discs_in_the_colour_of_their_class():
    trainer = trained(data__dataset="gauss", data__train_share=0.9)
    picture = colors(read_gif(boundary_gif(trainer)), -1)
    train = trainer.train_data
    hits = [
        picture[pixel(place)].tolist() == rgb(theme.CLASS_COLORS[k])
        for place, k in zip(train.x, train.y, strict=True)
    ]
    assert np.mean(hits) > 0.9  # few are covered by others


def test_the_epoch_stands_below():
    trainer = trained(epochs=12)
    gif = read_gif(boundary_gif(trainer))
    assert len(gif.frames) == 13
    for epoch in (0, 7, 12):
        ink = (colors(gif, epoch)[MARGIN + SIDE :] == rgb(theme.LIGHT.text)).all(axis=2)
        rows, columns = np.nonzero(ink)
        wanted = written(f"Epoch {epoch}", scale=2)
        found = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        trimmed = wanted[
            np.ix_(wanted.any(axis=1), np.arange(wanted.shape[1]) <= np.flatnonzero(wanted.any(axis=0))[-1])
        ]
        np.testing.assert_array_equal(found, trimmed)


def test_the_trainer_stays_where_it_is():
    trainer, other = trained(epochs=6), trained(epochs=6)
    trainer.restore(trainer.history[3])
    other.restore(other.history[3])
    boundary_gif(trainer)
    assert trainer.frame.index == 3
    assert trainer.network.params.tobytes() == other.network.params.tobytes()
    assert trainer.train(epochs=2) == other.train(epochs=2)


def test_a_stopped_run_stays_stopped():
    trainer = trained(epochs=9, stopping__max_epochs=5)
    reason = trainer.stopped
    assert reason.kind == "max_epochs"
    with undisturbed(trainer):
        trainer.restore(trainer.history[1])
        assert trainer.stopped is None
    assert trainer.stopped is reason
    assert trainer.frame.epoch == 5


def test_long_runs_are_thinned_evenly():
    assert chosen(1, 100) == [0]
    assert chosen(5, 100) == [0, 1, 2, 3, 4]
    assert chosen(9, 3) == [0, 4, 8]
    for count in (101, 1000, 20_000):
        found = chosen(count, 100)
        assert 50 <= len(found) <= 100
        assert (found[0], found[-1]) == (0, count - 1)
        steps = np.diff(found)
        assert (steps[:-1] == steps[0]).all()
        assert steps[-1] <= steps[0]
        assert steps[0] in 2 ** np.arange(15)


def test_one_frame_is_enough():
    gif = read_gif(boundary_gif(trained(epochs=0)))
    assert len(gif.frames) == 1


def test_the_font():
    assert written("E").astype(int).tolist() == [
        [1, 1, 1, 1, 1, 0],
        [1, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 0, 0],
        [1, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 0],
        [0] * 6,
        [0] * 6,
    ]
    assert written("10", scale=3).shape == (3 * HEIGHT, 36)
    shapes = {written(character).tobytes() for character in GLYPHS}
    assert len(shapes) == len(GLYPHS)
    assert set("Epoch 0123456789,") == set(GLYPHS)
