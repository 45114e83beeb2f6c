"""What the page says about a run: the words of a preset, and advice from measured numbers."""

from playground.player.scene import FrameContext
from playground.probes.advice import Severity, advice
from playground.training import PRESETS, Experiment

KINDS = {Severity.NOTE: "note", Severity.WARNING: "warning", Severity.PROBLEM: "warning"}


def preset_words(experiment: Experiment) -> str:
    """What to look for and why, if the experiment is one of PRESETS."""
    for preset in PRESETS.values():
        if preset.experiment == experiment:
            return f"{preset.label}: {preset.look_for} {preset.why}"
    return ""


def advise(moment: FrameContext) -> list[dict]:
    """The advice of a moment as the player shows it. What ended the run is said by the run itself."""
    return [
        {
            "rule": found.rule,
            "text": found.sentence,
            "kind": KINDS[found.severity],
            "fix": found.fix.label if found.fix else None,
        }
        for found in advice(moment.trainer, moment.data)
    ]
