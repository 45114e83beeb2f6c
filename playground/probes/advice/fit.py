"""Rules about how well a network fits its points, and about the points themselves.

A rule takes the Evidence and returns a Finding, or None.
"""

import numpy as np

from playground.datasets import DATASETS
from playground.probes.advice import remedies
from playground.probes.advice.evidence import Evidence
from playground.probes.advice.message import Finding, Fix, Severity
from playground.text import _, all_of, percent

PATIENT = 20.0  # epochs in which a loss must have stood still to be called flat
STILL = 0.02  # a loss that fell by less than this part of itself stood still
LOW_SKILL, LOW_SKILL_NOISY = 0.6, 0.1  # what a network should reach; how noise limits it, nobody knows
SHRUNK = 0.5  # the weights over their first size, under a penalty
RISE = 1.25  # over-fitting: the test loss over its least
RISE_PART = 0.1  # and how far it lies above its least, as a part of the constant loss
OVERFIT_AFTER = 5  # epochs since the least test loss
FEW_TEST_POINTS = 10  # one of them alone would move the test loss by a tenth or more
MEMORISED = 0.2  # of the wrong labels
FEW_POINTS = 60
GAP = 0.1  # between training and test, in accuracy, or in loss over the constant loss
IMBALANCE = 4.0  # the most frequent class over the rarest
RECALL = 0.8
LARGE_INPUT = 5.0  # the root mean square of an input, where 1 is usual


def over_regularised(e: Evidence) -> Finding | None:
    """Penalties have shrunk the weights, and the network has learnt hardly anything."""
    rates = e.experiment.regularization
    active = [name for name in remedies.PENALTIES if getattr(rates, name)]
    first = float(np.sum(e.trainer.history[0].weight_norms))
    shrunk = float(np.sum(e.frame.weight_norms)) / max(first, 1e-12)
    if not active or e.skill >= _reachable(e) or shrunk >= SHRUNK:
        return None
    names = {"l1": _("L1"), "l2": _("L2"), "weight_decay": _("weight decay")}
    loss = e.frame.metrics["train_loss"]
    sentence = _(
        "The regularisation is too strong ({active}): the weights are down to {shrunk} of their first "
        "size, and the training loss is {loss:.3g}, where always giving the same answer makes "
        "{constant_loss:.3g}."
    ).format(
        active=all_of([names[name] for name in active]),
        shrunk=percent(shrunk),
        loss=loss,
        constant_loss=e.constant_loss,
    )
    values = {"shrunk": shrunk, "train_loss": loss, "constant_loss": e.constant_loss}
    return Finding(Severity.WARNING, sentence, values, remedies.unrestrained(e.experiment))


def unscaled_inputs(e: Evidence) -> Finding | None:
    """An input is large because it is not standardised, and the network has not learnt much yet."""
    if e.experiment.features.standardize or e.skill >= LOW_SKILL:
        return None
    largest = int(np.argmax(e.input_sizes))
    size, label = float(e.input_sizes[largest]), e.trainer.task.features.labels[largest]
    if size < LARGE_INPUT:
        return None
    sentence = _(
        "The inputs are not standardised: {input} is {size:.2g} in size, where 1 is usual, so its weights "
        "get far larger gradients than the others."
    ).format(input=label, size=size)
    fix = Fix(_("Standardised inputs"), {"features.standardize": True})
    return Finding(Severity.WARNING, sentence, {"size": size}, fix)


def underfitting(e: Evidence) -> Finding | None:
    """The training loss is high and flat."""
    loss, fall = e.frame.metrics["train_loss"], e.fall(PATIENT)
    if e.skill >= _reachable(e) or fall >= STILL or e.unrest >= STILL:
        return None
    sentence = (
        _(
            "The network is under-fitting: its training loss of {loss:.3g} is {part} of what always "
            "giving the same answer makes, and in {patient:.0f} epochs it fell by only {fall}."
        )
        if fall > 0.0005
        else _(
            "The network is under-fitting: its training loss of {loss:.3g} is {part} of what always "
            "giving the same answer makes, and in {patient:.0f} epochs it did not fall."
        )
    ).format(loss=loss, part=percent(loss / e.constant_loss), patient=PATIENT, fall=percent(fall, 1))
    values = {"train_loss": loss, "constant_loss": e.constant_loss, "fall": fall}
    fix = remedies.unrestrained(e.experiment) or remedies.larger(e.experiment)
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
    ).format(since=since, least=least, risen=risen, epoch=e.epoch, now=now, train=train[best], learnt=learnt)
    values = {"since": since, "risen": risen, "test_loss": now, "least": least}
    return Finding(Severity.WARNING, sentence, values, remedies.restrained(e.experiment))


