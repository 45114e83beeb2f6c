"""Activation: a function applied to every value on its own."""

from playground.arrays import Array
from playground.nn.activations import ACTIVATIONS
from playground.nn.layer import Layer


class Activation(Layer):
    """y = f(x), entry by entry, with f one of ACTIVATIONS.

    Shape: x (B, ...) -> y (B, ...).
    """

    kind = "activation"

    def __init__(self, name: str) -> None:
        super().__init__()
        if name not in ACTIVATIONS:
            raise ValueError(
                f"Activation: {name!r} is unknown; choose one of {', '.join(ACTIVATIONS)} "
                "(softmax is part of the cross_entropy loss)."
            )
        self.name = name

    def forward(self, x: Array, train: bool = False) -> Array:
        y = ACTIVATIONS[self.name].value(x)
        self._keep(train, (x, y))
        return y

    def backward(self, dy: Array) -> Array:
        x: Array
        y: Array
        x, y = self._recall()
        return dy * ACTIVATIONS[self.name].derivative(x, y)
