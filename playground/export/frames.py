"""Going through a run's frames again, to draw or record them, without disturbing the run."""

from collections.abc import Iterator
from contextlib import contextmanager

from playground.training import Trainer


def chosen(count: int, most: int) -> list[int]:
    """The indices of at most `most` (at least 2) of `count` frames: every so many, and the last.

    The step is a power of two, so that a long history has snapshots at these frames (see History) and going
    to them costs no training.
    """
    step, last = 1, count - 1
    while len(found := sorted({*range(0, count, step), last})) > max(most, 2):
        step *= 2
    return found


@contextmanager
def undisturbed(*trainers: Trainer) -> Iterator[None]:
    """Whatever frames the trainers are brought to in here, afterwards they stand as they stood before."""
    before = [(trainer, trainer.frame, trainer.stopped) for trainer in trainers]
    try:
        yield
    finally:
        for trainer, frame, stopped in before:
            trainer.restore(frame)
            trainer.stopped = stopped
