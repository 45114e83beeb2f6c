"""Rules about the points: what the inputs tell of them, how many there are, what their labels are worth.

A rule takes the Evidence and returns a Finding, or None. Letters: B training points, C classes.
"""

from math import sqrt

import numpy as np

from playground.arrays import Array
from playground.datasets import DATASETS
from playground.probes.activation_view import saturation
from playground.probes.advice import remedies
from playground.probes.advice.evidence import LOW_SKILL, TREND, Evidence
from playground.probes.advice.message import Finding, Fix, Severity
from playground.text import _, all_of, ngettext, percent

MEMORISED = 0.75  # of the wrong labels, those that the network gives
MORE = 0.25  # than a network gives that is as often wrong on test points
FEW_WRONG = 4
FEW_POINTS = 60
GAP = 0.1  # between training and test, in accuracy, or in loss over the constant loss
SURE = 2.0  # standard errors
SOME_SKILL = 0.1  # without it nothing has been learnt that could carry over
IMBALANCE = 4.0  # the most frequent class over the rarest
RECALL = 0.8
HARMED = -0.02  # a skill below that of the same answer for all
UNREST = 0.05  # the mean rise of the loss a frame, as a part of the loss
STUCK_LAYER = 0.5  # of the first layer's units
LARGE_INPUT = 5.0  # the root mean square of an input, where 1 is usual
NEIGHBOURS = 5
TELLS = 0.5  # of the classes or the variance, without which nothing is missed
BRISK = 0.1  # a loss that falls by this much in TREND epochs
MISSED = 0.15  # what the inputs tell less than x and y do
MOST_COMPARED = 600  # points, each with each
CONTRADICTED = 0.05  # of the points


def unscaled_inputs(e: Evidence) -> Finding | None:
    """An input is large because it is not standardised, and the network has not learnt much yet."""
    experiment = e.experiment
    noisy = experiment.regularization.input_noise  # which would be large beside inputs of size 1
    stuck = e.data.info(saturation).saturated[:1].sum() >= STUCK_LAYER
    harmed = e.skill <= HARMED or e.unrest >= UNREST or stuck
    if experiment.features.standardize or noisy or not harmed or e.skill >= LOW_SKILL:
        return None
    largest = int(np.argmax(e.input_sizes))
    size, label = float(e.input_sizes[largest]), e.trainer.task.features.labels[largest]
    if size < LARGE_INPUT:
        return None
    sentence = _(
        "The inputs are not standardised: {input} is {size:.2g} in size, where 1 is usual, so the gradient "
        "of its weights is as much larger. The training loss is {loss:.3g}, where always giving the same "
        "answer makes {constant_loss:.3g}."
    ).format(input=label, size=size, loss=e.frame.metrics["train_loss"], constant_loss=e.constant_loss)
    fix = Fix(_("Standardised inputs"), {"features.standardize": True})
    return Finding(Severity.WARNING, sentence, {"size": size}, fix)


def missing_input(e: Evidence) -> Finding | None:
    """Points that the inputs cannot tell apart, while x and y could."""
    chosen = e.experiment.features.inputs
    missing = tuple(name for name in ("x", "y") if name not in chosen)
    waits = e.fall(TREND) < BRISK  # a loss that falls may still get there
    if not missing or not waits or not 0.0 <= e.skill < LOW_SKILL or e.n_train < 6 * NEIGHBOURS:
        return None
    seen, told = (_told(e, _standardised(inputs)) for inputs in (e.data.bench.inputs, e.trainer.train_data.x))
    if told < TELLS or told - seen < MISSED or _reached(e) > seen + MISSED:
        return None
    sentence = (
        _(
            "The inputs tell too little: guessed from the {k} points that are most alike, {seen} of the "
            "classes are right with these inputs, and {told} with x and y."
        )
        if e.trainer.task.n_classes
        else _(
            "The inputs tell too little: guessed from the {k} points that are most alike, {seen} of the "
            "values' variance is explained with these inputs, and {told} with x and y."
        )
    ).format(k=NEIGHBOURS, seen=percent(max(seen, 0.0)), told=percent(max(told, 0.0)))
    label = ngettext("Input {names} as well", "Inputs {names} as well", len(missing)).format(
        names=all_of(missing)
    )
    fix = Fix(label, {"features.inputs": (*missing, *chosen)})
    return Finding(Severity.WARNING, sentence, {"seen": seen, "told": told}, fix)


def _standardised(inputs: Array) -> Array:
    return (inputs - inputs.mean(axis=0)) / np.maximum(inputs.std(axis=0), 1e-12)


