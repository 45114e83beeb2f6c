"""How large gradients and updates are in each layer, from the numbers that every frame holds anyway."""

from typing import NamedTuple

import numpy as np

from playground.training import Frame

FLOOR = 1e-12  # a gradient norm that is smaller, or 0, is shown as this one


class LayerMagnitudes(NamedTuple):
    """L numbers each, one for each layer with weights.

    log10_gradient_norms: in powers of ten, a norm of 1e-3 is -3; the least is that of FLOOR. update_ratios:
    how large the last update was in proportion to the weights; NaN where there was none, as before training.
    """

    log10_gradient_norms: np.ndarray
    update_ratios: np.ndarray


def layer_magnitudes(frame: Frame) -> LayerMagnitudes:
    ratios = np.array(frame.update_ratios)
    return LayerMagnitudes(
        log10_gradient_norms=np.log10(np.maximum(frame.gradient_norms, FLOOR)),
        update_ratios=np.where(ratios > 0.0, ratios, np.nan),
    )
