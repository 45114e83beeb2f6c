"""Plan: what is changed in a run, and at which update: live settings and parameters set by hand.

Settings may be of any kind, such as an Experiment; an edit is a NetworkEdit. A change at an update is made
after it, so it is the next update that first feels it. A change is made, or still to come: at an update that
training has yet to reach, or wanted wherever the run next goes on.
"""

from math import inf
from typing import Generic, NamedTuple, TypeVar

from playground.training.edit import NetworkEdit

Settings = TypeVar("Settings")


class Change(NamedTuple, Generic[Settings]):
    """made: the settings from here on, or the edit."""

    update: int
    made: Settings | NetworkEdit

    @property
    def is_edit(self) -> bool:
        return isinstance(self.made, NetworkEdit)


class Plan(Generic[Settings]):
    """first: the settings before any change. changes: those that hold in the history as it is, first to last.
    coming: those that are made when training reaches their update. wanted: settings to be put in force where
    the run goes on, in the place of all that comes after that.
    """

    def __init__(self, first: Settings) -> None:
        self.first = first
        self.changes: tuple[Change[Settings], ...] = ()
        self.coming: tuple[Change[Settings], ...] = ()
        self.wanted: Settings | None = None

    @property
    def settings(self) -> Settings:
        """The latest, also while they are still to come."""
        return self._latest((*self.changes, *self.coming)) if self.wanted is None else self.wanted

    def settings_at(self, update: int) -> Settings:
        """Those in force after the changes at an update."""
        return self._latest(self.until(update))

    def settings_before(self, update: int) -> Settings:
        """Those in force in the updates up to this one: a change at the update itself comes after them."""
        return self._latest(self.until(update - 1))

    def _latest(self, changes: tuple[Change[Settings], ...]) -> Settings:
        for change in reversed(changes):
            if not isinstance(change.made, NetworkEdit):
                return change.made
        return self.first

    def until(self, update: int) -> tuple[Change[Settings], ...]:
        """The changes up to an update, those at it included."""
        return tuple(change for change in self.changes if change.update <= update)

    def after(self, update: int) -> tuple[Change[Settings], ...]:
        """The changes that come later than an update."""
        return tuple(change for change in self.changes if change.update > update)

    def between(self, start: int, stop: int) -> tuple[Change[Settings], ...]:
        """The changes from one update to another, both included."""
        return tuple(change for change in self.until(stop) if change.update >= start)

    def add(self, update: int, made: Settings | NetworkEdit) -> None:
        """Note a change that follows all others in time; settings take the place of others made at the same
        update, while edits add up.
        """
        if self.changes and update < self.changes[-1].update:
            raise ValueError(
                f"A change at update {update} lies before the last one, at {self.changes[-1].update}; "
                "forget the later ones first."
            )
        change: Change[Settings] = Change(update, made)
        kept = self.changes
        if not change.is_edit:
            kept = tuple(other for other in kept if other.update != update or other.is_edit)
        self.changes = (*kept, change)

    def forget_after(self, update: int) -> None:
        """Keep the changes up to an update alone."""
        self.changes = self.until(update)

    def postpone_after(self, update: int) -> None:
        """Have the changes after an update made again when training reaches them: the frames there are going
        to be others.
        """
        self.coming = (*self.after(update), *self.coming)
        self.forget_after(update)

    def next_update(self) -> float:
        """Where the next change is to be made; infinity if none is to come."""
        return self.coming[0].update if self.coming else inf

    def take_due(self, update: int) -> Change[Settings] | None:
        """The next change, taken out of those to come, if it is to be made at this update."""
        if self.next_update() > update:
            return None
        due, *rest = self.coming
        self.coming = tuple(rest)
        return due
