"""Powers of ten of a frame's norms and ratios."""

import numpy as np

from playground.probes.layer_magnitudes import FLOOR, layer_magnitudes
from playground.training import Experiment, Frame, Trainer


def test_powers_by_hand_with_a_floor_and_no_ratio_without_an_update() -> None:
    frame = Frame(0, 0, 0, {}, (0.01, 0.0, 1e-40), (1.0, 1.0, 1.0), (1e-3, 10.0, 0.0), 0.1)
    found = layer_magnitudes(frame)
    assert found.log10_gradient_norms.tolist() == [-2.0, np.log10(FLOOR), np.log10(FLOOR)]
    assert found.update_ratios[:2].tolist() == [1e-3, 10.0]
    assert np.isnan(found.update_ratios[2])


def test_of_a_run() -> None:
    trainer = Trainer(Experiment().replace("data.n", 20))
    assert np.isnan(layer_magnitudes(trainer.frame).update_ratios).all()
    trainer.train(updates=1)
    found = layer_magnitudes(trainer.frame)
    np.testing.assert_allclose(10**found.log10_gradient_norms, trainer.frame.gradient_norms)
    assert found.update_ratios.tolist() == list(trainer.frame.update_ratios)
