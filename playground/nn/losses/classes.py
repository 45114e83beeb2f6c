"""CLASSES: losses of answers that are right or wrong: of logits, and of margins."""

import numpy as np

from playground.arrays import Array
from playground.nn.formula import Formula
from playground.nn.losses.entry import Loss, Result, require_equal_shapes
from playground.nn.setting import Setting
from playground.text import _


def bce(prediction: Array, target: Array, *, label_smoothing: float = 0.0) -> Result:
    """Binary cross-entropy of logits z, targets t in [0, 1]: mean of log(1 + e^z) - t z.

    label_smoothing s moves targets to t (1 - s) + s / 2.
    """
    require_equal_shapes(prediction, target)
    if label_smoothing:
        target = target * (1.0 - label_smoothing) + 0.5 * label_smoothing
    each = np.logaddexp(0.0, prediction)
    each -= prediction * target
    value = float(np.add.reduce(each, None)) / each.size
    d = np.tanh(0.5 * prediction)  # sigmoid(z) = (1 + tanh(z / 2)) / 2
    d += 1.0
    d *= 0.5
    d -= target
    d *= 1.0 / d.size
    return value, d


def cross_entropy(prediction: Array, target: Array, *, label_smoothing: float = 0.0) -> Result:
    """Cross-entropy of softmax(logits): mean over the batch of -sum_k t_k log softmax(z)_k.

    target: (B,) integer classes, or (B, K) shares that sum to 1. label_smoothing s moves them to t (1 - s) +
    s / K.
    """
    batch, classes = prediction.shape
    if target.ndim == 1:
        target = _one_hot(target, batch, classes, prediction.dtype)
    else:
        require_equal_shapes(prediction, target)
    if label_smoothing:
        target = target * (1.0 - label_smoothing) + label_smoothing / classes
    shifted = prediction - prediction.max(axis=1, keepdims=True)
    d = np.exp(shifted)
    total = d.sum(axis=1, keepdims=True)
    value = float((target * (np.log(total) - shifted)).sum()) / batch
    d /= total
    d -= target
    d *= 1.0 / batch
    return value, d


def hinge(prediction: Array, target: Array) -> Result:
    """Mean of max(0, 1 - t p), targets -1 or +1; its derivative at the corner is 0."""
    gap = _gap(prediction, target)
    value = float(gap.sum()) / gap.size
    return value, (gap > 0.0) * (target * prediction.dtype.type(-1.0 / gap.size))


def squared_hinge(prediction: Array, target: Array) -> Result:
    """Mean of max(0, 1 - t p)^2, targets -1 or +1."""
    gap = _gap(prediction, target)
    value = float(np.vdot(gap, gap)) / gap.size
    gap *= target
    gap *= -2.0 / gap.size
    return value, gap


def _gap(prediction: Array, target: Array) -> Array:
    """How far each margin t p falls short of 1, at least 0."""
    require_equal_shapes(prediction, target)
    gap = prediction * target
    np.subtract(1.0, gap, gap)
    return np.maximum(gap, 0.0, out=gap)


def _one_hot(target: Array, batch: int, classes: int, dtype: np.dtype) -> Array:
    if target.shape != (batch,) or target.dtype.kind not in "iu":
        raise ValueError(
            f"The target has shape {target.shape} and type {target.dtype}; give ({batch},) integer classes."
        )
    if target.min() < 0:
        raise ValueError(
            f"The target holds class {target.min()}; number the classes from 0 to {classes - 1}."
        )
    rows = np.zeros((batch, classes), dtype)
    rows[np.arange(batch), target] = 1.0
    return rows


_CLASSES = frozenset({"classification"})
_SMOOTHING = {
    "label_smoothing": Setting(
        _("Label smoothing"),
        _("Share of certainty taken from every label: higher gives softer answers."),
        0.0,
        0.9,
        0.0,
    )
}

CLASSES: dict[str, Loss] = {
    "bce": Loss(
        _("Binary cross-entropy"),
        bce,
        _CLASSES,
        source="Good 1952",
        text=_(
            "How surprised a network is by the right one of two answers. To be sure and wrong costs most."
        ),
        latex=r"-t \ln \hat p - (1 - t) \ln(1 - \hat p), \quad \hat p = \frac{1}{1 + e^{-p}}",
        outputs="logits",
        short=_("BCE"),
        formula=Formula("log(1 + exp(y)) - t * y", "1 / (1 + exp(-y)) - t"),
        settings=_SMOOTHING,
    ),
    "cross_entropy": Loss(
        _("Cross-entropy"),
        cross_entropy,
        _CLASSES,
        source="Bridle 1990; Szegedy et al. 2016",
        text=_(
            "How surprised a network is by the right one of several answers, given its shares from softmax."
        ),
        latex=r"-\sum_k t_k \ln \hat p_k, \quad \hat p = \mathrm{softmax}(p)",
        outputs="shares",
        formula=Formula("log(exp(y1) + exp(y2)) - t1 * y1 - t2 * y2", "exp(y) / (exp(y1) + exp(y2)) - t"),
        settings=_SMOOTHING,
    ),
    "hinge": Loss(
        _("Hinge"),
        hinge,
        _CLASSES,
        source="Cortes and Vapnik 1995",
        text=_("Costs nothing once an answer is right by a margin of 1, and grows in proportion before."),
        latex=r"\max(0, 1 - t\,p), \quad t = \pm 1",
        outputs="margins",
        formula=Formula("max(0, 1 - t * y)", "-t if t * y < 1 else 0"),
    ),
    "squared_hinge": Loss(
        _("Squared hinge"),
        squared_hinge,
        _CLASSES,
        source="Tang 2013",
        text=_("The hinge loss squared: small misses cost less, large ones more."),
        latex=r"\max(0, 1 - t\,p)^2",
        outputs="margins",
        formula=Formula("max(0, 1 - t * y) ** 2", "-2 * t * max(0, 1 - t * y)"),
    ),
}
