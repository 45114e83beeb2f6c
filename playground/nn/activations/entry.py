"""ActivationFunction: all that is known of an activation."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

from playground.arrays import Array
from playground.nn.formula import Formula


@dataclass(frozen=True)
class ActivationFunction:
    """An element-wise function: value(z) -> y and derivative(z, y) -> dy/dz.

    label, source, text, latex: see `playground.nn.entries`.
    formula: of one number z and its value a.
    torch: a module of PyTorch such as "nn.ReLU()", or an expression in the tensor z such as "torch.sin(z)".
    keras: an expression of Keras 3 in the tensor z, with the modules `keras` and `keras.layers`.
    numpy: an expression of NumPy in the array z; `erf` is at hand. "z" alone: there is nothing to compute.
    saturates: its derivative tends to 0 on both sides, so deep stacks of it starve the early layers.
    """

    label: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    _: KW_ONLY
    source: str = ""
    text: str = ""
    latex: str = ""
    formula: Formula | None = None
    torch: str = ""
    keras: str = ""
    numpy: str = ""
    saturates: bool = False


CODE = {
    "torch": 'torch code: a module such as "nn.Tanh()", or an expression such as "torch.tanh(z)"',
    "keras": 'Keras code: an expression such as "keras.ops.tanh(z)"',
    "numpy": 'NumPy code: an expression such as "np.tanh(z)"',
}
