"""HiddenLayer: one hidden layer of an Experiment, of which a link tells as `8-relu-batch_norm-drop0.2`."""

from dataclasses import dataclass

from playground.limits import MAX_UNITS
from playground.nn import ACTIVATIONS
from playground.text import _
from playground.training.fields import choice, integer, number
from playground.training.settings import Section

NORMALIZATIONS = {"none": _("None"), "batch_norm": _("Batch norm"), "layer_norm": _("Layer norm")}


@dataclass(frozen=True)
class HiddenLayer(
    Section,
    path="network.layers",
    form="{units}-{activation}[-{normalization}][-drop{dropout}]",
):
    """Weights, then normalization, then activation, then dropout."""

    units: int = integer(
        8,
        low=1,
        high=MAX_UNITS,
        label=_("Units"),
        key="units",
        help=_("How many units the layer has. More of them can draw finer borders and overfit more easily."),
    )
    activation: str = choice(
        "tanh",
        ACTIVATIONS,
        label=_("Activation"),
        key="activation",
        help=_(
            "The function that bends each unit's sum. Without one, the layer can only draw straight lines."
        ),
    )
    normalization: str = choice(
        "none",
        NORMALIZATIONS,
        label=_("Normalization"),
        key="normalization",
        help=_("Keep the units' sums in a steady range, over the batch or the layer. Helps deep networks."),
    )
    dropout: float = number(
        0.0,
        low=0.0,
        high=0.9,
        step=0.05,
        live=True,
        label=_("Dropout"),
        key="dropout",
        help=_("The part of the units switched off at random in each step. More of it prevents memorising."),
    )


LAYERS: dict[str, type[Section]] = {"dense": HiddenLayer}
"""The kinds of hidden layers that an Experiment may have."""
