"""Advice: for each rule a run that triggers it and one that must not, and fixes that help when tried."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from playground.datasets import OwnPoints
from playground.nn import LOSSES
from playground.probes.advice import MOST, RULES, Advice, Fix, Severity, advice
from playground.probes.advice.evidence import Evidence
from playground.probes.advice.remedies import larger
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.training import PRESETS, Experiment, HiddenLayer, Trainer, unit_outputs
from playground.training.builder import build_data

DEFAULT = Experiment()
FEW = {"data.dataset": "gauss", "data.n": 100, "data.noise": 0.5}
WIDE = {"network.layers": (HiddenLayer(24, "relu"),) * 3, "network.initializer": "he_normal"}
SPIRAL = {"data.dataset": "spiral"}
NORMALIZED = (HiddenLayer(8, "tanh", "batch_norm"),) * 2
SQUARES = {"features.inputs": ("x", "y", "x_squared", "y_squared")}


def changed(experiment: Experiment, changes: dict) -> Experiment:
    return Fix("", changes).apply(experiment)


def trained(experiment: Experiment, epochs: int) -> Trainer:
    trainer = Trainer(experiment)
    if epochs:
        trainer.train(epochs=epochs)
    return trainer


@cache
def run(name: str, seed: int = 0) -> Trainer:
    """A preset at the end of its epochs. (Do not train it on.)"""
    return trained(PRESETS[name].experiment.replace("seed", seed), PRESETS[name].epochs)


def preset(name: str) -> tuple[Experiment, int]:
    return PRESETS[name].experiment, PRESETS[name].epochs


def rules(trainer: Trainer) -> set[str]:
    return {item.rule for item in advice(trainer)}


def found(trainer: Trainer, rule: str) -> Advice:
    """The message of one rule, also where MOST hides it."""
    evidence = Evidence(trainer)
    finding = RULES[rule].find(evidence)
    assert finding is not None, f"{rule} has nothing to say"
    return Advice(rule, *finding)


def unbalanced() -> Experiment:
    """A run in which one class happens to be rare, and no hidden layer to find it."""
    base = changed(DEFAULT, {"data.n": 50, "data.train_share": 0.3, "network.layers": ()})
    for seed in range(500):
        counts = np.bincount(build_data(base.replace("seed", seed))[0].y, minlength=2)
        if counts.max() >= 4 * counts.min() > 0:
            return base.replace("seed", seed)
    raise AssertionError("no seed gives a rare class")


def doubled() -> Experiment:
    """Own points, each of them twice, a fifth of them with both labels."""
    places = np.random.default_rng(0).uniform(-5, 5, (40, 2))
    points = OwnPoints(np.concatenate([places, places]), [0] * 40 + [int(k < 8) for k in range(40)])
    data = replace(DEFAULT.data, dataset="own", points=points, train_share=1.0)
    return replace(DEFAULT, data=data)


TRIGGERS = {
    "diverged": preset("rate_too_high"),
    "symmetric": (PRESETS["zero_weights"].experiment, 0),
    "exploding": (PRESETS["exploding"].experiment, 0),
    "rate_too_high": (changed(DEFAULT, {"optimizer.lr": 1.0}), 20),
    "over_regularised": (changed(DEFAULT, {"regularization.l2": 0.3}), 30),
    "dead_units": preset("dead_relus"),
    "vanishing": preset("vanishing"),
    "unscaled_inputs": (
        changed(
            DEFAULT,
            {
                **SQUARES,
                "data.dataset": "sine_ridge",
                "features.standardize": False,
                "optimizer.lr": 0.3,
            },
        ),
        8,
    ),
    "rate_too_low": preset("rate_too_low"),
    "underfitting": preset("spiral_too_small"),
    "overfitting": preset("overfitting"),
    "memorised_labels": preset("random_labels"),
    "few_points": (changed(DEFAULT, FEW | WIDE), 100),
    "imbalance": (unbalanced(), 40),
    "tiny_batches": (changed(DEFAULT, SPIRAL | {"network.layers": NORMALIZED, "batch_size": 2}), 12),
    "out_of_reach": (changed(DEFAULT, {"data.dataset": "reg-plane", "network.output": "sigmoid"}), 10),
    "momentum": (
        changed(
            DEFAULT,
            {
                "data.dataset": "rings",
                "optimizer.name": "momentum",
                "optimizer.lr": 0.1,
                "optimizer.options.momentum": 0.99,
            },
        ),
        20,
    ),
    "max_norm": (changed(DEFAULT, {"regularization.max_norm": 0.1}), 20),
    "input_noise": (changed(DEFAULT, SPIRAL | {"regularization.input_noise": 1.5}), 20),
    "dropout": (
        changed(DEFAULT, SPIRAL | {"network.layers": (HiddenLayer(4, "tanh", "none", 0.8),) * 2}),
        20,
    ),
    "fading": (
        changed(DEFAULT, {"network.layers": (HiddenLayer(4, "leaky_relu"),) * 6, "optimizer.lr": 1e-5}),
        10,
    ),
    "clipped": (
        changed(DEFAULT, {"optimizer.name": "sgd", "optimizer.lr": 0.1, "regularization.clip_norm": 0.001}),
        10,
    ),
    "decayed": (
        changed(DEFAULT, SPIRAL | {"schedule.name": "exponential", "schedule.options.gamma": 0.5}),
        20,
    ),
    "missing_input": (changed(DEFAULT, {"data.dataset": "xor", "features.inputs": ("x",)}), 20),
    "contradictions": (doubled(), 8),
    "unseen_class": (
        changed(
            DEFAULT,
            {"data.dataset": "blobs", "data.classes": 6, "data.n": 12, "data.train_share": 0.2},
        ),
        6,
    ),
}
NEAR_MISSES = {
    "diverged": (changed(DEFAULT, {"stopping.max_epochs": 5}), 6),  # stopped, for another reason
    "symmetric": (DEFAULT, 0),
    "exploding": (PRESETS["exploding_he"].experiment, 0),
    "rate_too_high": (changed(DEFAULT, {"optimizer.lr": 0.03}), 20),
    "over_regularised": preset("overfitting_l2"),
    "dead_units": preset("vanishing_relu"),
    "vanishing": preset("vanishing_batch_norm"),
    "saturated": (DEFAULT, 60),
    "unscaled_inputs": (changed(DEFAULT, {"features.standardize": False}), 8),  # ±5 is no large scale
    "rate_too_low": (changed(DEFAULT, {"optimizer.lr": 0.001}), 20),
    "underfitting": (PRESETS["spiral"].experiment, 45),
    "overfitting": preset("overfitting_l2"),
    "memorised_labels": preset("overfitting_dropout"),
    "few_points": preset("overfitting"),  # its 60 points are no fewer than the bound
    "tiny_batches": (changed(DEFAULT, SPIRAL | {"network.layers": NORMALIZED, "batch_size": 3}), 12),
    "out_of_reach": (changed(DEFAULT, {"data.dataset": "reg-gauss", "network.output": "tanh"}), 10),
    "momentum": (changed(DEFAULT, {"optimizer.name": "momentum", "optimizer.options.momentum": 0.99}), 20),
    "max_norm": (changed(DEFAULT, {"regularization.max_norm": 3.0}), 20),
    "input_noise": (changed(DEFAULT, {"regularization.input_noise": 0.2}), 20),
    "dropout": (changed(DEFAULT, {"network.layers": (HiddenLayer(24, "tanh", "none", 0.5),) * 2}), 30),
    "fading": (changed(DEFAULT, {"network.layers": (HiddenLayer(8, "tanh"),) * 6}), 10),
    "clipped": (  # Adam's steps do not know how long a gradient is
        changed(DEFAULT, SPIRAL | {"optimizer.lr": 1e-5, "regularization.clip_norm": 0.001}),
        10,
    ),
    "decayed": (changed(DEFAULT, {"schedule.name": "exponential", "schedule.options.gamma": 0.97}), 60),
    "missing_input": (changed(DEFAULT, {"data.dataset": "xor", "features.inputs": ("xy",)}), 20),
    "contradictions": (DEFAULT, 8),
    "unseen_class": (changed(DEFAULT, {"data.dataset": "blobs", "data.classes": 6, "data.n": 60}), 6),
    "imbalance": (changed(unbalanced(), {"features.inputs": ("radius",), "optimizer.lr": 0.3}), 60),
}


UNHELPED = {"imbalance", "contradictions"}  # what nobody can set right with a setting


def test_every_rule_has_both_tests() -> None:
    assert set(NEAR_MISSES) == set(RULES)
    assert set(TRIGGERS) | {"saturated"} == set(RULES)


@pytest.mark.parametrize("rule", TRIGGERS)
def test_the_rule_speaks(rule: str) -> None:
    item = {item.rule: item for item in advice(trained(*TRIGGERS[rule]))}[rule]
    assert all(np.isfinite(value) for value in item.values.values())
    assert all(type(value) in (int, float) for value in item.values.values())
    assert re.search(r"\d", item.sentence)
    assert re.fullmatch(r"[A-Z0-9].+\.", item.sentence)
    assert len(re.findall(r"\.(?= [A-Z]|$)", item.sentence)) <= 2
    assert len(item.sentence) < 280


@pytest.mark.parametrize("rule", NEAR_MISSES)
def test_the_rule_keeps_silent(rule: str) -> None:
    trainer = trained(*NEAR_MISSES[rule])
    assert rule not in rules(trainer)
    if Evidence(trainer).epoch >= RULES[rule].start:
        assert RULES[rule].find(Evidence(trainer)) is None


@pytest.mark.parametrize("rule", [rule for rule in TRIGGERS if rule not in UNHELPED])
def test_the_fix_can_be_applied_and_helps(rule: str) -> None:
    experiment, epochs = TRIGGERS[rule]
    fix = found(trained(experiment, epochs), rule).fix
    better = fix.apply(experiment)
    assert better != experiment
    assert len(fix.label) <= 40
    assert set(better.differences(experiment)) <= set(fix.changes) | {"network.layers"}
    if rule == "rate_too_high":  # from 1.0 a tenth is better and not yet calm: it takes two clicks
        better = found(trained(better, epochs), rule).fix.apply(better)
    assert rule not in rules(trained(better, max(epochs, 10)))


def test_saturated_units() -> None:
    trainer = Trainer(changed(DEFAULT, {"optimizer.lr": 1e-5}))
    trainer.network.params[:] *= 100.0
    trainer.train(epochs=6)
    item = found(trainer, "saturated")
    assert item.values["saturated"] >= 0.5 * item.values["units"]
    assert "saturated" in rules(trainer)
    better = item.fix.apply(trainer.experiment)
    assert {layer.normalization for layer in better.network.layers} == {"layer_norm"}
    assert "saturated" not in rules(trained(better, 6))


# ---- the numbers are those of the run


def test_vanishing_by_hand() -> None:
    trainer = run("vanishing")
    norms = np.median(trainer.history.values("gradient_norms")[-4:], axis=0)
    values = found(trainer, "vanishing").values
    assert values["first"] == pytest.approx(norms[0])
    assert values["last"] == pytest.approx(norms[-1])
    assert values["factor"] ** 6 == pytest.approx(norms[0] / norms[-1])
    assert norms[values["layer"] - 1] < 0.01 * norms[-1] <= norms[values["layer"]]


def test_overfitting_by_hand() -> None:
    trainer = run("overfitting")
    losses = trainer.history.values("test_loss")
    item = found(trainer, "overfitting")
    assert item.values["since"] == losses.argmin()
    assert item.values["least"] == losses.min()
    assert item.values["test_loss"] == np.median(losses[-3:])
    assert f"since epoch {losses.argmin()}" in item.sentence


def test_dead_units_by_hand() -> None:
    trainer = run("dead_relus")
    values = found(trainer, "dead_units").values
    outputs = trainer.network.activations(trainer.task.features(trainer.train_data.x))
    ends = unit_outputs(trainer.experiment, trainer.network)[:-1]
    dead = [int((outputs[end] == 0.0).all(axis=0).sum()) for end in ends]
    assert values["dead"] == max(dead) == dead[values["layer"] - 1]


def test_dead_units_without_large_steps_get_a_leak() -> None:
    experiment = changed(PRESETS["vanishing_relu"].experiment, {"optimizer.lr": 1e-5})
    trainer = Trainer(experiment)
    trainer.network.weight_layers[2].b[:] = -100.0
    trainer.train(epochs=5)
    item = found(trainer, "dead_units")
    assert (item.values["layer"], item.values["dead"], item.severity) == (3, 8, Severity.PROBLEM)
    assert {layer.activation for layer in item.fix.apply(experiment).network.layers} == {"leaky_relu"}


def test_imbalance_by_hand() -> None:
    trainer = trained(*TRIGGERS["imbalance"])
    item = found(trainer, "imbalance")
    counts = np.bincount(trainer.train_data.y)
    assert (item.values["rare"], item.values["common"]) == (counts.min(), counts.max())
    assert item.values["recall"] < 0.8
    assert item.fix is None


@pytest.mark.parametrize("loss", [name for name, entry in LOSSES.items() if "classification" in entry.tasks])
def test_the_constant_answer_cannot_be_beaten_by_another(loss: str) -> None:
    trainer = Trainer(changed(DEFAULT, {"data.dataset": "rings", "loss.name": loss, "data.n": 90}))
    least = Evidence(trainer).constant_loss
    targets = trainer.task.targets(trainer.train_data.y)
    for answer in np.random.default_rng(0).normal(0.0, 1.0, (50, 3)):
        outputs = np.tile(answer, (len(targets), 1))
        # between mean and median there may be a slightly better one, for the losses that are neither
        assert trainer.task.loss(outputs, targets)[0] >= 0.95 * least


# ---- when it speaks


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("name", [name for name, preset in PRESETS.items() if preset.good])
def test_good_presets_end_without_a_message(name: str, seed: int) -> None:
    assert advice(run(name, seed)) == []


@pytest.mark.parametrize(
    "name", ["default", "xor", "gauss", "spiral", "ridge", "vanishing_relu", "three_spirals"]
)
def test_sound_runs_never_get_a_message(name: str) -> None:
    experiment, epochs = preset(name)
    trainer = Trainer(experiment)
    for _ in range(epochs // 5):
        trainer.train(epochs=5)
        assert advice(trainer) == []


@pytest.mark.parametrize("name", [name for name, preset in PRESETS.items() if not preset.good])
def test_bad_presets_end_with_a_message(name: str) -> None:
    items = advice(run(name))
    assert 1 <= len(items) <= MOST
    assert items[0].severity >= Severity.WARNING
    assert items[0].fix is not None


@pytest.mark.parametrize("name", PRESETS)
def test_the_first_epochs_are_left_alone(name: str) -> None:
    trainer = Trainer(PRESETS[name].experiment)
    for _ in range(3):
        assert rules(trainer) <= {"symmetric", "exploding", "diverged"}
        trainer.train(epochs=1)


def test_the_gravest_comes_first_and_few_come_at_once() -> None:
    for name in PRESETS:
        grades = [item.severity for item in advice(run(name))]
        assert grades == sorted(grades, reverse=True)
        assert len(grades) <= MOST


def test_a_cause_silences_its_consequences() -> None:
    assert rules(run("zero_weights")) == {"symmetric"}
    assert rules(run("dead_relus")) == {"dead_units"}
    strong = changed(DEFAULT, {"regularization.l2": 0.3})
    assert rules(trained(strong, 60)) == {"over_regularised"}


def test_a_run_that_went_back_is_judged_as_it_was() -> None:
    trainer = trained(*preset("overfitting"))
    assert "overfitting" in rules(trainer)
    trainer.restore(trainer.history[6])
    assert "overfitting" not in rules(trainer)


def test_early_stopping_as_a_live_fix_goes_back_to_the_best_epoch() -> None:
    trainer = trained(*preset("overfitting"))
    item = found(trainer, "overfitting")
    trainer.update_settings(item.fix.apply(trainer.experiment))
    trainer.train(epochs=1)
    assert trainer.stopped.kind == "early_stopping"
    assert trainer.frame.epoch == item.values["since"]
    assert "overfitting" not in rules(trainer)


def test_with_early_stopping_on_the_fix_is_l2() -> None:
    experiment = changed(PRESETS["overfitting"].experiment, {"stopping.patience": 1000})
    fix = found(trained(experiment, 150), "overfitting").fix
    assert list(fix.changes) == ["regularization.l2"]


# ---- larger networks as a fix

RELU = (HiddenLayer(32, "relu"),) * 3
TELLING = ("x", "y", "x_squared", "y_squared", "xy", "sin_x", "sin_y")


@pytest.mark.parametrize(
    ("layers", "inputs", "units"),
    [
        ((), ("x", "y"), [32] * 3),
        ((HiddenLayer(3),), ("x", "y"), [32] * 3),
        ((HiddenLayer(64),) * 2, ("x", "y"), [64] * 3),
        ((HiddenLayer(3, "linear"),) * 8, ("x", "y"), [32] * 3),
        (RELU, TELLING, [64] * 3),
        ((HiddenLayer(64, "relu"),) * 3, TELLING, [64] * 4),
        ((HiddenLayer(64, "relu"),) * 10, TELLING, None),
    ],
)
def test_underfitting_asks_for_a_larger_network(layers: tuple, inputs: tuple, units: list | None) -> None:
    experiment = changed(DEFAULT, {"network.layers": layers, "features.inputs": inputs})
    fix = larger(experiment)
    if units is None:
        assert fix is None
    else:
        after = fix.apply(experiment).network.layers
        assert [layer.units for layer in after] == units
        assert {layer.activation for layer in after} == {"relu"}


def test_a_network_that_is_large_enough_gets_more_inputs() -> None:
    after = larger(DEFAULT.replace("network.layers", RELU)).apply(DEFAULT)
    assert set(after.features.inputs) == set(TELLING)


# ---- it is a guest


@pytest.mark.parametrize("name", ["default", "vanishing_batch_norm", "overfitting_dropout"])
def test_the_run_goes_on_as_if_nobody_had_looked(name: str) -> None:
    experiment = PRESETS[name].experiment
    watched, alone = Trainer(experiment), Trainer(experiment)
    for _ in range(4):
        watched.train(epochs=3)
        advice(watched)
        alone.train(epochs=3)
    assert watched.frame == alone.frame
    assert watched.network.params.tobytes() == alone.network.params.tobytes()
    assert watched.network.state.tobytes() == alone.network.state.tobytes()


def test_a_pass_at_hand_is_used() -> None:
    trainer = run("dead_relus")
    data = DataPass(NetworkCopy(trainer))
    assert advice(trainer, data) == advice(trainer)
    assert Evidence(trainer, data).data is data


KINDS_OF_DATA = ("circle", "rings", "blobs", "sine_ridge", "random_labels")


def judged() -> list:
    """Kinds of data, each with every loss that it can have."""
    bases = {name: changed(DEFAULT, {"data.dataset": name, "data.n": 40}) for name in KINDS_OF_DATA}
    return [
        pytest.param(base.replace("loss.name", loss), id=f"{name}-{loss}")
        for name, base in bases.items()
        for loss in LOSSES
        if base.task in LOSSES[loss].tasks
    ]


@pytest.mark.parametrize("experiment", judged())
def test_every_loss_and_kind_of_data_can_be_judged(experiment: Experiment) -> None:
    trainer = Trainer(experiment)
    for epochs in (0, 12):
        trainer.train(epochs=epochs)
        for rule in RULES.values():
            finding = rule.find(Evidence(trainer))
            assert finding is None or finding.sentence.endswith(".")


def test_a_class_without_training_points_can_be_judged() -> None:
    small = changed(
        DEFAULT, {"data.dataset": "blobs", "data.classes": 6, "data.n": 12, "data.train_share": 0.2}
    )
    trainer = trained(small, 12)
    evidence = Evidence(trainer)
    assert (evidence.class_counts == 0).any()
    assert np.isfinite(evidence.recalls).all()
    advice(trainer)


def test_the_rare_class_is_called_by_its_name() -> None:
    rng = np.random.default_rng(0)
    x = np.concatenate([rng.normal(0, 2, (100, 2)), rng.normal(0, 0.3, (10, 2))]).clip(-6, 6)
    points = OwnPoints(x, [0] * 100 + [1] * 10, labels=("cat", "owl"))
    data = replace(DEFAULT.data, dataset="own", points=points)
    experiment = replace(DEFAULT, data=data).replace("network.layers", ())
    sentence = found(trained(experiment, 3), "imbalance").sentence
    assert "class owl" in sentence
    assert "class cat" in sentence


def test_a_handful_of_test_points_is_too_few_to_speak_of_over_fitting() -> None:
    experiment, epochs = TRIGGERS["overfitting"]
    assert "overfitting" in rules(trained(experiment, epochs))
    few = changed(experiment, {"data.train_share": 0.9, "data.n": 90})
    trainer = trained(few, epochs)
    assert len(trainer.test_data) == 9
    assert min(trainer.history.values("test_loss")) < 0.5 * trainer.frame.metrics["test_loss"]  # it does rise
    assert RULES["overfitting"].find(Evidence(trainer)) is None
