"""What the lab on overfitting can be told, what its networks share at first (BASE), and the remedies it
compares: each turns the one shared Experiment into another that differs by the remedy alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from playground import limits
from playground.labs.framework.settings import LabSettings
from playground.text import _, percent
from playground.training import Experiment, ExperimentError, HiddenLayer
from playground.training.fields import choice, declare, integer, number
from playground.training.settings import SubsetSetting

VIEWS = {"remedies": _("Remedies"), "sweep": _("Sweep")}
KNOBS = {"l2": _("L2"), "width": _("Width"), "points": _("Training points"), "noise": _("Noise")}
MOST_SHARE = 0.9  # of the points to train with

# What the networks share when the lab is opened.
BASE = (
    Experiment()
    .replace("data.n", 500)
    .replace("data.noise", 0.2)
    .replace("data.train_share", 0.08)
    .replace("data.label_flips", 0.1)
    .replace("network.layers", (HiddenLayer(32, "relu"),) * 3)
    .replace("network.initializer", "he_normal")
    .replace("batch_size", 10)
)


@dataclass(frozen=True)
class Remedy:
    """title: with {strength}, if any. apply: what becomes of the shared Experiment, given the strength.
    strength: the name of the setting that holds it, if there is one. shown: how a title writes it. now: the
    strength in force in an Experiment, of a remedy whose strength may change while its run goes on.
    """

    label: str
    apply: Callable[[Experiment, float], Experiment]
    title: str = ""
    strength: str = ""
    shown: Callable[[float], str] = "{:g}".format
    now: Callable[[Experiment], float] | None = None


def _regularized(name: str) -> Callable[[Experiment, float], Experiment]:
    return lambda base, rate: base.replace(f"regularization.{name}", rate)


def _layers(base: Experiment, **changes) -> Experiment:
    return base.replace("network.layers", tuple(replace(layer, **changes) for layer in base.network.layers))


def _more_data(base: Experiment, factor: float) -> Experiment:
    return base.replace("data.train_share", min(base.data.train_share * factor, MOST_SHARE))


def _smaller(base: Experiment, units: float) -> Experiment:
    """One hidden layer."""
    first = base.network.layers[0] if base.network.layers else HiddenLayer()
    return base.replace("network.layers", (replace(first, units=int(units)),))


REMEDIES: dict[str, Remedy] = {
    "none": Remedy(_("None"), lambda base, _: base, _("No remedy")),
    "l2": Remedy(
        _("L2"), _regularized("l2"), _("L2, rate {strength}"), "l2_rate", now=lambda e: e.regularization.l2
    ),
    "l1": Remedy(
        _("L1"), _regularized("l1"), _("L1, rate {strength}"), "l1_rate", now=lambda e: e.regularization.l1
    ),
    "dropout": Remedy(
        _("Dropout"),
        lambda base, rate: _layers(base, dropout=rate),
        _("Dropout {strength}"),
        "dropout_rate",
        percent,
        now=lambda e: max((layer.dropout for layer in e.network.layers), default=0.0),
    ),
    "batch_norm": Remedy(
        _("Batch norm"), lambda base, _: _layers(base, normalization="batch_norm"), _("Batch norm")
    ),
    "early_stopping": Remedy(
        _("Early stopping"),
        lambda base, epochs: base.replace("stopping.patience", int(epochs)),
        _("Early stopping"),
        "patience",
    ),
    "more_data": Remedy(_("More data"), _more_data, _("Data × {strength}"), "data_factor"),
    "smaller": Remedy(_("Smaller network"), _smaller, _("1 layer of {strength}"), "small_units"),
    "label_smoothing": Remedy(
        _("Label smoothing"),
        lambda base, share: base.replace("loss.label_smoothing", share),
        _("Smoothing {strength}"),
        "smoothing",
        now=lambda e: e.loss.label_smoothing,
    ),
}


class FewSetting(SubsetSetting):
    """At most `high` of the choices."""

    def check(self, value, owner=None):
        names = super().check(value, owner)
        if len(names) > self.high:
            raise self.error(names, _("choose at most {high} of them").format(high=self.high))
        return names


@dataclass(frozen=True)
class Overfitting(LabSettings, path="lab"):
    """Which networks are compared, and how strong each remedy is."""

    view: str = choice(
        "remedies",
        VIEWS,
        label=_("Show"),
        key="view",
        help=_("Remedies side by side on the same points, or one knob turned over its whole range."),
    )
    remedies: tuple[str, ...] = declare(
        FewSetting(
            default=("none", "l2", "dropout", "early_stopping"),
            choices={name: remedy.label for name, remedy in REMEDIES.items()},
            high=limits.MAX_LAB_NETWORKS,
            label=_("Remedies"),
            key="remedies",
            help=_(
                "Up to {most} networks: the same points, first weights and seed, each with one remedy."
            ).format(most=limits.MAX_LAB_NETWORKS),
        )
    )
    l2_rate: float = number(
        0.01,
        low=0.0,
        high=1.0,
        step=1e-5,
        scale="log",
        label=_("L2 rate"),
        key="l2_rate",
        help=_(
            "How strongly every weight is pulled to 0, in proportion to it. Too much and nothing is learnt."
        ),
    )
    l1_rate: float = number(
        0.003,
        low=0.0,
        high=1.0,
        step=1e-5,
        scale="log",
        label=_("L1 rate"),
        key="l1_rate",
        help=_("How strongly every weight is pulled to 0, all equally: many end up hovering near 0."),
    )
    dropout_rate: float = number(
        0.3,
        low=0.05,
        high=0.9,
        step=0.05,
        label=_("Dropout rate"),
        key="dropout_rate",
        help=_(
            "The part of the hidden units that is switched off at random, anew for each point and update."
        ),
    )
    patience: int = integer(
        30,
        low=1,
        high=1000,
        label=_("Patience"),
        key="patience_epochs",
        help=_("How many epochs to wait for a lower test loss before going back to the best."),
    )
    data_factor: int = integer(
        4,
        low=2,
        high=20,
        label=_("Times the data"),
        key="data_factor",
        help=_(
            "How many times as many training points. The first of them are the same; the others come from "
            "the test points."
        ),
    )
    small_units: int = integer(
        4,
        low=1,
        high=limits.MAX_UNITS,
        label=_("Units of the smaller network"),
        key="small_units",
        help=_("How many units its only hidden layer has."),
    )
    smoothing: float = number(
        0.2,
        low=0.01,
        high=0.5,
        step=0.01,
        label=_("Smoothing"),
        key="smoothing_share",
        help=_("How far the targets 0 and 1 are drawn to the middle: at 0.2 they are 0.1 and 0.9."),
    )
    knob: str = choice(
        "l2",
        KNOBS,
        label=_("Knob"),
        key="knob",
        help=_("What is changed from network to network. Everything else stays as it is."),
    )
    seeds: int = integer(
        3,
        low=1,
        high=limits.MAX_SWEEP_SEEDS,
        label=_("Seeds"),
        key="seeds",
        help=_("How often each value is tried, with other points and first weights. More tell chance apart."),
    )

    def strength(self, remedy: str) -> float:
        """How strong a remedy is; 0 for one that has no strength."""
        name = REMEDIES[remedy].strength
        return float(getattr(self, name)) if name else 0.0

    def title(self, remedy: str) -> str:
        entry = REMEDIES[remedy]
        return entry.title.format(strength=entry.shown(self.strength(remedy)))

    def heading(self, remedy: str) -> str:
        """The title of its picture, without a strength that may change while the picture stands."""
        return REMEDIES[remedy].label if REMEDIES[remedy].now else self.title(remedy)


def remedied(base: Experiment, settings: Overfitting) -> list[Experiment]:
    """One Experiment for each remedy; ExperimentError if that is too much."""
    chosen = [REMEDIES[name].apply(base, settings.strength(name)) for name in settings.remedies]
    check(base, chosen)
    return chosen


def point_count(base: Experiment) -> int:
    """Training and test points together."""
    return base.data.n if "n" in base.data.taken else len(base.data.points)


def check(base: Experiment, experiments: list[Experiment]) -> None:
    """ExperimentError unless these can be trained side by side."""
    if base.task != "classification":
        raise ExperimentError(
            _(
                "data.dataset cannot be {dataset!r} here: choose one with classes, whose labels can be wrong."
            ).format(dataset=base.data.dataset)
        )
    if point_count(base) > limits.MAX_LAB_SAMPLES:
        raise ExperimentError(
            _("data.n cannot be {n} for several networks: choose at most {most}.").format(
                n=point_count(base), most=limits.MAX_LAB_SAMPLES
            )
        )
    weights = sum(_weights(experiment) for experiment in experiments)
    if weights > limits.MAX_LAB_WEIGHTS:
        raise ExperimentError(
            _(
                "The networks cannot have {weights:,} weights between hidden layers: make them smaller or "
                "fewer, with {most:,} in all."
            ).format(weights=weights, most=limits.MAX_LAB_WEIGHTS)
        )


def _weights(experiment: Experiment) -> int:
    """Between hidden layers."""
    units = [layer.units for layer in experiment.network.layers]
    return sum(before * after for before, after in pairwise(units))
