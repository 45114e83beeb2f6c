"""Why did this happen? Messages about a run, each from numbers measured on it.

    for item in advice(trainer): item.sentence, item.fix

A message without its measurement is never given, nor one in the first epochs, when it would be noise.
"""

from collections.abc import Callable
from typing import NamedTuple

from playground.probes.advice import fit, points, restraints, signals, steps
from playground.probes.advice.evidence import Evidence
from playground.probes.advice.message import Advice, Finding, Fix, Severity
from playground.probes.data_pass import DataPass
from playground.training import Trainer

__all__ = ["MOST", "RULES", "Advice", "Fix", "Severity", "advice"]

MOST = 4  # messages at once


class Rule(NamedTuple):
    """find: Evidence -> Finding or None. start: the first epoch it looks at. unless: rules that, when they
    have found something, already explain what this one would find.
    """

    find: Callable[[Evidence], Finding | None]
    start: int = 0
    unless: tuple[str, ...] = ()


TOO_FAR = ("diverged", "momentum", "rate_too_high")
HELD_BACK = ("over_regularised", "max_norm", "input_noise", "dropout", "tiny_batches")
CUT_DOWN = ("decayed", "clipped")

RULES: dict[str, Rule] = {
    "diverged": Rule(steps.diverged),
    "symmetric": Rule(signals.symmetric, unless=("diverged",)),
    "exploding": Rule(signals.exploding),
    "momentum": Rule(steps.momentum, start=5, unless=("diverged",)),
    "rate_too_high": Rule(steps.rate_too_high, start=5, unless=("diverged", "momentum")),
    "out_of_reach": Rule(fit.out_of_reach, start=5, unless=TOO_FAR),
    "tiny_batches": Rule(restraints.tiny_batches, start=10, unless=(*TOO_FAR, "symmetric")),
    "over_regularised": Rule(restraints.over_regularised, start=10, unless=(*TOO_FAR, "symmetric")),
    "max_norm": Rule(restraints.max_norm, start=10, unless=(*TOO_FAR, "symmetric")),
    "input_noise": Rule(restraints.input_noise, start=15, unless=(*TOO_FAR, "symmetric", "tiny_batches")),
    "dropout": Rule(restraints.dropout, start=15, unless=(*TOO_FAR, "symmetric")),
    "dead_units": Rule(signals.dead_units, start=3, unless=("symmetric", "momentum", *HELD_BACK)),
    "vanishing": Rule(signals.vanishing, start=3, unless=(*TOO_FAR, "symmetric", "dead_units", *HELD_BACK)),
    "fading": Rule(
        signals.fading,
        start=5,
        unless=(*TOO_FAR, "symmetric", "dead_units", "vanishing", *HELD_BACK),
    ),
    "saturated": Rule(signals.saturated, start=5, unless=(*TOO_FAR, "symmetric", *HELD_BACK)),
    "unscaled_inputs": Rule(points.unscaled_inputs, start=5, unless=(*TOO_FAR, *HELD_BACK)),
    "missing_input": Rule(points.missing_input, start=10, unless=(*TOO_FAR, "symmetric", *HELD_BACK)),
    "contradictions": Rule(points.contradictions, start=5, unless=("missing_input",)),
    "decayed": Rule(steps.decayed, start=5, unless=("symmetric", "dead_units", *HELD_BACK)),
    "clipped": Rule(steps.clipped, start=5, unless=("decayed",)),
    "rate_too_low": Rule(
        steps.rate_too_low,
        start=10,
        unless=("symmetric", "vanishing", "fading", "contradictions", *HELD_BACK, *CUT_DOWN),
    ),
    "unseen_class": Rule(points.unseen_class, start=5),
    "overfitting": Rule(fit.overfitting, start=5, unless=(*TOO_FAR, "unseen_class")),
    "memorised_labels": Rule(points.memorised_labels, start=5),
    "few_points": Rule(points.few_points, start=10, unless=("unseen_class",)),
    "imbalance": Rule(points.imbalance, start=5),
}
RULES["underfitting"] = Rule(fit.underfitting, start=40, unless=tuple(RULES))


def advice(trainer: Trainer, data: DataPass | None = None) -> list[Advice]:
    """What there is to say about the run where it stands, the gravest first, at most MOST messages.

    data: a pass of the network as it is now, where one is at hand.
    """
    evidence = Evidence(trainer, data)
    found: dict[str, Finding] = {}
    for name, rule in RULES.items():
        if evidence.epoch >= rule.start and not found.keys() & set(rule.unless):
            finding = rule.find(evidence)
            if finding is not None:
                found[name] = finding
    messages = [Advice(name, *finding) for name, finding in found.items()]
    return sorted(messages, key=lambda message: -message.severity)[:MOST]
