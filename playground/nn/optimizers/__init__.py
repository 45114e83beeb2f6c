"""OPTIMIZERS: name -> optimizer class, in increasing complexity.

Formulas and defaults are PyTorch's wherever PyTorch has the optimizer, so that trajectories agree to the last
digits. In the docstrings g is the gradient, w a parameter, t the step counted from 1. Each rule works in
scratch vectors, so a step allocates nothing; scalar factors are joined before they meet a vector.
"""

from playground.nn.entries import LATEX, joined, require_complete
from playground.nn.optimizer import NEEDS, Optimizer, require_step
from playground.nn.optimizers.adaptive_rates import ADAPTIVE_RATES
from playground.nn.optimizers.moments import MOMENTS
from playground.nn.optimizers.momentum import MOMENTUM
from playground.nn.optimizers.signs import SIGNS

OPTIMIZERS: dict[str, type[Optimizer]] = joined("optimizer", MOMENTUM, ADAPTIVE_RATES, MOMENTS, SIGNS)
require_complete("optimizer", OPTIMIZERS, LATEX | NEEDS)
for _name, _optimizer in OPTIMIZERS.items():
    require_step(_name, _optimizer)

__all__ = ["OPTIMIZERS"]
