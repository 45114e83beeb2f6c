"""What L1 does to weights, measured: the words at its controls and in the glossary rest on it."""

import numpy as np
import pytest

from playground.labs.overfitting.settings import Overfitting
from playground.training import Experiment, Trainer
from playground.ui.glossary.concepts import CONCEPTS

SEEDS = [5, 6, 7]
MORE = 20  # epochs in which weights hover


def weights(trainer: Trainer) -> np.ndarray:
    return trainer.network.params[trainer.network.decay_mask].copy()


def trained(optimizer: str, lr: float, rate: float, seed: int, rules: str = "standard") -> Trainer:
    base = Experiment().replace("data.n", 200).replace("seed", seed).replace("rules.name", rules)
    base = base.replace("optimizer.name", optimizer).replace("optimizer.lr", lr)
    trainer = Trainer(base.replace("regularization.l1", rate))
    trainer.train(epochs=100)
    return trainer


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("optimizer", "lr", "many"), [("adam", 0.01, 0.4), ("sgd", 0.1, 0.2)])
def test_many_weights_come_near_0_and_hover_but_none_stays_there(optimizer, lr, many, seed) -> None:
    near = 0.01
    free, pulled = (trained(optimizer, lr, rate, seed) for rate in (0.0, 0.01))
    assert (np.abs(weights(free)) < near).mean() < 0.05
    assert (np.abs(weights(pulled)) < near).mean() > many
    signs, crossed = np.sign(weights(pulled)), np.zeros(weights(pulled).size, bool)
    for _epoch in range(MORE):
        pulled.train(epochs=1)
        assert (weights(pulled) != 0.0).all()
        crossed |= np.sign(weights(pulled)) != signs
    assert crossed.mean() > 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_by_tensorflow_playgrounds_rules_they_stay_at_0(seed: int) -> None:
    trainer = trained("sgd", 0.1, 0.01, seed, "tf_playground")
    off = weights(trainer) == 0.0
    assert off.mean() > 0.2
    trainer.train(epochs=MORE)
    assert (weights(trainer)[off] == 0.0).all()


def test_the_words_say_so() -> None:
    for said in (
        Experiment().fields()["regularization.l1"].help,
        Overfitting().fields()["lab.l1_rate"].help,
        next(group["l1"] for group in CONCEPTS.values() if "l1" in group).text,
    ):
        assert "near" in said
        assert "off" not in said.split()
