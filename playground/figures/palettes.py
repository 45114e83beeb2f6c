"""Palettes: what the player paints a surface's indices with. A view of the surface is a palette; the numbers
stay.

The indices are those of `playground.probes.grid`: of two classes or a value, one level from 0 to MAP_LEVELS -
1, with class 1 from the middle on; of several classes, CLASS_LEVELS levels for each.
"""

from playground.figures.theme import (
    CLASS_COLORS,
    CLASS_LEVELS,
    DOUBT,
    MAP_LEVELS,
    Mode,
    by_class,
    diverging,
    mix,
)
from playground.text import _

SURFACE_VIEWS = {"confidence": _("Confidence"), "classes": _("Classes only"), "uncertainty": _("Uncertainty")}


def surface_palettes(mode: Mode, n_classes: int) -> dict[str, list[str]]:
    """The palette of each of SURFACE_VIEWS; n_classes: 0 for a value."""
    if n_classes > 2:
        certain = [mix(mode.neutral, color, mode.strength) for color in CLASS_COLORS[:n_classes]]
        doubts = [1.0 - level / (CLASS_LEVELS - 1) for level in range(CLASS_LEVELS)] * n_classes
        confidence, classes = by_class(mode, n_classes), [c for c in certain for _ in range(CLASS_LEVELS)]
    else:
        confidence, middle = diverging(mode), MAP_LEVELS // 2
        doubts = [1.0 - abs(level - middle) / middle for level in range(MAP_LEVELS)]
        classes = [confidence[0]] * middle + [confidence[-1]] * (middle + 1)
    uncertainty = [mix(mode.neutral, DOUBT, mode.strength * doubt) for doubt in doubts]
    return {"confidence": confidence, "classes": classes, "uncertainty": uncertainty}
