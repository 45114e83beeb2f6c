"""How a run stands, in plain words, for when there is nothing to advise."""

from playground.probes.advice.evidence import TREND, Evidence
from playground.probes.data_pass import DataPass
from playground.text import _, percent
from playground.training import Trainer

MOVED = 0.02  # a loss that changed by less than this part of itself has hardly moved


def standing(trainer: Trainer, data: DataPass | None = None) -> str:
    """One sentence about the frame where the trainer stands, from its numbers; empty before training.

    data: a pass of the network as it is now, where one is at hand.
    """
    evidence = Evidence(trainer, data)
    if evidence.frame.index == 0 or evidence.diverged:
        return ""
    metrics = evidence.frame.metrics
    gaps = {
        "loss": f"{metrics['train_loss']:.3g}",
        "constant": f"{evidence.constant_loss:.3g}",
        "test_loss": f"{metrics['test_loss']:.3g}",
        "trend": f"{TREND:.0f}",
        "moved": percent(abs(evidence.plain_fall(TREND))),
    }
    if "train_accuracy" in metrics:
        gaps |= {
            "training": percent(metrics["train_accuracy"], 1),
            "test": percent(metrics["test_accuracy"], 1),
        }
        return _of_classes(evidence).format(**gaps)
    return _of_values(evidence).format(**gaps)


def _of_classes(e: Evidence) -> str:
    if e.epoch < TREND:
        return _("The network gets {training} of the training points right, and {test} of the test points.")
    if e.plain_fall(TREND) >= MOVED:
        return _(
            "The network gets {training} of the training points right, and {test} of the test points; in "
            "{trend} epochs the training loss fell by {moved}."
        )
    if e.plain_fall(TREND) <= -MOVED:
        return _(
            "The network gets {training} of the training points right, and {test} of the test points; in "
            "{trend} epochs the training loss rose by {moved}."
        )
    return _(
        "The network gets {training} of the training points right, and {test} of the test points; in {trend} "
        "epochs the training loss has hardly moved."
    )


def _of_values(e: Evidence) -> str:
    if e.epoch < TREND:
        return _(
            "The training loss is {loss}, where always giving the same answer makes {constant}; the test "
            "loss is {test_loss}."
        )
    if e.plain_fall(TREND) >= MOVED:
        return _(
            "The training loss is {loss}, where always giving the same answer makes {constant}; the test "
            "loss is {test_loss}. In {trend} epochs the training loss fell by {moved}."
        )
    if e.plain_fall(TREND) <= -MOVED:
        return _(
            "The training loss is {loss}, where always giving the same answer makes {constant}; the test "
            "loss is {test_loss}. In {trend} epochs the training loss rose by {moved}."
        )
    return _(
        "The training loss is {loss}, where always giving the same answer makes {constant}; the test loss is "
        "{test_loss}. In {trend} epochs the training loss has hardly moved."
    )
