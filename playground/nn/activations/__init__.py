"""ACTIVATIONS: name -> an activation function, its derivative, and all that is known of it.

Contract: `value(z)` returns a new array; `derivative(z, y)` returns dy/dz given z and y = value(z), so that a
function whose derivative is easy in y (tanh, sigmoid) never computes itself twice. Arrays of any shape,
float32 or float64. Neither overflows nor underflows for |z| up to 1000 in float64. At a kink the derivative
is PyTorch's (relu'(0) = 0).
"""

from playground.nn.activations.bounded import BOUNDED, sigmoid
from playground.nn.activations.entry import CODE, ActivationFunction
from playground.nn.activations.unbounded import UNBOUNDED
from playground.nn.entries import FORMULA, LATEX, joined, require_complete, require_formulas

ACTIVATIONS: dict[str, ActivationFunction] = joined("activation", UNBOUNDED, BOUNDED)
require_complete("activation", ACTIVATIONS, LATEX | FORMULA | CODE)
require_formulas("activation", {name: each.formula for name, each in ACTIVATIONS.items()}, ("z", "a"))

__all__ = ["ACTIVATIONS", "ActivationFunction", "sigmoid"]
