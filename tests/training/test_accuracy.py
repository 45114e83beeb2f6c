"""What the defaults and the spiral preset promise: the accuracy, the epochs, and in 20 of 20 seeds."""

import numpy as np
import pytest

from playground.training import PRESETS, Experiment, Trainer

SEEDS = range(20)


def epochs_needed(experiment, target, limit):
    """For each seed, the first epoch whose test accuracy reaches `target`; infinite if none does."""
    experiment = experiment.replace("stopping.target_accuracy", target)
    frames = [Trainer(experiment.replace("seed", seed)).train(epochs=limit) for seed in SEEDS]
    return [frame.epoch if frame.metrics["test_accuracy"] >= target else np.inf for frame in frames]


@pytest.mark.parametrize("dataset", ["xor", "circle", "gauss"])
def test_the_defaults_reach_98_percent_within_100_epochs(dataset):
    epochs = epochs_needed(Experiment().replace("data.dataset", dataset), 0.98, 100)
    assert max(epochs) <= 50  # half of what is promised


def test_the_spiral_preset_reaches_95_percent_within_150_epochs():
    epochs = epochs_needed(PRESETS["spiral"].experiment, 0.95, 150)
    assert max(epochs) <= 100


def test_presets_say_what_they_show():
    assert PRESETS["default"].experiment == Experiment()
    spiral = PRESETS["spiral"].experiment
    assert spiral.features.inputs == ("x", "y")
    assert [layer.units for layer in spiral.network.layers] == [16, 16, 16]
    for preset in PRESETS.values():
        assert preset.label
        assert preset.look_for.endswith(".")
        assert preset.why.endswith(".")
