"""Advice: what a message says, how grave it is, and the change that may help."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from playground.training import Experiment


class Severity(IntEnum):
    """NOTE: worth knowing. WARNING: the run is worse than it could be. PROBLEM: it does not learn."""

    NOTE = 1
    WARNING = 2
    PROBLEM = 3


@dataclass(frozen=True)
class Fix:
    """A change to try. label: what a button says. changes: new values by path, made in this order."""

    label: str
    changes: Mapping[str, object]

    def apply(self, experiment: Experiment) -> Experiment:
        """The Experiment with the changes made."""
        for path, value in self.changes.items():
            experiment = experiment.replace(path, value)
        return experiment


class Finding(NamedTuple):
    """What a rule found: one or two sentences, the numbers they rest on by name, and what to try."""

    severity: Severity
    sentence: str
    values: Mapping[str, float]
    fix: Fix | None = None


@dataclass(frozen=True)
class Advice:
    """A Finding with the name of its rule, one of RULES."""

    rule: str
    severity: Severity
    sentence: str
    values: Mapping[str, float]
    fix: Fix | None
