"""The contract of an optimizer: one in-place step on flat vectors.

    step(params, grads)      changes params: (N,) in place, from grads: (N,), which it leaves as they are

Every hyper-parameter is a plain attribute and may change between steps. Derived rates are locals, so that the
attributes always hold what was asked for. Letters: N parameters, t steps taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from playground.arrays import Array, Mask
from playground.nn.entries import require_line
from playground.nn.setting import Setting, resolve
from playground.text import _

Lines = tuple[tuple[str, str], ...]
"""A step as formulas, in order: what changes, and an expression of what it becomes."""
Readings = Mapping[str, Array | float]
"""Named numbers: vectors (N,), or single ones."""


class LastStep(NamedTuple):
    """t: which one it was, 0: none was taken. gradient: (N,) its own. before, after: the slots."""

    t: int
    gradient: Array
    before: Mapping[str, Array]
    after: Mapping[str, Array]


@dataclass(frozen=True)
class OptimizerSnapshot:
    """A copy of everything a step depends on besides params and grads."""

    t: int
    slots: Mapping[str, Array]
    scalars: Mapping[str, float]


class Optimizer:
    """Base of every optimizer.

    n_params: N.
    lr: the learning rate; None means the optimizer's own default.
    weight_decay: coupled by default (added to the gradient, as in PyTorch); a decoupled optimizer shrinks the
        parameters instead. None means the optimizer's own default.
    decay_mask: (N,) bool, which parameters weight decay touches; None means all of them.
    named: the hyper-parameters listed in `settings`.

    What a class carries besides its rule, for menus, glossary, labs and tests:

    label, source, text, latex: see `playground.nn.entries`.
    formula: one step of one weight. An expression knows w, its gradient g, lr, t, weight_decay, settings,
        slots and `carried`, each as the lines before have left it, and what earlier lines have named.
    network_lr: a learning rate that suits it on a small network. surface_lrs: and on each surface of
        `playground.probes.surfaces`.
    slot_words: slot -> what it is called on a card that tells the size of its typical entry.
    """

    label: ClassVar[str]
    source: ClassVar[str]
    text: ClassVar[str]
    latex: ClassVar[str]
    formula: ClassVar[Lines]
    network_lr: ClassVar[float]
    surface_lrs: ClassVar[Mapping[str, float]]
    settings: ClassVar[Mapping[str, Setting]] = {}
    default_lr: ClassVar[float] = 1e-3
    default_weight_decay: ClassVar[float] = 0.0
    decoupled: ClassVar[bool] = False
    slot_words: ClassVar[Mapping[str, str]] = {}
    carried: ClassVar[tuple[str, ...]] = ()
    """Numbers that a step changes besides the slots; snapshots hold them too."""

    def __init__(
        self,
        n_params: int,
        *,
        lr: float | None = None,
        weight_decay: float | None = None,
        decay_mask: Mask | None = None,
        dtype: type = np.float64,
        **named: float,
    ) -> None:
        name = type(self).__name__
        self.lr = self.default_lr if lr is None else lr
        self.weight_decay = self.default_weight_decay if weight_decay is None else weight_decay
        for rate in ("lr", "weight_decay"):
            if not 0.0 <= getattr(self, rate) < float("inf"):
                raise ValueError(
                    f"{name}: {rate} = {getattr(self, rate)!r} is not a finite number from 0 up; give one."
                )
        if decay_mask is not None and decay_mask.shape != (n_params,):
            raise ValueError(
                f"{name}: decay_mask has shape {decay_mask.shape}, not ({n_params},); give one per parameter."
            )
        for setting, value in resolve(name, self.settings, named).items():
            setattr(self, setting, value)
        self.t = 0
        self.slots: dict[str, Array] = {slot: np.zeros(n_params, dtype) for slot in self.slot_words}
        self._decayed: Array | None = None if decay_mask is None else decay_mask.astype(dtype)
        self._gradient: Array = np.empty(n_params, dtype)
        self._scratch: Array = np.empty(n_params, dtype)
        self._scratch2: Array = np.empty(n_params, dtype)

    def step(self, params: Array, grads: Array) -> None:
        """Take one step: change params: (N,) in place."""
        self.t += 1
        if self.weight_decay:
            if self.decoupled:
                params -= self._decay(params, self.lr * self.weight_decay)
            else:
                grads = np.add(grads, self._decay(params, self.weight_decay), self._gradient)
        self.update(params, grads)

    def update(self, params: Array, grads: Array) -> None:
        """The optimizer's own rule; weight decay is done."""
        raise NotImplementedError

    def _decay(self, params: Array, rate: float) -> Array:
        """rate * params where weight decay applies, 0 elsewhere, in the scratch vector."""
        decay: Array = np.multiply(params, rate, self._scratch)
        if self._decayed is not None:
            decay *= self._decayed
        return decay

    # ---- what there is to say of it

    @classmethod
    def formula_for(cls, settings: Mapping[str, float], *, decayed: bool) -> Lines:
        """The formula with all these settings. decayed: whether weight decay touches the parameter."""
        return cls.formula

    @property
    def slots_in_use(self) -> tuple[str, ...]:
        """The slots that a step with the present settings changes."""
        return tuple(self.slots)

    @classmethod
    def readings(cls, step: LastStep, settings: Mapping[str, float]) -> Readings:
        """What the slots say of the last step. Before the first one they hold 0; what would divide by 0, or
        speak of a step that was not taken, is NaN then.
        """
        return step.after

    @classmethod
    def memory(cls, settings: Mapping[str, float]) -> Sequence[str]:
        """What it remembers, as lines of Markdown, with {name} for a reading."""
        lines = [f"{words}: **{{{slot}}}**" for slot, words in cls.slot_words.items()]
        return lines or [_("It remembers nothing.")]

    # ---- snapshots

    def snapshot(self) -> OptimizerSnapshot:
        """Copy slots, step count, rates and settings."""
        names = ("lr", "weight_decay", *self.settings, *self.carried)
        slots = {name: slot.copy() for name, slot in self.slots.items()}
        return OptimizerSnapshot(self.t, slots, {name: getattr(self, name) for name in names})

    def restore(self, snapshot: OptimizerSnapshot) -> None:
        """Return to the moment of a snapshot of the same kind of optimizer, rates and settings included."""
        self.t = snapshot.t
        for name, slot in self.slots.items():
            slot[:] = snapshot.slots[name]
        for name, value in snapshot.scalars.items():
            setattr(self, name, value)


NEEDS = {
    "formula": 'a formula of one step: formula=(("w", "w - lr * g"),)',
    "network_lr": "a learning rate that suits it on a small network: network_lr=0.03",
    "surface_lrs": 'learning rates that suit it on the surfaces of the lab: surface_lrs={"bowl": 0.1, ...}',
}
"""What every optimizer must carry besides words, for `playground.nn.entries.require_complete`."""


def require_step(name: str, optimizer: type[Optimizer]) -> None:
    """ValueError if an optimizer's formula is no step that can be drawn: lines that end with w."""
    known = [
        "w",
        "g",
        "lr",
        "t",
        "weight_decay",
        *optimizer.settings,
        *optimizer.slot_words,
        *optimizer.carried,
    ]
    for line in optimizer.formula:
        if not isinstance(line, tuple) or len(line) != 2:
            raise ValueError(f"optimizer {name!r} lacks {NEEDS['formula']}: {line!r} is no line of it.")
        target, expression = line
        require_line("optimizer", name, expression, known)
        known.append(target)
    if "w" not in dict(optimizer.formula):
        raise ValueError(f"optimizer {name!r} lacks a line of its formula that changes the weight w.")
