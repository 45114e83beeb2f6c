"""What the lesson says of networks is so on at least nine seeds in ten, and within a hundred epochs."""

from functools import cache

import pytest

from playground.labs.vanishing_gradients.lab import BASE
from playground.labs.vanishing_gradients.settings import OPENING, DeepNetwork
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.gradient_flow import EXPLODING, FAINT, HEALTHY, VANISHING, gradient_flow
from playground.training import Trainer
from tests.properties import SEEDS, hardly_any, nearly_all

EPOCHS = 100
LEARNT = 0.9  # test accuracy
ADAM = BASE.replace("optimizer.name", "adam").replace("optimizer.lr", 0.01)
SIGMOID, TANH, RELU, BATCH_NORM = OPENING


@cache
def learns(network: DeepNetwork, base=BASE) -> int:
    """On how many seeds it learns in time."""
    return sum(_learns(Trainer(network.experiment(base.replace("seed", seed)))) for seed in SEEDS)


def _learns(trainer: Trainer) -> bool:
    for _epoch in range(EPOCHS):
        trainer.train(epochs=1)
        if trainer.frame.metrics["test_accuracy"] >= LEARNT:
            return True
    return False


def starts(network: DeepNetwork) -> list:
    return [
        gradient_flow(DataPass(NetworkCopy(Trainer(network.experiment(BASE.replace("seed", seed))))))
        for seed in SEEDS
    ]


def test_of_the_opening_networks_all_but_plain_sigmoid_learn() -> None:
    assert learns(SIGMOID) == 0
    assert all(nearly_all(learns(network)) for network in (TANH, RELU, BATCH_NORM))


def test_their_gradients_are_as_the_lesson_says() -> None:
    sigmoids = starts(SIGMOID)
    assert all(flow.verdict == VANISHING and flow.ratio < 1e-6 for flow in sigmoids)
    assert nearly_all(sum(1 / 7 < flow.factor < 1 / 4.5 for flow in sigmoids))
    for network in (TANH, RELU, BATCH_NORM):
        assert nearly_all(sum(flow.verdict == HEALTHY and flow.ratio > FAINT for flow in starts(network)))


def test_thirty_layers_of_tanh_learn_with_residual_connections_only() -> None:
    assert hardly_any(learns(DeepNetwork(30, 8, "tanh")))
    assert nearly_all(learns(DeepNetwork(30, 8, "tanh", residual=True)))


@pytest.mark.parametrize("rule", ["uniform", "normal", "he_normal", "orthogonal"])
def test_other_weights_do_not_help_sigmoid(rule: str) -> None:
    assert hardly_any(learns(DeepNetwork(10, 8, "sigmoid", rule)))


def test_bars_grow_with_wide_tanh_layers_and_normal_weights() -> None:
    wide = starts(DeepNetwork(30, 64, "tanh", "normal"))
    assert nearly_all(sum(flow.verdict == EXPLODING for flow in wide))


def test_under_adam_two_layers_of_sigmoid_learn_and_twelve_do_not() -> None:
    assert nearly_all(learns(DeepNetwork(2), ADAM))
    assert hardly_any(learns(DeepNetwork(12), ADAM))
