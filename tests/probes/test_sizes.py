"""How large weights and gradients are, against the values themselves."""

import numpy as np
import pytest

from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.sizes import gradient_sizes, sizes_of, weight_sizes
from playground.training import Experiment, Trainer


def test_by_hand() -> None:
    assert sizes_of([np.array([[-3.0, 1.0]]), np.array([2.0])]) == (2.0, 3.0)
    assert sizes_of([np.zeros((2, 2))]) == (0.0, 0.0)


def test_what_is_no_number_shows() -> None:
    assert np.isnan(sizes_of([np.array([1.0, np.nan])])).all()


@pytest.mark.parametrize("n", [40, 200])
def test_of_a_run(n: int) -> None:
    data = DataPass(NetworkCopy(Trainer(Experiment().replace("data.n", n))))
    weights = np.abs(np.concatenate([weight.ravel() for weight in data.weights]))
    assert weight_sizes(data) == (np.median(weights), weights.max())
    median, largest = gradient_sizes(data)
    assert 0.0 < median < largest
