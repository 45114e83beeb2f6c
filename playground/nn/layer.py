"""The contract of a layer, and the storage every layer shares.

A layer is built once for an input shape, is bound to slices of flat vectors, and from then on maps arrays:

    build(in_shape) -> out_shape        declares the parameters; errors of shape are raised here
    initialize(rng)                     fills the bound parameters and running statistics in place
    forward(x, train=False) -> y        keeps what backward needs; x must stay as it is until then
    backward(dy) -> dx                  OVERWRITES the gradients; never touches a parameter

Shapes exclude the batch: `in_shape == (n,)` means arrays of shape (B, n). Letters: B batch, N parameters.
A subclass writes `declare`, `forward`, `backward`, and `initialize` if it has parameters.

Caches. A training pass keeps its cache until its backward. An evaluation pass meanwhile (a drawing between
the two) keeps nothing; at any other time it keeps its own cache, so that backward differentiates the latest
pass. Copies and pickles of a layer hold no cache.
"""

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any, ClassVar, NamedTuple, Protocol

import numpy as np

from playground.arrays import Array

Shape = tuple[int, ...]
Storage = tuple[Array, Array, Array, np.random.Generator]
"""Parameters, gradients, statistics, and what draws masks: what `Layer.bind` takes."""
Cache = tuple[Any, ...]
"""What backward needs of a pass: each class keeps values of its own, and types them as it recalls them."""


class Draws(Protocol):
    """What first weights are drawn from: a generator of NumPy, or for an initializer that asks for no more
    anything with `random() -> float in [0, 1)`.
    """

    def random(self) -> float: ...


class LayerPass(NamedTuple):
    """A leaf layer with what went in, x, and what came out, y: (B, ...)."""

    layer: "Layer"
    x: Array
    y: Array


class Layer:
    """Base of every layer: storage, binding, caching. Passes its input on unchanged.

    parameters: name -> shape of each trainable array; `layer.W` is the array and `layer.dW` its gradient.
    statistics: name -> shape of each array that is kept but not trained (running mean, ...).
    """

    kind: ClassVar[str]
    """Its name in LAYERS: what to ask for instead of its class."""

    decayed: ClassVar[tuple[str, ...]] = ()
    """Names of the parameters that weight decay applies to."""

    def __init__(self) -> None:
        self.in_shape: Shape = ()
        self.out_shape: Shape = ()
        self.parameters: Mapping[str, Shape] = {}
        self.statistics: Mapping[str, Shape] = {}
        self._storage: Storage | None = None
        self._forget()

    # ---- what a subclass writes

    def declare(self, in_shape: Shape) -> Shape:
        """Set `parameters` and `statistics` for inputs of `in_shape` and return the output's shape."""
        return in_shape

    def initialize(self, rng: Draws) -> None:
        """Fill parameters and statistics in place with draws from `rng`."""

    def forward(self, x: Array, train: bool = False) -> Array:
        """Map x: (B, *in_shape) to y: (B, *out_shape)."""
        return x

    def backward(self, dy: Array) -> Array:
        """Map dy: (B, *out_shape) to dx: (B, *in_shape), overwriting the gradients of the parameters."""
        return dy

    def backward_parameters(self, dy: Array) -> None:
        """Overwrite the gradients alone. A layer that saves work without dx overrides this."""
        self.backward(dy)

    # ---- storage

    @property
    def size(self) -> int:
        """Number of trainable parameters."""
        return sum(prod(shape) for shape in self.parameters.values())

    @property
    def state_size(self) -> int:
        """Number of values in the statistics."""
        return sum(prod(shape) for shape in self.statistics.values())

    def build(self, in_shape: Shape) -> Shape:
        """Declare everything for inputs of `in_shape` and return the output's shape.

        The layer gets storage of its own; a network then binds it to the network's vectors.
        """
        if self.out_shape and self._storage is None:
            name = type(self).__name__
            raise ValueError(f"This {name} already belongs to a network; make a new {name} for each place.")
        self.in_shape = tuple(in_shape)
        self.out_shape = self.declare(self.in_shape)
        self._forget()
        self.bind(
            np.zeros(self.size), np.zeros(self.size), np.zeros(self.state_size), np.random.default_rng(0)
        )
        self._storage = (self._params, self._grads, self._state, self._rng)
        return self.out_shape

    def bind(self, params: Array, grads: Array, state: Array, rng: np.random.Generator) -> None:
        """Make the named arrays views into params, grads: (size,) and state: (state_size,); masks use rng."""
        self._storage = None
        self._params, self._grads, self._state, self._rng = params, grads, state, rng
        start = 0
        for name, shape in self.parameters.items():
            part = slice(start, start + prod(shape))
            setattr(self, name, params[part].reshape(shape))
            setattr(self, "d" + name, grads[part].reshape(shape))
            start = part.stop
        start = 0
        for name, shape in self.statistics.items():
            part = slice(start, start + prod(shape))
            setattr(self, name, state[part].reshape(shape))
            start = part.stop

    def leaves(self) -> Iterator["Layer"]:
        """The layers that are no containers: this one, or those inside it, in storage order."""
        yield self

    def walk(self, x: Array) -> tuple[list[LayerPass], Array]:
        """Evaluate x: (B, *in_shape), looking into containers: every leaf layer's pass, and y."""
        y = self.forward(x)
        return [LayerPass(self, x, y)], y

    def inspect(self) -> Mapping[str, Array]:
        """What a layer worked out on the way, by name: (B, ...) arrays that are not to be changed. Empty
        where there is nothing but input and output, and before the first pass.

        Of the pass that backward would differentiate. An evaluation while a training pass waits for its
        backward, and `Network.activations`, keep nothing, so they do not show here: to see what an evaluation
        works out, `walk` a copy of the network, on which nothing waits.
        """
        return {}

    def __getstate__(self) -> dict[str, object]:
        """Everything but views and caches: copies of views would no longer share memory with the vectors."""
        dropped = {"_params", "_grads", "_state", "_rng", *self.statistics}
        for name in self.parameters:
            dropped |= {name, "d" + name}
        kept = {name: value for name, value in self.__dict__.items() if name not in dropped}
        return kept | {"_cache": None, "_waiting": False}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        if self._storage is not None:
            storage = self._storage
            self.bind(*storage)
            self._storage = storage

    # ---- caches

    def _forget(self) -> None:
        self._cache: Cache | None = None
        self._waiting = False

    def _keep(self, train: bool, cache: Cache) -> None:
        """Keep `cache` for backward, unless a training pass still waits for its own."""
        if train or not self._waiting:
            self._cache = cache
            self._waiting = train

    def _recall(self) -> Cache:
        """The cache of the pass that backward differentiates."""
        if self._cache is None:
            raise RuntimeError(f"{type(self).__name__}.backward needs a forward pass first; call forward(x).")
        self._waiting = False
        return self._cache


class WeightLayer(Layer):
    """A layer with a weight matrix W: (n_in, units), and a bias b: (units,) unless it goes without."""

    W: Array
    b: Array
    dW: Array
    db: Array
