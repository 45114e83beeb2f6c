"""SCHEDULES: name -> a class that says how the learning rate moves during a run.

Contract: `factor(epoch) -> float` multiplies the base rate, for a fractional epoch >= 0; `observe(loss)`
tells the schedule a loss once per epoch (only reduce_on_plateau listens); `snapshot()` and
`restore(snapshot)` carry what it has seen. `horizon` is a number of epochs; past it a schedule holds its last
value.
"""

from collections.abc import Mapping
from math import cos, floor, inf, pi
from typing import ClassVar

from playground.nn.entries import require_complete
from playground.nn.setting import Setting, resolve
from playground.text import _

Seen = tuple[float, ...]
"""What a schedule has seen of a run, as numbers."""


class Schedule:
    """Base of every schedule; its settings become plain attributes.

    label, source, text, latex: see `playground.nn.entries`; "" where a formula says less than the text.
    follows_loss: whether it waits for `observe`, so that nobody knows its future.
    stepped: whether the rate stays for a while and then changes at once.
    """

    label: ClassVar[str]
    source: ClassVar[str]
    text: ClassVar[str]
    latex: ClassVar[str] = ""
    follows_loss: ClassVar[bool] = False
    stepped: ClassVar[bool] = False
    settings: ClassVar[Mapping[str, Setting]] = {}

    def __init__(self, **named: float) -> None:
        for name, value in resolve(type(self).__name__, self.settings, named).items():
            setattr(self, name, value)

    def factor(self, epoch: float) -> float:
        """What the base rate is multiplied by at this (fractional) epoch."""
        raise NotImplementedError

    def observe(self, loss: float) -> None:
        """Take note of the loss after an epoch."""

    @classmethod
    def stretched(cls, epochs: int) -> dict[str, float]:
        """Settings with which it does all it does in so many epochs."""
        if "horizon" not in cls.settings:
            return {}
        warmup = {"warmup": max(1.0, epochs / 10)} if "warmup" in cls.settings else {}
        return {"horizon": float(epochs)} | warmup

    def snapshot(self) -> Seen:
        """What the schedule has seen so far."""
        return ()

    def restore(self, snapshot: Seen) -> None:
        """Return to the moment of a snapshot."""


_HORIZON = Setting(
    _("Length"), _("Epochs until the rate stands still: longer slows everything."), 1.0, 100000.0, 100.0
)
_FLOOR = Setting(
    _("Last value"), _("Share of the rate left at the end: higher keeps learning faster."), 0.0, 1.0, 0.0
)

_DROPS = 4  # of a schedule in steps that is stretched over a run
_LEFT = 0.02  # of the rate, at the end of an exponential one that is


class Constant(Schedule):
    """Always 1."""

    label = _("Constant")
    source = _("The plain learning rate")
    text = _("The learning rate stays as it is.")
    latex = r"\eta_e = \eta"

    def factor(self, epoch: float) -> float:
        return 1.0


class Step(Schedule):
    """gamma ^ floor(epoch / period)."""

    label = _("Steps")
    source = _("PyTorch's StepLR")
    text = _("The learning rate drops to a part of itself every so many epochs.")
    stepped = True
    latex = r"\eta_e = \eta\,\gamma^{\lfloor e / T \rfloor}"
    settings: ClassVar = {
        "period": Setting(
            _("Period"), _("Epochs between two drops: longer drops later."), 1.0, 100000.0, 30.0
        ),
        "gamma": Setting(
            _("Drop"), _("The rate is multiplied by this: nearer to 1 drops less."), 0.001, 1.0, 0.5
        ),
    }

    period: float
    gamma: float

    def factor(self, epoch: float) -> float:
        factor: float = self.gamma ** floor(epoch / self.period)
        return factor

    @classmethod
    def stretched(cls, epochs: int) -> dict[str, float]:
        """With _DROPS drops."""
        return {"period": max(1.0, epochs / _DROPS)}


class Exponential(Schedule):
    """gamma ^ epoch."""

    label = _("Exponential")
    source = _("PyTorch's ExponentialLR")
    text = _("The learning rate shrinks by the same factor every epoch.")
    latex = r"\eta_e = \eta\,\gamma^e"
    settings: ClassVar = {
        "gamma": Setting(
            _("Decay"), _("Multiplies the rate every epoch: nearer to 1 is slower."), 0.001, 1.0, 0.98
        )
    }

    gamma: float

    def factor(self, epoch: float) -> float:
        factor: float = self.gamma**epoch
        return factor

    @classmethod
    def stretched(cls, epochs: int) -> dict[str, float]:
        """Until _LEFT of the rate is left."""
        return {"gamma": round(_LEFT ** (1.0 / epochs), 6)}


class Cosine(Schedule):
    """From 1 to `floor` along half a cosine (Loshchilov and Hutter 2017, without restarts)."""

    label = _("Cosine")
    source = "Loshchilov and Hutter 2017"
    text = _("The learning rate glides down along half a wave: slowly, then fast, then slowly.")
    latex = r"\eta_e = \frac{\eta}{2} \left(1 + \cos \frac{\pi e}{T}\right)"
    settings: ClassVar = {"horizon": _HORIZON, "floor": _FLOOR}

    horizon: float
    floor: float

    def factor(self, epoch: float) -> float:
        return _glide(1.0, self.floor, epoch / self.horizon)


