"""Maps of paths, curves of heights and sweeps of rates: what the tables of their modules say."""

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.figures import as_plain, theme
from playground.figures.descent import descent_map, gaps, terrain_palette
from playground.figures.rate_sweep import ceiling, rate_sweep
from playground.limits import MAX_RACERS
from playground.probes.terrain import BANDS, LINES

NAMES = ["SGD", "Adam", "Lion"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_map_has_trails_heads_arrows_minima_and_a_start(count: int) -> None:
    figure = descent_map((-4, 4, -2, 2), NAMES[:count], start=(1, 2), minima=[(0, 0), (3, 1)])
    assert len(figure.data) == 3 * count + 3
    assert [trace.name for trace in figure.data[:count]] == NAMES[:count]
    assert all(trace.mode == "lines" for trace in figure.data[:count])
    assert all(trace.mode == "markers" for trace in figure.data[count : 2 * count])
    assert len(figure.data[3 * count].marker.size) == 3 * count
    assert (figure.data[-2].x, figure.data[-2].y) == ((0, 3), (0, 1))
    assert (figure.data[-1].x, figure.data[-1].y) == ((1,), (2,))
    assert figure.layout.xaxis.range == (-4, 4)
    assert figure.layout.yaxis.range == (-2, 2)
    as_plain(figure)


def test_paths_differ_in_colour_dash_symbol_and_mark() -> None:
    for looks in (theme.RACE_COLORS, theme.RACE_DASHES, theme.RACE_SYMBOLS, theme.RACE_MARKS):
        assert len(set(looks)) == len(looks) == MAX_RACERS


@pytest.mark.parametrize("mode", theme.MODES, ids=lambda mode: mode.name)
def test_a_terrain_has_a_colour_for_every_index(mode: theme.Mode) -> None:
    colors = terrain_palette(mode)
    assert len(colors) == BANDS * LINES <= 256
    assert len(set(colors[:BANDS])) == BANDS
    assert all(plain != line for plain, line in zip(colors[:BANDS], colors[-BANDS:], strict=True))


def test_heights_are_drawn_on_a_logarithmic_axis_with_a_guide() -> None:
    figure = gaps(NAMES, last=300, x_title="step", guide=1e-3)
    assert figure.layout.yaxis.type == "log"
    assert figure.layout.xaxis.range == (0, 300)
    assert figure.layout.shapes[0].y0 == 1e-3
    assert not gaps(NAMES, last=10, x_title="step").layout.shapes


def test_a_sweep_has_curves_edges_and_best_rates() -> None:
    rates = np.array([1e-3, 1e-2, 1e-1])
    figure = rate_sweep(NAMES, rates, 0.7)
    assert len(figure.data) == 3 * len(NAMES) + 1
    assert all((np.array(trace.x) == rates).all() for trace in figure.data[: len(NAMES)])
    assert figure.data[-1].y == (0.7, 0.7)
    low, high = figure.layout.yaxis.range
    assert 10.0**low < 0.7 < ceiling(0.7) < 10.0**high
    assert isinstance(figure, go.Figure)
