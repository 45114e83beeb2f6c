"""The settings of the lab on building blocks: the topic, and what can be chosen in each."""

from dataclasses import dataclass

from playground import limits
from playground.labs.framework.settings import LabSettings
from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, SCHEDULES
from playground.probes.one_batch import KINDS
from playground.text import _
from playground.training.fields import choice, integer, number, subset

TOPICS = {
    "activations": _("Activations"),
    "losses": _("Losses"),
    "weights": _("Initial weights"),
    "batches": _("Normalization"),
    "schedules": _("Schedules"),
}
VIEWS = {"signal": _("Before training"), "symmetry": _("Symmetry")}


@dataclass(frozen=True)
class Blocks(LabSettings, path="lab"):
    """All topics keep what was chosen in them, whichever is shown."""

    topic: str = choice(
        "activations",
        TOPICS,
        label=_("Topic"),
        key="topic",
        help=_("Which building block is shown."),
    )
    activation: str = choice(
        "sigmoid",
        ACTIVATIONS,
        label=_("Activation"),
        key="activation",
        help=_("The function of every hidden unit of the first network."),
    )
    compared: str = choice(
        "relu",
        ACTIVATIONS,
        label=_("Compare with"),
        key="compared",
        help=_("The function of every hidden unit of the second network."),
    )
    rule: str = choice(
        "he_normal",
        INITIALIZERS,
        label=_("Initial weights"),
        key="rule",
        help=_("How the weights are drawn. Their size decides whether a signal fades or grows."),
    )
    first_loss: str = choice(
        "mse",
        LOSSES,
        label=_("Loss"),
        key="first_loss",
        help=_("What is paid for an error. Its gradient is what the network learns from."),
    )
    second_loss: str = choice(
        "mae",
        LOSSES,
        label=_("Compare with"),
        key="second_loss",
        help=_("Another loss in the same picture."),
    )
    delta: float = number(
        1.0,
        low=0.1,
        high=5.0,
        step=0.1,
        label=_("δ of Huber"),
        key="delta",
        help=_("Errors beyond it count in proportion instead of squared. Higher is nearer to the squares."),
    )
    softness: float = number(
        0.0,
        low=0.0,
        high=0.5,
        step=0.05,
        label=_("Label smoothing"),
        key="softness",
        help=_("How far the cross-entropies draw their targets away from certainty."),
    )
    view: str = choice(
        "signal",
        VIEWS,
        label=_("What is shown"),
        key="view",
        help=_("A signal through many layers before training, or networks whose units begin alike."),
    )
    layer_activation: str = choice(
        "relu",
        ACTIVATIONS,
        label=_("Activation"),
        key="layer_activation",
        help=_("The function of all layers. Each needs weights of its own size."),
    )
    depth: int = integer(
        12,
        low=1,
        high=limits.MAX_LAB_LAYERS,
        label=_("Layers"),
        key="depth",
        help=_("How many layers the signal passes. Each multiplies what the one before it has left."),
    )
    width: int = integer(
        32,
        low=1,
        high=limits.MAX_UNITS,
        label=_("Units in each"),
        key="width",
        help=_("How many units each layer has. Wide layers come closer to what theory says."),
    )
    dropout: float = number(
        0.0,
        low=0.0,
        high=0.9,
        step=0.05,
        label=_("Dropout"),
        key="dropout",
        help=_("The part of the units that each update leaves out at random."),
    )
    layer: str = choice(
        "batch_norm",
        KINDS,
        label=_("Layer"),
        key="layer",
        help=_("What the batch goes through."),
    )
    rows: int = integer(
        8,
        low=2,
        high=12,
        label=_("Points in a batch"),
        key="rows",
        help=_("Batch norm takes its mean and variance from these few. Fewer of them make both noisier."),
    )
    momentum: float = number(
        0.9,
        low=0.0,
        high=0.99,
        step=0.01,
        label=_("Momentum"),
        key="momentum",
        help=_(
            "How much of the running statistics each batch leaves as it was. Higher is slower and steadier."
        ),
    )
    rate: float = number(
        0.5,
        low=0.0,
        high=0.9,
        step=0.05,
        label=_("Dropout rate"),
        key="rate",
        help=_("The chance of each value to be set to 0 in training. The others grow to make up for it."),
    )
    schedules: tuple[str, ...] = subset(
        ("constant", "step", "cosine", "one_cycle"),
        SCHEDULES,
        label=_("Schedules"),
        key="schedules",
        help=_("Up to four networks that differ in nothing else."),
    )
    peak: float = number(
        0.1,
        low=1e-4,
        high=10.0,
        step=1e-4,
        scale="log",
        label=_("Highest rate"),
        key="peak",
        help=_("The learning rate that the schedules multiply. A higher one learns faster and shakes more."),
    )
    length: int = integer(
        80,
        low=10,
        high=400,
        step=10,
        label=_("Epochs"),
        key="length",
        help=_("How long the runs are; the schedules are stretched to it."),
    )

    @property
    def shows_symmetry(self) -> bool:
        """Whether the topic of first weights shows units that begin equal."""
        return self.topic == "weights" and self.view == "symmetry"
