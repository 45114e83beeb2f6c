"""Track: one trainer of a run, which can be made to stand at any update, past or future."""

from collections.abc import Sequence
from math import inf
from time import perf_counter
from typing import Generic

import numpy as np

from playground.limits import HISTORY_BYTES
from playground.player.scene import FrameContext
from playground.probes.passes import Passes
from playground.training import NetworkEdit, Trainer
from playground.training.description import Described
from playground.training.plan import Change


class Track(Generic[Described]):
    """A trainer and what is measured of it.

    changes: live settings and edits to come. history_bytes: as of a Trainer.
    """

    def __init__(
        self,
        experiment: Described,
        changes: Sequence[Change[Described]] = (),
        *,
        history_bytes: int = HISTORY_BYTES,
    ) -> None:
        self.trainer = Trainer(experiment, changes, history_bytes=history_bytes)
        self._passes = Passes(self.trainer)

    @property
    def experiment(self) -> Described:
        """The latest settings, also while the visitor looks at a moment before they were made."""
        return self.trainer.plan.settings

    @property
    def update(self) -> int:
        return self.trainer.frame.update

    def set_pending(self, experiment: Described) -> None:
        """Change live settings from the next frame on that the player goes on from."""
        self.trainer.plan.wanted = experiment

    def apply_pending(self) -> None:
        """Make the wanted change here; what was to come after this frame is dropped."""
        self.trainer.apply_wanted()

    def edit(self, edit: NetworkEdit) -> None:
        """Set a weight or bias by hand here; what was to come after this frame is dropped. ExperimentError if
        it cannot be set.
        """
        self.apply_pending()
        self.trainer.edit(edit)

    def seek(self, update: int, *, deadline: float = inf) -> bool:
        """Go to a frame of the past, or train up to one of the future.

        deadline: a time of perf_counter() at which training pauses. False if the run ended, or was paused,
        before it.
        """
        if self._is_after_end(update):
            if self.trainer.stopped is None:
                self.trainer.return_to_end()
        else:
            self._seek_recorded(update)
            while self.update < update and self.trainer.stopped is None and perf_counter() < deadline:
                self._train_towards(update, deadline)
        return self.update == update

    def _is_after_end(self, update: int) -> bool:
        """Early stopping rests at its best frame: the frames after that lead to the end, the last one is not
        shown.
        """
        end, last = self.trainer.end, self.trainer.history[-1].update
        return end is not None and (update > last or (update == last and end.frame.update < last))

    def _seek_recorded(self, update: int) -> None:
        """Stand at the last frame of the history at or before an update."""
        trainer = self.trainer
        known = trainer.history.values("update")
        index = int(np.searchsorted(known, update, side="right")) - 1
        if trainer.frame.index != index:
            trainer.restore(trainer.history[index])

    def _train_towards(self, update: int, deadline: float) -> None:
        """Train up to an update. A frame an epoch is noted, so that stop rules see the same frames however
        far apart the player's are; the changes that were made after this frame are made again.
        """
        self.trainer.plan.postpone_after(self.update)
        for _ in self.trainer.advance(update - self.update):
            if perf_counter() > deadline:
                break

    def moment(self) -> FrameContext:
        """What there is to measure at the present frame."""
        return FrameContext(self.trainer, self.trainer.frame, self._passes)
