"""Network: a stack of layers over one flat vector of parameters and one of gradients.

All parameters are views into `network.params`, all gradients into `network.grads`, both of shape (N,), in the
order of the layers. So an optimizer knows no layers, a snapshot is one copy, and a layer's gradient is a
slice.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from playground.arrays import Array, Mask
from playground.nn.layer import Draws, Layer, Shape, WeightLayer


class Network:
    """A sequence of layers, each one's output the next one's input.

    layers: new Layer objects; each belongs to this network from now on.
    in_shape: shape of one input without the batch; 2 is short for (2,).
    seed: decides the first weights and, as a separate stream, the masks drawn in training.
    dtype: of parameters, gradients and statistics; inputs are converted to it.

    Shape: x (B, *in_shape) -> y (B, *out_shape).
    """

    def __init__(
        self,
        layers: Iterable[Layer],
        in_shape: Shape | int,
        *,
        seed: int | Sequence[int] = 0,
        dtype: type = np.float64,
    ) -> None:
        self.layers = tuple(layers)
        self.in_shape = (in_shape,) if isinstance(in_shape, int | np.integer) else tuple(in_shape)
        self.dtype = np.dtype(dtype)
        self._seed = seed
        self._build()
        size = sum(layer.size for layer in self.layers)
        self._params = np.zeros(size, self.dtype)
        self._grads = np.zeros(size, self.dtype)
        self._state = np.zeros(sum(layer.state_size for layer in self.layers), self.dtype)
        self._rng = np.random.default_rng(self._streams()[1])
        self._bind()
        self.initialize()

    def _build(self) -> None:
        """Build every layer for the shape that reaches it."""
        if not self.layers:
            raise ValueError("Network: no layers were given; give at least one, such as Dense(1).")
        if len({id(leaf) for leaf in self._leaves()}) < len(self._leaves()):
            raise ValueError("Network: the same layer object is used twice; make a new one for each place.")
        shape = self.in_shape
        for index, layer in enumerate(self.layers):
            try:
                shape = layer.build(shape)
            except ValueError as error:
                raise ValueError(f"Layer {index}: {error}") from error
        self.out_shape = shape

    def _bind(self) -> None:
        """Hand each layer its slices of the flat vectors."""
        self.slices: list[slice] = []
        start = state_start = 0
        for layer in self.layers:
            part = slice(start, start + layer.size)
            state_part = slice(state_start, state_start + layer.state_size)
            layer.bind(self._params[part], self._grads[part], self._state[state_part], self._rng)
            self.slices.append(part)
            start, state_start = part.stop, state_part.stop
        self._backward_order = self.layers[:0:-1]

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._bind()

    def _leaves(self) -> list[Layer]:
        return [leaf for layer in self.layers for leaf in layer.leaves()]

    def _streams(self) -> list[np.random.SeedSequence]:
        """Independent seeds for the first weights and for the masks."""
        return np.random.SeedSequence(self._seed).spawn(2)

    # ---- storage

    @property
    def params(self) -> Array:
        """(N,) all parameters. Change with `params[:] = ...`; it cannot be rebound."""
        return self._params

    @property
    def grads(self) -> Array:
        """(N,) all gradients, overwritten by every backward."""
        return self._grads

    @property
    def state(self) -> Array:
        """All running statistics, flat."""
        return self._state

    @property
    def rng(self) -> np.random.Generator:
        """Draws the masks of dropout and the like; save and restore `rng.bit_generator.state`."""
        return self._rng

    @property
    def weight_layers(self) -> list[WeightLayer]:
        """The layers with a weight matrix W, inside containers too, in order."""
        return [leaf for leaf in self._leaves() if isinstance(leaf, WeightLayer)]

    @property
    def weight_slices(self) -> list[slice]:
        """For each of weight_layers, its slice of params: W and b together."""
        parts, start = [], 0
        for leaf in self._leaves():
            if isinstance(leaf, WeightLayer):
                parts.append(slice(start, start + leaf.size))
            start += leaf.size
        return parts

    @property
    def decay_mask(self) -> Mask:
        """(N,) bool: True for weight matrices, False for biases and the gains and shifts of normalization."""
        parts = [
            np.full(np.prod(shape, dtype=int), name in leaf.decayed)
            for leaf in self._leaves()
            for name, shape in leaf.parameters.items()
        ]
        return np.concatenate(parts) if parts else np.zeros(0, bool)

    def initialize(self, rng: Draws | None = None) -> None:
        """Fill parameters and statistics anew and clear the gradients; without rng as at construction."""
        if rng is None:
            rng = np.random.default_rng(self._streams()[0])
        for layer in self.layers:
            layer.initialize(rng)
        self._grads[:] = 0.0

    # ---- passes

    def forward(self, x: Array, train: bool = False) -> Array:
        """Map x: (B, *in_shape) to y: (B, *out_shape), keeping what backward needs."""
        x = self._checked(x)
        for layer in self.layers:
            x = layer.forward(x, train)
        return x

    def backward(self, dy: Array) -> Array:
        """Map dy: (B, *out_shape) to dx: (B, *in_shape), overwriting `grads`."""
        return self.layers[0].backward(self._backward_to_first(dy))

    def backward_parameters(self, dy: Array) -> None:
        """As `backward`, without the gradient of the input, which training never uses."""
        self.layers[0].backward_parameters(self._backward_to_first(dy))

    def _backward_to_first(self, dy: Array) -> Array:
        """Run backward through all layers but the first, and return the gradient of its output."""
        dy = np.asarray(dy, self.dtype)
        for layer in self._backward_order:
            dy = layer.backward(dy)
        return dy

    def activations(self, x: Array) -> list[Array]:
        """Outputs of all top-level layers in an evaluation pass that leaves every cache as it was."""
        x = self._checked(x)
        leaves = self._leaves()
        waiting = [leaf._waiting for leaf in leaves]
        for leaf in leaves:
            leaf._waiting = True
        outputs = []
        try:
            for layer in self.layers:
                x = layer.forward(x)
                outputs.append(x)
        finally:
            for leaf, was_waiting in zip(leaves, waiting, strict=True):
                leaf._waiting = was_waiting
        return outputs

    def _checked(self, x: Array) -> Array:
        x = np.asarray(x, self.dtype)
        if x.shape[1:] != self.in_shape:
            allowed = ", ".join(["B", *map(str, self.in_shape)])
            raise ValueError(
                f"The network takes inputs of shape ({allowed}), not {x.shape}; give one row for each point."
            )
        return x
