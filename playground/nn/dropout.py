"""Dropout: random silence in training."""

from collections.abc import Mapping

from playground.arrays import Array
from playground.nn.layer import Layer


class Dropout(Layer):
    """In training, zero each value with probability `rate` and scale the rest by 1 / (1 - rate).

    Srivastava et al. 2014, inverted so that evaluation passes everything as it is. rate may change between
    passes; at 1 nothing passes, at 0 no mask is drawn.

    Shape: x (B, ...) -> y (B, ...).
    """

    kind = "dropout"

    def __init__(self, rate: float) -> None:
        super().__init__()
        if not 0.0 <= rate <= 1.0:
            raise ValueError(f"Dropout: rate = {rate!r} is not a number from 0 to 1; choose one.")
        self.rate = rate

    def forward(self, x: Array, train: bool = False) -> Array:
        if not train or not self.rate:
            self._keep(train, (None,))
            return x
        scale = x.dtype.type(0.0 if self.rate == 1.0 else 1.0 / (1.0 - self.rate))
        mask = (self._rng.random(x.shape) >= self.rate) * scale
        self._keep(train, (mask,))
        return x * mask

    def inspect(self) -> Mapping[str, Array]:
        """mask: what each value was multiplied by, where a mask was drawn."""
        mask = self._cache[0] if self._cache else None
        return {} if mask is None else {"mask": mask}

    def backward(self, dy: Array) -> Array:
        mask: Array | None
        (mask,) = self._recall()
        return dy if mask is None else dy * mask
