"""Why did this happen? Messages about a run, each from numbers measured on it.

    for item in advice(trainer): item.sentence, item.fix

A message without its measurement is never given, nor one in the first epochs, when it would be noise.
"""

from collections.abc import Callable
from typing import NamedTuple

from playground.probes.advice import fit, signals
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


RULES: dict[str, Rule] = {
    "diverged": Rule(signals.diverged),
    "symmetric": Rule(signals.symmetric),
    "exploding": Rule(signals.exploding),
    "rate_too_high": Rule(signals.rate_too_high, start=5, unless=("diverged",)),
    "over_regularised": Rule(fit.over_regularised, start=10),
    "dead_units": Rule(signals.dead_units, start=3, unless=("symmetric", "over_regularised")),
    "vanishing": Rule(
        signals.vanishing, start=3, unless=("symmetric", "over_regularised", "rate_too_high", "dead_units")
    ),
    "saturated": Rule(signals.saturated, start=5, unless=("symmetric", "rate_too_high")),
    "unscaled_inputs": Rule(fit.unscaled_inputs, start=5),
    "rate_too_low": Rule(
        signals.rate_too_low, start=10, unless=("symmetric", "vanishing", "over_regularised")
    ),
    "overfitting": Rule(fit.overfitting, start=5, unless=("diverged", "rate_too_high")),
    "memorised_labels": Rule(fit.memorised_labels, start=5),
    "few_points": Rule(fit.few_points, start=10),
    "imbalance": Rule(fit.imbalance, start=5),
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
