"""Rules about the steps that training takes: too long, too short, cut down, carried on for too long.

A rule takes the Evidence and returns a Finding, or None. Letters: L weight layers.
"""

from functools import cache

import numpy as np

from playground.nn import OPTIMIZERS
from playground.probes.advice import remedies
from playground.probes.advice.evidence import TREND, Evidence
from playground.probes.advice.message import Finding, Fix, Severity
from playground.probes.advice.signals import LEARNT, WILD_STEP
from playground.text import _, percent
from playground.training.objectives.supervised import lower_rate, momentum_of

UNREST = 0.05  # the mean rise of the loss a frame, as a part of the loss
HALF = 0.5  # a skill that is well on its way
BRISK = 0.1  # a loss that falls by this much in TREND epochs needs no haste
STEADY = 0.0005  # and one that falls by less may have arrived where it can get
HARMED = -0.02  # a skill below that of the same answer for all
LARGE_STEP, SMALL_STEP = 1e-2, 4e-4  # updates over weights; near 1e-3 is sound (Karpathy 2015)
USUAL_STEP = 1e-3
NEAR, STRAIGHT = 0.05, 0.7  # a way over TREND: short as a part of the weights, and without turning back
CARRIED = 0.95  # momentum above the usual 0.9
CUT = 0.1  # what clipping or a schedule leaves of a step, where it is little


def diverged(e: Evidence) -> Finding | None:
    """The run has stopped because its numbers were no longer finite; the trainer has measured why."""
    stopped = e.trainer.stopped
    if stopped is None or not e.diverged:
        return None
    values = {
        "epoch": e.frame.epoch,
        "learning_rate": e.frame.learning_rate,
        "gradient": max(e.frame.gradient_norms),
    }
    return Finding(Severity.PROBLEM, stopped.reason, values, _calm(e))


def _calm(e: Evidence) -> Fix | None:
    """What keeps the numbers finite: a weaker pull, sounder first weights, or smaller steps."""
    rates, lr = e.experiment.regularization, e.experiment.optimizer.lr
    if lr * max(rates.l2, rates.weight_decay) > 2.0:  # w (1 - pull) is longer than w
        return remedies.unrestrained(e.experiment)
    slower = remedies.at_rate(lower_rate(e.experiment), e.experiment)
    if max(e.trainer.history[0].gradient_norms) < remedies.EXPLODING:
        return slower
    return remedies.both(remedies.tamed(e), slower)


def momentum(e: Evidence) -> Finding | None:
    """Steps that are carried on for so long that they run past every valley."""
    kept = momentum_of(e.experiment)
    if kept < CARRIED or not _restless(e):
        return None
    memory = 1.0 / (1.0 - kept)
    sentence = _(
        "Momentum {momentum:g} carries each step on for about {memory:.0f} more: from frame to frame the "
        "training loss jumps up by {unrest} on average, and it is {loss:.3g}, where always giving the same "
        "answer makes {constant_loss:.3g}."
    ).format(
        momentum=kept,
        memory=memory,
        unrest=percent(e.unrest),
        loss=e.frame.metrics["train_loss"],
        constant_loss=e.constant_loss,
    )
    values = {"momentum": kept, "memory": memory, "unrest": e.unrest}
    return Finding(Severity.WARNING, sentence, values, remedies.less_momentum(e.experiment))


def rate_too_high(e: Evidence) -> Finding | None:
    """The training loss goes up and down while the steps are large, and it is still high."""
    step = float(e.steps.max())
    if step < LARGE_STEP or not _restless(e):
        return _thrown_away(e)
    sentence = _(
        "The learning rate is too high: each step changes the weights by {step}, where about "
        "{usual_step} is sound, and from frame to frame the training loss jumps up by {unrest} "
        "on average."
    ).format(step=percent(step, 1), usual_step=percent(USUAL_STEP, 1), unrest=percent(e.unrest))
    values = {"step": step, "unrest": e.unrest, "learning_rate": e.frame.learning_rate}
    return Finding(Severity.WARNING, sentence, values, remedies.slower(e.experiment, step))


