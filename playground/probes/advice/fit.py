"""Rules about how well a network fits its points.

A rule takes the Evidence and returns a Finding, or None.
"""

import numpy as np

from playground.nn import ACTIVATIONS
from playground.probes.advice import remedies
from playground.probes.advice.evidence import Evidence
from playground.probes.advice.message import Finding, Fix, Severity
from playground.probes.advice.signals import LEARNT, WILD_STEP
from playground.text import _, percent

PATIENT = 20.0  # epochs in which a loss must have stood still to be called flat
STILL = 0.02  # a loss that fell by less than this part of itself stood still
RIGHT = 0.95  # of the training points: such a network does not under-fit, whatever its loss
RISE = 1.25  # over-fitting: the test loss over its least
RISE_PART = 0.1  # and how far it lies above its least, as a part of the constant loss
OVERFIT_AFTER = 5  # epochs since the least test loss
FEW_TEST_POINTS = 10  # one of them alone would move the test loss by a tenth or more
FAR_OUT = 1e6  # where an activation has reached what it can
OUT_OF_REACH = 0.05  # of the training values


def out_of_reach(e: Evidence) -> Finding | None:
    """The activation of the outputs cannot give the values that are asked for."""
    name = e.trainer.task.output_activation
    if e.skill >= LEARNT or name == "linear":
        return None
    ends = np.sort(ACTIVATIONS[name].value(np.array([-FAR_OUT, FAR_OUT])))
    targets = e.data.bench.targets
    outside = int(np.count_nonzero((targets < ends[0]).any(axis=1) | (targets > ends[1]).any(axis=1)))
    if outside < OUT_OF_REACH * e.n_train:
        return None
    sentence = _(
        "The outputs cannot reach what is asked for: {activation} stays between {low:g} and {high:g}, and "
        "{outside} of the {n_train} training values lie outside, from {least:.3g} to {most:.3g}."
    ).format(
        activation=ACTIVATIONS[name].label,
        low=ends[0],
        high=ends[1],
        outside=outside,
        n_train=e.n_train,
        least=targets.min(),
        most=targets.max(),
    )
    fix = Fix(_("Linear outputs"), {"network.output": "linear"})
    return Finding(Severity.PROBLEM, sentence, {"outside": outside, "points": e.n_train}, fix)


def underfitting(e: Evidence) -> Finding | None:
    """The training loss is high and flat."""
    loss, fall, told = e.frame.metrics["train_loss"], e.fall(PATIENT), e.plain_fall(PATIENT)
    restless = e.unrest >= STILL or e.steps.max() >= WILD_STEP
    if not 0.0 <= e.skill < e.expected_skill or fall >= STILL or restless:
        return None
    if e.frame.metrics.get("train_accuracy", 0.0) >= RIGHT:
        return None
    sentence = (
        _(
            "The network is under-fitting: its training loss of {loss:.3g} is {part} of what always "
            "giving the same answer makes, and in {patient:.0f} epochs it fell by only {fall}."
        )
        if told > 0.0005
        else _(
            "The network is under-fitting: its training loss of {loss:.3g} is {part} of what always "
            "giving the same answer makes, and in {patient:.0f} epochs it did not fall."
        )
    ).format(
        loss=loss, part=percent(loss / e.constant_loss), patient=PATIENT, fall=percent(max(told, 0.0), 1)
    )
    values = {"train_loss": loss, "constant_loss": e.constant_loss, "fall": told}
    fix = remedies.larger(e.experiment) or remedies.unrestrained(e.experiment)
    return Finding(Severity.WARNING, sentence, values, fix)


def overfitting(e: Evidence) -> Finding | None:
    """The test loss has risen from its least while the training loss went on falling."""
    test, train = e.course("test_loss"), e.course("train_loss")
    best = int(np.argmin(test))
    now, learnt = float(np.median(test[-3:])), float(np.median(train[-3:]))
    least = float(test[best])
    risen, gap = now / max(least, 1e-12), now - least
    late = e.epoch - e.epochs[best] >= OVERFIT_AFTER
    clear = risen >= RISE and gap >= RISE_PART * e.constant_loss and learnt < 0.9 * train[best]
    if len(e.trainer.test_data) < FEW_TEST_POINTS or not (late and clear):
        return None
    since = int(e.epochs[best])
    sentence = _(
        "The network has been over-fitting since epoch {since}: the test loss was lowest there ({least:.3g}) "
        "and was {risen:.1f} times as high around epoch {epoch} ({now:.3g}), while the training loss went "
        "from {train:.3g} to {learnt:.3g}."
    ).format(
        since=since, least=least, risen=risen, epoch=int(e.epoch), now=now, train=train[best], learnt=learnt
    )
    values = {"since": since, "risen": risen, "test_loss": now, "least": least}
    return Finding(Severity.WARNING, sentence, values, remedies.restrained(e))
