"""Trainer: runs an Experiment frame by frame, keeps its History, and goes back to any frame of it.

    trainer = Trainer(Experiment())
    frame = trainer.train(epochs=10)
    for frame in trainer.advance(1000): ...
    trainer.restore(trainer.history[3])     # and on from there, bit for bit as before

Between calls a trainer always stands at a frame of its history. Going on from an earlier frame replaces those
after it.

What it trains is for `build_objective` to say, from the class of what describes the run: an Experiment's
network, or any other objective. Such a description has stop rules as its `stopping`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf
from typing import Generic

import numpy as np

from playground.arrays import Integers
from playground.limits import HISTORY_BYTES, MAX_FRAMES
from playground.text import _
from playground.training.description import Described
from playground.training.diagnosis import explain_divergence
from playground.training.edit import NetworkEdit
from playground.training.engine import Engine
from playground.training.frame import Frame
from playground.training.history import History
from playground.training.objective import Objective
from playground.training.objectives import build_objective
from playground.training.plan import Change, Plan
from playground.training.settings import ExperimentError
from playground.training.stopping import Stop, StopRules
from playground.training.supervised_run import OfSupervised


class Trainer(OfSupervised, Generic[Described]):
    """The run of an Experiment or another description; frame 0, before training, exists at once.

    objective: what it trains, with its data, networks and metrics.
    plan: what changes in it, and where; `changes` are to come when it begins.
    history_bytes: how much memory the history's snapshots may take.
    stopped: None, or the Stop that ended the run; restoring a frame or changing a live setting lifts it.
    end: the Stop with which the history ends, if it does, also while the run stands at an earlier frame.
    """

    def __init__(
        self,
        experiment: Described,
        changes: Iterable[Change[Described]] = (),
        *,
        history_bytes: int = HISTORY_BYTES,
    ):
        self.objective: Objective[Described] = build_objective(experiment)
        self._engine = Engine(self.objective)
        self.stopped: Stop | None = None
        self.end: Stop | None = None
        self.history = History(
            experiment,
            metrics=[metric.name for metric in self.objective.metrics],
            n_layers=sum(len(each.network.weight_layers) for each in self.objective.learners.values()),
            budget=history_bytes,
        )
        frame = self._engine.frame(0, self._engine.first_gradient_norms())
        if not _is_finite(frame):
            raise self.objective.first_error()
        self._record(frame)
        self._start_rules()
        self.plan.coming = tuple(changes)
        self._make_due()

    # ---- what there is to see

    @property
    def experiment(self) -> Described:
        """The settings in force now."""
        return self.plan.settings_at(self._engine.update)

    @property
    def plan(self) -> Plan[Described]:
        return self.history.plan

    @property
    def updates_per_epoch(self) -> int:
        return self._engine.updates_per_epoch

    @property
    def last_batch(self) -> Integers:
        """The rows of `train_data` that the last update used; none before the first."""
        return self._engine.last_batch

    @property
    def frame(self) -> Frame:
        """Where the run stands."""
        return self.history[self._index]

    # ---- training

    def train(self, *, epochs: int | None = None, updates: int | None = None) -> Frame:
        """Train on for so many epochs or updates, a frame an epoch; the frame where the run then stands."""
        asked = updates if epochs is None else epochs * self.updates_per_epoch
        if asked is None or (epochs is not None and updates is not None):
            raise ValueError("Trainer.train takes either epochs or updates; give exactly one of them.")
        for _i in self.advance(asked):
            pass
        return self.frame

    def advance(self, updates: int, *, every: int | None = None) -> Iterator[Frame]:
        """Train on for so many updates, yielding a frame when their total is a multiple of `every`, and at
        the end.

        every: one epoch by default. It ends early when the run stops; the last frame is yielded before that.
        A change to come is made where the plan has it, at a frame of its own.
        """
        every = every or self.updates_per_epoch
        end = self._engine.update + updates
        while self.stopped is None and self._engine.update < end:
            limit = self._limit()
            if limit is None:
                return
            until = min(end, limit, (self._engine.update // every + 1) * every, self.plan.next_update())
            frame = self._train_to(int(until))
            if frame is None:
                return
            if self.stopped is None and self._make_due():
                frame = self.frame
            yield frame

    def _limit(self) -> float | None:
        """The update at which the run must end; None, and stopped, if it is there."""
        epochs = self.experiment.stopping.max_epochs
        if epochs and self._engine.update >= epochs * self.updates_per_epoch:
            self._stop(
                Stop(
                    "max_epochs",
                    _("The run has reached epoch {epochs}, as asked.").format(epochs=epochs),
                    self.frame,
                )
            )
        elif self._index + 1 >= MAX_FRAMES:
            reason = _("The run has reached {n} frames, as many as are kept; start anew to go on.").format(
                n=MAX_FRAMES
            )
            self._stop(Stop("max_frames", reason, self.frame))
        else:
            return epochs * self.updates_per_epoch or inf
        return None

    def _train_to(self, until: int) -> Frame | None:
        """Train until so many updates are done in all, and record the frame; None if the run diverges."""
        engine = self._engine
        finite = engine.run(until - 1)
        engine.remember_parameters()
        finite = finite and engine.run(until)
        frame = engine.frame(self._index + 1, engine.gradient_norms()) if finite else None
        if frame is None or not (_is_finite(frame) and engine.is_finite):
            self._diverge(min(engine.update + 1, until))
            return None
        self._forget_later_frames()
        self._record(frame)
        stop = self._rules.check(frame)
        if stop is None:
            self._limit()
        else:
            self._stop(stop)
        return frame

    def _stop(self, stop: Stop) -> None:
        """The history ends with its last frame; stand where the rule says."""
        self.stopped = self.end = stop
        if stop.frame.index != self._index:
            self._go_to(stop.frame.index)

    def _record(self, frame: Frame) -> None:
        self.history.record(frame, self._engine.snapshot())
        self._index = frame.index
        self.end = None

    def _diverge(self, failed: int) -> None:
        """Stop, and stand at the last finite frame."""
        self._forget_later_frames()
        self._go_to(self._index)
        reason = explain_divergence(self._engine, self.history[0], self.frame, failed)
        self._go_to(self._index)
        self._stop(Stop("diverged", reason, self.frame))

    # ---- going back and changing course

    def restore(self, frame: Frame) -> Frame:
        """Stand at a frame again, with the settings in force there; going on forgets the later frames."""
        if not 0 <= frame.index < len(self.history) or self.history[frame.index] != frame:
            raise ValueError(
                f"Frame {frame.index} is not part of this run's history; take one from trainer.history."
            )
        self._go_to(frame.index)
        self.stopped = None
        return frame

    def return_to_end(self) -> None:
        """Stand where the run stopped that the history ends with."""
        if self.end is not None:
            self._go_to(self.end.frame.index)
            self.stopped = self.end

    def _go_to(self, index: int) -> None:
        """Load the nearest snapshot before a frame, and train from there as the run did."""
        snapshot, experiment, changes = self.history.replay_from(index)
        self._engine.load(snapshot, experiment)
        for change in changes:
            self._engine.run(change.update)
            if isinstance(change.made, NetworkEdit):
                self.supervised.edit(change.made)
            else:
                self._engine.apply(change.made)
        self._engine.run(self.history[index].update)
        self._engine.gradient_norms()
        self._index = index

    def update_settings(self, experiment: Described) -> None:
        """Change live settings from this frame on, in the place of whatever changes after it. ExperimentError
        if anything but live settings would change.
        """
        self._put_in_force(experiment)
        self.plan.coming = ()

    def apply_wanted(self) -> None:
        """Put in force here what the plan wants where the run goes on."""
        if self.plan.wanted is not None:
            self.update_settings(self.plan.wanted)
            self.plan.wanted = None

    def _make_due(self) -> bool:
        """Make the changes that the plan has for this frame; whether there were any."""
        made = False
        while due := self.plan.take_due(self._engine.update):
            made = True
            if isinstance(due.made, NetworkEdit):
                self._edit(due.made)
            else:
                self._put_in_force(due.made)
        return made

    def _put_in_force(self, experiment: Described) -> None:
        changed = self.experiment.differences(experiment)
        known = self.experiment.fields()
        fixed = [path for path in changed if not known[path].live]
        if fixed:
            raise ExperimentError(
                _("{setting} cannot change while a run is under way: start a new run to change it.").format(
                    setting=fixed[0]
                )
            )
        if not changed and not self.plan.after(self.frame.update):
            return
        self._forget_later_frames()
        if changed:
            self.history.change(experiment)
            self._go_to(self._index)  # so that a later replay, which goes the same way, gives the same bits
        self._change_course()

    def edit(self, edit: NetworkEdit) -> Frame:
        """Change parameters by hand at this frame, which is measured anew; training goes on from there.

        The frame keeps what was measured of the updates before it (gradient norms and update ratios; before
        training the gradients are those of the edited network). The optimizer keeps its slots, so the edited
        parameters may go on with the momentum they had. ExperimentError if the edit does not fit the network,
        or if that gives no finite loss with it.
        """
        self._edit(edit)
        self.plan.coming = ()
        return self.frame

    def _edit(self, edit: NetworkEdit) -> None:
        edit.check(self.network)
        self.supervised.edit(edit)
        if not _is_finite(self._measure_again()):
            self._go_to(self._index)
            raise ExperimentError(
                _("With {change} the loss is not finite: choose smaller numbers.").format(change=edit.words)
            )
        self._forget_later_frames()
        self.history.edit(edit)
        self._go_to(self._index)  # as a later replay does
        self.history.rewrite(self._measure_again())
        self._change_course()

    def _measure_again(self) -> Frame:
        """The present frame with the numbers of the network as it is now."""
        engine, frame = self._engine, self.frame
        norms = frame.gradient_norms if frame.update else tuple(engine.first_gradient_norms().tolist())
        return replace(
            frame,
            metrics=engine.metrics(),
            gradient_norms=norms,
            weight_norms=tuple(engine.weight_norms().tolist()),
        )

    def _change_course(self) -> None:
        """The run goes on under other settings or with other numbers."""
        self.stopped = self.end = None
        self._start_rules()

    def _start_rules(self) -> None:
        """Have the stop rules in force look at the frames there are."""
        self._rules = StopRules(self.experiment.stopping, self.objective.metrics, self.history)

    def _forget_later_frames(self) -> None:
        """The run goes on from here: what came after this frame is another future."""
        if self._index + 1 < len(self.history):
            self.history.truncate(self._index)
            self.end = None
            self._start_rules()


def _is_finite(frame: Frame) -> bool:
    numbers = (*frame.metrics.values(), *frame.gradient_norms, *frame.weight_norms, *frame.update_ratios)
    return bool(np.isfinite(numbers).all())
