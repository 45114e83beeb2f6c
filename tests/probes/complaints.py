"""How bad what a message complains of is, so that a fix can be held against it: one number for each rule."""

from collections.abc import Callable
from math import inf

import numpy as np

from playground.probes.activation_view import DEAD, SATURATED
from playground.probes.advice import RULES
from playground.probes.advice.evidence import Evidence


def _loss(e: Evidence) -> float:
    return inf if e.diverged else e.frame.metrics["train_loss"] / e.constant_loss


def _test_loss(e: Evidence) -> float:
    return inf if e.diverged else e.frame.metrics["test_loss"]


def _gap(e: Evidence) -> float:
    metrics = e.frame.metrics
    if "test_accuracy" in metrics:
        return metrics["train_accuracy"] - metrics["test_accuracy"]
    return (metrics["test_loss"] - metrics["train_loss"]) / e.constant_loss


def _stuck(kind: int) -> Callable[[Evidence], float]:
    def part(e: Evidence) -> float:
        _, stuck, units = e.stuck_units(kind)
        return stuck / units

    return part


def _speaks(rule: str) -> Callable[[Evidence], float]:
    return lambda e: float(RULES[rule].find(e) is not None)


def _learnt_wrong(e: Evidence) -> float:
    given, wrong = e.learnt_wrong
    return given / wrong if wrong else _gap(e)


def _unseen(e: Evidence) -> float:
    tested = np.bincount(e.trainer.test_data.y, minlength=len(e.class_counts))
    return float(np.count_nonzero((e.class_counts == 0) & (tested > 0)))


COMPLAINTS: dict[str, Callable[[Evidence], float]] = {
    "diverged": lambda e: float(e.diverged),
    "symmetric": _speaks("symmetric"),
    "exploding": _speaks("exploding"),
    "tiny_batches": _loss,
    "out_of_reach": _loss,
    "momentum": lambda e: e.unrest * _loss(e),
    "rate_too_high": lambda e: e.unrest * _loss(e) + max(_loss(e) - 1.0, 0.0),
    "over_regularised": _loss,
    "max_norm": _loss,
    "input_noise": _loss,
    "dropout": _loss,
    "dead_units": _stuck(DEAD),
    "vanishing": lambda e: -float(e.gradients[0] / max(e.gradients[-1], 1e-300)),
    "fading": lambda e: -float(e.spreads[-1] / e.spreads[0]),
    "saturated": _stuck(SATURATED),
    "unscaled_inputs": _loss,
    "missing_input": _loss,
    "clipped": _loss,
    "decayed": _loss,
    "rate_too_low": _loss,
    "unseen_class": _unseen,
    "overfitting": _test_loss,
    "memorised_labels": _learnt_wrong,
    "few_points": _gap,
    "underfitting": _loss,
}
