"""A trainer trains whatever is described: here a GAN, with its history, stop rules and live settings."""

import numpy as np
import pytest

from playground.training import ExperimentError, Trainer
from playground.training.objectives import build_objective
from tests.training.toy_descriptions import GanExperiment, Player

START = GanExperiment.from_query({"g_layers": "8-relu", "g_lr": "0.02", "d_lr": "0.03", "seed": "4"})
SLOWER = START.replace("generator.lr", 0.001)


def params(trainer):
    learners = trainer.objective.learners
    return np.concatenate([learner.network.params for learner in learners.values()])


def advance(trainer, updates):
    for _ in trainer.advance(updates, every=5):
        pass


@pytest.mark.parametrize("budget", [2**25, 60_000, 1], ids=["all", "thinned", "two"])
def test_every_frame_of_a_gan_is_reached_again_bit_for_bit(budget):
    trainer = Trainer(START, history_bytes=budget)
    seen = [params(trainer)]
    for index in range(20):
        if index == 9:
            trainer.update_settings(SLOWER)
        advance(trainer, 5)
        seen.append(params(trainer))
    frames = list(trainer.history)
    assert set(frames[0].metrics) == {metric.name for metric in trainer.objective.metrics}
    for index in (20, 3, 17, 9, 10, 0, 14):
        trainer.restore(frames[index])
        np.testing.assert_array_equal(params(trainer), seen[index])
        assert trainer.experiment == (SLOWER if index >= 9 else START)
    advance(trainer, 30)
    assert list(trainer.history) == frames
    np.testing.assert_array_equal(params(trainer), seen[20])


def test_a_link_trains_the_same_gan():
    first, second = Trainer(START), Trainer(GanExperiment.from_query(START.to_query()))
    assert first.train(epochs=3) == second.train(epochs=3)
    assert Trainer(START.replace("seed", 5)).train(epochs=3) != first.frame


def test_live_settings_and_stop_rules_hold_for_a_gan():
    trainer = Trainer(START.replace("stopping.max_epochs", 4))
    trainer.train(epochs=9)
    assert (trainer.stopped.kind, trainer.frame.epoch) == ("max_epochs", 4)
    with pytest.raises(ExperimentError, match=r"^latent cannot change while a run is under way"):
        trainer.update_settings(trainer.experiment.replace("latent", 3))
    trainer.update_settings(START)
    assert trainer.train(epochs=1).epoch == 5


def test_a_gan_that_blows_up_says_where_and_what_to_try():
    trainer = Trainer(START)
    trainer.train(epochs=1)
    trainer.objective.generator.network.params[:] = np.inf
    trainer.train(epochs=1)
    assert trainer.stopped.kind == "diverged"
    assert trainer.frame.epoch == 1
    reason = trainer.stopped.reason
    assert "of the generator blew up first" in reason
    assert reason.endswith(
        "Try a tenth of the learning rate: 0.002 and 0.003 for generator and discriminator."
    )


def test_what_only_an_experiment_has_is_refused_in_one_sentence():
    trainer = Trainer(START)
    for name in ("network", "optimizer", "task", "train_data", "test_data"):
        with pytest.raises(TypeError, match=r"^This run trains a DescribedGan, which has no one network "):
            getattr(trainer, name)


def test_a_description_that_nothing_trains_is_refused():
    with pytest.raises(TypeError, match=r"^Nothing is known of how to train a Player: register a function"):
        build_objective(Player())
