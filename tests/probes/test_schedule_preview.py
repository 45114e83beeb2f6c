"""The preview of a schedule: the rates that training then uses."""

import numpy as np
import pytest

from playground.nn import SCHEDULES
from playground.probes.schedule_preview import schedule_preview
from playground.training import Experiment, Trainer

SMALL = Experiment().replace("data.n", 40).replace("batch_size", 5).replace("optimizer.lr", 0.02)
FORESEEN = [name for name in SCHEDULES if name != "reduce_on_plateau"]


@pytest.mark.parametrize("name", FORESEEN)
def test_it_foretells_the_rates_of_a_run(name: str) -> None:
    experiment = SMALL.replace("schedule.name", name)
    foretold = schedule_preview(Trainer(experiment), experiment)
    trainer = Trainer(experiment)
    trainer.train(epochs=9)
    used = trainer.history.values("learning_rate")[1:]  # of each epoch's last update
    last = np.arange(1, 10) - 1.0 / trainer.updates_per_epoch
    # between two samples of the preview a drop may lie
    near = np.abs(foretold.epochs[:, None] - last) <= foretold.epochs[1]
    for k, rate in enumerate(used):
        rates = foretold.rates[near[:, k]]
        assert rates.min() * (1 - 1e-9) <= rate <= rates.max() * (1 + 1e-9)
    assert foretold.now == 0.0
    assert schedule_preview(trainer, experiment).now == 9.0


@pytest.mark.parametrize("name", SCHEDULES)
def test_it_reaches_further_than_the_run(name: str) -> None:
    experiment = SMALL.replace("schedule.name", name)
    trainer = Trainer(experiment)
    trainer.train(epochs=600)
    preview = schedule_preview(trainer, experiment)
    assert preview.epochs[0] == 0.0
    assert preview.epochs[-1] > 600
    assert np.all(np.diff(preview.epochs) > 0.0)
    assert np.isfinite(preview.rates).all()


def test_what_follows_the_loss_is_what_was() -> None:
    options = {"patience": 1.0, "threshold": 1.0}
    experiment = SMALL.replace("schedule.name", "reduce_on_plateau").replace("schedule.options", options)
    trainer = Trainer(experiment)
    trainer.train(epochs=9)
    preview = schedule_preview(trainer, experiment)
    np.testing.assert_array_equal(preview.rates[:-1], trainer.history.values("learning_rate"))
    assert preview.rates[-1] == preview.rates[-2] < preview.rates[0]
