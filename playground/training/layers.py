"""HiddenLayer: one hidden layer of an Experiment, and the setting that holds all of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from playground.limits import MAX_UNITS
from playground.nn import ACTIVATIONS
from playground.training.settings import (
    ExperimentError,
    Section,
    Setting,
    choice,
    integer,
    number,
    settings_of,
    shown,
)

NORMALIZATIONS = {"none": "None", "batch_norm": "Batch norm", "layer_norm": "Layer norm"}


@dataclass(frozen=True)
class HiddenLayer(Section, path="network.layers"):
    """Weights, then normalization, then activation, then dropout."""

    units: int = integer(
        8,
        low=1,
        high=MAX_UNITS,
        label="Units",
        key="units",
        help="How many units the layer has. More of them can draw finer borders and overfit more easily.",
    )
    activation: str = choice(
        "tanh",
        ACTIVATIONS,
        label="Activation",
        key="activation",
        help="The function that bends each unit's sum. Without one, the layer can only draw straight lines.",
    )
    normalization: str = choice(
        "none",
        NORMALIZATIONS,
        label="Normalization",
        key="normalization",
        help="Keep the units' sums in a steady range, over the batch or the layer. Helps deep networks.",
    )
    dropout: float = number(
        0.0,
        low=0.0,
        high=0.9,
        step=0.05,
        live=True,
        label="Dropout",
        key="dropout",
        help="The part of the units switched off at random in each step. More of it prevents memorising.",
    )


LAYER_FORM = re.compile(
    r"(?P<units>[0-9]{1,9})-(?P<activation>[a-z0-9_]+)"
    r"(-(?P<normalization>[a-z_]+))?(-drop(?P<dropout>[0-9.e-]+))?"
)


class LayersSetting(Setting):
    """All hidden layers, first to last. In a link: `8-tanh~8-relu-batch_norm-drop0.2`, or `none`."""

    kind = "layers"

    def check(self, value, owner=None):
        if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
            layers = tuple(value)
            if len(layers) <= self.high and all(isinstance(layer, HiddenLayer) for layer in layers):
                return layers
        raise self.error(value, f"give {self.low} to {self.high} hidden layers such as 8-tanh")

    def write(self, value):
        return "~".join(_write_layer(layer) for layer in value) or "none"

    def read(self, text):
        if text == "none":
            return ()
        forms = [LAYER_FORM.fullmatch(part) for part in text.split("~")]
        if not all(forms):
            return text
        return tuple(_layer(i, form.groupdict(), parse=True) for i, form in enumerate(forms))

    def to_plain(self, value):
        return [asdict(layer) for layer in value]

    def from_plain(self, value):
        """The layers of JSON's [{"units": 8, ...}, ...]."""
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.error(value, "give a list with an object for each hidden layer")
        return self.check([_layer(i, entry) for i, entry in enumerate(value)])


def _write_layer(layer: HiddenLayer) -> str:
    settings = settings_of(HiddenLayer)
    text = f"{layer.units}-{layer.activation}"
    if layer.normalization != settings["normalization"].default:
        text += f"-{layer.normalization}"
    if layer.dropout != settings["dropout"].default:
        text += f"-drop{settings['dropout'].write(layer.dropout)}"
    return text


def _layer(index: int, values: Mapping[str, object], *, parse: bool = False) -> HiddenLayer:
    """A layer from its fields, as texts of a link or as plain values; None stands for the default."""
    settings = settings_of(HiddenLayer)
    try:
        for name in values:
            if name not in settings:
                raise ExperimentError(f"network.layers has no {shown(name)}: use {', '.join(settings)}.")
        if parse:
            values = {name: settings[name].parse(text) for name, text in values.items() if text is not None}
        return HiddenLayer(**values)
    except ExperimentError as error:
        raise ExperimentError(f"In hidden layer {index + 1}, {error}") from error
