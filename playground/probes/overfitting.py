"""How well a network fits its points, and whether that carries over to others.

All of it is measured up to the frame where the trainer stands: a run that went back is judged as it was then.
What counts as overfitting is what the advice of the main page counts as such.

Letters: B training points.
"""

from math import nan, sqrt
from typing import NamedTuple

import numpy as np

from playground.probes.advice.evidence import Evidence
from playground.probes.advice.fit import PATIENT, STILL, overfitting
from playground.probes.data_pass import DataPass
from playground.text import _

LEARNING, UNDERFITS, FITS, OVERFITS, FITS_NOISE, STOPPED, DIVERGED = range(7)
VERDICTS = (
    _("learning"),
    _("underfits"),
    _("fits"),
    _("overfits"),
    _("fits the noise"),
    _("stopped at its best"),
    _("diverged"),
)
LOW_SKILL = 0.3  # of the loss of a constant answer, what should be gone
BY_HEART = 0.5  # the part of the wrong labels above which it is the noise that is learnt


class Fit(NamedTuple):
    """best_epoch, best_loss: where the test loss was lowest so far, and how low. gap: test loss minus
    training loss. rise: the test loss over its lowest. noise: the part of the wrong training labels that the
    network gives as its answer; NaN if none is wrong. verdict: an index of VERDICTS.
    """

    best_epoch: float
    best_loss: float
    gap: float
    rise: float
    noise: float
    verdict: int


def fit(data: DataPass) -> Fit:
    """Judge the run up to now."""
    evidence = Evidence(data.trainer, data)
    test, metrics = evidence.course("test_loss"), evidence.frame.metrics
    best = int(np.argmin(test))
    best_epoch, best_loss = float(evidence.epochs[best]), float(test[best])
    noise = learnt_noise(data)
    return Fit(
        best_epoch,
        best_loss,
        gap=metrics["test_loss"] - metrics["train_loss"],
        rise=metrics["test_loss"] / max(best_loss, 1e-12),
        noise=noise,
        verdict=_verdict(evidence, noise),
    )


def _verdict(evidence: Evidence, noise: float) -> int:
    stopped = evidence.trainer.stopped
    if stopped is not None and stopped.kind in ("diverged", "early_stopping"):
        return DIVERGED if stopped.kind == "diverged" else STOPPED
    if overfitting(evidence) is not None:
        return FITS_NOISE if noise > BY_HEART else OVERFITS
    if evidence.skill < LOW_SKILL:
        settled = evidence.epoch >= PATIENT and evidence.fall(PATIENT) < STILL
        return UNDERFITS if settled else LEARNING
    return FITS


def learnt_noise(data: DataPass) -> float:
    """The part of the wrong training labels that the network gives as its answer; NaN if none is wrong."""
    wrong = data.bench.wrong_labels
    if not wrong.any():
        return nan
    y = data.trainer.train_data.y[wrong]
    return float(np.mean(data.task.predictions(data.outputs[wrong]).classes == y))


def weight_norm(data: DataPass) -> float:
    """The length of all weights and biases as one vector."""
    return sqrt(sum(norm * norm for norm in data.trainer.frame.weight_norms))
