"""Changes of a network's parameters that are no training: one number set by hand, or all of them from a
file.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from playground.limits import MAX_PARAMETER
from playground.nn import Network
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
        return f"a {self.parameter} of {self.value:g}"

    def apply(self, network: Network) -> int:
        place = self.place(network)
        network.params[place] = self.value
        return place

    def check(self, network: Network) -> None:
        """ExperimentError, one sentence, if this network has no such parameter or may not have the value."""
        layers = network.weight_layers
        if not _is_index(self.layer, len(layers)):
            raise ExperimentError(
                f"There is no layer {shown(self.layer)} of weights: choose one from 0 to {len(layers) - 1}."
            )
        if self.parameter not in PARAMETERS:
            raise ExperimentError(f"A layer has no {shown(self.parameter)}: choose weight or bias.")
        inputs, units = layers[self.layer].W.shape
        if not (_is_index(self.i, 1 if self.parameter == "bias" else inputs) and _is_index(self.j, units)):
            raise ExperimentError(
                f"Layer {self.layer} has no {self.parameter} ({shown(self.i)}, {shown(self.j)}): "
                f"it has {inputs} inputs and {units} units."
            )
        if type(self.value) not in (int, float) or not -MAX_PARAMETER <= self.value <= MAX_PARAMETER:
            raise ExperimentError(
                f"A {self.parameter} cannot be set to {shown(self.value)}: "
                f"give a number from {-MAX_PARAMETER:g} to {MAX_PARAMETER:g}."
            )

    def place(self, network: Network) -> int:
        """Where it is in network.params."""
        inputs, units = network.weight_layers[self.layer].W.shape
        start = network.weight_slices[self.layer].start
        return start + (self.i * units if self.parameter == "weight" else inputs * units) + self.j


@dataclass(frozen=True, slots=True, eq=False)
class LoadedParameters(NetworkEdit):
    """All parameters (N,) and running statistics (S,) of a network, such as those of a file."""

    params: np.ndarray
    state: np.ndarray

    @property
    def words(self) -> str:
        return "these weights"

    def check(self, network: Network) -> None:
        if self.params.shape != network.params.shape or self.state.shape != network.state.shape:
            raise ExperimentError(
                f"{self.params.size} parameters do not fit a network of {network.params.size}: "
                "load them together with their own settings."
            )
        if not (np.isfinite(self.params).all() and np.isfinite(self.state).all()):
            raise ExperimentError("The weights cannot be loaded: some are not finite numbers.")

    def apply(self, network: Network) -> slice:
        network.params[:] = self.params
        network.state[:] = self.state
        return slice(None)


def _is_index(value: object, count: int) -> bool:
    return type(value) is int and 0 <= value < count
