"""INITIALIZERS: name -> a rule that draws the first weights.

Contract: `INITIALIZERS[name](rng, shape, **options) -> array of float64`. shape is (fan_in, fan_out) for a
dense layer or (height, width, channels_in, channels_out) for a convolution, whose fans count every entry of
the receptive field.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from math import prod, sqrt

import numpy as np

from playground.arrays import Array
from playground.nn.entries import LATEX, require_complete
from playground.nn.layer import Draws, Shape
from playground.text import _

Rng = np.random.Generator


@dataclass(frozen=True)
class Initializer:
    """A named rule, called as initializer(rng, shape, **options).

    mean_square: of weights of a shape, E[w^2] in closed form, without options; what theory predicts rests on
    it. label, source, text, latex: see `playground.nn.entries`.
    """

    label: str
    draw: Callable[..., Array]
    _: KW_ONLY
    mean_square: Callable[[Shape], float]
    source: str = ""
    text: str = ""
    latex: str = ""

    def __call__(self, rng: Draws, shape: Shape, **options: float) -> Array:
        if len(shape) < 2:
            raise ValueError(
                f"Initializers need (fan_in, fan_out) or a longer shape, not {shape}; add an axis."
            )
        return self.draw(rng, shape, **options)


def fans(shape: Shape) -> tuple[int, int]:
    """How many values flow into and out of one unit of a weight array of this shape."""
    field = prod(shape[:-2])
    return field * shape[-2], field * shape[-1]


def zeros(rng: Rng, shape: Shape) -> Array:
    return np.zeros(shape)


def constant(rng: Rng, shape: Shape, *, value: float = 0.1) -> Array:
    return np.full(shape, float(value))


def uniform(rng: Rng, shape: Shape, *, low: float = -0.5, high: float = 0.5) -> Array:
    return rng.uniform(low, high, shape)


def normal(rng: Rng, shape: Shape, *, std: float = 0.5) -> Array:
    return std * rng.standard_normal(shape)


def xavier_uniform(rng: Rng, shape: Shape, *, gain: float = 1.0) -> Array:
    limit = gain * sqrt(6.0 / sum(fans(shape)))
    return rng.uniform(-limit, limit, shape)


def xavier_normal(rng: Rng, shape: Shape, *, gain: float = 1.0) -> Array:
    return gain * sqrt(2.0 / sum(fans(shape))) * rng.standard_normal(shape)


def he_uniform(rng: Rng, shape: Shape) -> Array:
    limit = sqrt(6.0 / fans(shape)[0])
    return rng.uniform(-limit, limit, shape)


def he_normal(rng: Rng, shape: Shape) -> Array:
    return sqrt(2.0 / fans(shape)[0]) * rng.standard_normal(shape)


def lecun_normal(rng: Rng, shape: Shape) -> Array:
    return sqrt(1.0 / fans(shape)[0]) * rng.standard_normal(shape)


def orthogonal(rng: Rng, shape: Shape, *, gain: float = 1.0) -> Array:
    """Orthonormal rows or columns, whichever are fewer, of the array seen as (fan_in, fan_out)."""
    rows, columns = prod(shape[:-1]), shape[-1]
    q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
    q *= np.where(np.diag(r) < 0.0, -1.0, 1.0)  # makes the draw uniform over orthogonal matrices
    return gain * (q if rows >= columns else q.T).reshape(shape)


def tf_playground(rng: Draws, shape: Shape) -> Array:
    """U(-0.5, 0.5), one `rng.random()` a weight, unit by unit and within a unit input by input."""
    draws = [rng.random() for _ in range(prod(shape))]
    return np.array(draws).reshape(shape[-1], *shape[:-1]).transpose(*range(1, len(shape)), 0) - 0.5


INITIALIZERS: dict[str, Initializer] = {
    "zeros": Initializer(
        _("Zeros"),
        zeros,
        mean_square=lambda shape: 0.0,
        source=_("None: it shows why symmetry must be broken"),
        text=_("All weights are 0. The units of a layer then stay copies of one another."),
        latex="w = 0",
    ),
    "constant": Initializer(
        _("Constant"),
        constant,
        mean_square=lambda shape: 0.1**2,
        source=_("None: it shows why symmetry must be broken"),
        text=_("All weights are equal. The units of a layer then stay copies of one another."),
        latex="w = 0.1",
    ),
    "uniform": Initializer(
        _("Uniform"),
        uniform,
        mean_square=lambda shape: 1.0 / 12.0,
        source=_("Plain U(-0.5, 0.5), blind to the width"),
        text=_("Every number between -0.5 and 0.5 is equally likely, however wide the layer."),
        latex=r"w \sim U(-0.5, 0.5)",
    ),
    "normal": Initializer(
        _("Normal"),
        normal,
        mean_square=lambda shape: 0.5**2,
        source=_("Plain N(0, 0.5²), blind to the width"),
        text=_("Numbers around 0 with a spread of 0.5, however wide the layer."),
        latex=r"w \sim N(0, 0.5^2)",
    ),
    "xavier_uniform": Initializer(
        _("Xavier uniform"),
        xavier_uniform,
        mean_square=lambda shape: 2.0 / sum(fans(shape)),
        source="Glorot and Bengio 2010",
        text=(
            _(
                "Evenly spread weights, smaller in wider layers, so that signals keep their size. Made for "
                "tanh."
            )
        ),
        latex=r"w \sim U(-a, a), \quad a = \sqrt{\frac{6}{n_{in} + n_{out}}}",
    ),
    "xavier_normal": Initializer(
        _("Xavier normal"),
        xavier_normal,
        mean_square=lambda shape: 2.0 / sum(fans(shape)),
        source="Glorot and Bengio 2010",
        text=_("Weights around 0, smaller in wider layers, so that signals keep their size. Made for tanh."),
        latex=r"w \sim N\left(0, \frac{2}{n_{in} + n_{out}}\right)",
    ),
    "he_uniform": Initializer(
        _("He uniform"),
        he_uniform,
        mean_square=lambda shape: 2.0 / fans(shape)[0],
        source="He et al. 2015",
        text=(
            _(
                "Evenly spread weights, a little larger than Xavier's because a ReLU blocks half of what "
                "arrives."
            )
        ),
        latex=r"w \sim U(-a, a), \quad a = \sqrt{\frac{6}{n_{in}}}",
    ),
    "he_normal": Initializer(
        _("He normal"),
        he_normal,
        mean_square=lambda shape: 2.0 / fans(shape)[0],
        source="He et al. 2015",
        text=_("Weights around 0, a little larger than Xavier's because a ReLU blocks half of what arrives."),
        latex=r"w \sim N\left(0, \frac{2}{n_{in}}\right)",
    ),
    "lecun_normal": Initializer(
        _("LeCun normal"),
        lecun_normal,
        mean_square=lambda shape: 1.0 / fans(shape)[0],
        source="LeCun et al. 1998; Klambauer et al. 2017",
        text=_("Weights around 0 that keep the size of a signal in a layer without bends. Goes with SELU."),
        latex=r"w \sim N\left(0, \frac{1}{n_{in}}\right)",
    ),
    "orthogonal": Initializer(
        _("Orthogonal"),
        orthogonal,
        mean_square=lambda shape: 1.0 / max(prod(shape[:-1]), shape[-1]),
        source="Saxe, McClelland and Ganguli 2013",
        text=_(
            "Orthonormal rows or columns, whichever are fewer. Between layers of one width they turn what "
            "passes without stretching it, so that nothing shrinks or grows."
        ),
        latex=r"W^\top W = I \quad\text{or}\quad W W^\top = I",
    ),
    "tf_playground": Initializer(
        _("TensorFlow Playground"),
        tf_playground,
        mean_square=lambda shape: 1.0 / 12.0,
        source=_("Smilkov et al. 2017, the engine's U(-0.5, 0.5)"),
        text=_("What TensorFlow Playground does: weights between -0.5 and 0.5, and every bias 0.1."),
        latex=r"w \sim U(-0.5, 0.5), \quad b = 0.1",
    ),
}
require_complete("initializer", INITIALIZERS, LATEX)
