"""BatchNorm and LayerNorm: values brought to mean 0 and variance 1, then a learnt gain and shift.

Both work on the last axis of x: (B, ..., n), which is the units of a dense layer or the channels of an image.
In the code x is seen as (R, n), R rows; xhat is the normalized x.
"""

from collections.abc import Mapping

import numpy as np

from playground.arrays import Array
from playground.nn.layer import Draws, Layer, Shape

EPS = 1e-5


class _Normalization(Layer):
    """gain and shift: (n,), and what both normalizations share."""

    gain: Array
    shift: Array
    dgain: Array
    dshift: Array

    def declare(self, in_shape: Shape) -> Shape:
        self.parameters = {"gain": in_shape[-1:], "shift": in_shape[-1:]}
        return in_shape

    def initialize(self, rng: Draws) -> None:
        self.gain[...] = 1.0
        self.shift[...] = 0.0

    def inspect(self) -> Mapping[str, Array]:
        """normalized: the values before gain and shift."""
        return {"normalized": self._cache[0].reshape(-1, *self.in_shape)} if self._cache else {}

    def _scaled(self, xhat: Array) -> Array:
        return xhat * self.gain + self.shift

    def _scaled_back(self, dy: Array, xhat: Array) -> Array:
        """Overwrite dgain and dshift; return dxhat: (R, n)."""
        np.add.reduce(dy * xhat, 0, out=self.dgain)
        np.add.reduce(dy, 0, out=self.dshift)
        return dy * self.gain


class BatchNorm(_Normalization):
    """Normalize each unit over the batch (Ioffe and Szegedy 2015).

    Training uses the batch's own mean and variance and moves the running ones: running = momentum * running +
    (1 - momentum) * batch, with the unbiased variance as in PyTorch (whose momentum is 1 minus this one).
    Evaluation uses the running ones. So does training on a single row, which has no variance: it leaves them
    alone.

    Shape: x (B, ..., n) -> y (B, ..., n).
    """

    kind = "batch_norm"

    running_mean: Array
    running_var: Array

    def __init__(self, momentum: float = 0.9) -> None:
        super().__init__()
        if not 0.0 <= momentum < 1.0:
            raise ValueError(f"BatchNorm: momentum = {momentum!r} is not in [0, 1); choose a number below 1.")
        self.momentum = momentum

    def declare(self, in_shape: Shape) -> Shape:
        self.statistics = {"running_mean": in_shape[-1:], "running_var": in_shape[-1:]}
        return super().declare(in_shape)

    def initialize(self, rng: Draws) -> None:
        super().initialize(rng)
        self.running_mean[...] = 0.0
        self.running_var[...] = 1.0

    def forward(self, x: Array, train: bool = False) -> Array:
        rows = x.reshape(-1, x.shape[-1])
        from_batch = train and len(rows) > 1
        if from_batch:
            mean = rows.mean(axis=0)
            centred = rows - mean
            var = (centred * centred).mean(axis=0)
            self._move_statistics(mean, var * (len(rows) / (len(rows) - 1)))
        else:
            centred, var = rows - self.running_mean, self.running_var
        inverse = 1.0 / np.sqrt(var + EPS)
        xhat = centred * inverse
        self._keep(train, (xhat, inverse, from_batch))
        return self._scaled(xhat).reshape(x.shape)

    def _move_statistics(self, mean: Array, var: Array) -> None:
        for running, batch in ((self.running_mean, mean), (self.running_var, var)):
            running *= self.momentum
            running += (1.0 - self.momentum) * batch

    def backward(self, dy: Array) -> Array:
        xhat: Array
        inverse: Array
        from_batch: bool
        xhat, inverse, from_batch = self._recall()
        dxhat = self._scaled_back(dy.reshape(xhat.shape), xhat)
        if from_batch:  # the batch's mean and variance depend on x too
            dxhat = dxhat - dxhat.mean(axis=0) - xhat * (dxhat * xhat).mean(axis=0)
        return (dxhat * inverse).reshape(dy.shape)


class LayerNorm(_Normalization):
    """Normalize each point over its units (Ba, Kiros and Hinton 2016). The same in training and evaluation.

    Shape: x (B, ..., n) -> y (B, ..., n).
    """

    kind = "layer_norm"

    def forward(self, x: Array, train: bool = False) -> Array:
        rows = x.reshape(-1, x.shape[-1])
        centred = rows - rows.mean(axis=1, keepdims=True)
        inverse = 1.0 / np.sqrt((centred * centred).mean(axis=1, keepdims=True) + EPS)
        xhat = centred * inverse
        self._keep(train, (xhat, inverse))
        return self._scaled(xhat).reshape(x.shape)

    def backward(self, dy: Array) -> Array:
        xhat: Array
        inverse: Array
        xhat, inverse = self._recall()
        dxhat: Array = self._scaled_back(dy.reshape(xhat.shape), xhat)
        dxhat = dxhat - dxhat.mean(axis=1, keepdims=True) - xhat * (dxhat * xhat).mean(axis=1, keepdims=True)
        return (dxhat * inverse).reshape(dy.shape)
