"""Rules: by whose rules a run goes, the playground's own or those of TensorFlow Playground.

Under the latter (Smilkov and Carter 2016) a run repeats the original number for number. All the rest of a run
is said by the ordinary settings, so every control goes on working:

| what                           | standard                | tf_playground                                  |
|--------------------------------|-------------------------|------------------------------------------------|
| points, split, drawn weights   | streams spawned by seed | one stream of draws from rules.seed, in turn   |
| training points                | floor(n train_share)    | floor(n percent / 100), in floating point      |
| left over after the last batch | one smaller batch       | they join the first update of the next epoch   |
| L1 and L2                      | part of the gradient    | after the step, times the rate, by the weights |
|                                |                         | before it; one that L1 takes past 0 dies at 0  |

The original adds up the gradients of points left over and keeps the sum; no update lies between those points
and the next epoch's first batch, so taking them together gives the same mean and leaves nothing to carry.
What the original has no chance for (wrong labels, shuffled order, dropout, input noise, datasets and initial
weights of our own) comes from `seed` under both rules.
"""

from dataclasses import dataclass
from math import floor

from playground.text import _
from playground.training.fields import choice, text
from playground.training.settings import Section

RULES = {"standard": _("Standard"), "tf_playground": _("TensorFlow Playground")}
TF_POINTS = {"classification": 500, "regression": 1200}  # how many the original always draws


@dataclass(frozen=True)
class Rules(Section, path="rules"):
    """Whose rules decide what no other setting does."""

    name: str = choice(
        "standard",
        RULES,
        label=_("Rules"),
        key="rules",
        help=_("Whose rules a run follows. TensorFlow Playground's repeat its runs number for number."),
    )
    seed: str = text(
        "0.00000",
        high=100,
        label=_("TensorFlow Playground seed"),
        key="tf_seed",
        help=_("Under its rules, the text from which points, split and first weights are drawn."),
    )

    @property
    def is_tf_playground(self) -> bool:
        return self.name == "tf_playground"


def tf_train_count(n: int, train_share: float) -> int:
    """How many of n points the original trains on: its own formula, on the percentage its link holds. Both
    sides get at least one.
    """
    percent = float(f"{100.0 * train_share:.12g}")  # train_share is a percentage that was divided by 100
    return min(max(floor(n * percent / 100.0), 1), n - 1)
