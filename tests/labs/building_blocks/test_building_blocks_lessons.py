"""What the lab on building blocks asks a visitor to try is what happens, topic by topic, on every seed that
is tried; and no task is done by doing nothing.
"""

import numpy as np
import pytest

from playground.labs.building_blocks import activations, schedules, symmetry
from playground.labs.building_blocks.lab import BASE, lesson
from playground.labs.building_blocks.settings import Blocks
from playground.nn import ACTIVATIONS
from playground.nn.schedules import SCHEDULES
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.loss_view import REACH, loss_at
from playground.probes.one_batch import layer_of, passages
from playground.probes.signal import KEPT, Draws, Stack, expected, judged, passed
from playground.probes.units import distinct_units
from playground.training import Experiment, Trainer

SEEDS = range(10)


def says(words: str, **blocks: str) -> None:
    """The claim is one of the lesson's."""
    assert words in lesson(Blocks(**blocks)).try_this


# ---- activations


def slope(activation: str, z: np.ndarray) -> np.ndarray:
    function = ACTIVATIONS[activation]
    return function.derivative(z, function.value(z))


def test_the_slope_of_tanh_at_0_is_larger() -> None:
    says("which slope is larger at 0?", topic="activations")
    slopes = [slope(name, np.zeros(1))[0] for name in ("sigmoid", "tanh")]
    assert slopes == pytest.approx([0.25, 1.0])


def verdicts(activation: str, rule: str, seed: int) -> set[int]:
    """Of ten layers, at every number of draws that a task is judged by."""
    draws = Draws(Stack(activation, rule, activations.WIDTH, activations.DEPTH), seed, 40)
    pooled = [draws.pooled(k) for k in range(activations.ENOUGH - 1, 40)]
    return {judged(each.spread[-1], np.sqrt(each.gradient[0])) for each in pooled}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_weights_that_selu_was_made_for_do_the_task_and_doing_nothing_does_not(seed: int) -> None:
    says("find the weights it was made for", topic="activations")
    assert verdicts("selu", "lecun_normal", seed) == {KEPT}
    opening = Blocks()
    for name in (opening.activation, opening.compared):
        assert KEPT not in verdicts(name, opening.rule, seed)


def test_the_slope_of_sine_never_dies() -> None:
    says("its slope never dies for good", topic="activations")
    far = np.linspace(1e3, 1e3 + 2.0 * np.pi, 50)
    assert np.abs(slope("sin", far)).max() > 0.99
    assert np.abs(slope("tanh", far)).max() < 1e-9


# ---- losses


def test_cross_entropy_still_pulls_at_right_answers_and_hinge_does_not() -> None:
    says("which still pulls at answers that are right?", topic="losses")
    gradients = {name: loss_at(name, np.array([REACH]), 1.0, {})[1, 0] for name in ("bce", "hinge")}
    assert gradients["hinge"] == 0.0
    assert gradients["bce"] < -0.01


def test_label_smoothing_moves_the_place_where_the_gradient_is_0() -> None:
    says("where is its gradient 0 now?", topic="losses")
    certain = np.log((1.0 - 0.1) / 0.1)  # the logit of 90 %, at a smoothing of 0.2
    assert loss_at("bce", np.array([certain]), 1.0, {"label_smoothing": 0.2})[1, 0] == pytest.approx(0.0)
    assert loss_at("bce", np.array([certain]), 1.0, {})[1, 0] < -0.05


# ---- initial weights


