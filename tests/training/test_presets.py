"""Every preset does what its two sentences say. Runs are small; each claim is measured on several seeds."""

import re
from functools import cache

import numpy as np
import pytest

from playground.training import PRESETS, Trainer, unit_outputs

SEEDS = (0, 1, 2)


@cache
def run(name: str, seed: int = 0) -> Trainer:
    """A preset's trainer at the end of its epochs, with another seed. (Do not train it on.)"""
    preset = PRESETS[name]
    trainer = Trainer(preset.experiment.replace("seed", seed))
    trainer.train(epochs=preset.epochs)
    return trainer


def course(name: str, metric: str, seed: int = 0) -> np.ndarray:
    return run(name, seed).history.values(metric)


def last(name: str, metric: str, seed: int = 0) -> float:
    return run(name, seed).frame.metrics[metric]


def first_epoch(name: str, accuracy: float, seed: int = 0) -> float:
    """When the test accuracy is reached for the first time."""
    reached = np.flatnonzero(course(name, "test_accuracy", seed) >= accuracy)
    return reached[0] if len(reached) else np.inf


def gradient_spread(name: str, seed: int = 0) -> float:
    """The first layer's gradient over the last one's, at the typical frame."""
    norms = run(name, seed).history.values("gradient_norms")[1:]
    return float(np.median(norms[:, 0] / norms[:, -1]))


@pytest.mark.parametrize("name", PRESETS)
def test_two_sentences_in_plain_words(name):
    preset = PRESETS[name]
    for sentence in (preset.look_for, preset.why):
        assert re.fullmatch(r"[A-Z].+\.", sentence)
        assert not re.search(r"[.!?] ", sentence)
        assert len(sentence) <= 130
    assert preset.label
    assert preset.epochs >= 1


def test_labels_and_experiments_are_all_different():
    assert len({preset.label for preset in PRESETS.values()}) == len(PRESETS)
    assert len({preset.experiment for preset in PRESETS.values()}) == len(PRESETS)
    assert sum(preset.good for preset in PRESETS.values()) >= 7
    assert sum(not preset.good for preset in PRESETS.values()) >= 7


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", [name for name, p in PRESETS.items() if p.good and p.experiment.n_classes])
def test_good_presets_get_new_points_right(name, seed):
    noisy = PRESETS[name].experiment.data.label_flips > 0.0
    assert last(name, "test_accuracy", seed) >= (0.84 if noisy else 0.95)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "epochs"),
    [
        *(("default", 20), ("xor", 30), ("circle_features", 10), ("xor_product", 10)),
        *(("vanishing_relu", 30), ("vanishing_batch_norm", 30), ("exploding_he", 15)),
    ],
)
def test_quick_ones_are_quick(name, epochs, seed):
    assert first_epoch(name, 0.95, seed) <= epochs


def test_gauss_draws_a_straight_line():
    trainer = run("gauss")
    assert len(trainer.network.weight_layers) == 1
    assert first_epoch("gauss", 0.95) <= 5


def test_spiral_waits_and_then_jumps():
    accuracy = course("spiral", "test_accuracy")
    assert 0.55 <= np.median(accuracy[3:16]) <= 0.7
    assert np.median(accuracy[60:]) > 0.95


@pytest.mark.parametrize("seed", SEEDS)
def test_three_units_cannot_do_the_spiral(seed):
    losses = course("spiral_too_small", "train_loss", seed)
    assert 0.62 <= losses[-20:].min() <= losses[-20:].max() <= 0.69
    assert losses[-20] - losses[-1] < 0.02
    assert course("spiral_too_small", "test_accuracy", seed).max() < 0.7


