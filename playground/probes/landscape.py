"""Loss landscape: the training loss on a plane in the space of all N parameters, and a run's path on it.

Two planes go through the run's last weights:

- `path_plane`: the two principal components of the run's own way, so that they hold as much of it as a plane
  can (Li et al. 2018, section 7; Lorch 2016).
- `random_plane`: two random directions, each unit's incoming weights as long as the trained ones (filter
  normalisation, Li et al. 2018, section 4). Biases and the parameters of normalisation stay as they are.

The loss is measured in evaluation mode: no dropout, and batch norm keeps the running statistics of the run's
end everywhere on the plane.

Letters: F frames of the run, N parameters, S side of the grid.
"""

import copy
from typing import NamedTuple

import numpy as np

from playground.nn import Network
from playground.training import Frame, Trainer

SIDE = 41  # odd, so that the run's end lies on the grid
MARGIN = 0.35  # of the path's extent, on each side
LEAST = 1e-6  # half a side of the grid, for a path that does not move


class Trajectory(NamedTuple):
    """A run as a path. frames: F of them. params: (F, N) the weights that each was measured with."""

    frames: list[Frame]
    params: np.ndarray


class Plane(NamedTuple):
    """origin: (N,) the weights at 0, 0. directions: (2, N). explained: (2,) the share of the path's variance
    along each, NaN where that says nothing.
    """

    origin: np.ndarray
    directions: np.ndarray
    explained: np.ndarray

    def place(self, params: np.ndarray) -> np.ndarray:
        """The nearest places in the plane, (..., 2), to params: (..., N)."""
        off = params - self.origin
        return np.linalg.lstsq(self.directions.T, np.atleast_2d(off).T, rcond=None)[0].T.reshape(
            *off.shape[:-1], 2
        )

    def params(self, place: np.ndarray | tuple[float, float]) -> np.ndarray:
        """(N,) the weights at a place (2,)."""
        return self.origin + np.asarray(place) @ self.directions


class Landscape(NamedTuple):
    """x, y: (S,) places along the two directions. losses: (S, S), a row for each y. path: (F, 2) the nearest
    place of each frame. below: (F,) the loss there. off: (F,) how far the weights are from the plane.
    """

    plane: Plane
    x: np.ndarray
    y: np.ndarray
    losses: np.ndarray
    path: np.ndarray
    below: np.ndarray
    off: np.ndarray


def record(trainer: Trainer, *, updates: int, every: int) -> Trajectory:
    """Train on, and note the weights at every frame; a run that diverges ends before that. Early stopping
    adds a last step, back to the frame where it leaves the run.
    """
    frames, params = [trainer.frame], [trainer.network.params.copy()]
    for frame in trainer.advance(updates, every=every):
        if went_back := trainer.frame != frame:  # the weights are no longer those of this frame
            trainer.restore(frame)
        frames.append(frame)
        params.append(trainer.network.params.copy())
        if went_back:
            trainer.return_to_end()
            frames.append(trainer.frame)
            params.append(trainer.network.params.copy())
    return Trajectory(frames, np.array(params))


def path_plane(params: np.ndarray) -> Plane:
    """params: (F, N). The principal components, the start of the run always on the left and not above."""
    off = params - params[-1]
    _, sizes, rows = np.linalg.svd(off - off.mean(axis=0), full_matrices=False)
    directions = _two(rows, params.shape[1])
    directions[directions @ off[0] > 0.0] *= -1.0
    squares = np.append(sizes * sizes, [0.0, 0.0])
    total = squares.sum()
    explained = squares[:2] / total if total > 0.0 else np.full(2, np.nan)
    return Plane(params[-1].copy(), directions, explained)


def _two(rows: np.ndarray, n: int) -> np.ndarray:
    """Two orthonormal directions, (2, n), also if a path has fewer of its own."""
    if len(rows) >= 2:
        return rows[:2].copy()
    basis = np.linalg.qr(np.concatenate([rows, np.eye(2, n)]).T)[0].T
    return basis[:2].copy()


def random_plane(network: Network, *, seed: int) -> Plane:
    """Filter-normalised directions around the network's present weights."""
    rng = np.random.default_rng(seed)
    directions = np.stack([_filter_normalised(network, rng) for _ in range(2)])
    return Plane(network.params.copy(), directions, np.full(2, np.nan))


def _filter_normalised(network: Network, rng: np.random.Generator) -> np.ndarray:
    """(N,) a random direction whose part for each unit's incoming weights is as long as these are."""
    like = copy.deepcopy(network)
    like.params[:] = 0.0
    for mine, trained in zip(like.weight_layers, network.weight_layers, strict=True):
        if mine.kind == "dense":
            draws = rng.standard_normal(trained.W.shape)
            mine.W[:] = draws * (np.linalg.norm(trained.W, axis=0) / np.linalg.norm(draws, axis=0))
    return like.params.copy()


def landscape(trainer: Trainer, way: Trajectory, plane: Plane, *, reach: float = 0.0) -> Landscape:
    """The loss around a run. reach: how far the grid goes along each direction; 0: as far as the path does,
    and a bit more. The run's end is always a place of the grid.
    """
    loss = LossAt(trainer)
    path = plane.place(way.params)
    x, y = (_places(path[:, k], reach) for k in range(2))
    losses = np.array([[loss(plane.params((a, b))) for a in x] for b in y])
    below = np.array([loss(plane.params(place)) for place in path])
    flat = plane.origin + path @ plane.directions
    off = np.linalg.norm(way.params - flat, axis=1)
    return Landscape(plane, x, y, losses, path, below, off)


def _places(along: np.ndarray, reach: float) -> np.ndarray:
    """(SIDE,) places that hold the whole path, with the run's end, at 0, among them."""
    if reach:
        return np.linspace(-reach, reach, SIDE)
    low, high = float(along.min()), float(along.max())
    extent = max(high - low, LEAST)
    places = np.linspace(low - MARGIN * extent, high + MARGIN * extent, SIDE)
    return places - places[np.argmin(np.abs(places))]


class LossAt:
    """The training loss of a trainer's network with other parameters; the run is left as it is."""

    def __init__(self, trainer: Trainer) -> None:
        task, data = trainer.task, trainer.train_data
        self._network = copy.deepcopy(trainer.network)
        self._inputs, self._targets = task.features(data.x), task.targets(data.y)
        self._loss = task.loss.function

    def __call__(self, params: np.ndarray) -> float:
        """params: (N,)."""
        self._network.params[:] = params
        with np.errstate(all="ignore"):
            return float(self._loss(self._network.forward(self._inputs), self._targets)[0])