def memorised_labels(e: Evidence) -> Finding | None:
    """More training labels are right than a network could get that does not know the wrong ones by heart."""
    if not e.trainer.task.n_classes:
        return None
    data, accuracy = e.experiment.data, e.frame.metrics["train_accuracy"]
    if not DATASETS[data.dataset].learnable:
        bound, spread = 0.5, max(4.0 * np.sqrt(0.25 / e.n_train), 0.15)
        cause = _("the labels are random, so no rule gets much more than 50% right")
    else:
        bound, spread = 1.0 - data.label_flips, max(MEMORISED * data.label_flips, 2.5 / e.n_train)
        cause = _("{label_flips} of the labels are wrong, so the true rule gets {bound} right").format(
            label_flips=percent(data.label_flips), bound=percent(bound)
        )
    if bound == 1.0 or accuracy < bound + spread:
        return None
    sentence = _(
        "The network is learning labels by heart: {cause}, but it gets {training} right in training and "
        "{test} on test points."
    ).format(cause=cause, training=percent(accuracy), test=percent(e.frame.metrics["test_accuracy"]))
    values = {"train_accuracy": accuracy, "bound": bound, "test_accuracy": e.frame.metrics["test_accuracy"]}
    return Finding(Severity.WARNING, sentence, values, remedies.restrained(e.experiment))


_FEW_POINTS_ACCURACY = _(
    "There are few training points, {n_train} for {parameters} parameters: the accuracy is {seen} on "
    "them and {new} on test points, so what was learnt does not carry over."
)
_FEW_POINTS_LOSS = _(
    "There are few training points, {n_train} for {parameters} parameters: the loss is {seen} on them "
    "and {new} on test points, so what was learnt does not carry over."
)


def few_points(e: Evidence) -> Finding | None:
    """Few training points, more parameters than points, and results that do not carry over to the test."""
    parameters, metrics = e.trainer.network.params.size, e.frame.metrics
    if e.n_train >= FEW_POINTS or e.n_train >= parameters:
        return None
    gap = (metrics["test_loss"] - metrics["train_loss"]) / e.constant_loss
    if e.trainer.task.n_classes:
        gap = min(gap, metrics["train_accuracy"] - metrics["test_accuracy"])
        seen, new = percent(metrics["train_accuracy"]), percent(metrics["test_accuracy"])
        sentence = _FEW_POINTS_ACCURACY
    else:
        seen, new = f"{metrics['train_loss']:.3g}", f"{metrics['test_loss']:.3g}"
        sentence = _FEW_POINTS_LOSS
    if gap < GAP:
        return None
    sentence = sentence.format(n_train=e.n_train, parameters=parameters, seen=seen, new=new)
    values = {"points": e.n_train, "parameters": parameters, "gap": gap}
    return Finding(Severity.NOTE, sentence, values, remedies.more_points(e.experiment))


def imbalance(e: Evidence) -> Finding | None:
    """One class is much rarer than another, and the network gets it wrong more often."""
    if not e.trainer.task.n_classes:
        return None
    counts = e.class_counts
    rare, common = int(np.argmin(counts)), int(np.argmax(counts))
    recall = float(e.recalls[rare])
    if counts[common] < IMBALANCE * max(counts[rare], 1) or recall >= RECALL:
        return None
    names = e.experiment.data.labels
    sentence = _(
        "The classes are unbalanced: {n} of the {n_train} training points are of class {rare}, and the "
        "network gets {recall} of them right. Always answering class {common} would be right for "
        "{share}, so accuracy says little here."
    ).format(
        n=counts[rare],
        n_train=e.n_train,
        rare=names[rare],
        recall=percent(recall),
        common=names[common],
        share=percent(counts[common] / e.n_train),
    )
    values = {"rare": int(counts[rare]), "common": int(counts[common]), "recall": recall}
    return Finding(Severity.NOTE, sentence, values)


def _reachable(e: Evidence) -> float:
    """The skill below which something must be wrong."""
    data = e.experiment.data
    if not DATASETS[data.dataset].learnable:
        return 0.0
    noisy = data.noise or data.label_flips or "noise" not in DATASETS[data.dataset].takes
    return LOW_SKILL_NOISY if noisy else LOW_SKILL