def test_three_spirals_have_an_output_for_each_class():
    trainer = run("three_spirals")
    assert trainer.network.out_shape == (3,)
    scores = trainer.task.scores(trainer.network.forward(trainer.task.features(trainer.test_data.x)))
    np.testing.assert_allclose(scores.sum(axis=1), 1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_ridge_falls_below_its_claim(seed):
    losses = course("ridge", "test_loss", seed)
    assert losses[0] > 0.4
    assert losses[-5:].max() < 0.02
    assert run("ridge").task.kind == "regression"


def test_the_product_has_the_largest_weight():
    sizes = np.abs(run("xor_product").network.weight_layers[0].W[:, 0])
    assert sizes[2] > 3.0 * sizes[:2].max()


@pytest.mark.parametrize("seed", SEEDS)
def test_without_activations_xor_stays_a_straight_line(seed):
    trainer = run("linear_xor", seed)
    assert course("linear_xor", "test_accuracy", seed).max() < 0.75
    inputs = np.array([[-1.0, -1.0], [0.0, 0.5], [1.0, 2.0]])  # on a straight line, evenly spaced
    outputs = trainer.network.forward(inputs)[:, 0]
    assert outputs[1] == pytest.approx((outputs[0] + outputs[2]) / 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_vanish_in_deep_sigmoids_and_only_there(seed):
    assert gradient_spread("vanishing", seed) < 0.01
    assert PRESETS["vanishing"].epochs >= 60
    assert course("vanishing", "train_loss", seed)[5:].min() > 0.68
    for cure in ("vanishing_relu", "vanishing_batch_norm"):
        assert 0.1 < gradient_spread(cure, seed) < 20.0
        assert last(cure, "train_loss", seed) < 0.2
        assert len(PRESETS[cure].experiment.network.layers) == 6


@pytest.mark.parametrize("seed", SEEDS)
def test_exploding_diverges_and_he_weights_cure_it(seed):
    trainer = run("exploding", seed)
    assert trainer.history[0].metrics["train_loss"] > 20.0
    assert trainer.stopped.kind == "diverged"
    update = int(re.search(r"update (\d+)", trainer.stopped.reason)[1])
    assert update <= 10
    assert 0.5 < course("exploding_he", "train_loss", seed)[0] < 5.0


@pytest.mark.parametrize("seed", SEEDS)
def test_zero_weights_stay_alike(seed):
    trainer = run("zero_weights", seed)
    for layer in trainer.network.weight_layers[:-1]:
        assert np.ptp(layer.W, axis=1).max() == 0.0
    assert np.ptp(trainer.network.forward(trainer.task.features(trainer.test_data.x))) == 0.0
    assert last("zero_weights", "train_accuracy", seed) < 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_a_whole_layer_of_relus_dies(seed):
    trainer = Trainer(PRESETS["dead_relus"].experiment.replace("seed", seed))
    trainer.train(epochs=10)
    outputs = trainer.network.activations(trainer.task.features(trainer.train_data.x))
    ends = unit_outputs(trainer.experiment, trainer.network)[:-1]
    assert any((outputs[end] == 0.0).all() for end in ends)
    assert last("dead_relus", "test_accuracy", seed) < 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_too_high_a_rate_grows_evenly_until_it_stops(seed):
    trainer = run("rate_too_high", seed)
    assert trainer.stopped.kind == "diverged"
    growth = np.diff(np.log10(course("rate_too_high", "train_loss", seed)))[2:]
    assert growth.min() > 2.0
    assert growth.std() < 0.5 * growth.mean()


@pytest.mark.parametrize("seed", SEEDS)
def test_too_low_a_rate_falls_and_hardly_moves(seed):
    losses = course("rate_too_low", "train_loss", seed)
    assert (np.diff(losses) < 0.0).mean() > 0.8
    assert losses[-1] > 0.9 * losses[0]
    assert PRESETS["rate_too_low"].experiment.optimizer.lr == PRESETS["default"].experiment.optimizer.lr / 100


@pytest.mark.parametrize("seed", SEEDS)
def test_overfitting_turns_around(seed):
    losses, best = course("overfitting", "test_loss", seed), course("overfitting", "test_loss", seed).min()
    assert losses[-1] > 1.0 > 3.0 * best
    assert last("overfitting", "train_loss", seed) < 0.5 * course("overfitting", "train_loss", seed)[20]
    trainer = run("overfitting", seed)
    assert (len(trainer.train_data), trainer.network.params.size) == (60, 1297)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "most"), [("overfitting_l2", 0.4), ("overfitting_dropout", 0.5)])
def test_restraints_keep_the_test_loss_down(name, most, seed):
    assert course(name, "test_loss", seed)[10:].max() < most
    assert last(name, "test_accuracy", seed) > last("overfitting", "test_accuracy", seed) + 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_early_stopping_goes_back_to_the_best_epoch(seed):
    trainer = run("overfitting_stopped", seed)
    assert trainer.stopped.kind == "early_stopping"
    losses = course("overfitting_stopped", "test_loss", seed)
    assert trainer.frame.index == losses.argmin()
    assert trainer.frame.index < len(losses) - 1


@pytest.mark.parametrize("seed", SEEDS)
def test_random_labels_are_memorised(seed):
    assert last("random_labels", "train_accuracy", seed) > 0.9
    assert 0.35 < last("random_labels", "test_accuracy", seed) < 0.65


def test_cures_change_one_thing():
    """What a cure changes, so that the comparison is fair."""
    pairs = {
        "vanishing_relu": ("vanishing", {"activation", "initializer"}),
        "vanishing_batch_norm": ("vanishing", {"normalization"}),
        "exploding_he": ("exploding", {"initializer"}),
        "overfitting_l2": ("overfitting", {"l2"}),
        "overfitting_dropout": ("overfitting", {"dropout"}),
        "overfitting_stopped": ("overfitting", {"patience"}),
    }
    for cure, (ill, names) in pairs.items():
        paths = PRESETS[ill].experiment.differences(PRESETS[cure].experiment)
        assert {path.split(".")[-1] for path in paths} == names


def test_the_default_preset_is_the_default_and_nothing_else_is():
    assert [name for name, preset in PRESETS.items() if not preset.experiment.to_query()] == ["default"]
