"""What the page says about a run: the words of a preset, and advice from measured numbers."""

from playground.player.scene import FrameContext
from playground.probes.advice import Severity, advice
from playground.probes.advice.standing import standing
from playground.training import PRESETS, Experiment

KINDS = {Severity.NOTE: "note", Severity.WARNING: "warning", Severity.PROBLEM: "warning"}


def preset_words(experiment: Experiment) -> str:
    """What to look for and why, if the experiment is one of PRESETS."""
    for preset in PRESETS.values():
        if preset.experiment == experiment:
            return f"{preset.label}: {preset.look_for} {preset.why}"
    return ""


def advise(moment: FrameContext) -> list[dict]:
    """The advice of a moment as the player shows it, or else how the run stands, unless it is a preset, whose
    own words stand there. What ended the run is said by the run itself.
    """
    found = [
        {
            "rule": item.rule,
            "text": item.sentence,
            "kind": KINDS[item.severity],
            "fix": item.fix.label if item.fix else None,
        }
        for item in advice(moment.trainer, moment.data)
    ]
    if found or preset_words(moment.trainer.experiment):
        return found
    words = standing(moment.trainer, moment.data)
    return [{"rule": "standing", "text": words, "kind": "tip", "fix": None}] if words else []
