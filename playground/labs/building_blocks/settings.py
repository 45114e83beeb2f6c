"""The settings of the lab on building blocks: the topic, and what can be chosen in each."""

from dataclasses import dataclass

from playground import limits
from playground.labs.framework.settings import LabSettings
from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, SCHEDULES
from playground.probes.one_batch import KINDS
from playground.training.settings import choice, integer, number, subset

TOPICS = {
    "activations": "Activations",
    "losses": "Losses",
    "weights": "Initial weights",
    "batches": "Normalization",
    "schedules": "Schedules",
}
VIEWS = {"signal": "Before training", "symmetry": "Symmetry"}


@dataclass(frozen=True)
class Blocks(LabSettings, path="lab"):
    """All topics keep what was chosen in them, whichever is shown."""

    topic: str = choice(
        "activations",
        TOPICS,
        label="Topic",
        key="topic",
        help="Which building block is shown.",
    )
    activation: str = choice(
        "sigmoid",
        ACTIVATIONS,
        label="Activation",
        key="activation",
        help="The function of every hidden unit of the first network.",
    )
    compared: str = choice(
        "relu",
        ACTIVATIONS,
        label="Compare with",
        key="compared",
        help="The function of every hidden unit of the second network.",
    )
    rule: str = choice(
        "he_normal",
        INITIALIZERS,
        label="Initial weights",
        key="rule",
        help="How the weights are drawn. Their size decides whether a signal fades or grows.",
    )
    first_loss: str = choice(
        "mse",
        LOSSES,
        label="Loss",
        key="first_loss",
        help="What is paid for an error. Its gradient is what the network learns from.",
    )
    second_loss: str = choice(
        "mae",
        LOSSES,
        label="Compare with",
        key="second_loss",
        help="Another loss in the same picture.",
    )
    delta: float = number(
        1.0,
        low=0.1,
        high=5.0,
        step=0.1,
        label="δ of Huber",
        key="delta",
        help="Errors beyond it count in proportion instead of squared. Higher is nearer to the squares.",
    )
    softness: float = number(
        0.0,
        low=0.0,
        high=0.5,
        step=0.05,
        label="Label smoothing",
        key="softness",
        help="How far the cross-entropies draw their targets away from certainty.",
    )
    view: str = choice(
        "signal",
        VIEWS,
        label="What is shown",
        key="view",
        help="A signal through many layers before training, or networks whose units begin alike.",
    )
    layer_activation: str = choice(
        "relu",
        ACTIVATIONS,
        label="Activation",
        key="layer_activation",
        help="The function of all layers. Each needs weights of its own size.",
    )
    depth: int = integer(
        12,
        low=1,
        high=limits.MAX_LAB_LAYERS,
        label="Layers",
        key="depth",
        help="How many layers the signal passes. Each multiplies what the one before it has left.",
    )
    width: int = integer(
        32,
        low=1,
        high=limits.MAX_UNITS,
        label="Units in each",
        key="width",
        help="How many units each layer has. Wide layers come closer to what theory says.",
    )
    dropout: float = number(
        0.0,
        low=0.0,
        high=0.9,
        step=0.05,
        label="Dropout",
        key="dropout",
        help="The part of the units that each update leaves out at random.",
    )
    layer: str = choice(
        "batch_norm",
        KINDS,
        label="Layer",
        key="layer",
        help="What the batch goes through.",
    )
    rows: int = integer(
        8,
        low=2,
        high=12,
        label="Points in a batch",
        key="rows",
        help="Batch norm takes its mean and variance from these few. Fewer of them make both noisier.",
    )
    momentum: float = number(
        0.9,
        low=0.0,
        high=0.99,
        step=0.01,
        label="Momentum",
        key="momentum",
        help="How much of the running statistics each batch leaves as it was. Higher is slower and steadier.",
    )
    rate: float = number(
        0.5,
        low=0.0,
        high=0.9,
        step=0.05,
        label="Dropout rate",
        key="rate",
        help="The chance of each value to be set to 0 in training. The others grow to make up for it.",
    )
    schedules: tuple[str, ...] = subset(
        ("constant", "step", "cosine", "one_cycle"),
        SCHEDULES,
        label="Schedules",
        key="schedules",
        help="Up to four networks that differ in nothing else.",
    )
    peak: float = number(
        0.1,
        low=1e-4,
        high=10.0,
        step=1e-4,
        scale="log",
        label="Highest rate",
        key="peak",
        help="The learning rate that the schedules multiply. A higher one learns faster and shakes more.",
    )
    length: int = integer(
        80,
        low=10,
        high=400,
        step=10,
        label="Epochs",
        key="length",
        help="How long the runs are; the schedules are stretched to it.",
    )
