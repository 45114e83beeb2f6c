"""The run as an animated GIF: the decision boundary, the points and the epoch, frame by frame.

Letters: S pixels along the side of the plot, R cells along the side of a surface, H x W pixels in all.
"""

import numpy as np

from playground.datasets import DOMAIN, Dataset
from playground.export.font import written
from playground.export.frames import chosen, undisturbed
from playground.export.gif import encode_gif
from playground.figures import theme
from playground.limits import MAX_GIF_FRAMES
from playground.probes.grid import SURFACE_SIDE, GridPass, grid_inputs
from playground.training import Trainer

SIDE = 3 * SURFACE_SIDE
MARGIN = 10
CAPTION = 30
SHAPE = (MARGIN + SIDE + CAPTION, SIDE + 2 * MARGIN)
RADIUS = 3.4  # of a point, without its outline
MOST_POINTS = 400  # of a set: more would hide the surface
VALUE_LEVELS = 31  # of a point's value in regression
NOTHING = 255  # where no point lies
SECONDS = 7.0  # of the animation
FRAME_SECONDS = (0.06, 0.4)  # the shortest and the longest time of a frame
LAST_SECONDS = 2.0  # of the last frame


def boundary_gif(trainer: Trainer, *, mode: theme.Mode = theme.LIGHT, most: int = MAX_GIF_FRAMES) -> bytes:
    """The GIF of at most `most` frames of the history, evenly chosen. The trainer stays as it is."""
    picture = Picture(trainer, mode)
    inputs = grid_inputs(trainer)
    frames = []
    with undisturbed(trainer):
        for index in chosen(len(trainer.history), most):
            frame = trainer.restore(trainer.history[index])
            surface = GridPass(trainer, inputs).surface(theme.MAP_LEVELS, theme.CLASS_LEVELS)
            frames.append(picture.draw(surface, frame.epoch))
    seconds = np.clip(SECONDS / len(frames), *FRAME_SECONDS)
    delays = [round(100 * seconds)] * (len(frames) - 1) + [round(100 * LAST_SECONDS)]
    return encode_gif(frames, picture.palette, delays=delays)


class Picture:
    """What does not change from frame to frame: palette, points, and how a surface becomes S x S pixels."""

    def __init__(self, trainer: Trainer, mode: theme.Mode) -> None:
        task = trainer.task
        self.smooth = task.n_classes <= 2
        surface = theme.diverging(mode) if self.smooth else theme.by_class(mode, task.n_classes)
        marks = theme.CLASS_COLORS[: task.n_classes] if task.n_classes else _value_colors()
        self.palette = [*surface, *marks, mode.outline, mode.text]
        self._marks, self._paper, self._ink = len(surface), len(self.palette) - 2, len(self.palette) - 1
        self._points = self._draw_points(trainer)

    def draw(self, surface: np.ndarray, epoch: int) -> np.ndarray:
        """(H, W) palette indices of a frame. surface: (R, R)."""
        picture = np.full(SHAPE, self._paper, np.uint8)
        if self.smooth:  # the palette is a scale, so that what lies between two indices is a colour between
            plot = np.rint(_stretched(_stretched(surface.astype(np.float32)).T).T).astype(np.uint8)
        else:
            plot = surface.repeat(SIDE // SURFACE_SIDE, axis=0).repeat(SIDE // SURFACE_SIDE, axis=1)
        plot = np.where(self._points != NOTHING, self._points, plot)
        picture[MARGIN : MARGIN + SIDE, MARGIN : MARGIN + SIDE] = plot
        text = written(f"Epoch {epoch:,}", scale=2)
        top, left = MARGIN + SIDE + 7, MARGIN
        picture[top : top + text.shape[0], left : left + text.shape[1]][text] = self._ink
        return picture

    def _draw_points(self, trainer: Trainer) -> np.ndarray:
        """(S, S) palette indices of the points: test points are rings, training points lie above them."""
        reach = int(np.ceil(RADIUS)) + 1
        down, right = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        distance = np.hypot(down, right)
        inner, outer = distance <= RADIUS, distance <= RADIUS + 1.0
        canvas = np.full((SIDE + 2 * reach, SIDE + 2 * reach), NOTHING, np.uint8)
        for data, filled in ((trainer.test_data, False), (trainer.train_data, True)):
            for (row, column), mark in zip(_pixels(data), _marks(data), strict=True):
                place = canvas[row : row + 2 * reach + 1, column : column + 2 * reach + 1]
                color = self._marks + mark
                if not filled:
                    place[inner & (distance > RADIUS - 1.0)] = color
                else:
                    place[outer], place[inner] = self._paper, color
        return canvas[reach:-reach, reach:-reach]


def _pixels(data: Dataset) -> np.ndarray:
    """(n, 2) row and column of the first points' pixels; what lies outside the domain goes to its edge."""
    low, high = DOMAIN
    share = (data.x[:MOST_POINTS] - low) / (high - low)
    places = np.column_stack([1.0 - share[:, 1], share[:, 0]]) * SIDE
    return np.clip(places.astype(int), 0, SIDE - 1)


def _marks(data: Dataset) -> np.ndarray:
    """(n,) the first points' colours, as indices among those of the points."""
    y = data.y[:MOST_POINTS]
    if data.n_classes:
        return y
    return np.clip(np.rint((y + 1.0) * (0.5 * (VALUE_LEVELS - 1))), 0, VALUE_LEVELS - 1).astype(int)


def _value_colors() -> list[str]:
    """VALUE_LEVELS colours from -1 over 0 to 1."""
    shares = np.linspace(-1.0, 1.0, VALUE_LEVELS)
    ends = [theme.POSITIVE if share > 0 else theme.NEGATIVE for share in shares]
    return [theme.mix(theme.LIGHT.faint, end, abs(share)) for end, share in zip(ends, shares, strict=True)]


def _stretched(rows: np.ndarray) -> np.ndarray:
    """(R, n) rows as (S, n), each mixed from the two nearest."""
    place = np.clip((np.arange(SIDE) + 0.5) * SURFACE_SIDE / SIDE - 0.5, 0.0, SURFACE_SIDE - 1.0)
    cell = np.minimum(place.astype(int), SURFACE_SIDE - 2)
    share = (place - cell).astype(rows.dtype)[:, None]
    return rows[cell] * (1 - share) + rows[cell + 1] * share
