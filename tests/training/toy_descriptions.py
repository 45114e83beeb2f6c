"""A description of another kind of run, as a GAN needs it: two networks whose layers are of several kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.nn import ACTIVATIONS, OPTIMIZERS
from playground.training.description import Description
from playground.training.fields import choice, declare, flag, integer, number
from playground.training.lists import ListSetting
from playground.training.objectives import build_objective
from playground.training.objectives.gan import Gan, GanSettings
from playground.training.options import options
from playground.training.sections import Data, Stopping
from playground.training.settings import Section
from tests.training.generative import RING

ABOUT = {"label": "Label", "help": "What it does."}


@dataclass(frozen=True)
class Dense(Section, path="layers", form="{units}-{activation}[-drop{dropout}]"):
    units: int = integer(8, low=1, high=64, key="units", **ABOUT)
    activation: str = choice("tanh", ACTIVATIONS, key="activation", **ABOUT)
    dropout: float = number(0.0, low=0.0, high=0.9, step=0.05, key="dropout", **ABOUT)


@dataclass(frozen=True)
class Conv(
    Section, path="layers", form="conv-{filters}-{size}x{size}[-{activation}][-{padded}][-by{stride}]"
):
    filters: int = integer(8, low=1, high=64, key="filters", **ABOUT)
    size: int = integer(3, low=1, high=9, key="size", **ABOUT)
    activation: str = choice("relu", ACTIVATIONS, key="activation", **ABOUT)
    padded: bool = flag(False, key="padded", **ABOUT)
    stride: int = integer(1, low=1, high=4, key="stride", **ABOUT)


@dataclass(frozen=True)
class Lstm(Section, path="layers", form="lstm-{units}"):
    units: int = integer(16, low=1, high=128, key="units", **ABOUT)


@dataclass(frozen=True)
class Rule(Section, path="rules", form="{name}[-{lr}]{options}"):
    """An optimizer as an item of a list."""

    name: str = choice("adam", OPTIMIZERS, key="optimizer", **ABOUT)
    lr: float = number(0.01, low=1e-5, high=10.0, step=1e-5, key="lr", **ABOUT)
    options: Mapping[str, float] = options(OPTIMIZERS, key="optimizer", **ABOUT)


KINDS: dict[str, type[Section]] = {"dense": Dense, "conv": Conv, "lstm": Lstm}


@dataclass(frozen=True)
class Player(Section, path="generator", prefix="g_"):
    """One of the two networks and how it learns."""

    layers: tuple[Section, ...] = declare(
        ListSetting(
            kinds=KINDS,
            item="layer",
            items="layers",
            default=(Dense(), Conv()),
            low=0,
            high=4,
            key="layers",
            **ABOUT,
        )
    )
    name: str = choice("adam", OPTIMIZERS, key="optimizer", **ABOUT)
    lr: float = number(0.01, low=1e-5, high=10.0, step=1e-5, live=True, key="lr", **ABOUT)
    options: Mapping[str, float] = options(OPTIMIZERS, key="optimizer", **ABOUT)


@dataclass(frozen=True)
class Discriminator(Player, path="discriminator", prefix="d_"):
    """The other one."""


@dataclass(frozen=True)
class GanExperiment(Description):
    data: Data = field(default_factory=Data)
    generator: Player = field(default_factory=Player)
    discriminator: Discriminator = field(default_factory=Discriminator)
    rules: tuple[Rule, ...] = declare(
        ListSetting(
            kinds={"rule": Rule},
            item="rule",
            items="rules",
            default=(Rule(),),
            low=1,
            high=3,
            key="rules",
            **ABOUT,
        )
    )
    stopping: Stopping = field(default_factory=Stopping)
    latent: int = integer(2, low=1, high=32, key="latent", **ABOUT)
    batch_size: int = integer(16, low=1, high=100, key="batch", **ABOUT)
    seed: int = integer(0, low=0, high=9, key="seed", **ABOUT)


class DescribedGan(Gan):
    """What a GanExperiment describes, with the generator's first layer for the hidden one of both."""

    def __init__(self, described: GanExperiment) -> None:
        super().__init__(RING, gan_settings(described))

    def apply(self, described: GanExperiment) -> None:
        super().apply(gan_settings(described))


def gan_settings(described: GanExperiment) -> GanSettings:
    return GanSettings(
        described.latent,
        (described.generator.layers[0].units,),
        described.generator.lr,
        described.discriminator.lr,
        described.batch_size,
        described.seed,
    )


@build_objective.register
def _(described: GanExperiment) -> DescribedGan:
    return DescribedGan(described)
