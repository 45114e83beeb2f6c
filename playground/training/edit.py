"""Changes of a network's parameters that are no training: one number set by hand, or all of them from a
file.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from playground.arrays import Array
from playground.limits import MAX_PARAMETER
from playground.nn import Network
from playground.text import _
from playground.training.settings import ExperimentError, shown

PARAMETERS = ("weight", "bias")


class NetworkEdit(ABC):
    """Other parameters at a frame; a run keeps it, so that a replay makes it where it was made."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What it is, as in "With ... the loss is not finite"."""

    @abstractmethod
    def check(self, network: Network) -> None:
        """ExperimentError, one sentence, if it does not fit this network."""

    @abstractmethod
    def apply(self, network: Network) -> int | slice:
        """Change the network, for which it was checked; the places in network.params that it touched."""


@dataclass(frozen=True, slots=True)
class Edit(NetworkEdit):
    """A parameter and its new value.

    layer: of network.weight_layers, counted from 0. parameter: "weight" or "bias". i: the input a weight
    comes from; 0 for a bias. j: the unit it leads to.
    """

    layer: int
    parameter: str
    i: int
    j: int
    value: float

    @property
    def words(self) -> str:
        words = _("a bias of {value:g}") if self.parameter == "bias" else _("a weight of {value:g}")
        return words.format(value=self.value)

    def apply(self, network: Network) -> int:
        place = self.place(network)
        network.params[place] = self.value
        return place

    def check(self, network: Network) -> None:
        """ExperimentError, one sentence, if this network has no such parameter or may not have the value."""
        layers = network.weight_layers
        if not _is_index(self.layer, len(layers)):
            raise ExperimentError(
                _("There is no layer {layer} of weights: choose one from 0 to {last}.").format(
                    layer=shown(self.layer), last=len(layers) - 1
                )
            )
        if self.parameter not in PARAMETERS:
            raise ExperimentError(
                _("A layer has no {parameter}: choose weight or bias.").format(
                    parameter=shown(self.parameter)
                )
            )
        inputs, units = layers[self.layer].W.shape
        if not (_is_index(self.i, 1 if self.parameter == "bias" else inputs) and _is_index(self.j, units)):
            raise ExperimentError(
                _(
                    "Layer {layer} has no {parameter} ({i}, {j}): it has {inputs} inputs and {units} units."
                ).format(
                    layer=self.layer,
                    parameter=self.parameter,
                    i=shown(self.i),
                    j=shown(self.j),
                    inputs=inputs,
                    units=units,
                )
            )
        if type(self.value) not in (int, float) or not -MAX_PARAMETER <= self.value <= MAX_PARAMETER:
            raise ExperimentError(
                _(
                    "A {parameter} cannot be set to {value}: give a number from {lowest:g} to {highest:g}."
                ).format(
                    parameter=self.parameter,
                    value=shown(self.value),
                    lowest=-MAX_PARAMETER,
                    highest=MAX_PARAMETER,
                )
            )

    def place(self, network: Network) -> int:
        """Where it is in network.params."""
        inputs, units = network.weight_layers[self.layer].W.shape
        start = network.weight_slices[self.layer].start
        place: int = start + (self.i * units if self.parameter == "weight" else inputs * units) + self.j
        return place


@dataclass(frozen=True, slots=True, eq=False)
class LoadedParameters(NetworkEdit):
    """All parameters (N,) and running statistics (S,) of a network, such as those of a file."""

    params: Array
    state: Array

    @property
    def words(self) -> str:
        return _("these weights")

    def check(self, network: Network) -> None:
        if self.params.shape != network.params.shape or self.state.shape != network.state.shape:
            raise ExperimentError(
                _(
                    "{n} parameters do not fit a network of {expected}: load them together with their own "
                    "settings."
                ).format(n=self.params.size, expected=network.params.size)
            )
        if not (np.isfinite(self.params).all() and np.isfinite(self.state).all()):
            raise ExperimentError(_("The weights cannot be loaded: some are not finite numbers."))

    def apply(self, network: Network) -> slice:
        network.params[:] = self.params
        network.state[:] = self.state
        return slice(None)


def _is_index(value: object, count: int) -> bool:
    return type(value) is int and 0 <= value < count
