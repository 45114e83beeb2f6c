"""Histograms by hand: bins, ranges, and scales of equal ratio."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.histograms import (
    BINS,
    GRADIENT_SCALE,
    LEAST_RANGE,
    WEIGHT_SCALE,
    SignedScale,
    activation_histograms,
    gradient_histograms,
    gradient_shares,
    histograms,
    weight_histograms,
    weight_shares,
)
from playground.training import Experiment, HiddenLayer, Trainer


def test_bins_by_hand() -> None:
    found = histograms([np.array([-1.0, -1.0, 0.0, 0.01, 1.0]), np.array([[0.3], [-0.4]])])
    assert found.ranges.tolist() == [1.0, 0.5]
    assert found.counts.shape == (2, BINS)
    assert [(k, n) for k, n in enumerate(found.counts[0]) if n] == [(0, 2), (15, 2), (30, 1)]
    # 0.3 of [-0.5, 0.5] is 0.8 of the way: bin 24 of 31; -0.4 is a tenth of the way: bin 3
    assert [(k, n) for k, n in enumerate(found.counts[1]) if n] == [(3, 1), (24, 1)]
    assert found.heights.max(axis=1).tolist() == [1.0, 1.0]
    assert found.heights[0, 30] == 0.5


@pytest.mark.parametrize(
    ("size", "expected"),
    [(1.0, 1.0), (1.0001, 2.0), (0.5, 0.5), (0.75, 1.0), (3.0, 4.0), (0.0, 1.0), (1e-30, LEAST_RANGE)],
)
def test_the_range_is_the_least_power_of_two_that_holds_all(size: float, expected: float) -> None:
    assert histograms([np.array([0.0, -size])]).ranges[0] == expected


def test_no_layers_and_no_values_are_fine() -> None:
    assert histograms([]).heights.shape == (0, BINS)
    assert histograms([np.zeros(0)]).counts.sum() == 0
    assert histograms([np.zeros(0)]).heights.tolist() == [[0.0] * BINS]


def test_what_is_not_finite_is_counted_at_the_ends() -> None:
    found = histograms([np.array([np.nan, np.inf, -np.inf, 0.0, 1.5, 1.7e308]), np.array([np.inf, 1.5])])
    assert found.counts.sum(axis=1).tolist() == [6, 2]
    assert found.ranges[1] == 2.0
    assert found.counts[1, -1] == 1


@settings(max_examples=100)
@given(arrays(np.float64, st.integers(1, 60), elements=st.floats(-1e6, 1e6)))
def test_histograms_agree_with_numpy(values: np.ndarray) -> None:
    found = histograms([values])
    (r,) = found.ranges
    assert np.abs(values).max() <= r
    place = values * (0.5 * BINS / r) + 0.5 * BINS
    expected, _ = np.histogram(np.clip(place, 0.0, BINS), np.arange(BINS + 1))
    np.testing.assert_array_equal(found.counts[0], expected)


def test_signed_scale_by_hand() -> None:
    scale = SignedScale(base=10.0, low=-2, high=1, steps=1)
    assert (scale.half, scale.rows) == (3, 7)
    # rows: below -1, below -0.1, below -0.01, middle, up to 0.1, up to 1, beyond
    values = np.array(
        [-500.0, -10.0, -0.5, -0.05, -0.01, 0.0, 0.003, 0.01, 0.0100001, 0.1, 0.2, 1.0, 1.1, 99.0]
    )
    assert (scale.shares(values) * len(values)).round().astype(int).tolist() == [2, 1, 1, 4, 2, 2, 2]
    assert scale.shares(np.zeros(0)).tolist() == [0.0] * 7
    assert scale.shares(np.array([np.nan, np.inf])).tolist() == [0, 0, 0, 0.5, 0, 0, 0.5]
    # a bin k reaches from k - 0.5 to k + 0.5: 0.01 ends the middle one, 10 the last one
    assert (scale.edge(-2), scale.edge(1)) == (3.5, 6.5)


@pytest.mark.parametrize("scale", [WEIGHT_SCALE, GRADIENT_SCALE])
def test_powers_of_the_base_end_their_bin(scale: SignedScale) -> None:
    for exponent in range(scale.low, scale.high + 1):
        shares = scale.shares(np.array([scale.base**exponent]))
        assert shares.argmax() + 0.5 == scale.edge(exponent)
        mirrored = scale.shares(np.array([-(scale.base**exponent)]))
        np.testing.assert_array_equal(mirrored, shares[::-1])


def test_of_a_run() -> None:
    layers = (HiddenLayer(5, "relu"), HiddenLayer(3, "sigmoid", dropout=0.5))
    trainer = Trainer(Experiment().replace("data.n", 30).replace("network.layers", layers))
    trainer.train(updates=3)
    data = DataPass(NetworkCopy(trainer))
    found = data.info(weight_histograms)
    assert found.counts.sum(axis=1).tolist() == [10, 15, 3]
    for layer, r in zip(trainer.network.weight_layers, found.ranges, strict=True):
        assert r / 2 < np.abs(layer.W).max() <= r
    assert data.info(gradient_histograms).counts.sum(axis=1).tolist() == [10, 15, 3]
    activations = data.info(activation_histograms)
    assert activations.counts.sum(axis=1).tolist() == [15 * 5, 15 * 3]
    assert activations.counts[:, : BINS // 2].sum() == 0  # neither function gives out less than 0
    assert activations.ranges[1] <= 1.0
    assert weight_shares(data).sum() == pytest.approx(1.0)
    np.testing.assert_allclose(weight_shares(data, 1) * 15, (weight_shares(data, 1) * 15).round(), atol=1e-9)
    assert gradient_shares(data).shape == (GRADIENT_SCALE.rows,)
