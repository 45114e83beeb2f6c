"""The tasks of the lab on overfitting."""

from dataclasses import replace

from playground.labs.framework.lab import Task
from playground.player.scene import FrameContext
from playground.probes.overfitting import fit
from playground.text import _
from playground.training import Experiment

LATE, CLOSE = 200, 1.05  # an epoch, and the test loss over its lowest then


FEW = 25


def holds(moment: FrameContext) -> bool:
    """L2 alone keeps a network that could overfit from doing so."""
    experiment, metrics = moment.trainer.experiment, moment.frame.metrics
    alone = not _restrained(replace(experiment, regularization=type(experiment.regularization)()))
    tempted = moment.trainer.network.params.size >= 10 * len(moment.trainer.train_data)
    if not (experiment.regularization.l2 and alone and tempted and _noisy(experiment)):
        return False
    return (
        moment.frame.epoch >= LATE
        and metrics["train_accuracy"] >= 0.85
        and moment.data.info(fit).rise <= CLOSE
    )


def _restrained(experiment: Experiment) -> bool:
    """Whether anything keeps the weights, units or labels of a network down."""
    layers = experiment.network.layers
    return (
        experiment.regularization != type(experiment.regularization)()
        or experiment.loss.label_smoothing > 0.0
        or experiment.stopping.patience > 0
        or any(layer.dropout or layer.normalization != "none" for layer in layers)
    )


def _noisy(experiment: Experiment) -> bool:
    return experiment.data.noise >= 0.2 and experiment.data.label_flips >= 0.1


def overfits_badly(moment: FrameContext) -> bool:
    """Everything is learnt by heart, and little of it holds elsewhere."""
    metrics, wrong = moment.frame.metrics, moment.data.bench.wrong_labels
    return wrong.sum() >= 4 and metrics["train_accuracy"] == 1.0 and metrics["test_accuracy"] < 0.7


def learns_from_few(moment: FrameContext) -> bool:
    few = len(moment.trainer.train_data) <= FEW and _noisy(moment.trainer.experiment)
    return few and moment.frame.metrics["test_accuracy"] >= 0.92


TASKS = (
    Task(
        "hold",
        _(
            "With L2 alone, hold the test loss within 5 % of its lowest at epoch {late} or later, with at "
            "least 85 % of the training points right. (Noise 0.2 and 10 % wrong labels or more.)"
        ).format(late=LATE),
        _(
            "Too weak, and the test loss creeps up; too strong, and the training points are not learnt. Look "
            "at the sweep over L2 first."
        ),
        holds,
    ),
    Task(
        "by_heart",
        _(
            "Overfit on purpose: all training points right, at least 4 wrong labels among them, and fewer "
            "than 70 % of the test points right."
        ),
        _("No remedy, and more labels that are wrong: the network learns each of them."),
        overfits_badly,
    ),
    Task(
        "few",
        _(
            "Reach 92 % test accuracy with {few} training points or fewer. (Noise 0.2 and 10 % wrong labels "
            "or more.)"
        ).format(few=FEW),
        _("So few points need a strong remedy, and the best epoch may come early: scrub back to it."),
        learns_from_few,
    ),
)
