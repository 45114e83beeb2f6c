"""Task: how a dataset becomes something to learn: inputs, targets, loss, and what the outputs mean.

Letters: B points, K outputs, C classes.

| a loss that takes    | as outputs                       | targets   | score of a class, in [0, 1]          |
|----------------------|----------------------------------|-----------|--------------------------------------|
| logits               | linear, 1 or one for each class  | 0, 1      | sigmoid                              |
| shares               | linear, one for each class       | 0, 1      | softmax                              |
| margins              | linear, 1 or one for each class  | -1, +1    | sigmoid(2 margin): a choice for show |
| distances            | tanh, 1 or one for each class    | -1, +1    | (1 + output) / 2, clipped            |
| - of sigmoid outputs | sigmoid                          | 0, 1      | output, clipped                      |
| regression           | 1, linear                        | the value | none                                 |

With two classes a single output stands for class 1; with more, one for each class is set against the rest.
Where outputs are no logits or margins, another activation than tanh or linear may be asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from playground.arrays import Array
from playground.datasets import FeatureMap
from playground.nn import LOSSES, Loss


class Predictions(NamedTuple):
    """classes: (B,) int. confidence: (B,) float in [0, 1], the score of that class."""

    classes: Array
    confidence: Array


@dataclass(frozen=True)
class OutputSpec:
    """What the outputs of a classification network mean: targets are low or 1, scores come from outputs; a
    single output of `decision_threshold` gives both classes the same score.
    """

    low: float
    scores: Callable[[Array], Array]
    activation: str = "linear"
    decision_threshold: float = 0.0


def sigmoid(z: Array) -> Array:
    y: Array = 0.5 * (1.0 + np.tanh(0.5 * z))
    return y


def softmax(z: Array) -> Array:
    e = np.exp(
        np.maximum(z - z.max(axis=1, keepdims=True), -700.0)
    )  # exp(-700) is the least that does not underflow
    shares: Array = e / e.sum(axis=1, keepdims=True)
    return shares


def _log_odds(logits: Array, k: int) -> Array:
    """(B,) log(p / (1 - p)) of the k-th share p of softmax, of logits (B, C)."""
    ahead = np.delete(logits, k, axis=1) - logits[:, k : k + 1]
    most = ahead.max(axis=1, keepdims=True)
    odds: Array = -most[:, 0] - np.log(np.exp(np.maximum(ahead - most, -700.0)).sum(axis=1))
    return odds


TIE = 1e-13  # of the largest output: above rounding, below what tells outputs of a saturated tanh apart
AUTO = "auto"  # the activation of the outputs that is usual for the loss
_TANH = OutputSpec(-1.0, lambda outputs: np.clip(0.5 * (1.0 + outputs), 0.0, 1.0), activation="tanh")
DISTANCES = {  # by the activation of the outputs
    AUTO: _TANH,
    "tanh": _TANH,
    "linear": replace(_TANH, activation="linear"),
    "sigmoid": OutputSpec(
        0.0, lambda outputs: np.clip(outputs, 0.0, 1.0), activation="sigmoid", decision_threshold=0.5
    ),
}
_OUTPUT_SPECS = {  # by what a loss takes the outputs for
    "logits": OutputSpec(0.0, sigmoid),
    "shares": OutputSpec(0.0, softmax),
    "margins": OutputSpec(-1.0, lambda outputs: sigmoid(2.0 * outputs)),
}
OUTPUT_SPECS = {
    name: _OUTPUT_SPECS[loss.outputs] for name, loss in LOSSES.items() if loss.outputs in _OUTPUT_SPECS
}
"""By loss, of those that leave no choice of the outputs' activation."""


@dataclass(frozen=True)
class Task:
    """kind: "classification" or "regression"; n_classes: C, or 0; features: fitted to the training points;
    output: the activation of the outputs that was asked for, a key of DISTANCES.
    """

    kind: str
    n_classes: int
    loss_name: str
    features: FeatureMap
    output: str = AUTO

    @property
    def loss(self) -> Loss:
        return LOSSES[self.loss_name]

    @property
    def n_outputs(self) -> int:
        """K."""
        many = self.n_classes > 2 or (self.n_classes == 2 and self.loss.outputs == "shares")
        return self.n_classes if many else 1

    @property
    def output_activation(self) -> str:
        """The name in ACTIVATIONS of what follows the last weights."""
        if self.n_classes:
            return self._output_spec.activation
        return "linear" if self.output == AUTO else self.output

    @property
    def decision_threshold(self) -> float:
        """Of a single output of classification: from here on it stands for class 1."""
        return self._output_spec.decision_threshold

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of what a frame measures."""
        losses = ("train_loss", "test_loss")
        return (*losses, "train_accuracy", "test_accuracy") if self.n_classes else losses

    def targets(self, y: Array) -> Array:
        """What the loss compares outputs with, from classes or values y: (B,) -> (B, K)."""
        if not self.n_classes:
            return y[:, None]
        hits = y[:, None] == (np.arange(self.n_classes) if self.n_outputs > 1 else 1)
        return np.where(hits, 1.0, self._output_spec.low)

    def scores(self, outputs: Array) -> Array:
        """How much each class is favoured, (B, K) -> (B, C) in [0, 1]; a row need not sum to 1."""
        scores = self._output_spec.scores(outputs)
        return np.hstack([1.0 - scores, scores]) if self.n_outputs == 1 else scores

    def winners(self, outputs: Array) -> Array:
        """(B,) the class that each row of outputs (B, K) stands for: of several outputs the largest, of equal
        ones the first; a single one stands for class 1 from the threshold on. Scores cannot tell: they are
        clipped or rounded, and two of them may be equal where the outputs are not.

        Outputs count as equal within TIE of the largest. Units that are copies of one another, as a constant
        initializer makes them, differ by rounding: which one is larger then depends on how many points are
        worked out together, and no two pictures would agree.
        """
        if self.n_outputs > 1:
            largest = outputs.max(axis=1, keepdims=True)
            if self.output_activation == "sigmoid":  # worked out to parts of 1, also where it is near 0
                least = largest - TIE
            else:
                least = np.minimum(largest * (1.0 - TIE), largest * (1.0 + TIE))
            classes: Array = (outputs >= least).argmax(axis=1)
            return classes
        return (outputs[:, 0] >= self.decision_threshold).astype(int)

    def rankings(self, outputs: Array) -> Array:
        """How far points stand towards each class, (B, K) -> (B, C): in the order of the scores, but neither
        clipped nor rounded. A score is 1 for many points whose outputs still tell which is more certain.
        """
        if self.n_outputs == 1:
            return np.hstack([-outputs, outputs])
        if self.loss.outputs != "shares":
            return outputs
        return np.column_stack([_log_odds(outputs, k) for k in range(self.n_classes)])

    def predictions(self, outputs: Array) -> Predictions:
        """The winning class of each row of outputs (B, K), and its score."""
        classes = self.winners(outputs)
        return Predictions(classes, self.scores(outputs)[np.arange(len(classes)), classes])

    def accuracy(self, outputs: Array, y: Array) -> float:
        """The part of the points whose class y: (B,) the outputs (B, K) get right."""
        return float(np.count_nonzero(self.winners(outputs) == y)) / len(y)

    @property
    def _output_spec(self) -> OutputSpec:
        return OUTPUT_SPECS.get(self.loss_name) or DISTANCES[self.output]
