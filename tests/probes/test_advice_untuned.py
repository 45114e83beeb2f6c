"""Advice on runs that nobody tuned: no empty fix, and fixes that lower what the sentence complains of."""

from collections import defaultdict
from functools import cache

import numpy as np
import pytest

from playground.probes.advice import RULES, Advice, advice
from playground.probes.advice.evidence import Evidence
from playground.training import Experiment, Trainer
from tests.probes.complaints import COMPLAINTS
from tests.probes.untuned import MOVES, untuned
from tests.properties import PROFILE

NIGHTLY = PROFILE == "nightly"
RUNS = 40 if NIGHTLY else 1  # of each kind
HELPS = 0.9  # of the times that a fix is offered
ENOUGH = 10  # of them, to speak of a share


def run(experiment: Experiment, epochs: int) -> Trainer:
    trainer = Trainer(experiment)
    trainer.train(epochs=epochs)
    return trainer


def treated(trainer: Trainer, item: Advice, epochs: int) -> Trainer:
    """The run as the fix makes it, trained as long; early stopping looks at the run there is."""
    fixed = item.fix.apply(trainer.experiment)
    if "stopping.patience" not in item.fix.changes:
        return run(fixed, epochs)
    trainer.update_settings(fixed)
    trainer.train(epochs=1)
    return trainer


@cache
def outcomes() -> list[tuple[str, bool, str]]:
    """(rule, whether its fix helped, a description) for all advice on many runs of each kind."""
    found = []
    for kind, name in enumerate((None, *MOVES)):
        for k in range(RUNS):
            rng = np.random.default_rng([8, kind, k])
            experiment, epochs = (
                untuned(rng, *([name] if name else [])),
                int(rng.choice([15, 40, 80] if NIGHTLY else [15, 40])),
            )
            trainer = run(experiment, epochs)
            evidence = Evidence(trainer)
            for item in advice(trainer):
                if item.rule not in COMPLAINTS or item.fix is None:
                    continue
                complaint = COMPLAINTS[item.rule]
                before = complaint(evidence)
                assert item.fix.apply(experiment) != experiment, f"{item.rule}: {item.fix.label} is empty"
                after = complaint(Evidence(treated(run(experiment, epochs), item, epochs)))
                words = (
                    f"{kind}/{k} {item.rule}: {item.sentence} {item.fix.label}: {before:.4g} to {after:.4g}"
                )
                found.append((item.rule, after < before, words))
    return found


def test_every_rule_with_a_fix_says_what_it_complains_of() -> None:
    assert set(COMPLAINTS) | {"imbalance", "contradictions"} == set(RULES)


def test_nine_in_ten_fixes_help() -> None:
    helped = [better for _, better, _ in outcomes()]
    assert len(helped) >= ENOUGH
    assert np.mean(helped) >= HELPS, "\n".join(words for _, better, words in outcomes() if not better)


@pytest.mark.skipif(not NIGHTLY, reason="takes long: HYPOTHESIS_PROFILE=nightly")
def test_the_fix_of_each_rule_helps() -> None:
    by_rule = defaultdict(list)
    for rule, better, _ in outcomes():
        by_rule[rule].append(better)
    shares = {rule: np.mean(helped) for rule, helped in by_rule.items() if len(helped) >= ENOUGH}
    assert min(shares.values()) >= HELPS, shares
