"""What the lab on overfitting asks a visitor to try is what happens, on nine of ten seeds: each claim of the
lesson's text, word for word, with the measurement that it comes down to.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest

from playground.labs.overfitting.lab import LAB
from playground.labs.overfitting.settings import BASE
from playground.labs.overfitting.sweep import TURNS
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.overfitting import learnt_noise
from playground.training import Experiment, HiddenLayer, Trainer
from tests.properties import SEEDS, nearly_all

EPOCHS = 150  # that a visitor watches
TOGETHER = 3  # seeds of a sweep


class End(NamedTuple):
    """Of a run, after EPOCHS. lowest: its test loss on the way. noise: the part of the wrong labels that it
    has learnt.
    """

    train_loss: float
    test_loss: float
    lowest: float
    train_right: float
    test_error: float
    noise: float

    @property
    def gap(self) -> float:
        return self.test_loss - self.train_loss


@cache
def end(experiment: Experiment) -> End:
    trainer = Trainer(experiment, history_bytes=2**18)
    trainer.train(epochs=EPOCHS)
    metrics = trainer.frame.metrics
    return End(
        metrics["train_loss"],
        metrics["test_loss"],
        trainer.history.values("test_loss").min(),
        metrics["train_accuracy"],
        1.0 - metrics["test_accuracy"],
        learnt_noise(DataPass(NetworkCopy(trainer))),
    )


def base(seed: int) -> Experiment:
    return BASE.replace("seed", seed % 10)


def swept(knob: str, value: float, seed: int) -> float:
    """The test error at a value of the knob, as a mean over the seeds of a sweep from this one on."""
    assert value in TURNS[knob].values
    turned = (TURNS[knob].turn(base(seed + k), value) for k in range(TOGETHER))
    return sum(end(experiment).test_error for experiment in turned) / TOGETHER


def makes_a_u(seed: int) -> bool:
    none, middle, strong = (swept("l2", rate, seed) for rate in (0.0, 0.03, 0.3))
    return none > middle + 0.02 and strong > middle + 0.02


def more_points_help(seed: int) -> bool:
    few, some, many = (swept("points", count, seed) for count in (10, 40, 320))
    return few > some > many


def points_close_the_gap(seed: int) -> bool:
    clean = base(seed).replace("data.label_flips", 0.0)
    many = TURNS["points"].turn(base(seed), 320)
    return end(many).gap < 0.5 * min(end(base(seed)).gap, end(clean).gap)


def small(seed: int) -> Experiment:
    return base(seed).replace("network.layers", (HiddenLayer(4, "relu"),))


CLAIMS: dict[str, Callable[[int], bool]] = {
    "learns nearly all of them by heart": lambda seed: end(base(seed)).train_right >= 0.95,
    "**training loss** goes towards 0": lambda seed: end(base(seed)).train_loss < 0.15,
    "**test loss** rises": lambda seed: end(base(seed)).test_loss > 1.5 * end(base(seed)).lowest,
    "L2 makes a U": makes_a_u,
    "more points help": more_points_help,
    "which of the two closes the gap": points_close_the_gap,
    "one layer of 4 units: it learns half of the wrong labels at most": (
        lambda seed: end(small(seed)).noise <= 0.5 < end(base(seed)).noise + 0.25
    ),
    "perhaps not all of the pattern": lambda seed: end(small(seed)).train_right < end(base(seed)).train_right,
}


@pytest.mark.parametrize("words", CLAIMS)
def test_the_lesson_says_what_happens(words: str) -> None:
    assert words in LAB.lesson.see + LAB.lesson.try_this
    assert nearly_all(sum(CLAIMS[words](seed) for seed in SEEDS))


def test_claims_can_fail() -> None:
    """On the small network nothing is learnt by heart, and noise closes no gap."""
    assert end(small(0)).train_right < 0.95
    assert end(base(0)).gap > 2.0 * end(TURNS["points"].turn(base(0), 320)).gap
