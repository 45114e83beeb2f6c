"""Slots: what an optimizer remembers, and what that means for its next step, in numbers.

`readings(optimizer, LastStep(...), options)` gives named numbers for any optimizer of
`playground.nn`: vectors as long as the parameters, or single numbers. Each optimizer says itself what there
is to read; bias-corrected values are worked out and stored nowhere.

Letters: N parameters, t steps taken.
"""

from collections.abc import Mapping

import numpy as np

from playground.nn import OPTIMIZERS
from playground.nn.optimizer import LastStep, Readings


def settings_in_use(optimizer: str, options: Mapping[str, float]) -> dict[str, float]:
    """All hyper-parameters of an optimizer besides its rate: the defaults, and `options` over them."""
    return {name: setting.default for name, setting in OPTIMIZERS[optimizer].settings.items()} | dict(options)


def readings(optimizer: str, step: LastStep, options: Mapping[str, float]) -> Readings:
    """What the slots say of the last step. Before the first one they hold 0, and what would divide by 0 is
    NaN.
    """
    with np.errstate(all="ignore"):
        return OPTIMIZERS[optimizer].readings(step, settings_in_use(optimizer, options))


def slot_sizes(slots: Mapping[str, np.ndarray]) -> dict[str, float]:
    """The root mean square of each slot: how large its typical entry is."""
    with np.errstate(over="ignore"):
        return {name: float(np.sqrt(np.mean(slot * slot))) for name, slot in slots.items()}
