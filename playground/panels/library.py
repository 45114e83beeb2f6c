"""LIBRARY: the panels a visitor can choose from, in the order in which they are offered."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from playground.panels import classification, distributions, hidden_space, layers, progress
from playground.panels.panel_with_channels import PanelWithChannels
from playground.text import _
from playground.training import Trainer


@dataclass(frozen=True)
class Choice:
    """A panel on offer. help: what it shows and what to look for, in one line.

    tasks: the kinds of task it makes sense for. hidden: whether it needs a hidden layer.
    """

    label: str
    help: str
    make: Callable[[Trainer], PanelWithChannels]
    tasks: tuple[str, ...] = ("classification", "regression")
    hidden: bool = False

    def fits(self, trainer: Trainer) -> bool:
        """Whether there is something to show of this run."""
        has_hidden = bool(trainer.experiment.network.layers)
        return trainer.task.kind in self.tasks and (has_hidden or not self.hidden)

    def part(self, trainer: Trainer) -> PanelWithChannels:
        """The panel for this run."""
        panel, measured = self.make(trainer)
        return PanelWithChannels(replace(panel, extras={**panel.extras, "help": self.help}), measured)


CLASSES_ONLY = ("classification",)

LIBRARY: dict[str, Choice] = {
    "loss": Choice(
        _("Loss"),
        _(
            "How wrong the network is on training and test points; a growing gap between the two is "
            "overfitting."
        ),
        progress.loss_part,
    ),
    "accuracy": Choice(
        _("Accuracy"),
        _("Which part of the points is given the right class."),
        progress.accuracy_part,
        CLASSES_ONLY,
    ),
    "gradients": Choice(
        _("Gradient magnitude"),
        _(
            "How strongly the loss pulls at each layer: bars that shrink towards the first layer are "
            "vanishing gradients."
        ),
        layers.gradients_part,
    ),
    "gradient_map": Choice(
        _("Gradient magnitude over time"),
        _("The same magnitudes as colours over the epochs: dark rows learn next to nothing."),
        layers.gradient_map_part,
    ),
    "update_ratios": Choice(
        _("Update ratio"),
        _(
            "How far one update moves each layer in proportion to its weights; inside the green band "
            "learning is neither slow nor shaky."
        ),
        layers.update_ratios_part,
    ),
    "weights_now": Choice(
        _("Weights now"),
        _("How the weights of each layer are spread at this moment."),
        distributions.weights_part,
    ),
    "gradients_now": Choice(
        _("Gradients now"),
        _("How the gradients of each layer's weights are spread at this moment, each over its own range."),
        distributions.weight_gradients_part,
    ),
    "weights_over_time": Choice(
        _("Weights over time"),
        _("How the weights of all layers spread out from their first values."),
        distributions.weights_over_time_part,
    ),
    "gradients_over_time": Choice(
        _("Gradients over time"),
        _("How the gradients of all layers shrink or grow: they gather at 0 when learning comes to rest."),
        distributions.gradients_over_time_part,
    ),
    "activations_now": Choice(
        _("Activations"),
        _("What the units of each hidden layer give out: all at 0 or at the ends, little is passed on."),
        distributions.activations_part,
        hidden=True,
    ),
    "saturation": Choice(
        _("Dead and saturated units"),
        _("Which part of each layer's units is stuck where its activation is flat, and so can hardly learn."),
        layers.saturation_part,
        hidden=True,
    ),
    "activation_functions": Choice(
        _("Activation functions"),
        _(
            "Each hidden layer's activation f, its slope f′, and the sums that enter it: where f′ is near 0, "
            "no gradient passes."
        ),
        layers.activation_functions_part,
        hidden=True,
    ),
    "confusion": Choice(
        _("Confusion matrix"),
        _("Which class the test points of each class are taken for, with precision, recall and F1."),
        classification.confusion_part,
        CLASSES_ONLY,
    ),
    "roc": Choice(
        _("ROC"),
        _(
            "How well the scores put the test points of a class before the others: the further up and to the "
            "left, the better."
        ),
        classification.roc_part,
        CLASSES_ONLY,
    ),
    "calibration": Choice(
        _("Calibration"),
        _("Whether the network is as often right as it is sure: on the dotted line it is."),
        classification.calibration_part,
        CLASSES_ONLY,
    ),
    "hidden_space": Choice(
        _("Hidden space"),
        _(
            "The points and the bent plane as the last hidden layer sees them: there a straight line can "
            "part the classes."
        ),
        hidden_space.hidden_space_part,
        hidden=True,
    ),
}
