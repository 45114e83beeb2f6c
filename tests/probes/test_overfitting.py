"""What is said of a fit: by hand from the numbers of the frames, and of networks known to fit badly."""

from math import isnan

import numpy as np
import pytest

from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.overfitting import (
    DIVERGED,
    FITS,
    FITS_NOISE,
    LEARNING,
    OVERFITS,
    STOPPED,
    UNDERFITS,
    VERDICTS,
    fit,
    learnt_noise,
    weight_norm,
)
from playground.probes.points import wrong_labels
from playground.training import Experiment, HiddenLayer, Trainer

NOISY = (
    Experiment()
    .replace("data.n", 200)
    .replace("data.train_share", 0.2)
    .replace("data.noise", 0.3)
    .replace("data.label_flips", 0.1)
    .replace("batch_size", 10)
    .replace("network.layers", (HiddenLayer(24, "relu"),) * 2)
)


def trained(epochs: int, **changes) -> Trainer:
    experiment = NOISY
    for path, value in changes.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    trainer = Trainer(experiment)
    if epochs:
        trainer.train(epochs=epochs)
    return trainer


def fit_of(trainer: Trainer):
    return DataPass(NetworkCopy(trainer)).info(fit)


@pytest.fixture(scope="module")
def overfitted() -> Trainer:
    return trained(150)


def test_numbers_are_those_of_the_frames(overfitted: Trainer) -> None:
    frames = list(overfitted.history)
    losses = [frame.metrics["test_loss"] for frame in frames]
    best = min(range(len(losses)), key=losses.__getitem__)
    last = frames[-1].metrics
    found = fit_of(overfitted)
    assert (found.best_epoch, found.best_loss) == (frames[best].epoch, losses[best])
    assert found.gap == last["test_loss"] - last["train_loss"]
    assert found.rise == pytest.approx(last["test_loss"] / losses[best], rel=1e-12)
    assert 0 < found.best_epoch < 150


def test_a_run_that_went_back_is_judged_as_it_was() -> None:
    trainer = trained(40)
    trainer.restore(trainer.history[3])
    losses = trainer.history.values("test_loss")[:4]
    assert fit_of(trainer).best_loss == losses.min()
    assert fit_of(trainer).best_epoch == losses.argmin()


def test_wrong_labels_are_the_ones_that_were_flipped() -> None:
    noisy, clean = trained(0), trained(0, data__label_flips=0.0)
    np.testing.assert_array_equal(noisy.train_data.x, clean.train_data.x)
    np.testing.assert_array_equal(wrong_labels(noisy), noisy.train_data.y != clean.train_data.y)
    assert wrong_labels(noisy).sum() == 4  # 10 % of 40
    assert not wrong_labels(clean).any()


def test_learnt_noise_counts_the_wrong_labels_that_are_given_as_answers(overfitted: Trainer) -> None:
    task, train = overfitted.task, overfitted.train_data
    answers = task.predictions(overfitted.network.forward(task.features(train.x))).classes
    wrong = wrong_labels(overfitted)
    right = [answer == label for answer, label, bad in zip(answers, train.y, wrong, strict=True) if bad]
    data = DataPass(NetworkCopy(overfitted))
    assert learnt_noise(data) == sum(right) / len(right)
    assert fit_of(overfitted).noise == learnt_noise(data)
    assert isnan(learnt_noise(DataPass(NetworkCopy(trained(0, data__label_flips=0.0)))))


def test_the_weight_norm_is_that_of_all_parameters(overfitted: Trainer) -> None:
    norm = weight_norm(DataPass(NetworkCopy(overfitted)))
    assert norm == pytest.approx(np.linalg.norm(overfitted.network.params), rel=1e-12)


def test_verdicts(overfitted: Trainer) -> None:
    assert fit_of(overfitted).verdict == FITS_NOISE
    assert fit_of(trained(150, data__label_flips=0.0)).verdict == OVERFITS
    assert fit_of(trained(40, data__label_flips=0.0, data__noise=0.0, data__train_share=0.9)).verdict == FITS
    assert fit_of(trained(0)).verdict == LEARNING
    assert fit_of(trained(60, regularization__l2=3.0)).verdict == UNDERFITS
    assert len(VERDICTS) == DIVERGED + 1


def test_a_run_that_ended_is_told_by_its_end() -> None:
    stopped = trained(150, stopping__patience=10)
    assert stopped.stopped.kind == "early_stopping"
    found = fit_of(stopped)
    assert found.verdict == STOPPED
    assert found.best_epoch == stopped.frame.epoch
    assert found.rise == 1.0
    layers = (HiddenLayer(64, "relu"),) * 8
    broken = trained(
        3, optimizer__name="sgd", network__layers=layers, network__initializer="normal", data__n=500, seed=2
    )
    assert broken.stopped.kind == "diverged"
    assert fit_of(broken).verdict == DIVERGED
