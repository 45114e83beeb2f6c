"""LOSSES: name -> a loss function.

Contract: `loss(prediction, target, **options) -> (value, d_prediction)` with prediction: (B, K) and
d_prediction of the same shape. The value is the mean over batch and outputs, as in PyTorch
(cross_entropy: over the batch). Classification losses take logits and are computed in a form that cannot
overflow. Letters: B batch, K outputs.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field

import numpy as np

from playground.nn.entries import FORMULA, LATEX, Formula, require_complete
from playground.nn.setting import Setting

Array = np.ndarray
Result = tuple[float, Array]

_LOG_2 = float(np.log(2.0))

OUTPUTS = {
    "distances": "numbers, the nearer to the target the better",
    "logits": "logits of each class against the rest: targets 0 and 1",
    "shares": "logits of all classes at once, of which softmax makes shares: targets 0 and 1",
    "margins": "above 0 for a class and below 0 against it: targets -1 and 1",
}


@dataclass(frozen=True, eq=False)
class Loss:
    """A named loss, called as loss(prediction, target, **options).

    tasks: what it is meant for, a subset of {"classification", "regression"}.
    outputs: what it takes the outputs of a classification network for, one of OUTPUTS.
    short: its name where there is little room; "" for the label.
    label, source, text, latex: see `playground.nn.entries`.
    formula: of one sample, in its output y and target t; the slope is that with respect to y. A loss of
        several outputs calls two of them y1 and y2 with targets t1 and t2, and y is either.
    settings: its options.
    """

    label: str
    function: Callable[..., Result]
    tasks: frozenset[str]
    _: KW_ONLY
    source: str = ""
    text: str = ""
    latex: str = ""
    formula: Formula | None = None
    outputs: str = "distances"
    short: str = ""
    settings: Mapping[str, Setting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.outputs not in OUTPUTS:
            raise ValueError(
                f"loss {self.label!r} takes outputs for {self.outputs!r}: choose from {', '.join(OUTPUTS)}."
            )

    def __call__(self, prediction: Array, target: Array, **options: float) -> Result:
        return self.function(prediction, target, **options)


def mse(prediction: Array, target: Array) -> Result:
    """Mean of (p - t)^2."""
    d = _difference(prediction, target)
    value = float(np.vdot(d, d)) / d.size
    d *= 2.0 / d.size
    return value, d


def half_mse(prediction: Array, target: Array) -> Result:
    """Mean of (p - t)^2 / 2: its gradient is the plain error."""
    d = _difference(prediction, target)
    value = 0.5 * float(np.vdot(d, d)) / d.size
    d *= 1.0 / d.size
    return value, d


def mae(prediction: Array, target: Array) -> Result:
    """Mean of |p - t|; its derivative at 0 is 0."""
    d = _difference(prediction, target)
    value = float(np.abs(d).sum()) / d.size
    np.sign(d, d)
    d *= 1.0 / d.size
    return value, d


def huber(prediction: Array, target: Array, *, delta: float = 1.0) -> Result:
    """Mean of e^2 / 2 where |e| <= delta and delta (|e| - delta / 2) beyond, e = p - t."""
    e = _difference(prediction, target)
    d = np.clip(e, -delta, delta)
    value = float(np.vdot(d, e - 0.5 * d)) / e.size  # both branches are d (e - d / 2)
    d *= 1.0 / e.size
    return value, d


def log_cosh(prediction: Array, target: Array) -> Result:
    """Mean of log cosh(p - t) = |e| + log(1 + exp(-2 |e|)) - log 2."""
    e = _difference(prediction, target)
    distance = np.abs(e)
    value = float((distance + np.log1p(np.exp(-2.0 * distance))).sum()) / e.size - _LOG_2
    d = np.tanh(e)
    d *= 1.0 / e.size
    return value, d


def bce(prediction: Array, target: Array, *, label_smoothing: float = 0.0) -> Result:
    """Binary cross-entropy of logits z, targets t in [0, 1]: mean of log(1 + e^z) - t z.

    label_smoothing s moves targets to t (1 - s) + s / 2.
    """
    _check(prediction, target)
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
        _check(prediction, target)
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


def _check(prediction: Array, target: Array) -> None:
    """Equal shapes: (B, 1) against (B,) would broadcast to (B, B) without a word."""
    if prediction.shape != target.shape:
        raise ValueError(
            f"The target has shape {target.shape} and the prediction {prediction.shape}; make them equal."
        )


def _difference(prediction: Array, target: Array) -> Array:
    _check(prediction, target)
    return prediction - target


def _gap(prediction: Array, target: Array) -> Array:
    """How far each margin t p falls short of 1, at least 0."""
    _check(prediction, target)
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


_SMOOTHING = {
    "label_smoothing": Setting(
        "Label smoothing",
        "Share of certainty taken from every label: higher gives softer answers.",
        0.0,
        0.9,
        0.0,
    )
}
_DELTA = {
    "delta": Setting("δ", "Errors beyond it count in proportion: higher is nearer to mse.", 0.01, 100.0, 1.0)
}
_CLASSES = frozenset({"classification"})
_BOTH = frozenset({"classification", "regression"})

LOSSES: dict[str, Loss] = {
    "mse": Loss(
        "Mean squared error",
        mse,
        _BOTH,
        source="Gauss 1809",
        text="The mean of the squared errors. One large error counts more than many small ones.",
        latex=r"\frac{1}{n} \sum (p - t)^2",
        short="MSE",
        formula=Formula("(y - t) ** 2", "2 * (y - t)"),
    ),
    "half_mse": Loss(
        "Half mean squared error",
        half_mse,
        _BOTH,
        source="TensorFlow Playground, Smilkov et al. 2017",
        text="Half of the mean squared error, so that its slope is simply the error.",
        latex=r"\frac{1}{2n} \sum (p - t)^2",
        short="½ MSE",
        formula=Formula("(y - t) ** 2 / 2", "y - t"),
    ),
    "mae": Loss(
        "Mean absolute error",
        mae,
        _BOTH,
        source="Boscovich 1757",
        text="The mean of the errors without their sign. Points far off count no more than their distance.",
        latex=r"\frac{1}{n} \sum |p - t|",
        short="MAE",
        formula=Formula("abs(y - t)", "sign(y - t)"),
    ),
    "huber": Loss(
        "Huber",
        huber,
        _BOTH,
        source="Huber 1964",
        text="Squares small errors and counts large ones in proportion, so that points far off do not rule.",
        latex=(
            r"\begin{cases} \frac{1}{2} (p - t)^2 & |p - t| \le \delta \\ \delta\,(|p - t| - "
            r"\frac{\delta}{2}) & \text{else} \end{cases}"
        ),
        formula=Formula("(y - t) ** 2 / 2 if abs(y - t) <= 1 else abs(y - t) - 1 / 2", "clip(y - t, -1, 1)"),
        settings=_DELTA,
    ),
    "log_cosh": Loss(
        "Log-cosh",
        log_cosh,
        _BOTH,
        source="Green 1990",
        text="Like Huber without a seam: round near 0, straight far away.",
        latex=r"\frac{1}{n} \sum \ln \cosh(p - t)",
        formula=Formula("log(cosh(y - t))", "tanh(y - t)"),
    ),
    "bce": Loss(
        "Binary cross-entropy",
        bce,
        _CLASSES,
        source="Good 1952",
        text="How surprised a network is by the right one of two answers. To be sure and wrong costs most.",
        latex=r"-t \ln \hat p - (1 - t) \ln(1 - \hat p), \quad \hat p = \frac{1}{1 + e^{-p}}",
        outputs="logits",
        short="BCE",
        formula=Formula("log(1 + exp(y)) - t * y", "1 / (1 + exp(-y)) - t"),
        settings=_SMOOTHING,
    ),
    "cross_entropy": Loss(
        "Cross-entropy",
        cross_entropy,
        _CLASSES,
        source="Bridle 1990; Szegedy et al. 2016",
        text="How surprised a network is by the right one of several answers, given its shares from softmax.",
        latex=r"-\sum_k t_k \ln \hat p_k, \quad \hat p = \mathrm{softmax}(p)",
        outputs="shares",
        formula=Formula("log(exp(y1) + exp(y2)) - t1 * y1 - t2 * y2", "exp(y) / (exp(y1) + exp(y2)) - t"),
        settings=_SMOOTHING,
    ),
    "hinge": Loss(
        "Hinge",
        hinge,
        _CLASSES,
        source="Cortes and Vapnik 1995",
        text="Costs nothing once an answer is right by a margin of 1, and grows in proportion before.",
        latex=r"\max(0, 1 - t\,p), \quad t = \pm 1",
        outputs="margins",
        formula=Formula("max(0, 1 - t * y)", "-t if t * y < 1 else 0"),
    ),
    "squared_hinge": Loss(
        "Squared hinge",
        squared_hinge,
        _CLASSES,
        source="Tang 2013",
        text="The hinge loss squared: small misses cost less, large ones more.",
        latex=r"\max(0, 1 - t\,p)^2",
        outputs="margins",
        formula=Formula("max(0, 1 - t * y) ** 2", "-2 * t * max(0, 1 - t * y)"),
    ),
}
require_complete("loss", LOSSES, LATEX | FORMULA)
