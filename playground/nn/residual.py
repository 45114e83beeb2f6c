"""Residual: a skip connection around a few layers."""

from collections.abc import Iterable, Iterator

import numpy as np

from playground.nn.layer import Layer, Shape


class Residual(Layer):
    """y = x + f(x), f the given layers one after the other (He et al. 2016).

    Shape: x (B, ...) -> y (B, ...); f must return the shape it is given.
    """

    def __init__(self, layers: Iterable[Layer]) -> None:
        super().__init__()
        self.layers = tuple(layers)
        if not self.layers:
            raise ValueError("Residual: no layers were given; give at least one, such as Dense(8).")

    def declare(self, in_shape: Shape) -> Shape:
        shape = in_shape
        for layer in self.layers:
            shape = layer.build(shape)
        if shape != in_shape:
            raise ValueError(
                f"Residual: its layers turn {in_shape} into {shape}; make them return the same shape."
            )
        return shape

    @property
    def size(self) -> int:
        return sum(layer.size for layer in self.layers)

    @property
    def state_size(self) -> int:
        return sum(layer.state_size for layer in self.layers)

    def bind(
        self, params: np.ndarray, grads: np.ndarray, state: np.ndarray, rng: np.random.Generator
    ) -> None:
        super().bind(params, grads, state, rng)
        start = state_start = 0
        for layer in self.layers:
            stop, state_stop = start + layer.size, state_start + layer.state_size
            layer.bind(params[start:stop], grads[start:stop], state[state_start:state_stop], rng)
            start, state_start = stop, state_stop

    def leaves(self) -> Iterator[Layer]:
        for layer in self.layers:
            yield from layer.leaves()

    def initialize(self, rng: np.random.Generator) -> None:
        for layer in self.layers:
            layer.initialize(rng)

    def forward(self, x: np.ndarray, train: bool = False) -> np.ndarray:
        y = x
        for layer in self.layers:
            y = layer.forward(y, train)
        return x + y

    def backward(self, dy: np.ndarray) -> np.ndarray:
        dx = dy
        for layer in reversed(self.layers):
            dx = layer.backward(dx)
        return dy + dx
