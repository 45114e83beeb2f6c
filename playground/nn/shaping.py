"""Flatten and Reshape: the same numbers in another shape."""

from math import prod

from playground.arrays import Array
from playground.nn.layer import Layer, Shape


class Reshape(Layer):
    """Give each input a new shape with as many values.

    Shape: x (B, *in_shape) -> y (B, *shape). y shares memory with x.
    """

    kind = "reshape"

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = tuple(shape)

    def declare(self, in_shape: Shape) -> Shape:
        if prod(self.shape) != prod(in_shape):
            raise ValueError(
                f"Reshape: {self.shape} does not hold the {prod(in_shape)} values of {in_shape}; "
                "choose a shape that does."
            )
        return self.shape

    def forward(self, x: Array, train: bool = False) -> Array:
        return x.reshape(len(x), *self.out_shape)

    def backward(self, dy: Array) -> Array:
        return dy.reshape(len(dy), *self.in_shape)


class Flatten(Reshape):
    """Give each input the shape (n,).

    Shape: x (B, *in_shape) -> y (B, n), n the product of in_shape.
    """

    kind = "flatten"

    def __init__(self) -> None:
        super().__init__(())

    def declare(self, in_shape: Shape) -> Shape:
        return (prod(in_shape),)
