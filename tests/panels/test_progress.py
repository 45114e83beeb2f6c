"""Losses and shares are drawn as the objective names them."""

import json

import pytest

from playground.figures import theme
from playground.panels.progress import accuracy_part, clock, loss_part
from playground.training import Experiment, Trainer
from playground.training.objective import TEST_LOSS, TRAIN_LOSS, Metric
from tests.training.toy_descriptions import GanExperiment

GAN = {
    loss_part: {"discriminator_loss": "discriminator", "generator_loss": "generator"},
    accuracy_part: {
        "real_as_real": "real points taken for real",
        "generated_as_real": "generated points taken for real",
    },
}


def colours(panel) -> list[str]:
    return [trace.line.color for trace in panel.figure.data]


def channels(panel) -> list[str]:
    return [binding.takes["y"].channel for binding in panel.bindings]


@pytest.mark.parametrize("make", GAN)
def test_the_metrics_of_a_gan_are_drawn(make) -> None:
    panel, _ = make(Trainer(GanExperiment()))
    assert channels(panel) == list(GAN[make])
    assert [trace.name for trace in panel.figure.data] == list(GAN[make].values())
    assert len(set(colours(panel))) == 2
    assert not set(colours(panel)) & {theme.ROLES["train"], theme.ROLES["test"]}
    assert all(f"{label} {{{name}" in panel.alt for name, label in GAN[make].items())
    assert json.dumps(panel.describe(), allow_nan=False)


def test_each_metric_has_a_channel() -> None:
    trainer = Trainer(GanExperiment())
    names = [entry.channel.name for entry in clock(trainer)]
    assert names == ["epoch", "batch", "update", "progress", *trainer.frame.metrics]


@pytest.mark.parametrize("dataset", ["circle", "reg-plane"])
def test_the_losses_of_an_experiment_look_as_ever(dataset: str) -> None:
    panel, _ = loss_part(Trainer(Experiment().replace("data.dataset", dataset)))
    assert panel.title == "Loss"
    assert panel.log == {"axis": "yaxis", "on": False}
    assert channels(panel) == ["train_loss", "test_loss"]
    assert colours(panel) == [theme.ROLES["train"], theme.ROLES["test"]]
    assert (
        panel.alt == "Loss after {epoch:count} epochs: training {train_loss:number}, test {test_loss:number}."
    )


def test_a_metric_can_ask_for_a_logarithmic_axis() -> None:
    trainer = Trainer(Experiment())
    trainer.objective.metrics = (
        Metric("train_loss", "training", TRAIN_LOSS, log=True),
        Metric("test_loss", "test", TEST_LOSS),
    )
    assert loss_part(trainer).panel.log == {"axis": "yaxis", "on": True}
