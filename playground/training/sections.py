"""The sections of an Experiment: every setting, declared once. Data has a file of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from playground import limits
from playground.datasets import FEATURES
from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.text import _
from playground.training.data_section import Data
from playground.training.fields import choice, declare, flag, integer, number, subset
from playground.training.layers import LAYERS, HiddenLayer
from playground.training.lists import ListSetting
from playground.training.options import options
from playground.training.settings import Section
from playground.training.task import AUTO, DISTANCES

__all__ = [
    "Data",
    "Features",
    "Loss",
    "Network",
    "Optimizer",
    "Regularization",
    "Schedule",
    "Stopping",
]


@dataclass(frozen=True)
class Features(Section, path="features"):
    """What the network gets to see of a point."""

    inputs: tuple[str, ...] = subset(
        ("x", "y"),
        FEATURES,
        label=_("Inputs"),
        key="inputs",
        help=_(
            "The numbers that describe a point to the network. More of them can make a hard pattern easy."
        ),
    )
    standardize: bool = flag(
        True,
        label=_("Standardise"),
        key="standardize",
        help=_("Shift and scale each input to mean 0 and spread 1, so that no input outweighs the others."),
    )


@dataclass(frozen=True)
class Network(Section, path="network"):
    """The hidden layers and how their weights begin."""

    layers: tuple[HiddenLayer, ...] = declare(
        ListSetting(
            kinds=LAYERS,
            item=_("hidden layer"),
            items=_("hidden layers"),
            default=(HiddenLayer(), HiddenLayer()),
            low=0,
            high=limits.MAX_LAB_LAYERS,
            step=1,
            label=_("Hidden layers"),
            key="layers",
            help=_(
                "The layers between inputs and output. More can draw finer borders and are harder to train."
            ),
        )
    )
    initializer: str = choice(
        "xavier_uniform",
        INITIALIZERS,
        label=_("Initial weights"),
        key="init",
        help=_("How the weights are drawn. Too small, and signals vanish; too large, and they explode."),
    )
    residual: bool = flag(
        False,
        label=_("Residual connections"),
        key="residual",
        help=_(
            "Add a layer's input to its output where both are equally wide. Makes deep networks trainable."
        ),
    )
    output: str = choice(
        AUTO,
        {AUTO: _("Automatic"), **{name: ACTIVATIONS[name] for name in DISTANCES if name != AUTO}},
        label=_("Output activation"),
        key="output",
        help=_(
            "What follows the last weights. With sigmoid the targets of two classes are 0 and 1, else ±1."
        ),
    )


@dataclass(frozen=True)
class Loss(Section, path="loss"):
    """What training makes small."""

    name: str = choice(
        AUTO,
        {AUTO: _("Automatic"), **LOSSES},
        label=_("Loss"),
        key="loss",
        help=_("The measure of error that training makes small. Automatic picks the usual one for the data."),
    )
    label_smoothing: float = number(
        0.0,
        low=0.0,
        high=0.5,
        step=0.01,
        live=True,
        label=_("Label smoothing"),
        key="smoothing",
        help=_(
            "How far the targets are drawn away from certainty. More makes the network less sure of itself."
        ),
    )


@dataclass(frozen=True)
class Optimizer(Section, path="optimizer"):
    """How gradients become steps."""

    name: str = choice(
        "adam",
        OPTIMIZERS,
        label=_("Optimizer"),
        key="optimizer",
        help=_("The rule that turns gradients into steps."),
    )
    lr: float = number(
        0.01,
        low=1e-5,
        high=10.0,
        step=1e-5,
        scale="log",
        live=True,
        label=_("Learning rate"),
        key="lr",
        help=_("The size of each step. A higher rate learns faster, until it overshoots or blows up."),
    )
    options: Mapping[str, float] = options(
        OPTIMIZERS,
        label=_("Optimizer options"),
        key="optimizer",
        help=_("The optimizer's own settings; its usual values serve well."),
    )


@dataclass(frozen=True)
class Schedule(Section, path="schedule"):
    """How the learning rate changes over the run."""

    name: str = choice(
        "constant",
        SCHEDULES,
        live=True,
        label=_("Schedule"),
        key="schedule",
        help=_("How the learning rate changes while training goes on: large steps first, fine ones later."),
    )
    options: Mapping[str, float] = options(
        SCHEDULES,
        live=True,
        label=_("Schedule options"),
        key="schedule",
        help=_("When and how far the schedule changes the learning rate."),
    )


def _rate(label: str, key: str, high: float, step: float, help: str) -> float:
    """A live setting of the regularisation, off at 0."""
    return number(0.0, low=0.0, high=high, step=step, live=True, label=label, key=key, help=help)


@dataclass(frozen=True)
class Regularization(Section, path="regularization"):
    """What holds the weights back; all of it is off at 0."""

    l1: float = _rate(
        "L1",
        "l1",
        10.0,
        0.001,
        _(
            "A constant pull of every weight to 0. More makes more hover near 0 "
            "(TensorFlow Playground's rules: stay at 0)."
        ),
    )
    l2: float = _rate(
        "L2",
        "l2",
        10.0,
        0.001,
        _("A pull of every weight to 0, in proportion to it. More of it smooths the border."),
    )
    weight_decay: float = _rate(
        _("Weight decay"),
        "decay",
        10.0,
        0.001,
        _(
            "Shrinks every weight a little at each step, apart from the gradient. More of it smooths the "
            "border."
        ),
    )
    max_norm: float = _rate(
        _("Max norm"),
        "max_norm",
        100.0,
        0.1,
        _("The longest that the weights into one unit may get (0: no bound). A higher bound restrains less."),
    )
    clip_norm: float = _rate(
        _("Clip gradient length"),
        "clip_norm",
        1000.0,
        0.1,
        _("The longest a gradient may be (0: no bound); longer ones are shortened. Higher clips less."),
    )
    clip_value: float = _rate(
        _("Clip gradient entries"),
        "clip_value",
        100.0,
        0.1,
        _("The largest that any entry of the gradient may be (0: no bound). A higher bound clips less."),
    )
    input_noise: float = _rate(
        _("Input noise"),
        "input_noise",
        2.0,
        0.01,
        _("Random shifts of the inputs while training. More blurs details that could be memorised."),
    )


@dataclass(frozen=True)
class Stopping(Section, path="stopping"):
    """When a run ends by itself; each rule is off at 0. The rules look at every frame of the run."""

    max_epochs: int = integer(
        0,
        low=0,
        high=limits.MAX_EPOCHS,
        live=True,
        label=_("Stop after epochs"),
        key="max_epochs",
        help=_("The run ends after this many epochs (0: it goes on)."),
    )
    target_loss: float = number(
        0.0,
        low=0.0,
        high=100.0,
        step=0.001,
        live=True,
        label=_("Stop at test loss"),
        key="target_loss",
        help=_("The run ends when the test loss is this low (0: it goes on). A higher target is met sooner."),
    )
    target_accuracy: float = number(
        0.0,
        low=0.0,
        high=1.0,
        step=0.01,
        live=True,
        label=_("Stop at test accuracy"),
        key="target_accuracy",
        help=_(
            "The run ends when this part of the test points is right (0: it goes on). Higher takes longer."
        ),
    )
    patience: int = integer(
        0,
        low=0,
        high=limits.MAX_EPOCHS,
        live=True,
        label=_("Early stopping"),
        key="patience",
        help=_(
            "Epochs to wait for a better test loss before going back to the best (0: off). More is slower."
        ),
    )
    plateau: int = integer(
        0,
        low=0,
        high=limits.MAX_EPOCHS,
        live=True,
        label=_("Stop on a plateau"),
        key="plateau",
        help=_("Epochs to wait for a training loss at least 0.1\u00a0% lower (0: off). More waits longer."),
    )
