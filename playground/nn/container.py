"""Container: a layer made of layers, one after the other, beside which the input passes as it is."""

from collections.abc import Iterable, Iterator

import numpy as np

from playground.arrays import Array
from playground.nn.layer import Draws, Layer, LayerPass, Shape


class Container(Layer):
    """f, the given layers one after the other. A subclass says how f(x) and x become y, and back."""

    def __init__(self, layers: Iterable[Layer]) -> None:
        super().__init__()
        self.layers = tuple(layers)
        if not self.layers:
            name = type(self).__name__
            raise ValueError(f"{name}: no layers were given; give at least one, such as Dense(8).")

    def declare(self, in_shape: Shape) -> Shape:
        """The shape that f gives."""
        shape = in_shape
        for layer in self.layers:
            shape = layer.build(shape)
        return shape

    @property
    def size(self) -> int:
        return sum(layer.size for layer in self.layers)

    @property
    def state_size(self) -> int:
        return sum(layer.state_size for layer in self.layers)

    def bind(self, params: Array, grads: Array, state: Array, rng: np.random.Generator) -> None:
        super().bind(params, grads, state, rng)
        start = state_start = 0
        for layer in self.layers:
            stop, state_stop = start + layer.size, state_start + layer.state_size
            layer.bind(params[start:stop], grads[start:stop], state[state_start:state_stop], rng)
            start, state_start = stop, state_stop

    def leaves(self) -> Iterator[Layer]:
        for layer in self.layers:
            yield from layer.leaves()

    def initialize(self, rng: Draws) -> None:
        for layer in self.layers:
            layer.initialize(rng)

    def join(self, x: Array, inner: Array) -> Array:
        """y from x and inner = f(x)."""
        raise NotImplementedError

    def forward(self, x: Array, train: bool = False) -> Array:
        y = x
        for layer in self.layers:
            y = layer.forward(y, train)
        return self.join(x, y)

    def walk(self, x: Array) -> tuple[list[LayerPass], Array]:
        passed, y = [], x
        for layer in self.layers:
            inner, y = layer.walk(y)
            passed += inner
        return passed, self.join(x, y)

    def _inner_backward(self, dy: Array) -> Array:
        """dx of f alone."""
        for layer in reversed(self.layers):
            dy = layer.backward(dy)
        return dy
