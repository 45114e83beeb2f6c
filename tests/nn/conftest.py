"""The directional gradient check, shared by the tests of layers, activations, losses and whole networks."""

from collections.abc import Callable

import numpy as np
import pytest

STEP = 1e-5


@pytest.fixture
def check_gradient() -> Callable[..., None]:
    """check_gradient(value, at, gradient): `gradient` is the gradient of the scalar function `value` at `at`.

    One random direction and two evaluations test all entries at once (as in HIPS autograd). `at` is changed
    in place for the evaluations and put back, so it may be a network's own parameter vector.
    """

    def check(value: Callable[[], float], at: np.ndarray, gradient: np.ndarray) -> None:
        assert gradient.shape == at.shape
        assert np.isfinite(gradient).all()
        here = at.copy()
        direction = np.random.default_rng(5).standard_normal(at.shape)
        at[...] = here + STEP * direction
        above = value()
        at[...] = here - STEP * direction
        below = value()
        at[...] = here
        slope = (above - below) / (2.0 * STEP)
        assert float(np.vdot(gradient, direction)) == pytest.approx(slope, rel=1e-6, abs=1e-8)

    return check
