"""As much of Keras 3 as an exported script uses, in double precision: layers build a chain of functions.

It holds the script to the documented interface: names and arguments that it does not know fail, and so do
arrays of a wrong number or shape. Order and meaning of a layer's arrays are those of Keras' get_weights.
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from playground.nn import ACTIVATIONS
from playground.nn.erf import erf

NAMED = {  # what keras.layers.Activation knows
    *("celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_tanh"),
    *("leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid"),
    *("silu", "soft_shrink", "softmax", "softplus", "softsign", "sparse_plus", "sparsemax", "squareplus"),
    *("tanh", "tanh_shrink", "threshold"),
}
OPERATORS = {
    *(np.add, np.subtract, np.multiply, np.divide, np.power, np.negative, np.absolute),
    *(np.less, np.less_equal, np.greater, np.greater_equal),
}
NUMPY_OPS = (  # keras.ops that are called as in NumPy
    *("abs", "arctan", "clip", "cos", "cosh", "exp", "expm1", "log", "log1p", "logaddexp", "maximum"),
    *("minimum", "sign", "sin", "sinh", "sqrt", "square", "tan", "tanh", "where"),
)
ACTIVATION_OPS = ("relu", "selu", "sigmoid", "silu", "softplus", "softsign")


class Tensor(NDArrayOperatorsMixin):
    """A symbolic (B, width) tensor: how it is computed from the model's input."""

    def __init__(self, width, compute, layers=()):
        self.width, self.compute, self.layers = width, compute, layers

    def __array_ufunc__(self, function, method, *inputs):
        assert function in OPERATORS  # NumPy's other functions do not take a tensor of Keras
        return op(function)(*inputs)


def op(function: Callable) -> Callable:
    """The function of arrays as one of tensors (and numbers)."""

    def of_tensors(*inputs):
        tensors = [each for each in inputs if isinstance(each, Tensor)]
        layers = dict.fromkeys(layer for tensor in tensors for layer in tensor.layers)

        def compute(v):
            return function(*(each.compute(v) if isinstance(each, Tensor) else each for each in inputs))

        return Tensor(tensors[0].width, compute, tuple(layers))

    return of_tensors


class Layer:
    """A layer: `shapes` of its arrays for an input width, `call` on arrays, and the output's width."""

    def __init__(self, name=None):
        self.name, self.arrays = name, []

    def shapes(self, width):
        return []

    def width(self, width):
        return width

    def __call__(self, x):
        self.arrays = [np.full(shape, np.nan) for shape in self.shapes(x.width)]
        return Tensor(self.width(x.width), lambda v: self.call(x.compute(v)), (*x.layers, self))

    def set_weights(self, arrays):
        assert [np.shape(array) for array in arrays] == [array.shape for array in self.arrays]
        self.arrays = list(arrays)


class Dense(Layer):
    def __init__(self, units, *, use_bias=True, name=None):
        super().__init__(name)
        self.units, self.use_bias = units, use_bias

    def shapes(self, width):
        return [(width, self.units), (self.units,)][: 1 + self.use_bias]

    def width(self, width):
        return self.units

    def call(self, x):
        return x @ self.arrays[0] + sum(self.arrays[1:])


class Activation(Layer):
    def __init__(self, activation):
        super().__init__()
        assert activation in NAMED
        self.call = ACTIVATIONS[activation].value


class LeakyReLU(Layer):
    def __init__(self, *, negative_slope):
        super().__init__()
        self.slope = negative_slope

    def call(self, x):
        return np.where(x > 0.0, x, self.slope * x)


class Dropout(Layer):
    def __init__(self, rate):
        super().__init__()
        assert 0.0 < rate < 1.0

    def call(self, x):
        return x


class BatchNormalization(Layer):
    def __init__(self, *, epsilon, momentum, name):
        super().__init__(name)
        self.epsilon = epsilon
        assert 0.0 <= momentum < 1.0

    def shapes(self, width):
        return [(width,)] * 4

    def call(self, x):
        gamma, beta, mean, variance = self.arrays
        return gamma * (x - mean) / np.sqrt(variance + self.epsilon) + beta


class LayerNormalization(Layer):
    def __init__(self, *, epsilon, name):
        super().__init__(name)
        self.epsilon = epsilon

    def shapes(self, width):
        return [(width,)] * 2

    def call(self, x):
        gamma, beta = self.arrays
        spread = np.sqrt(x.var(axis=1, keepdims=True) + self.epsilon)
        return gamma * (x - x.mean(axis=1, keepdims=True)) / spread + beta


class Add(Layer):
    def __call__(self, tensors):
        first, second = tensors
        assert first.width == second.width
        return first + second


class Model:
    def __init__(self, start, end):
        self.start, self.end = start, end

    def get_layer(self, name):
        (found,) = [layer for layer in self.end.layers if layer.name == name]
        return found

    def __call__(self, x, *, training):
        assert not training
        assert x.dtype == np.float64
        assert x.shape[1:] == (self.start.width,)
        return self.end.compute(x)


def set_floatx(name):
    assert name == "float64"


def modules() -> dict[str, ModuleType]:
    """What `import keras` and `from keras import layers` should find."""
    keras, layers = ModuleType("keras"), ModuleType("keras.layers")
    for layer in (Dense, Activation, LeakyReLU, Dropout, BatchNormalization, LayerNormalization, Add):
        setattr(layers, layer.__name__, layer)
    keras.config, keras.ops = ModuleType("keras.config"), ModuleType("keras.ops")
    keras.config.set_floatx = set_floatx
    functions = {name: getattr(np, name) for name in NUMPY_OPS}
    functions |= {name: ACTIVATIONS[name].value for name in ACTIVATION_OPS}
    for name, function in {**functions, "erf": erf}.items():
        setattr(keras.ops, name, op(function))
    keras.ops.convert_to_numpy = lambda array: array
    keras.Input = lambda *, shape: Tensor(shape[0], lambda v: v)
    keras.Model, keras.layers = Model, layers
    return {"keras": keras, "keras.layers": layers}