def _thrown_away(e: Evidence) -> Finding | None:
    """A loss above that of the same answer for all, after steps that can throw units beyond all points."""
    step, loss = float(e.course("update_ratios").max()), e.frame.metrics["train_loss"]
    if step < WILD_STEP or e.skill >= HARMED:
        return None
    sentence = _(
        "The learning rate is too high: the largest step changed the weights of a layer by {step}, where "
        "about {usual_step} is sound, and the training loss is {loss:.3g}, above the {constant_loss:.3g} "
        "that always giving the same answer makes."
    ).format(step=percent(step), usual_step=percent(USUAL_STEP, 1), loss=loss, constant_loss=e.constant_loss)
    values = {"step": step, "train_loss": loss, "learning_rate": e.frame.learning_rate}
    return Finding(Severity.WARNING, sentence, values, remedies.slower(e.experiment, step))


def _restless(e: Evidence) -> bool:
    return e.unrest >= UNREST and e.skill < LEARNT


def decayed(e: Evidence) -> Finding | None:
    """The schedule has brought the rate down before the network had learnt."""
    step, rates = float(e.steps.max()), e.course("learning_rate")
    now, top = float(rates[-1]), float(rates.max())
    wild = float(e.course("update_ratios").max()) >= WILD_STEP  # then the first rate was no better
    if now > CUT * top or step >= SMALL_STEP or wild or e.skill >= e.expected_skill:
        return None
    sentence = _(
        "The schedule has brought the learning rate down too early, from {top:.2g} to {now:.2g}: a step now "
        "changes the weights by {step} at most, and the training loss is {loss:.3g}, where always giving the "
        "same answer makes {constant_loss:.3g}."
    ).format(
        top=top,
        now=now,
        step=percent(step, 2),
        loss=e.frame.metrics["train_loss"],
        constant_loss=e.constant_loss,
    )
    fix = Fix(_("Constant learning rate"), {"schedule.name": "constant"})
    return Finding(Severity.WARNING, sentence, {"top": top, "now": now, "step": step}, fix)


def clipped(e: Evidence) -> Finding | None:
    """The gradient is cut down so far that the steps it makes are tiny."""
    rates, step, length = e.experiment.regularization, float(e.steps.max()), e.gradient
    if not follows_gradient(e.experiment.optimizer.name):
        return None
    bounds = [rates.clip_norm] if rates.clip_norm else []
    if rates.clip_value:  # the longest that a vector of such entries can be
        bounds.append(rates.clip_value * float(np.sqrt(e.trainer.network.params.size)))
    if not bounds or min(bounds) > CUT * length or step >= SMALL_STEP or e.skill >= e.expected_skill:
        return None
    bound = min(bounds)
    sentence = _(
        "Clipping cuts too much: the gradient is {length:.2g} long and may be {bound:.2g} at most, so a step "
        "changes the weights by {step}, where about {usual_step} is sound."
    ).format(length=length, bound=bound, step=percent(step, 2), usual_step=percent(USUAL_STEP, 1))
    values = {"length": length, "bound": bound, "step": step}
    fix = Fix(_("No clipping"), {"regularization.clip_norm": 0.0, "regularization.clip_value": 0.0})
    return Finding(Severity.WARNING, sentence, values, fix)


@cache
def follows_gradient(name: str) -> bool:
    """Whether a step of an optimizer is as much longer as the gradient is; others divide its size out."""
    lengths = []
    for size in (1.0, 10.0):
        optimizer = OPTIMIZERS[name](1, lr=1e-3)
        params = np.zeros(1)
        optimizer.step(params, np.array([size]))
        lengths.append(abs(float(params[0])))
    return lengths[1] > 5.0 * lengths[0]


def rate_too_low(e: Evidence) -> Finding | None:
    """The loss is high and falls, but the weights creep, and always in the same direction."""
    step, fall = float(e.steps.max()), e.fall(TREND)
    if step >= USUAL_STEP or e.skill >= min(HALF, e.expected_skill) or not STEADY < fall < BRISK:
        return None
    (way, straight), told = e.travel, e.plain_fall(TREND)
    if told <= 0.0 or way >= NEAR or straight < STRAIGHT:
        return None
    sentence = _(
        "The learning rate is too low: in {trend:.0f} epochs the weights moved by {way} of their length, "
        "{straight} of it straight ahead, and the training loss fell by only {fall}."
    ).format(trend=TREND, way=percent(way, 1), straight=percent(straight), fall=percent(told, 1))
    values = {"way": way, "straight": straight, "fall": told, "learning_rate": e.frame.learning_rate}
    return Finding(Severity.WARNING, sentence, values, remedies.faster(e.experiment))
