"""Track: one trainer of a run, which can be made to stand at any update, past or future."""

import numpy as np

from playground.probes.grid import GridPass, grid_inputs
from playground.training import Experiment, Trainer
from playground.ui.scene import Moment

Change = tuple[int, Experiment]  # the update from which on these live settings hold


class Track:
    """A trainer and the settings that wait for it.

    changes: live settings still to come, first to last; they are made when training reaches their update.
    made: those made so far.
    """

    def __init__(self, experiment: Experiment, changes: tuple[Change, ...] = ()) -> None:
        self.trainer = Trainer(experiment)
        self.changes = list(changes)
        self.made: list[Change] = []
        self._inputs = grid_inputs(self.trainer)
        self._wanted: Experiment | None = None

    @property
    def experiment(self) -> Experiment:
        """The settings in force, or about to be once the player has said from which frame on."""
        return self._wanted or self.trainer.experiment

    @property
    def update(self) -> int:
        return self.trainer.frame.update

    def want(self, experiment: Experiment) -> None:
        """Change live settings from the next frame on that the player goes on from."""
        self._wanted = experiment

    def settle(self) -> None:
        """Make the wanted change here; what was to come after this frame is dropped."""
        if self._wanted is not None:
            self.changes.clear()
            self._make(self._wanted)
            self._wanted = None

    def _make(self, experiment: Experiment) -> None:
        self.trainer.update_settings(experiment)
        self.made = [*(change for change in self.made if change[0] < self.update), (self.update, experiment)]

    def stand_at(self, update: int) -> bool:
        """Go to a frame of the past, or train up to one of the future. False if the run has ended before
        it.
        """
        trainer = self.trainer
        known = trainer.history.values("update")
        if update <= known[-1]:
            index = int(np.searchsorted(known, update, side="right")) - 1
            if trainer.frame.index != index:
                trainer.restore(trainer.history[index])
        elif trainer.stopped is None and trainer.frame.index != len(known) - 1:
            trainer.restore(trainer.history[-1])
        while self.update < update and trainer.stopped is None:
            self._train_towards(update)
        return self.update == update

    def _train_towards(self, update: int) -> None:
        """Train up to an update, or to the next change before it, and make that."""
        stop = update
        if self.changes and self.changes[0][0] <= update:
            stop = max(self.changes[0][0], self.update)
        if stop > self.update:
            for _ in self.trainer.advance(stop - self.update, every=stop):
                pass
        if self.changes and self.changes[0][0] == self.update:
            self._make(self.changes.pop(0)[1])

    def moment(self) -> Moment:
        """What there is to measure at the present frame."""
        return Moment(self.trainer, self.trainer.frame, GridPass(self.trainer, self._inputs))
