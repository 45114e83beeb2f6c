"""Loss: all that is known of a loss."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field

from playground.arrays import Array
from playground.nn.formula import Formula
from playground.nn.setting import Setting

Result = tuple[float, Array]

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


def require_equal_shapes(prediction: Array, target: Array) -> None:
    """ValueError for unequal shapes: (B, 1) against (B,) would broadcast to (B, B) without a word."""
    if prediction.shape != target.shape:
        raise ValueError(
            f"The target has shape {target.shape} and the prediction {prediction.shape}; make them equal."
        )
