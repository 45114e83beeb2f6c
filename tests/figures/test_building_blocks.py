"""The pictures of the lab on building blocks: valid when empty, with the traces that their tables promise."""

import numpy as np
import pytest

from playground.figures import as_plain, theme
from playground.figures.batch_table import batch_table
from playground.figures.loss_view import GRADIENT, VALUE, fit_lines, fit_rows, loss_curves
from playground.figures.rates import Rates, rate_curves
from playground.figures.rule_dots import rule_dots
from playground.figures.signal_lines import SignalPath, signal_lines
from playground.figures.unit_curve import MARKS, unit_curve
from playground.figures.unit_weights import unit_weights
from playground.nn import ACTIVATIONS, LOSSES
from playground.probes.activation_view import activation_curve
from playground.probes.loss_view import CLASSES, INLIERS, loss_curve

WAYS = [SignalPath("a", [0.5, 0.1, None], [0.2, 0.5, 1.0]), SignalPath("b", [1.0, 1.0, 1.0], [1.0, 1.0, 1.0])]


@pytest.mark.parametrize(
    "figure",
    [
        signal_lines([], ("", ""), 1),
        loss_curves([], VALUE),
        fit_rows([], classes=False),
        fit_lines([]),
        batch_table(2, 1),
        unit_weights([], [], 1),
        rule_dots([], 0, ("", "")),
        rate_curves([], 10.0),
    ],
)
def test_the_empty_case_is_a_valid_figure(figure) -> None:
    assert as_plain(figure)["layout"]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_curve_has_its_slope_and_a_mark_for_each_unit(name: str) -> None:
    curve = activation_curve(name)
    figure = unit_curve(curve, (4, 2))
    bars, f, slope, marks = figure.data
    assert (bars.type, figure.data[MARKS]) == ("bar", marks)
    np.testing.assert_allclose(f.y, curve.value, atol=1e-5)
    np.testing.assert_allclose(slope.y, curve.slope, atol=1e-5)
    assert (f.line.dash, slope.line.dash) == ("solid", "dot")  # told apart without colour
    assert list(marks.marker.color) == [
        c for c, n in zip(theme.layer_colors(2), (4, 2), strict=True) for _ in range(n)
    ]
    low, high = figure.layout.yaxis2.range
    assert low < min(curve.value.min(), curve.slope.min()) <= max(curve.value.max(), curve.slope.max()) < high


def test_signals_come_before_their_theory_and_share_one_axis() -> None:
    figure = signal_lines(WAYS, ("there", "back"), 3)
    assert [trace.xaxis for trace in figure.data] == ["x", "x", "x2", "x2"] * 2
    assert [trace.line.dash for trace in figure.data] == [None] * 4 + ["dot"] * 4
    assert list(figure.data[4].y) == WAYS[0].there
    assert list(figure.data[6].y) == WAYS[0].back
    assert {trace.yaxis for trace in figure.data} == {None}
    assert figure.layout.yaxis.type == "log"


@pytest.mark.parametrize("which", [VALUE, GRADIENT])
def test_losses_have_a_curve_and_a_mark_for_either_class(which: int) -> None:
    curves = [loss_curve(name, {}) for name in ("mse", "bce")]
    figure = loss_curves(curves, which)
    assert len(figure.data) == 8
    np.testing.assert_allclose(figure.data[0].y, curves[0].high[which], atol=1e-5)
    np.testing.assert_allclose(figure.data[3].y, curves[1].low[which], atol=1e-5)
    assert [trace.line.dash for trace in figure.data[:4]] == ["solid", "dash"] * 2
    assert [trace.marker.symbol for trace in figure.data[4:]] == ["circle", "circle-open"] * 2


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_is_drawn(name: str) -> None:
    low, high = loss_curves([loss_curve(name, {})], GRADIENT).layout.yaxis.range
    assert low < 0.0 < high


@pytest.mark.parametrize("classes", [False, True])
def test_every_row_holds_all_points(classes: bool) -> None:
    points, outlier, fits = fit_rows(["a", "b", "c"], classes=classes).data
    assert len(points.x) == 3 * len(INLIERS)
    assert list(outlier.y) == list(fits.y) == [0, 1, 2]
    expected = 2 if classes else 1
    assert len(set(points.marker.color)) == expected
    assert len(CLASSES) == len(INLIERS)


def test_a_table_has_room_for_batch_columns_and_rows() -> None:
    batch, columns, rows = batch_table(5, 3).data
    assert [(len(t.y), len(t.x)) for t in (batch, columns, rows)] == [(5, 3), (2, 3), (5, 2)]
    assert min(columns.y) > max(batch.y)
    assert min(rows.x) > max(batch.x)


def test_weights_have_a_row_for_each_unit() -> None:
    figure = unit_weights(["Zeros", "Constant"], ["x", "y"], 4)
    assert [list(trace.x) for trace in figure.data] == [["x", "y", "bias"]] * 2
    assert [len(trace.y) for trace in figure.data] == [4, 4]
    assert figure.data[0].xaxis != figure.data[1].xaxis


def test_the_chosen_rule_stands_out() -> None:
    figure = rule_dots(["a", "b"], 1, ("there", "back"))
    assert [trace.xaxis for trace in figure.data] == ["x", "x2"] * 2
    assert [trace.marker.symbol for trace in figure.data] == [
        "circle",
        "circle",
        "circle-open",
        "circle-open",
    ]
    sizes = figure.data[0].marker.size
    assert sizes[1] > sizes[0]
    assert figure.layout.yaxis.ticktext == ("a", "<b>b</b>")


def test_rates_come_after_their_dotted_future() -> None:
    figure = rate_curves([Rates("a", [0.0, 1.0], [1.0, 0.5]), Rates("b", [], [], stepped=True)], 9.0)
    assert [trace.mode for trace in figure.data] == ["lines"] * 4 + ["markers"] * 2
    assert [trace.line.dash for trace in figure.data[:4]] == ["dot", "dot", None, None]
    assert list(figure.data[0].y) == [1.0, 0.5]
    assert [trace.line.shape for trace in figure.data[2:4]] == ["linear", "vh"]
    assert list(figure.layout.xaxis.range) == [0.0, 9.0]
