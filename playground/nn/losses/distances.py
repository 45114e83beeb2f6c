"""DISTANCES: losses of how far a prediction is from its target."""

import numpy as np

from playground.arrays import Array
from playground.nn.formula import Formula
from playground.nn.losses.entry import Loss, Result, require_equal_shapes
from playground.nn.setting import Setting
from playground.text import _

_LOG_2 = float(np.log(2.0))


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


def _difference(prediction: Array, target: Array) -> Array:
    require_equal_shapes(prediction, target)
    return prediction - target


_BOTH = frozenset({"classification", "regression"})
_DELTA = {
    "delta": Setting(
        "δ", _("Errors beyond it count in proportion: higher is nearer to mse."), 0.01, 100.0, 1.0
    )
}

DISTANCES: dict[str, Loss] = {
    "mse": Loss(
        _("Mean squared error"),
        mse,
        _BOTH,
        source="Gauss 1809",
        text=_("The mean of the squared errors. One large error counts more than many small ones."),
        latex=r"\frac{1}{n} \sum (p - t)^2",
        short=_("MSE"),
        formula=Formula("(y - t) ** 2", "2 * (y - t)"),
    ),
    "half_mse": Loss(
        _("Half mean squared error"),
        half_mse,
        _BOTH,
        source="TensorFlow Playground, Smilkov et al. 2017",
        text=_("Half of the mean squared error, so that its slope is simply the error."),
        latex=r"\frac{1}{2n} \sum (p - t)^2",
        short=_("½ MSE"),
        formula=Formula("(y - t) ** 2 / 2", "y - t"),
    ),
    "mae": Loss(
        _("Mean absolute error"),
        mae,
        _BOTH,
        source="Boscovich 1757",
        text=_(
            "The mean of the errors without their sign. Points far off count no more than their distance."
        ),
        latex=r"\frac{1}{n} \sum |p - t|",
        short=_("MAE"),
        formula=Formula("abs(y - t)", "sign(y - t)"),
    ),
    "huber": Loss(
        _("Huber"),
        huber,
        _BOTH,
        source="Huber 1964",
        text=_(
            "Squares small errors and counts large ones in proportion, so that points far off do not rule."
        ),
        latex=(
            r"\begin{cases} \frac{1}{2} (p - t)^2 & |p - t| \le \delta \\ \delta\,(|p - t| - "
            r"\frac{\delta}{2}) & \text{else} \end{cases}"
        ),
        formula=Formula("(y - t) ** 2 / 2 if abs(y - t) <= 1 else abs(y - t) - 1 / 2", "clip(y - t, -1, 1)"),
        settings=_DELTA,
    ),
    "log_cosh": Loss(
        _("Log-cosh"),
        log_cosh,
        _BOTH,
        source="Green 1990",
        text=_("Like Huber without a seam: round near 0, straight far away."),
        latex=r"\frac{1}{n} \sum \ln \cosh(p - t)",
        formula=Formula("log(cosh(y - t))", "tanh(y - t)"),
    ),
}
