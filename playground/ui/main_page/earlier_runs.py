"""Logbook: the runs of this visit, so that any of them can be opened again or set beside others."""

from dataclasses import dataclass, replace

from playground.datasets import DATASETS
from playground.nn import OPTIMIZERS
from playground.player.run import Run
from playground.text import _, ngettext, percent
from playground.training import Experiment
from playground.training.plan import Change
from playground.ui.controls.differences import differences, layers_in_words

MOST_RUNS = 20


@dataclass(frozen=True)
class Entry:
    """A run as it was left.

    experiment: at its start. changes: live settings that were changed on the way. epoch: how far it was
    trained. result: the test loss or accuracy there, in words.
    """

    number: int
    experiment: Experiment
    changes: tuple[Change, ...]
    epoch: int
    result: str

    @property
    def title(self) -> str:
        return f"{self.number}. {self.setup}"

    @property
    def setup(self) -> str:
        e = self.experiment
        return _("{dataset}: {layers}, {optimizer} {lr:g}").format(
            dataset=DATASETS[e.data.dataset].label,
            layers=layers_in_words(e.network.layers),
            optimizer=OPTIMIZERS[e.optimizer.name].label,
            lr=e.optimizer.lr,
        )

    @property
    def words(self) -> str:
        settings = [change.made for change in self.changes if not change.is_edit]
        changed = differences(self.experiment, settings[-1]) if settings else []
        edits = len(self.changes) - len(settings)
        if edits:
            changed.append(
                ngettext("{n} number set by hand", "{n} numbers set by hand", edits).format(n=edits)
            )
        words = (
            ngettext(
                "trained for {n:,} epoch: {result}; then {changed}",
                "trained for {n:,} epochs: {result}; then {changed}",
                self.epoch,
            )
            if changed
            else ngettext(
                "trained for {n:,} epoch: {result}", "trained for {n:,} epochs: {result}", self.epoch
            )
        )
        return words.format(n=self.epoch, result=self.result, changed=", ".join(changed))


class Logbook:
    """The last MOST_RUNS runs, oldest first; the one under way comes last when asked for."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._count = 0

    def keep(self, run: Run, track: int = 0) -> Entry:
        """Note a run that is being left; one that is already in here is noted as it is now. track: which of
        the runs on its timeline.
        """
        entry = self._entry(run, track, self._count + 1)
        same = [e for e in self._entries if (e.experiment, e.changes) == (entry.experiment, entry.changes)]
        if same:
            entry = replace(entry, number=same[0].number)
            self._entries[self._entries.index(same[0])] = entry
        else:
            self._count += 1
            self._entries = [*self._entries, entry][-MOST_RUNS:]
        return entry

    def entries(self) -> list[Entry]:
        return list(self._entries)

    def _entry(self, run: Run, k: int, number: int) -> Entry:
        trainer = run.trainers[k]
        frame = trainer.history[-1]
        accuracy = frame.metrics.get("test_accuracy")
        result = _("test loss {loss:.4g}").format(loss=frame.metrics["test_loss"])
        if accuracy is not None:
            result = _("test accuracy {accuracy}").format(accuracy=percent(accuracy, 1))
        return Entry(number, run.first_experiments[k], trainer.plan.changes, frame.epoch, result)
