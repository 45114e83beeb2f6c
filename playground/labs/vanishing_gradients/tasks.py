"""The tasks of the lab on vanishing gradients."""

from playground.labs.framework.lab import Task
from playground.player.scene import FrameContext
from playground.probes.gradient_flow import EXPLODING, STRONG, gradient_flow
from playground.text import _, percent

CLOSE = 10.0  # the first layer's gradient and the last one's, as a factor
DEEP = 20
RIGHT = 0.95
POINTS = 100  # to test with: of fewer, too many are right by chance


def level_sigmoid(moment: FrameContext) -> bool:
    """A very deep sigmoid network whose first layer is not starved."""
    layers = moment.trainer.experiment.network.layers
    deep = len(layers) >= DEEP and all(layer.activation == "sigmoid" for layer in layers)
    return deep and 1.0 / CLOSE <= moment.data.info(gradient_flow).ratio <= CLOSE


def explodes(moment: FrameContext) -> bool:
    flow = moment.data.info(gradient_flow)
    return flow.verdict == EXPLODING and flow.ratio >= STRONG


def deep_and_right(moment: FrameContext) -> bool:
    """A very deep network that has learnt the circle, as enough points tell."""
    experiment = moment.trainer.experiment
    deep = len(experiment.network.layers) >= DEEP and experiment.data.dataset == "circle"
    told = len(moment.trainer.test_data) >= POINTS
    return deep and told and moment.frame.metrics["test_accuracy"] >= RIGHT


TASKS = (
    Task(
        "sigmoid",
        _(
            "{deep} or more hidden layers of sigmoid: bring the first layer's gradient within {close:g}× of "
            "the last."
        ).format(deep=DEEP, close=CLOSE),
        _(
            "No initial weights can do it. Something must bring the sums of every layer back to the same "
            "spread."
        ),
        level_sigmoid,
    ),
    Task(
        "explode",
        _("Make a gradient explode: the first layer's at least {strong:g}× the last's.").format(
            strong=STRONG
        ),
        _("Many wide layers, and weights that do not care about the width: a factor above 1 in each."),
        explodes,
    ),
    Task(
        "deep",
        _(
            "Train {deep} or more hidden layers on the circle to {right} test accuracy. ({points} test "
            "points or more.)"
        ).format(deep=DEEP, right=percent(RIGHT), points=POINTS),
        _(
            "Start with a factor close to 1 for each layer, and keep it there: tanh with a way past the "
            "layers."
        ),
        deep_and_right,
    ),
)
