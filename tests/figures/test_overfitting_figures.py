"""The pictures of the lab on overfitting: valid when empty, and what each trace is for."""

from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.datasets import DATASETS
from playground.figures import as_plain, theme
from playground.figures.overfitting import gaps, knob_curves, mask_maps, noisy_boundary

NAMES = ["No remedy", "L2", "Dropout", "Early stopping"]


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_gaps_have_a_column_for_each_network(count: int) -> None:
    figure = gaps(NAMES[:count])
    assert as_plain(figure)["layout"]
    assert len(figure.data) == 3 * count
    ends = [axis.domain for axis in figure.select_xaxes() if axis.domain]
    assert len(ends) == count
    assert all(before[1] < after[0] for before, after in pairwise(ends))
    assert {trace.yaxis for trace in figure.data} <= {None}  # one axis for all


def test_the_gap_is_filled_from_test_down_to_training() -> None:
    for train, test, mark in zip(*[iter(gaps(NAMES).data)] * 3, strict=True):
        assert train.xaxis == test.xaxis == mark.xaxis
        assert (train.fill, test.fill) == (None, "tonexty")
        assert train.line.color == theme.ROLES["train"]
        assert test.line.color == theme.ROLES["test"]
        assert test.fillcolor.startswith("rgba")
        assert mark.mode == "markers"
        assert list(mark.error_y.array) == [0]


@pytest.mark.parametrize("labels", [[], ["0"], ["0", "0.001", "0.01", "0.1", "1"]])
def test_values_of_a_knob_are_evenly_spaced(labels: list[str]) -> None:
    figure = knob_curves(labels, "L2 rate", percent=True)
    assert as_plain(figure)["layout"]
    assert [trace.name for trace in figure.data] == ["training", "test"]
    for trace in figure.data:
        assert list(trace.x) == list(range(len(labels)))
        assert len(trace.y) == len(trace.error_y.array) == len(labels)
    assert list(figure.layout.xaxis.ticktext) == labels
    assert list(figure.layout.xaxis.tickvals) == list(range(len(labels)))


@pytest.mark.parametrize("units", [[], [3], [32, 8, 1]])
def test_masks_have_a_cell_for_each_unit_and_point(units: list[int]) -> None:
    figure = mask_maps(units, 4)
    assert as_plain(figure)["layout"]
    assert [np.array(trace.z).shape for trace in figure.data] == [(4, count) for count in units]
    assert len({trace.xaxis for trace in figure.data}) == len(units)


@pytest.mark.parametrize("name", ["circle", "blobs"])
def test_the_boundary_shows_training_points_and_crosses_wrong_labels(name: str) -> None:
    train, _ = DATASETS[name](n=40).split(0.5, 0)
    wrong = np.arange(len(train)) % 5 == 0
    figure = noisy_boundary(train, wrong)
    assert isinstance(figure, go.Figure)
    *points, crosses = figure.data
    assert sum(len(trace.x) for trace in points) == len(train)
    np.testing.assert_allclose(crosses.x, train.x[wrong, 0], atol=1e-4)
    assert len(noisy_boundary(train, np.zeros(len(train), bool)).data[-1].x) == 0


def test_a_translucent_colour_keeps_its_hue() -> None:
    assert theme.translucent("#0877bd", 0.25) == "rgba(8,119,189,0.25)"
