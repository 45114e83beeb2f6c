"""Residual and Concat: skip connections around a few layers, which add or which join."""

import numpy as np

from playground.arrays import Array
from playground.nn.container import Container
from playground.nn.layer import Shape


class Residual(Container):
    """y = x + f(x), f the given layers one after the other (He et al. 2016).

    Shape: x (B, ...) -> y (B, ...); f must return the shape it is given.
    """

    kind = "residual"

    def declare(self, in_shape: Shape) -> Shape:
        shape = super().declare(in_shape)
        if shape != in_shape:
            raise ValueError(
                f"Residual: its layers turn {in_shape} into {shape}; make them return the same shape."
            )
        return shape

    def join(self, x: Array, inner: Array) -> Array:
        return x + inner

    def backward(self, dy: Array) -> Array:
        return dy + self._inner_backward(dy)


class Concat(Container):
    """y = x beside f(x), f the given layers one after the other, joined along the last axis: the units of a
    dense layer or the channels of an image (Ronneberger et al. 2015, Huang et al. 2017).

    Shape: x (B, ..., n) -> y (B, ..., n + m); f must return (B, ..., m).
    """

    kind = "concat"

    def declare(self, in_shape: Shape) -> Shape:
        shape = super().declare(in_shape)
        if shape[:-1] != in_shape[:-1]:
            raise ValueError(
                f"Concat: its layers turn {in_shape} into {shape}; "
                "make them return the same shape but for the last number."
            )
        return (*shape[:-1], in_shape[-1] + shape[-1])

    def join(self, x: Array, inner: Array) -> Array:
        return np.concatenate([x, inner], axis=-1)

    def backward(self, dy: Array) -> Array:
        width = self.in_shape[-1]
        return dy[..., :width] + self._inner_backward(dy[..., width:])
