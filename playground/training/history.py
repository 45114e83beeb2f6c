"""History: what a run leaves behind, which is the numbers of every frame and snapshots to go on from.

The numbers lie in one growing table, a row for each frame. Snapshots lie at every frame whose index is a
multiple of a stride, and at the last frame; past a byte budget the stride doubles. A frame without
a snapshot is reached by training on from the nearest one before it, which gives the same bits. The run's plan
is kept as well, so that such a replay makes each change where it was made.

Letters: F frames, L weight layers.
"""

from collections.abc import Iterator, Sequence
from typing import Generic

import numpy as np

from playground.arrays import Array
from playground.limits import HISTORY_BYTES
from playground.training.edit import NetworkEdit
from playground.training.frame import Frame, Snapshot
from playground.training.plan import Change, Plan, Settings

PER_LAYER = ("gradient_norms", "weight_norms", "update_ratios")


class History(Generic[Settings]):
    """All frames of a run: `len(history)`, `history[index]`, iteration, and whole columns by `values`.

    settings: in force from the first frame on, such as an Experiment. metrics: the names of what a frame
    measures. n_layers: L. budget: how many bytes the snapshots may take; the last one is always kept.
    """

    def __init__(
        self, settings: Settings, *, metrics: Sequence[str], n_layers: int, budget: int = HISTORY_BYTES
    ):
        self.metrics = tuple(metrics)
        self.budget = budget
        self.plan = Plan(settings)
        self._columns = {
            name: slice(i, i + 1) for i, name in enumerate(("epoch", "update", "learning_rate", *metrics))
        }
        for name in PER_LAYER:
            start = max(part.stop for part in self._columns.values())
            self._columns[name] = slice(start, start + n_layers)
        self._table = np.empty((64, start + n_layers))
        self._length = 0
        self._snapshots: dict[int, Snapshot] = {}
        self._snapshot_bytes = 0
        self._stride = 1

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> Frame:
        if not -self._length <= index < self._length:
            raise IndexError(f"There is no frame {index}: the history holds {self._length}.")
        index %= self._length
        row = self._table[index].tolist()
        parts = {name: row[part] for name, part in self._columns.items()}
        return Frame(
            index=index,
            epoch=int(parts["epoch"][0]),
            update=int(parts["update"][0]),
            metrics={name: parts[name][0] for name in self.metrics},
            learning_rate=parts["learning_rate"][0],
            **{name: tuple(parts[name]) for name in PER_LAYER},
        )

    def __iter__(self) -> Iterator[Frame]:
        return (self[index] for index in range(self._length))

    def values(self, name: str) -> Array:
        """A number of every frame: (F,) for epoch, update, learning_rate and metrics, else (F, L). A copy."""
        column = self._table[: self._length, self._columns[name]].copy()
        return column if name in PER_LAYER else column[:, 0]

    @property
    def nbytes(self) -> int:
        """What the snapshots take; all those of a run are equally large."""
        return len(self._snapshots) * self._snapshot_bytes

    def settings_before(self, index: int) -> Settings:
        """The settings in force in the updates that led to a frame; before training, those of its start."""
        return self.plan.settings_before(self[index].update) if index > 0 else self.plan.first

    def record(self, frame: Frame, snapshot: Snapshot) -> None:
        """Add the next frame; its index must be the history's length."""
        if not self._length:
            self._snapshot_bytes = snapshot.nbytes
        if self._length == len(self._table):
            self._table = np.concatenate([self._table, np.empty_like(self._table)])
        self._write(frame)
        previous = self._length - 1
        if previous % self._stride:
            self._snapshots.pop(previous, None)
        self._snapshots[self._length] = snapshot
        self._length += 1
        self._thin()

    def _write(self, frame: Frame) -> None:
        row = self._table[frame.index]
        for name, part in self._columns.items():
            row[part] = frame.metrics[name] if name in self.metrics else getattr(frame, name)

    def _thin(self) -> None:
        """Double the stride until the snapshots fit; the first and the last frame keep theirs."""
        last = self._length - 1
        while self.nbytes > self.budget and self._stride <= last:
            self._stride *= 2
            self._snapshots = {
                index: snapshot
                for index, snapshot in self._snapshots.items()
                if index % self._stride == 0 or index == last
            }

    def change(self, settings: Settings) -> None:
        """Note that these settings are in force from the last frame on; they replace others noted there."""
        self.plan.add(self[-1].update, settings)

    def edit(self, edit: NetworkEdit) -> None:
        """Note that a parameter is set by hand at the last frame."""
        self.plan.add(self[-1].update, edit)

    def rewrite(self, frame: Frame) -> None:
        """Put other numbers in the place of the last frame's."""
        self._write(frame)

    def truncate(self, index: int) -> None:
        """Forget every frame after `index`, and what was changed there."""
        self._length = index + 1
        self._snapshots = {i: snapshot for i, snapshot in self._snapshots.items() if i <= index}
        self.plan.forget_after(self[index].update)

    def replay_from(self, index: int) -> tuple[Snapshot, Settings, tuple[Change[Settings], ...]]:
        """How to reach a frame: a snapshot, its settings, and each change since, those at the frame too."""
        snapshot = self._snapshots[max(i for i in self._snapshots if i <= index)]
        since = self.plan.between(snapshot.update, self[index].update)
        return snapshot, self.plan.settings_before(snapshot.update), since
