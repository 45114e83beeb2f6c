"""Deep networks side by side, as a lab's settings: each is described in a line of a link, such as
`10x8-sigmoid-xavier_uniform-batch_norm-residual-clip1`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from playground import limits
from playground.labs.framework.settings import LabSettings
from playground.nn import ACTIVATIONS, INITIALIZERS
from playground.training import Experiment, HiddenLayer, Setting
from playground.training.layers import NORMALIZATIONS
from playground.training.settings import (
    ExperimentError,
    Section,
    choice,
    declare,
    flag,
    integer,
    number,
    settings_of,
)


@dataclass(frozen=True)
class DeepNetwork(Section, path="lab.networks"):
    """Equal hidden layers, one after the other."""

    depth: int = integer(
        10,
        low=1,
        high=limits.MAX_LAB_LAYERS,
        label="Hidden layers",
        key="depth",
        help="How many hidden layers the gradient has to pass. More of them multiply more factors.",
    )
    width: int = integer(
        8,
        low=1,
        high=limits.MAX_UNITS,
        label="Units in each",
        key="width",
        help="How many units each hidden layer has. Wide layers come closer to what theory says.",
    )
    activation: str = choice(
        "sigmoid",
        ACTIVATIONS,
        label="Activation",
        key="activation",
        help="The function whose slope each layer multiplies the gradient by.",
    )
    initializer: str = choice(
        "xavier_uniform",
        INITIALIZERS,
        label="Initial weights",
        key="init",
        help="How the weights are drawn. Small ones shrink the gradient in each layer, large ones grow it.",
    )
    normalization: str = choice(
        "none",
        NORMALIZATIONS,
        label="Normalization",
        key="normalization",
        help="Bring each layer's sums back to spread 1, and the gradient with them.",
    )
    residual: bool = flag(
        False,
        label="Residual connections",
        key="residual",
        help="Add a layer's input to its output where both are equally wide: the gradient has a way past it.",
    )
    clip: float = number(
        0.0,
        low=0.0,
        high=100.0,
        step=0.1,
        live=True,
        scale="log",
        label="Clip gradient length",
        key="clip",
        help="Shorten a longer gradient to this length before the step (0: off). It tames explosions only.",
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
            parts.append("residual")
        return " + ".join(parts)

    @property
    def words(self) -> str:
        """Such as "10 layers of 8, Xavier uniform"."""
        layers = "layer" if self.depth == 1 else "layers"
        return f"{self.depth} {layers} of {self.width}, {INITIALIZERS[self.initializer].label}"

    def experiment(self, base: Experiment) -> Experiment:
        """This network on the data and with the training of `base`."""
        layer = HiddenLayer(self.width, self.activation, self.normalization)
        network = replace(
            base.network, layers=(layer,) * self.depth, initializer=self.initializer, residual=self.residual
        )
        regularization = replace(base.regularization, clip_norm=self.clip)
        return replace(base, network=network, regularization=regularization)


FORM = re.compile(
    r"(?P<depth>[0-9]{1,9})x(?P<width>[0-9]{1,9})-(?P<activation>[a-z0-9_]+)-(?P<initializer>[a-z0-9_]+?)"
    r"(-(?P<normalization>batch_norm|layer_norm))?(?P<residual>-residual)?(-clip(?P<clip>[0-9.e-]+))?"
)


class NetworksSetting(Setting):
    """One to `high` networks, joined by ~ in a link."""

    kind = "networks"

    def check(self, value, owner=None):
        if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
            networks = tuple(value)
            if 1 <= len(networks) <= self.high and all(isinstance(each, DeepNetwork) for each in networks):
                return networks
        raise self.error(value, f"give 1 to {self.high} networks such as 10x8-sigmoid-xavier_uniform")

    def write(self, value):
        return "~".join(_write(network) for network in value)

    def read(self, text):
        forms = [FORM.fullmatch(part) for part in text.split("~")]
        return tuple(_read(k, form.groupdict()) for k, form in enumerate(forms)) if all(forms) else text


def _write(network: DeepNetwork) -> str:
    values = asdict(network)
    text = f"{network.depth}x{network.width}-{network.activation}-{network.initializer}"
    if network.normalization != "none":
        text += f"-{network.normalization}"
    if network.residual:
        text += "-residual"
    if network.clip:
        text += f"-clip{settings_of(DeepNetwork)['clip'].write(values['clip'])}"
    return text


def _read(index: int, parts: Mapping[str, str | None]) -> DeepNetwork:
    settings = settings_of(DeepNetwork)
    values = {name: text for name, text in parts.items() if text is not None and name != "residual"}
    try:
        parsed = {name: settings[name].parse(text) for name, text in values.items()}
        return DeepNetwork(**parsed, residual=parts["residual"] is not None)
    except ExperimentError as error:
        raise ExperimentError(f"In network {index + 1}, {error}") from error


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
        NetworksSetting(
            default=OPENING,
            low=1,
            high=limits.MAX_LAB_NETWORKS,
            label="Networks",
            key="networks",
            help="The networks that stand side by side.",
        )
    )

    def experiments(self, base: Experiment) -> list[Experiment]:
        """All of them on the same data; ExperimentError if that is too much for one visitor."""
        weights = sum(network.depth * network.width**2 for network in self.networks)
        if weights > limits.MAX_LAB_WEIGHTS:
            raise ExperimentError(
                f"The networks cannot have {weights:,} weights between hidden layers: make them smaller or "
                f"fewer, with {limits.MAX_LAB_WEIGHTS:,} in all."
            )
        if base.data.n > limits.MAX_LAB_SAMPLES:
            raise ExperimentError(
                f"data.n cannot be {base.data.n} for several deep networks: choose at most "
                f"{limits.MAX_LAB_SAMPLES}."
            )
        return [network.experiment(base) for network in self.networks]

    def fields(self) -> dict[str, Setting]:
        """Those of each network are "lab.networks.0.depth" and so on."""
        found = super().fields()
        for k in range(len(self.networks)):
            for name, setting in settings_of(DeepNetwork).items():
                path = f"lab.networks.{k}.{name}"
                found[path] = replace(setting, path=path)
        return found

    def get(self, path: str) -> object:
        if path == "lab.networks":
            return self.networks
        k, name = path.split(".")[2:]
        return getattr(self.networks[int(k)], name)

    def replace(self, path: str, value: object) -> "Networks":
        if path == "lab.networks":
            return Networks(value)
        k, name = path.split(".")[2:]
        changed = list(self.networks)
        changed[int(k)] = replace(changed[int(k)], **{name: value})
        return Networks(tuple(changed))
