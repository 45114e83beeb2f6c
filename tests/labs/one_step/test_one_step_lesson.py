"""What the lab on one step asks a visitor to try is what happens, on every seed that is tried."""

import numpy as np
import pytest

from playground.labs.one_step.lab import LAB
from playground.labs.one_step.settings import BASE, EPOCHS, StepSettings
from playground.probes.one_step import OneStep, one_step_at_a_time
from playground.training import Trainer

SEEDS = range(10)


def first_step(seed: int, *, samples: str = "one", sample: int = 4, optimizer: str = "sgd") -> OneStep:
    base = BASE.replace("seed", seed).replace("optimizer.name", optimizer).replace("optimizer.lr", 0.5)
    trainer = Trainer(StepSettings(samples=samples, sample=sample).experiment(base))
    return next(iter(one_step_at_a_time(trainer, 1)))


def says(words: str) -> None:
    assert words in LAB.lesson.try_this


@pytest.mark.parametrize("seed", SEEDS)
def test_inputs_of_0_give_their_weights_no_gradient(seed: int) -> None:
    says("Begin with the sample $(0, 0)$: which weights get no gradient")
    step = first_step(seed, sample=1)
    weights, hidden = 2 * 4, step.layers[0].delta
    assert (step.gradient[:weights] == 0.0).all()
    assert (step.gradient[weights:] != 0.0).all()
    assert (hidden != 0.0).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradient_of_all_is_the_mean_and_samples_pull_in_different_directions(seed: int) -> None:
    says("the gradient becomes a mean, and the samples pull in different directions")
    single = np.array([first_step(seed, sample=sample).gradient for sample in (1, 2, 3, 4)])
    np.testing.assert_allclose(first_step(seed, samples="all").gradient, single.mean(axis=0), atol=1e-12)
    directions = single / np.linalg.norm(single, axis=1, keepdims=True)
    assert (directions @ directions.T).min() < -0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_adams_first_step_is_its_rate(seed: int) -> None:
    says("It is the learning rate, however large the gradient, unless that is 0")
    step = first_step(seed, sample=1, optimizer="adam")
    moved = step.gradient != 0.0
    sizes = np.abs(step.gradient[moved])
    assert sizes.max() > 5.0 * sizes.min()
    np.testing.assert_allclose(np.abs(step.after - step.before)[moved], 0.5, rtol=1e-3)
    assert (step.after == step.before)[~moved].all()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("samples", ["one", "all"])
def test_what_the_first_updates_begin_so_many_epochs_finish(samples: str, seed: int) -> None:
    says(f"**Run {EPOCHS} epochs**")
    trainer = Trainer(
        StepSettings(samples=samples).experiment(BASE.replace("seed", seed)), history_bytes=2**18
    )
    trainer.train(epochs=EPOCHS)
    assert trainer.frame.metrics["train_accuracy"] == 1.0
    assert trainer.frame.metrics["train_loss"] < 0.01
