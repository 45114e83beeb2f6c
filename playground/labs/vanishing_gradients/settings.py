"""Deep networks side by side, as a lab's settings: each is described in a line of a link, such as
`10x8-sigmoid-xavier_uniform-batch_norm-residual-clip1`.
"""

from dataclasses import dataclass, replace

from playground import limits
from playground.labs.framework.settings import LabSettings
from playground.nn import ACTIVATIONS, INITIALIZERS
from playground.text import _, ngettext
from playground.training import Experiment, ExperimentError, HiddenLayer
from playground.training.fields import choice, declare, flag, integer, number
from playground.training.layers import NORMALIZATIONS
from playground.training.lists import ListSetting
from playground.training.settings import Section


@dataclass(frozen=True)
class DeepNetwork(
    Section,
    path="lab.networks",
    form="{depth}x{width}-{activation}-{initializer}[-{normalization}][-{residual}][-clip{clip}]",
):
    """Equal hidden layers, one after the other."""

    depth: int = integer(
        10,
        low=1,
        high=limits.MAX_LAB_LAYERS,
        label=_("Hidden layers"),
        key="depth",
        help=_("How many hidden layers the gradient has to pass. More of them multiply more factors."),
    )
    width: int = integer(
        8,
        low=1,
        high=limits.MAX_UNITS,
        label=_("Units in each"),
        key="width",
        help=_("How many units each hidden layer has. Wide layers come closer to what theory says."),
    )
    activation: str = choice(
        "sigmoid",
        ACTIVATIONS,
        label=_("Activation"),
        key="activation",
        help=_("The function whose slope each layer multiplies the gradient by."),
    )
    initializer: str = choice(
        "xavier_uniform",
        INITIALIZERS,
        label=_("Initial weights"),
        key="init",
        help=_(
            "How the weights are drawn. Small ones shrink the gradient in each layer, large ones grow it."
        ),
    )
    normalization: str = choice(
        "none",
        NORMALIZATIONS,
        label=_("Normalization"),
        key="normalization",
        help=_("Bring each layer's sums back to spread 1, and the gradient with them."),
    )
    residual: bool = flag(
        False,
        label=_("Residual connections"),
        key="residual",
        help=_(
            "Add a layer's input to its output where both are equally wide: the gradient has a way past it."
        ),
    )
    clip: float = number(
        0.0,
        low=0.0,
        high=100.0,
        step=0.1,
        live=True,
        scale="log",
        label=_("Clip gradient length"),
        key="clip",
        help=_(
            "Shorten a longer gradient to this length before the step (0: off). It tames explosions only."
        ),
    )

    @property
    def title(self) -> str:
        """Such as "ReLU + He normal"."""
        parts = [ACTIVATIONS[self.activation].label]
        if self.initializer != DeepNetwork.initializer:
            parts.append(INITIALIZERS[self.initializer].label)
        if self.normalization != "none":
            parts.append(NORMALIZATIONS[self.normalization].lower())
        if self.residual:
            parts.append(_("residual"))
        return " + ".join(parts)

    @property
    def words(self) -> str:
        """Such as "10 layers of 8, Xavier uniform"."""
        return ngettext(
            "{depth} layer of {width}, {initializer}", "{depth} layers of {width}, {initializer}", self.depth
        ).format(depth=self.depth, width=self.width, initializer=INITIALIZERS[self.initializer].label)

    def experiment(self, base: Experiment) -> Experiment:
        """This network on the data and with the training of `base`."""
        layer = HiddenLayer(self.width, self.activation, self.normalization)
        network = replace(
            base.network, layers=(layer,) * self.depth, initializer=self.initializer, residual=self.residual
        )
        regularization = replace(base.regularization, clip_norm=self.clip)
        return replace(base, network=network, regularization=regularization)


OPENING = (
    DeepNetwork(activation="sigmoid"),
    DeepNetwork(activation="tanh"),
    DeepNetwork(activation="relu", initializer="he_normal"),
    DeepNetwork(activation="sigmoid", normalization="batch_norm"),
)


@dataclass(frozen=True)
class Networks(LabSettings, path="lab"):
    """The networks to compare."""

    networks: tuple[DeepNetwork, ...] = declare(
        ListSetting(
            kinds={"network": DeepNetwork},
            item=_("network"),
            items=_("networks"),
            default=OPENING,
            low=1,
            high=limits.MAX_LAB_NETWORKS,
            label=_("Networks"),
            key="networks",
            help=_("The networks that stand side by side."),
        )
    )

    def experiments(self, base: Experiment) -> list[Experiment]:
        """All of them on the same data; ExperimentError if that is too much for one visitor."""
        weights = sum(network.depth * network.width**2 for network in self.networks)
        if weights > limits.MAX_LAB_WEIGHTS:
            raise ExperimentError(
                _(
                    "The networks cannot have {weights:,} weights between hidden layers: make them smaller "
                    "or fewer, with {most:,} in all."
                ).format(weights=weights, most=limits.MAX_LAB_WEIGHTS)
            )
        if base.data.n > limits.MAX_LAB_SAMPLES:
            raise ExperimentError(
                _("data.n cannot be {n} for several deep networks: choose at most {most}.").format(
                    n=base.data.n, most=limits.MAX_LAB_SAMPLES
                )
            )
        return [network.experiment(base) for network in self.networks]
