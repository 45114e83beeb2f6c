"""Meter: the norms of a network's gradients, parameters and steps, for the frames of a run.

Letters: N parameters, L weight layers; a layer's numbers are those of its weight and bias together. In a run
about to diverge they may overflow: whoever asks for them says that NumPy need not warn, as the Engine does.
"""

import numpy as np

from playground.arrays import Array
from playground.nn import Network


class Meter:
    """Measures one network."""

    def __init__(self, network: Network) -> None:
        self._network = network
        bounds = [edge for part in network.weight_slices for edge in (part.start, part.stop)]
        self._bounds = [edge for edge in bounds if edge < network.params.size]
        self._scratch = np.empty_like(network.params)
        self._before = network.params.copy()
        self._squares = np.zeros_like(network.params)
        self._count = 0

    def note_gradient(self) -> None:
        """Add the present gradient to those that `gradient_norms` takes the mean of."""
        grads = self._network.grads
        self._squares += np.multiply(grads, grads, self._scratch)
        self._count += 1

    def remember_parameters(self) -> None:
        """`update_ratios` compares with the parameters as they are now."""
        self._before[:] = self._network.params

    def gradient_norms(self) -> Array:
        """(L,) root mean square of each layer's gradient norm over the gradients noted since the last
        call.
        """
        norms = self._layer_norms(self._squares / max(self._count, 1))
        self._squares[:] = 0.0
        self._count = 0
        return norms

    def weight_norms(self) -> Array:
        """(L,) the norm of each layer's parameters."""
        params = self._network.params
        return self._layer_norms(np.multiply(params, params, self._scratch))

    def update_ratios(self) -> Array:
        """(L,) how far each layer's parameters have moved since `remember_parameters`, over their norm."""
        moved = np.subtract(self._network.params, self._before, self._scratch)
        moved = self._layer_norms(np.multiply(moved, moved, moved))
        norms = self.weight_norms()
        return np.divide(moved, norms, out=np.zeros_like(norms), where=norms > 0.0)

    def _layer_norms(self, squares: Array) -> Array:
        """(L,) roots of the sums of squares: (N,) over each weight layer's slice."""
        return np.sqrt(np.add.reduceat(squares, self._bounds)[::2])
