"""Dense: the fully connected layer y = x W + b."""

import math

import numpy as np

from playground.arrays import Array
from playground.nn.initializers import INITIALIZERS
from playground.nn.layer import Draws, Shape, WeightLayer

TF_PLAYGROUND_BIAS = 0.1


class Dense(WeightLayer):
    """y = x W + b with W: (n_in, units) and b: (units,).

    Shape: x (B, n_in) -> y (B, units).

    init: a name in INITIALIZERS, for W. bias_init: where every bias starts; None means 0, or 0.1 with
    init="tf_playground" as in TensorFlow Playground. use_bias: False leaves b out (a normalization layer that
    follows has a shift of its own).
    """

    kind = "dense"
    decayed = ("W",)

    def __init__(
        self,
        units: int,
        *,
        init: str = "xavier_uniform",
        bias_init: float | None = None,
        use_bias: bool = True,
    ) -> None:
        super().__init__()
        if isinstance(units, bool) or not isinstance(units, int | np.integer) or units < 1:
            raise ValueError(f"Dense: units = {units!r} is not a whole number of at least 1; give one.")
        if init not in INITIALIZERS:
            raise ValueError(f"Dense: init = {init!r} is unknown; choose one of {', '.join(INITIALIZERS)}.")
        if bias_init is None:
            bias_init = TF_PLAYGROUND_BIAS if init == "tf_playground" else 0.0
        if not math.isfinite(bias_init):
            raise ValueError(f"Dense: bias_init = {bias_init!r} is not finite; give an ordinary number.")
        self.units = int(units)
        self.init = init
        self.bias_init = float(bias_init)
        self.use_bias = use_bias
        self._ones: Array = np.ones(0)

    def declare(self, in_shape: Shape) -> Shape:
        if len(in_shape) != 1:
            raise ValueError(f"Dense takes inputs of shape (n,), not {in_shape}; put Flatten() before it.")
        bias = {"b": (self.units,)} if self.use_bias else {}
        self.parameters = {"W": (in_shape[0], self.units), **bias}
        return (self.units,)

    def initialize(self, rng: Draws) -> None:
        self.W[...] = INITIALIZERS[self.init](rng, self.W.shape)
        if self.use_bias:
            self.b[...] = self.bias_init

    def forward(self, x: Array, train: bool = False) -> Array:
        self._keep(train, (x,))
        y: Array = x.dot(self.W)
        if self.use_bias:
            y += self.b
        return y

    def backward(self, dy: Array) -> Array:
        self.backward_parameters(dy)
        dx: Array = dy.dot(self.W.T)
        return dx

    def backward_parameters(self, dy: Array) -> None:
        x: Array
        (x,) = self._recall()
        x.T.dot(dy, self.dW)
        if self.use_bias:
            if len(self._ones) != len(dy):
                self._ones = np.ones(len(dy), dy.dtype)
            self._ones.dot(dy, self.db)  # the sum over the batch, twice as fast as add.reduce on small arrays
