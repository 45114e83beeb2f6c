"""PRESETS: runs worth looking at, known to behave as described."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from playground.text import _
from playground.training.experiment import Experiment
from playground.training.layers import HiddenLayer
from playground.training.sections import (
    Data,
    Features,
    Network,
    Optimizer,
    Regularization,
    Stopping,
)


@dataclass(frozen=True)
class Preset:
    """A named run. look_for: what to watch; why: the reason it happens; one sentence each.

    epochs: when what there is to see has happened. good: whether the run goes well.
    """

    label: str
    experiment: Experiment
    look_for: str
    why: str
    epochs: int = 60
    good: bool = True


def _network(layers: Sequence[HiddenLayer], initializer: str = "xavier_uniform") -> Network:
    return Network(layers=tuple(layers), initializer=initializer)


SPIRAL = Experiment(
    data=Data(dataset="spiral"),
    network=Network(layers=(HiddenLayer(16, "relu"),) * 3, initializer="he_normal"),
    optimizer=Optimizer(name="adam", lr=0.01),
    regularization=Regularization(weight_decay=0.03),
    batch_size=25,
)
DEEP_SIGMOID = Experiment(
    network=_network([HiddenLayer(8, "sigmoid")] * 6), optimizer=Optimizer(name="adam", lr=0.002)
)
OVERFITTING = Experiment(
    data=Data(dataset="gauss", n=200, noise=0.35, train_share=0.3, label_flips=0.12),
    network=_network([HiddenLayer(24, "relu")] * 3, "he_normal"),
)
EXPLODING = Experiment(
    network=_network([HiddenLayer(32, "relu")] * 10, "normal"), optimizer=Optimizer(name="sgd", lr=0.1)
)

PRESETS: dict[str, Preset] = {
    "default": Preset(
        _("Circle"),
        Experiment(),
        look_for=_("The border closes around the inner disc within some 20 epochs."),
        why=_("Each unit draws one bent line, and the second layer joins them to a ring."),
    ),
    "xor": Preset(
        _("XOR"),
        Experiment(
            data=Data(dataset="xor"),
            network=_network([HiddenLayer(8)]),
            optimizer=Optimizer(lr=0.03),
        ),
        look_for=_("A single hidden layer joins opposite quadrants within 30 epochs."),
        why=_("No straight line can separate them, but a few bent ones added up can."),
    ),
    "gauss": Preset(
        _("Two clouds, no hidden layer"),
        Experiment(data=Data(dataset="gauss", noise=0.2), network=_network([]), optimizer=Optimizer(lr=0.03)),
        look_for=_(
            "The border is a straight line from the first epoch on, and more than 95 % come out right."
        ),
        why=_("Without hidden layers a network can only weigh its inputs, and here that is all it takes."),
        epochs=40,
    ),
    "spiral": Preset(
        _("Spiral"),
        SPIRAL,
        look_for=_(
            "Accuracy waits near 65 % for 15 epochs or more, finds the inner windings first, and passes 95 % "
            "within 60."
        ),
        why=_("Each ReLU layer folds the plane once more, and three foldings are enough to unwind the arms."),
        epochs=150,
    ),
    "spiral_too_small": Preset(
        _("Spiral, network too small"),
        Experiment(
            data=Data(dataset="spiral"),
            network=_network([HiddenLayer(3)]),
            optimizer=Optimizer(lr=0.03),
        ),
        look_for=_("The training loss comes to rest above 0.58, not far below the 0.69 of a coin toss."),
        why=_("Three units draw three bent lines, far too few for so many windings: the network under-fits."),
        epochs=100,
        good=False,
    ),
    "three_spirals": Preset(
        _("Three spirals"),
        Experiment(
            data=Data(dataset="three_spirals"),
            network=_network([HiddenLayer(24)] * 2),
            optimizer=Optimizer(lr=0.02),
        ),
        look_for=_("Three colours share the plane, and more than 95 % of the test points come out right."),
        why=_("The output has a unit for each class, and softmax turns the sums into shares of 100 %."),
        epochs=150,
    ),
    "ridge": Preset(
        _("Waves (regression)"),
        Experiment(data=Data(dataset="sine_ridge"), network=_network([HiddenLayer(16)] * 2)),
        look_for=_("The surface takes on one wave after another, and the loss falls by more than 90 %."),
        why=_("For numbers instead of classes the last layer has no activation, and the loss is a distance."),
        epochs=150,
    ),
    "circle_features": Preset(
        _("Circle from squares"),
        Experiment(
            features=Features(inputs=("x_squared", "y_squared")),
            network=_network([]),
            optimizer=Optimizer(lr=0.1),
        ),
        look_for=_("A round border appears within 10 epochs although there is no hidden layer."),
        why=_("A circle is a straight line for x² and y²: good inputs can do a hidden layer's work."),
        epochs=40,
    ),
    "xor_product": Preset(
        _("XOR from a product"),
        Experiment(
            data=Data(dataset="xor"),
            features=Features(inputs=("x", "y", "xy")),
            network=_network([]),
            optimizer=Optimizer(lr=0.1),
        ),
        look_for=_(
            "The quadrants are separated without a hidden layer, and x·y has by far the largest weight."
        ),
        why=_("The sign of x·y is the answer already, so weighing the inputs is enough."),
        epochs=40,
    ),
    "linear_xor": Preset(
        _("XOR without activations"),
        Experiment(
            data=Data(dataset="xor"),
            network=_network([HiddenLayer(8, "linear")] * 2),
        ),
        look_for=_(
            "The border stays a straight line and the accuracy stays below 80 %, however long it runs."
        ),
        why=_(
            "Layers without an activation, one after another, are together still one weighing of the inputs."
        ),
        good=False,
    ),
    "vanishing": Preset(
        _("Vanishing gradients"),
        DEEP_SIGMOID,
        look_for=_(
            "The first layer's gradient begins over a hundred times smaller than the last one's: for 60 "
            "epochs nothing is learnt."
        ),
        why=_("The slope of a sigmoid is at most 1/4, and on the way back each layer multiplies by it."),
        good=False,
    ),
    "vanishing_relu": Preset(
        _("Vanishing gradients, cured by ReLU"),
        replace(DEEP_SIGMOID, network=_network([HiddenLayer(8, "relu")] * 6, "he_normal")),
        look_for=_(
            "The same six layers now learn the circle within 50 epochs, with gradients about as large in the "
            "first layer as in the last."
        ),
        why=_("The slope of a ReLU is 1 wherever it is on, and He weights keep the size of what passes."),
    ),
    "vanishing_batch_norm": Preset(
        _("Vanishing gradients, cured by batch norm"),
        replace(
            DEEP_SIGMOID,
            network=_network([HiddenLayer(8, "sigmoid", normalization="batch_norm")] * 6),
        ),
        look_for=_(
            "The same six sigmoid layers now learn the circle, with gradients no smaller in the first layer "
            "than in the last."
        ),
        why=_(
            "Batch norm spreads the sums of every layer anew, so what shrank on the way is scaled up again."
        ),
    ),
    "exploding": Preset(
        _("Exploding gradients"),
        EXPLODING,
        look_for=_("The loss is above 20 before training, and the run blows up within 10 updates."),
        why=_("The weights are too large for layers this wide, so each but the first doubles what passes."),
        epochs=5,
        good=False,
    ),
    "exploding_he": Preset(
        _("Exploding gradients, cured by He weights"),
        replace(EXPLODING, network=_network([HiddenLayer(32, "relu")] * 10, "he_normal")),
        look_for=_("The same ten layers start at a loss below 3 and reach 95 % within 15 epochs."),
        why=_("He weights shrink with the width of a layer, so what passes keeps its size."),
        epochs=20,
    ),
    "zero_weights": Preset(
        _("All weights zero"),
        Experiment(network=Network(initializer="zeros")),
        look_for=_("The whole plane keeps one colour and all units of a layer look the same for ever."),
        why=_("Equal units get equal gradients, so only chance in the first weights can make them differ."),
        good=False,
    ),
    "dead_relus": Preset(
        _("Dead ReLUs"),
        Experiment(network=_network([HiddenLayer(8, "relu")] * 6, "he_normal"), optimizer=Optimizer(lr=1.0)),
        look_for=_("A whole layer goes dark within 10 epochs, and the accuracy ends up near 50 %."),
        why=_(
            "A huge step throws units to where their sum is negative for every point, and no gradient brings "
            "them back."
        ),
        good=False,
    ),
    "rate_too_high": Preset(
        _("Learning rate too high"),
        Experiment(
            data=Data(dataset="reg-plane"), network=_network([]), optimizer=Optimizer(name="sgd", lr=1.5)
        ),
        look_for=_(
            "The loss grows more than tenfold in every epoch, in most over ten-thousandfold, until the run "
            "stops."
        ),
        why=_("Each step leaps over the bottom of the valley and lands higher up on the other side."),
        epochs=100,
        good=False,
    ),
    "rate_too_low": Preset(
        _("Learning rate too low"),
        Experiment(optimizer=Optimizer(lr=0.0001)),
        look_for=_(
            "The loss falls all the time, and after 60 epochs it is still near the 0.69 of a coin toss."
        ),
        why=_("The steps are a hundredth of those that solve this task in 20 epochs."),
        good=False,
    ),
    "overfitting": Preset(
        _("Over-fitting"),
        OVERFITTING,
        look_for=_(
            "The training loss keeps falling while the test loss turns around and rises to more than twice "
            "its lowest."
        ),
        why=_("With 1300 weights for 60 points, some of them wrong, it is easier to learn each by heart."),
        epochs=150,
        good=False,
    ),
    "overfitting_l2": Preset(
        _("Over-fitting, cured by L2"),
        replace(OVERFITTING, regularization=Regularization(l2=0.03)),
        look_for=_("The border stays smooth and the test loss stays below 0.5."),
        why=_("A pull of all weights to 0 makes sharp corners expensive, and single wrong points need them."),
        epochs=150,
    ),
    "overfitting_dropout": Preset(
        _("Over-fitting, cured by dropout"),
        replace(OVERFITTING, network=_network([HiddenLayer(24, "relu", dropout=0.5)] * 3, "he_normal")),
        look_for=_("The training loss stays far above 0, and the test loss stays below 0.6."),
        why=_("Each step trains a random half of the units, so none can specialise on single points."),
        epochs=150,
    ),
    "overfitting_stopped": Preset(
        _("Over-fitting, cured by early stopping"),
        replace(OVERFITTING, stopping=Stopping(patience=20)),
        look_for=_("The run ends by itself and goes back to the epoch with the lowest test loss."),
        why=_(
            "The simple rule is learnt first and the exceptions later, so the best time to stop is between."
        ),
        epochs=150,
    ),
    "random_labels": Preset(
        _("Random labels"),
        Experiment(
            data=Data(dataset="random_labels", n=200, train_share=0.2),
            network=_network([HiddenLayer(48, "relu")] * 3, "he_normal"),
            batch_size=20,
        ),
        look_for=_(
            "More than 80 % of the training points come out right, and about half of the test points."
        ),
        why=_("A large network can learn anything by heart, even labels in which there is nothing to find."),
        epochs=150,
        good=False,
    ),
}