def _told(e: Evidence, inputs: Array) -> float:
    """The part of the classes, or of the variance of the values, that the NEIGHBOURS nearest other points
    tell (Fix and Hodges 1951). inputs: (B, n), of the training points.
    """
    inputs, y = inputs[:MOST_COMPARED], e.trainer.train_data.y[:MOST_COMPARED]
    far = ((inputs[:, None, :] - inputs) ** 2).sum(axis=2)
    np.fill_diagonal(far, np.inf)
    near = y[np.argpartition(far, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]]
    if not e.trainer.task.n_classes:
        return 1.0 - float(((near.mean(axis=1) - y) ** 2).mean() / max(y.var(), 1e-12))
    votes = (near[:, :, None] == np.arange(e.trainer.task.n_classes)).sum(axis=1)
    return float((votes.argmax(axis=1) == y).mean())


def _reached(e: Evidence) -> float:
    """What the network gets right, on the same scale as `_told`."""
    if e.trainer.task.n_classes:
        return e.frame.metrics["train_accuracy"]
    return e.skill


def contradictions(e: Evidence) -> Finding | None:
    """Points that look the same to the network and have different classes."""
    if not e.trainer.task.n_classes:
        return None
    alike = np.unique(e.data.bench.inputs, axis=0, return_inverse=True)[1].ravel()
    table = np.zeros((alike.max() + 1, e.trainer.task.n_classes), int)
    np.add.at(table, (alike, e.trainer.train_data.y), 1)
    lost = int(e.n_train - table.max(axis=1).sum())
    if lost < CONTRADICTED * e.n_train:
        return None
    sentence = _(
        "Some training points look exactly like one of another class to the network, so it cannot get more "
        "than {bound} of them right: {lost} of {n_train} are lost."
    ).format(bound=percent(1.0 - lost / e.n_train), lost=lost, n_train=e.n_train)
    return Finding(Severity.NOTE, sentence, {"lost": lost, "points": e.n_train})


def unseen_class(e: Evidence) -> Finding | None:
    """A class of the test points that has no training point."""
    if not e.trainer.task.n_classes:
        return None
    tested = np.bincount(e.trainer.test_data.y, minlength=len(e.class_counts))
    unseen = np.flatnonzero((e.class_counts == 0) & (tested > 0))
    if not len(unseen):
        return None
    points = int(tested[unseen].sum())
    sentence = ngettext(
        "No training point is of class {names}, so the network cannot learn it: {points} test point is of "
        "a class it has never seen.",
        "No training point is of class {names}, so the network cannot learn it: {points} test points are of "
        "a class it has never seen.",
        points,
    ).format(names=all_of([e.experiment.data.labels[k] for k in unseen]), points=points)
    fix = remedies.more_points(e.experiment) or remedies.more_training(e.experiment)
    return Finding(Severity.WARNING, sentence, {"classes": len(unseen), "points": points}, fix)


def memorised_labels(e: Evidence) -> Finding | None:
    """More training labels are right than a network could get that does not know the wrong ones by heart."""
    if not e.trainer.task.n_classes:
        return None
    accuracy, test_accuracy = (e.frame.metrics[name] for name in ("train_accuracy", "test_accuracy"))
    given, wrong = e.learnt_wrong
    by_chance = max(MEMORISED, 1.0 - test_accuracy + MORE)  # one that is often wrong gives many by chance
    random = not DATASETS[e.experiment.data.dataset].learnable
    if random and accuracy >= 0.5 + max(4.0 * sqrt(0.25 / e.n_train), 0.15):
        sentence = _(
            "The network is learning labels by heart: the labels are random, so no rule gets much more than "
            "half of them right, but it gets {training} right in training and {test} on test points."
        )
    elif not random and wrong >= FEW_WRONG and given >= by_chance * wrong:
        sentence = _(
            "The network is learning labels by heart: {given} of the {wrong} wrong labels in the training "
            "data are what it answers there. It gets {training} right in training and {test} on test points."
        )
    else:
        return None
    sentence = sentence.format(
        given=given, wrong=wrong, training=percent(accuracy), test=percent(test_accuracy)
    )
    values = {"train_accuracy": accuracy, "test_accuracy": test_accuracy, "given": given, "wrong": wrong}
    fix = (remedies.stopped_early(e.experiment) if random else None) or remedies.restrained(e)
    return Finding(Severity.WARNING, sentence, values, fix)


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
    if e.n_train >= FEW_POINTS or e.n_train >= parameters or e.skill < SOME_SKILL:
        return None
    gap = (metrics["test_loss"] - metrics["train_loss"]) / e.constant_loss
    if e.trainer.task.n_classes:
        train, test = metrics["train_accuracy"], metrics["test_accuracy"]
        error = sqrt(train * (1.0 - train) / e.n_train + test * (1.0 - test) / len(e.trainer.test_data))
        gap = min(gap, train - test if train - test >= SURE * error else 0.0)
        seen, new = percent(train), percent(test)
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
    rare, common = int(np.argmin(np.where(counts > 0, counts, e.n_train))), int(np.argmax(counts))
    recall = float(e.recalls[rare])
    if counts[common] < IMBALANCE * counts[rare] or recall >= RECALL:
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
