"""The pictures of the lab on vanishing gradients: valid when empty, a column for each network."""

from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.datasets import DATASETS
from playground.figures import as_plain, theme
from playground.figures.gradient_flow import (
    Column,
    gradient_bars,
    gradient_maps,
    output_maps,
    small_boundary,
)
from playground.probes.output_ranges import OUTPUT_BINS

COLUMNS = [
    Column("Sigmoid", 11, [1e-7] * 11, (0.0, 1.0)),
    Column("ReLU", 2, [0.1, 0.2], (-1.0, 3.0)),
    Column("Tanh", 31, [0.1] * 31, (-1.0, 1.0)),
    Column("Sine", 4, [0.1] * 4, (-1.0, 1.0)),
]


@pytest.mark.parametrize("count", [0, 1, 2, 4])
@pytest.mark.parametrize("make", [gradient_bars, gradient_maps, output_maps])
def test_every_count_of_networks_makes_a_valid_figure(make, count: int) -> None:
    figure = make(COLUMNS[:count])
    assert isinstance(figure, go.Figure)
    assert as_plain(figure)["layout"]
    ends = [axis.domain for axis in figure.select_xaxes() if axis.domain]
    assert len(ends) == count
    assert all(before[1] < after[0] for before, after in pairwise(ends))


def test_bars_come_first_then_the_theory() -> None:
    figure = gradient_bars(COLUMNS)
    assert [trace.type for trace in figure.data] == ["bar"] * 4 + ["scatter"] * 4
    assert [trace.marker.color for trace in figure.data[:4]] == list(theme.RUN_COLORS)
    for column, bars, line in zip(COLUMNS, figure.data[:4], figure.data[4:], strict=True):
        assert list(bars.x) == list(line.x) == list(range(1, column.layers + 1))
        assert bars.xaxis == line.xaxis
        assert list(line.y) == list(column.predicted)
    assert {trace.yaxis for trace in figure.data} == {None}  # one axis for all
    assert figure.layout.yaxis.type == "log"


def test_maps_have_a_row_for_each_layer_and_the_first_on_top() -> None:
    for figure, missing in ((gradient_maps(COLUMNS), 0), (output_maps(COLUMNS), 1)):
        rows = list(figure.select_yaxes())
        for column, trace, axis in zip(COLUMNS, figure.data, rows, strict=True):
            assert len(trace.y) == column.layers - missing
            assert list(axis.range) == [column.layers - missing + 0.5, 0.5]


def test_outputs_lie_in_the_bins_of_their_range() -> None:
    for column, trace in zip(COLUMNS, output_maps(COLUMNS).data, strict=True):
        low, high = column.outputs
        assert len(trace.x) == OUTPUT_BINS
        np.testing.assert_allclose(trace.x[0] - low, (high - low) / OUTPUT_BINS / 2, atol=1e-4)
        np.testing.assert_allclose(high - trace.x[-1], (high - low) / OUTPUT_BINS / 2, atol=1e-4)


@pytest.mark.parametrize("name", ["circle", "reg-plane"])
def test_the_small_boundary_shows_all_points(name: str) -> None:
    train, test = DATASETS[name](n=40).split(0.5, 0)
    figure = small_boundary(train, test)
    assert sum(len(trace.x) for trace in figure.data) == 40
    assert {trace.marker.size for trace in figure.data} == {theme.SMALL_POINT_SIZE}
