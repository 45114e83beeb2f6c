"""Which units dropout switched off in the last update.

The masks are not kept: a generator goes back by as many draws as they took, and draws them again (each takes
one draw a value, Dropout after Dropout). So a frame that was restored has the masks it had when it was
trained.

Letters: B points of the last batch, U units of a hidden layer.
"""

import numpy as np

from playground.training import Trainer


def last_masks(trainer: Trainer) -> list[np.ndarray]:
    """(B, U) bool for each hidden layer: True where a unit was on for a point; B is 0 before training."""
    batch = len(trainer.last_batch)
    layers = trainer.history.settings_before(trainer.frame.index).network.layers
    sizes = [batch * layer.units for layer in layers if layer.dropout]
    bits = np.random.PCG64(0)
    draws = np.random.Generator(bits)
    draws.bit_generator.state = trainer.network.rng.bit_generator.state
    bits.advance(-sum(sizes))
    return [
        draws.random((batch, layer.units)) >= layer.dropout
        if layer.dropout
        else np.ones((batch, layer.units), bool)
        for layer in layers
    ]


def shown_masks(trainer: Trainer, rows: int) -> list[np.ndarray]:
    """(rows, U) for the first points of the last batch: 1 on, 0 off, NaN where the batch had fewer points."""
    shown = []
    for mask in last_masks(trainer):
        values = np.full((rows, mask.shape[1]), np.nan)
        values[: min(rows, len(mask))] = mask[:rows]
        shown.append(values)
    return shown