class WarmupCosine(Schedule):
    """Straight up from `start` to 1 over `warmup` epochs, then a cosine down to `floor` at `horizon`.

    Goyal et al. 2017 for the warm-up. It starts above 0 so that the first epoch learns something.
    """

    label = _("Warm-up, then cosine")
    source = "Goyal et al. 2017; Loshchilov and Hutter 2017"
    text = _(
        "The learning rate rises for some epochs, then glides down along half a wave. The gentle start "
        "spares the first weights."
    )
    settings: ClassVar = {
        "horizon": _HORIZON,
        "warmup": Setting(
            _("Warm-up"), _("Epochs until the full rate: longer starts more gently."), 0.0, 100000.0, 5.0
        ),
        "start": Setting(
            _("First value"), _("Share of the rate at the start: lower is gentler."), 0.0, 1.0, 0.1
        ),
        "floor": _FLOOR,
    }

    horizon: float
    warmup: float
    start: float
    floor: float

    def factor(self, epoch: float) -> float:
        if epoch < self.warmup:
            return self.start + (1.0 - self.start) * epoch / self.warmup
        return _glide(1.0, self.floor, (epoch - self.warmup) / max(self.horizon - self.warmup, 1e-9))


class OneCycle(Schedule):
    """A cosine up from 1 / start_divisor to 1 over `rise` of the horizon, then a cosine down to
    1 / (start_divisor end_divisor).

    Smith and Topin 2018; the base rate is the peak. Momentum is left alone. PyTorch's OneCycleLR counts whole
    updates, and its rise ends one of them earlier: in a run of T updates its rates differ from these by up to
    3 / T of the peak (rise 0.3, measured).
    """

    label = _("One cycle")
    source = "Smith and Topin 2018"
    text = _("The learning rate swings up to its peak and down to almost nothing, once in the run.")
    settings: ClassVar = {
        "horizon": _HORIZON,
        "rise": Setting(
            _("Rise"), _("Share of the run spent rising: more starts more gently."), 0.01, 0.99, 0.3
        ),
        "start_divisor": Setting(
            _("First divisor"), _("Peak over first rate: higher starts lower."), 1.0, 1e4, 25.0
        ),
        "end_divisor": Setting(
            _("Last divisor"), _("First over last rate: higher ends lower."), 1.0, 1e8, 1e4
        ),
    }

    horizon: float
    rise: float
    start_divisor: float
    end_divisor: float

    def factor(self, epoch: float) -> float:
        first, position = 1.0 / self.start_divisor, epoch / self.horizon
        if position < self.rise:
            return _glide(first, 1.0, position / self.rise)
        return _glide(1.0, first / self.end_divisor, (position - self.rise) / (1.0 - self.rise))


class ReduceOnPlateau(Schedule):
    """Multiply by gamma after more than `patience` epochs without a loss below best * (1 - threshold).

    PyTorch's ReduceLROnPlateau in its default mode, without a cooldown; the factor never falls below `floor`.
    """

    label = _("Reduce on plateau")
    source = _("PyTorch's ReduceLROnPlateau")
    text = _("The learning rate drops whenever the loss has stopped falling for some epochs.")
    follows_loss = True
    stepped = True
    settings: ClassVar = {
        "gamma": Setting(
            _("Drop"), _("The rate is multiplied by this: nearer to 1 drops less."), 0.001, 1.0, 0.1
        ),
        "patience": Setting(
            _("Patience"), _("Epochs without progress allowed: more waits longer."), 0.0, 100000.0, 10.0
        ),
        "threshold": Setting(
            _("Threshold"), _("Share the loss must fall to count: higher drops sooner."), 0.0, 1.0, 1e-4
        ),
        "floor": _FLOOR,
    }

    gamma: float
    patience: float
    threshold: float
    floor: float

    def __init__(self, **named: float) -> None:
        super().__init__(**named)
        self._factor, self._best, self._waited = 1.0, inf, 0.0

    def factor(self, epoch: float) -> float:
        return self._factor

    @classmethod
    def stretched(cls, epochs: int) -> dict[str, float]:
        """So impatient that several drops may come."""
        return {"patience": float(max(1, epochs // 20)), "gamma": 0.5}

    def observe(self, loss: float) -> None:
        if loss < self._best * (1.0 - self.threshold):
            self._best, self._waited = loss, 0.0
        else:
            self._waited += 1.0
        if self._waited > self.patience:
            self._factor, self._waited = max(self._factor * self.gamma, self.floor), 0.0

    def snapshot(self) -> Seen:
        return (self._factor, self._best, self._waited)

    def restore(self, snapshot: Seen) -> None:
        self._factor, self._best, self._waited = snapshot


def _glide(start: float, end: float, share: float) -> float:
    """Half a cosine from start (share 0) to end (share 1 and beyond)."""
    return end + (start - end) * 0.5 * (1.0 + cos(pi * min(share, 1.0)))


SCHEDULES: dict[str, type[Schedule]] = {
    "constant": Constant,
    "step": Step,
    "exponential": Exponential,
    "cosine": Cosine,
    "warmup_cosine": WarmupCosine,
    "one_cycle": OneCycle,
    "reduce_on_plateau": ReduceOnPlateau,
}
require_complete("schedule", SCHEDULES, {})
