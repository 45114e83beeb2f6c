"""Track: one trainer of a run, which can be made to stand at any update, past or future."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from time import perf_counter

import numpy as np

from playground.limits import HISTORY_BYTES
from playground.player.scene import Moment
from playground.probes.data_pass import Bench, DataPass
from playground.probes.grid import GridPass, grid_inputs
from playground.training import Experiment, NetworkEdit, Stop, Trainer

Change = tuple[
    int, Experiment | NetworkEdit
]  # live settings or a number set by hand, and from which update on


class Track:
    """A trainer and the settings that wait for it.

    changes: live settings and edits still to come, first to last; they are made when training reaches their
    update. made: those that hold in the history as it is. history_bytes: as of a Trainer.
    """

    def __init__(
        self, experiment: Experiment, changes: Sequence[Change] = (), *, history_bytes: int = HISTORY_BYTES
    ) -> None:
        self.trainer = Trainer(experiment, history_bytes=history_bytes)
        self.changes = list(changes)
        self.made: list[Change] = []
        self._inputs = grid_inputs(self.trainer)
        self._bench = Bench(self.trainer)
        self._wanted: Experiment | None = None
        self._end: tuple[Stop, int] | None = None  # why the run ended, and after which update
        self._make_due()

    @property
    def experiment(self) -> Experiment:
        """The latest settings, also while the visitor looks at a moment before they were made."""
        made = [change for _, change in (*self.made, *self.changes) if isinstance(change, Experiment)]
        return self._wanted or (made[-1] if made else self.trainer.history.experiment)

    @property
    def update(self) -> int:
        return self.trainer.frame.update

    def want(self, experiment: Experiment) -> None:
        """Change live settings from the next frame on that the player goes on from."""
        self._wanted = experiment

    def settle(self) -> None:
        """Make the wanted change here; what was to come after this frame is dropped."""
        if self._wanted is not None:
            self._drop_later_changes()
            self._make(self._wanted)
            self._wanted = None

    def edit(self, edit: NetworkEdit) -> None:
        """Set a weight or bias by hand here; what was to come after this frame is dropped. ExperimentError if
        it cannot be set.
        """
        self.settle()
        self._make(edit)
        self._drop_later_changes()

    def _drop_later_changes(self) -> None:
        self.changes.clear()
        self.made = [change for change in self.made if change[0] <= self.update]

    def _make(self, change: Experiment | NetworkEdit) -> None:
        """Make a change here; settings take the place of others made here."""
        if isinstance(change, NetworkEdit):
            self.trainer.edit(change)
        else:
            self.trainer.update_settings(change)
            self.made = [c for c in self.made if c[0] != self.update or isinstance(c[1], NetworkEdit)]
        self.made = [*self.made, (self.update, change)]
        self._end = None

    def _make_due(self) -> None:
        while self.changes and self.changes[0][0] == self.update:
            self._make(self.changes.pop(0)[1])

    def stand_at(self, update: int, *, deadline: float = inf) -> bool:
        """Go to a frame of the past, or train up to one of the future.

        deadline: a time of perf_counter() at which training pauses. False if the run ended, or was paused,
        before it.
        """
        if self._is_after_end(update):
            self._rest_at_end()
        else:
            self._go_to_known(update)
            while self.update < update and self.trainer.stopped is None and perf_counter() < deadline:
                self._train_towards(update, deadline)
        return self.update == update

    def _is_after_end(self, update: int) -> bool:
        """Early stopping rests at its best frame: the frames after that lead to the end, the last one is not
        shown.
        """
        if self._end is None or self.trainer.history[-1].update != self._end[1]:
            return False
        stop, last = self._end
        return update > last or (update == last and stop.frame.update < last)

    def _rest_at_end(self) -> None:
        if self.trainer.stopped is None:
            stop = self._end[0]
            self._go_to_known(stop.frame.update)
            self.trainer.stopped = replace(stop, frame=self.trainer.frame)

    def _go_to_known(self, update: int) -> None:
        """Stand at the last frame of the history at or before an update."""
        trainer = self.trainer
        known = trainer.history.values("update")
        index = int(np.searchsorted(known, update, side="right")) - 1
        if trainer.frame.index != index:
            trainer.restore(trainer.history[index])

    def _train_towards(self, update: int, deadline: float) -> None:
        """Train up to an update, or to the next change before it, and make that. A frame an epoch is noted,
        so that stop rules see the same frames however far apart the player's are.
        """
        self._bring_back_later_changes()
        stop = min(update, max(self.changes[0][0], self.update)) if self.changes else update
        trainer = self.trainer
        for _ in trainer.advance(stop - self.update):
            if perf_counter() > deadline:
                break
        if trainer.stopped is not None:
            self._end = trainer.stopped, trainer.history[-1].update
        else:
            self._make_due()

    def _bring_back_later_changes(self) -> None:
        """Training from here drops the frames after it; the changes that were made there will be made
        again.
        """
        later = [change for change in self.made if change[0] > self.update]
        if later:
            self.changes = [*later, *self.changes]
            self.made = [change for change in self.made if change[0] <= self.update]

    def moment(self) -> Moment:
        """What there is to measure at the present frame."""
        trainer = self.trainer
        return Moment(trainer, trainer.frame, GridPass(trainer, self._inputs), DataPass(self._bench))
