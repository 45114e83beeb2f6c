"""How a run stands: the numbers of the frame, and what the loss has done."""

import pytest

from playground.probes.advice.standing import standing
from playground.training import Experiment, Trainer


def stands(epochs: int, **changes: object) -> tuple[str, Trainer]:
    experiment = Experiment()
    for path, value in changes.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    trainer = Trainer(experiment)
    trainer.train(epochs=epochs)
    return standing(trainer), trainer


def test_before_training_there_is_nothing_to_say() -> None:
    assert standing(Trainer(Experiment())) == ""


def test_the_numbers_are_those_of_the_frame() -> None:
    words, trainer = stands(3)
    parts = (trainer.frame.metrics[name] for name in ("train_accuracy", "test_accuracy"))
    training, test = (f"{100.0 * part:.1f}" for part in parts)
    assert words.startswith(f"The network gets {training}")
    assert f"and {test}" in words
    assert "epochs" not in words  # it is too early for that


@pytest.mark.parametrize(
    ("changes", "epochs", "end"),
    [
        ({}, 20, "fell by"),
        ({"data__dataset": "reg-gauss"}, 20, "fell by"),
        ({"optimizer__lr": 1e-5, "optimizer__name": "sgd"}, 20, "hardly moved"),
        ({"optimizer__lr": 1e-5, "optimizer__name": "sgd", "data__dataset": "reg-gauss"}, 20, "hardly moved"),
    ],
)
def test_what_the_loss_has_done(changes: dict, epochs: int, end: str) -> None:
    words, trainer = stands(epochs, **changes)
    losses = trainer.history.values("train_loss")[-11:]
    assert end in words
    assert (losses[0] - losses[-1] > 0.02 * losses[0]) == (end == "fell by")


def test_a_loss_that_rises_is_said_to_rise() -> None:
    _, trainer = stands(12)
    trainer.update_settings(trainer.experiment.replace("optimizer.lr", 1.0))
    trainer.train(epochs=10)
    losses = trainer.history.values("train_loss")[-11:]
    assert losses[-1] > losses[0]
    assert "rose by" in standing(trainer)
