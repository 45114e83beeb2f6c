"""Travel: how far training has moved a network in the space of its N parameters, and along how long a path.

The path runs straight from one frame of the history to the next, one an epoch unless the player asks for
more; where a very long history has let go of frames in between, straight past them.
"""

from typing import NamedTuple

import numpy as np

from playground.training import Trainer


class Distances(NamedTuple):
    """distance: from the first weights, as the crow flies. length: of the path there."""

    distance: float
    length: float


class DistanceMeter:
    """The travel of one trainer; asked again and again, it adds only what is new."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._lengths = [0.0]  # of the path to each frame
        self._sums = [float(self._params(0).sum())]  # of each frame's parameters: another run has others

    def _params(self, index: int) -> np.ndarray:
        """Those of a frame; where its snapshot is gone, of the nearest before."""
        return self._trainer.history.replay_from(index)[0].learners["network"].params

    def measure(self) -> Distances:
        """At the frame where the trainer stands."""
        last = self._trainer.frame.index
        self._follow(last)
        params = self._trainer.network.params
        length = self._lengths[last] + _far(params, self._params(last))
        return Distances(_far(params, self._params(0)), length)

    def _follow(self, last: int) -> None:
        """Know all frames up to `last`. What a run that took another way has left behind is forgotten."""
        known = min(last, len(self._sums) - 1)
        while known and float(self._params(known).sum()) != self._sums[known]:
            known -= 1
        del self._lengths[known + 1 :], self._sums[known + 1 :]
        before = self._params(known)
        for index in range(known + 1, last + 1):
            params = self._params(index)
            self._lengths.append(self._lengths[-1] + _far(params, before))
            self._sums.append(float(params.sum()))
            before = params


def _far(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.linalg.norm(one - other))
