"""LabSettings: what a lab can be told besides the Experiment that its networks share. It travels in the link
beside that Experiment.
"""

from dataclasses import dataclass

from playground.training.description import Description


@dataclass(frozen=True)
class LabSettings(Description, path="lab"):
    """A description with paths such as "lab.view". A lab inherits from it; none of its keys in a link may be
    one of the Experiment's, which `Lab` checks.
    """

    versioned = False
