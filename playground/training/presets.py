"""PRESETS: runs worth looking at, known to behave as described."""

from dataclasses import dataclass

from playground.training.experiment import Experiment
from playground.training.layers import HiddenLayer
from playground.training.sections import Data, Network, Optimizer, Regularization


@dataclass(frozen=True)
class Preset:
    """A named run. look_for: what to watch; why: the reason it happens; one sentence each."""

    label: str
    experiment: Experiment
    look_for: str
    why: str


PRESETS: dict[str, Preset] = {
    "default": Preset(
        "Circle",
        Experiment(),
        look_for="The border closes around the inner disc within some 20 epochs.",
        why="Each unit draws one bent line, and the second layer joins them to a ring.",
    ),
    "spiral": Preset(
        "Spiral",
        Experiment(
            data=Data(dataset="spiral"),
            network=Network(layers=(HiddenLayer(16, "relu"),) * 3, initializer="he_normal"),
            optimizer=Optimizer(name="adam", lr=0.01),
            regularization=Regularization(weight_decay=0.03),
            batch_size=25,
        ),
        look_for="Accuracy waits near 65 % for 20 epochs, finds the middle windings, and jumps past 95 %.",
        why="Each ReLU layer folds the plane once more, and three foldings are enough to unwind the arms.",
    ),
}