@pytest.mark.parametrize("seed", SEEDS)
def test_he_weights_serve_relu_better_than_xaviers(seed: int) -> None:
    says("Choose **Xavier** for ReLU, then **He**", topic="weights")
    sizes = {}
    for rule in ("xavier_normal", "he_normal"):
        signal = passed(Stack("relu", rule, 32, 12), np.random.default_rng([seed, 1]))
        sizes[rule] = np.sqrt(signal.power[-1])
    assert sizes["xavier_normal"] < 0.1 < sizes["he_normal"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradient_grows_through_wide_tanh_layers_with_normal_weights(seed: int) -> None:
    says("Choose **Tanh**, **Normal** and 64 units: the gradient grows", topic="weights")
    signal = passed(Stack("tanh", "normal", 64, 12), np.random.default_rng([seed, 1]))
    assert np.sqrt(signal.gradient[0]) > 5.0


def test_theory_is_for_wide_layers() -> None:
    says("theory is for wide ones", topic="weights")

    def off(width: int, seed: int) -> float:
        """How far the last layer's outputs are from theory, as a logarithm, in the mean of 10 draws."""
        stack = Stack("relu", "he_normal", width, 12)
        theory = expected(stack).power[-1]
        draws = (passed(stack, np.random.default_rng([seed, draw])).power[-1] for draw in range(1, 11))
        return float(np.mean([abs(np.log(max(power, 1e-12) / theory)) for power in draws]))

    assert sum(off(4, seed) > 2.0 * off(64, seed) for seed in SEEDS) >= 9


# ---- symmetry


def trained(seed: int, rule: str, epochs: int, **changes: object) -> Trainer:
    settings = Blocks(topic="weights", view="symmetry", **changes)
    experiment: Experiment = symmetry.experiment(BASE.replace("seed", seed), settings, rule)
    trainer = Trainer(experiment, history_bytes=2**18)
    trainer.train(epochs=epochs)
    return trainer


def units(trainer: Trainer) -> list[int]:
    """How many differ, in each hidden layer."""
    return distinct_units(DataPass(NetworkCopy(trainer))).tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_sigmoid_weights_move_from_zero_and_the_units_do_not_part(seed: int) -> None:
    says("now the weights move even from zero. Do the units?", topic="weights", view="symmetry")
    trainer = trained(seed, "zeros", 40, layer_activation="sigmoid")
    assert np.abs(trainer.network.weight_layers[0].W).max() > 0.01
    assert units(trainer) == [1, 1]
    assert np.abs(trained(seed, "zeros", 40).network.weight_layers[0].W).max() == 0.0  # ReLU


@pytest.mark.parametrize("seed", SEEDS)
def test_luck_does_not_part_equal_units_and_dropout_does(seed: int) -> None:
    says("does luck help the equal units?", topic="weights", view="symmetry")
    says("Turn **dropout** up while it runs", topic="weights", view="symmetry")
    trainer = trained(seed, "constant", 60)
    assert units(trainer) == [1, 1]
    trainer.update_settings(
        symmetry.experiment(BASE.replace("seed", seed), Blocks(view="symmetry", dropout=0.3), "constant")
    )
    trainer.train(epochs=40)
    assert units(trainer) == [symmetry.UNITS] * symmetry.LAYERS


# ---- normalization


@pytest.mark.parametrize("seed", SEEDS)
def test_of_two_points_batch_norm_leaves_their_order(seed: int) -> None:
    says("Batch norm with **2 points** in a batch: what can each value still be?", topic="batches")
    layer = layer_of("batch_norm", momentum=0.9, rate=0.5)
    passage = next(iter(passages(layer, rows=2, seed=seed)))
    first, second = passage.trained
    np.testing.assert_allclose(first, -second, atol=1e-9)
    apart = np.abs(passage.x[0] - passage.x[1]) > 0.1  # else the small number in the root counts, too
    assert apart.any()
    np.testing.assert_allclose(np.abs(first[apart]), 1.0, atol=0.01)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_survives_much_dropout_is_ten_times_as_large(seed: int) -> None:
    says("Dropout at **0.9**: how large do the survivors get?", topic="batches")
    passage = next(iter(passages(layer_of("dropout", momentum=0.9, rate=0.9), rows=12, seed=seed)))
    survivors = passage.trained != 0.0
    assert 0 < survivors.sum() < survivors.size / 2
    np.testing.assert_allclose(passage.trained[survivors], 10.0 * passage.x[survivors])


# ---- schedules


def test_nobody_knows_the_curve_of_reduce_on_plateau_beforehand() -> None:
    says("nobody knows its curve beforehand", topic="schedules")
    assert [name for name, schedule in SCHEDULES.items() if schedule.follows_loss] == ["reduce_on_plateau"]


@pytest.mark.parametrize("peak", [0.1, 1.0])
def test_as_the_rate_falls_the_loss_settles(peak: float) -> None:
    assert "as the rate falls, the loss settles" in lesson(Blocks(topic="schedules")).see
    shakes = {}
    for name in ("constant", "cosine"):
        for seed in SEEDS:
            experiment = schedules.experiment(BASE.replace("seed", seed), name, Blocks(peak=peak))
            trainer = Trainer(experiment, history_bytes=2**18)
            trainer.train(epochs=Blocks().length)
            shakes[name, seed] = np.std(np.diff(trainer.history.values("train_loss")[-15:]))
    assert sum(shakes["cosine", seed] < 0.2 * shakes["constant", seed] for seed in SEEDS) >= 9
