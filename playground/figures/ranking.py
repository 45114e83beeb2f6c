"""How good the scores are: ROC curves, and the calibration curve.

roc:

| trace | attribute | channel, and how                                                 |
|-------|-----------|------------------------------------------------------------------|
| k     | y         | row k of `Roc.true_rates`, (S,), vector; k counts `roc_classes`  |

calibration:

| trace | attribute | channel, and how                  |
|-------|-----------|-----------------------------------|
| 0     | y         | `Calibration.share`, vector       |
| 1     | x         | `Calibration.confidence`, vector  |
|       | y         | `Calibration.accuracy`, vector    |
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from playground.datasets.own import LABELS
from playground.figures import theme
from playground.figures.words import class_name
from playground.probes.ranking import CALIBRATION_BINS, FALSE_RATES
from playground.text import _

MARGIN = {"l": 52, "r": 16, "t": 6, "b": 32}


def roc(classes: Sequence[int], *, labels: Sequence[str] = LABELS) -> go.Figure:
    """classes: those that have a curve. labels: the names of all classes."""
    figure = _square(_("false positive rate"), _("true positive rate"))
    for k in classes:
        figure.add_trace(
            go.Scatter(
                x=FALSE_RATES,
                y=[],
                mode="lines",
                name=class_name(labels[k]),
                line={"color": theme.CLASS_COLORS[k], "width": theme.LINE_WIDTH},
                hovertemplate=_("%{y:.4~p} found at %{x:.4~p} false alarms"),
            )
        )
    return _with_diagonal(figure)


def calibration() -> go.Figure:
    figure = _square(_("confidence"), _("accuracy"))
    figure.add_trace(
        go.Bar(
            x=[(k + 0.5) / CALIBRATION_BINS for k in range(CALIBRATION_BINS)],
            y=[],
            width=1.0 / CALIBRATION_BINS,
            marker={"color": theme.GUIDE, "line": {"width": 0}},
            opacity=theme.FAINTNESS,
            hovertemplate=_("%{y:.4~p} of the test points<extra></extra>"),
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[],
            y=[],
            mode="lines+markers",
            connectgaps=True,
            line={"color": theme.AMOUNT, "width": theme.LINE_WIDTH},
            marker={"size": theme.POINT_SIZE},
            hovertemplate=_("confidence %{x:.4~p}, right %{y:.4~p}<extra></extra>"),
        )
    )
    return _with_diagonal(figure)


def _square(x_title: str, y_title: str) -> go.Figure:
    """Axes from 0 to 1."""
    axis = {"range": [-0.02, 1.02], "dtick": 0.25, "tickformat": "~%", "fixedrange": True}
    layout = {
        "margin": MARGIN,
        "xaxis": axis | {"title": {"text": x_title}},
        "yaxis": axis | {"title": {"text": y_title}},
        "showlegend": False,
        "hovermode": "closest",
    }
    return go.Figure(layout=layout)


def _with_diagonal(figure: go.Figure) -> go.Figure:
    """What chance does (ROC), or what a score that means what it says does (calibration)."""
    line = {"color": theme.GUIDE, "width": theme.THIN_LINE_WIDTH, "dash": "dot"}
    figure.add_trace(go.Scatter(x=[0, 1], y=[0, 1], mode="lines", line=line, hoverinfo="skip"))
    return figure
