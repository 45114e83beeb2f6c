"""LOSSES: name -> a loss function.

Contract: `loss(prediction, target, **options) -> (value, d_prediction)` with prediction: (B, K) and
d_prediction of the same shape. The value is the mean over batch and outputs, as in PyTorch
(cross_entropy: over the batch). Classification losses take logits and are computed in a form that cannot
overflow. Letters: B batch, K outputs.
"""

from playground.nn.entries import FORMULA, LATEX, joined, require_complete, require_formulas
from playground.nn.losses.classes import CLASSES
from playground.nn.losses.distances import DISTANCES
from playground.nn.losses.entry import OUTPUTS, Loss

LOSSES: dict[str, Loss] = joined("loss", DISTANCES, CLASSES)
require_complete("loss", LOSSES, LATEX | FORMULA)
require_formulas(
    "loss", {name: each.formula for name, each in LOSSES.items()}, ("y", "t", "y1", "y2", "t1", "t2")
)

__all__ = ["LOSSES", "OUTPUTS", "Loss"]
