"""Losses against the prediction, and what an outlier does to a fit.

`loss_curves`, N losses

| trace      | attribute | channel, and how                                          |
|------------|-----------|-----------------------------------------------------------|
| 0 .. 2N-1  | -         | each loss's curve for class 1, and then for class 0       |
| 2N .. 4N-1 | x, y      | marks, in the same order: (1,) channels, vectors          |

`fit_rows`, a row for each loss

| trace | attribute | channel, and how                  |
|-------|-----------|-----------------------------------|
| 0     | -         | the points near 0                 |
| 1     | x         | the outlier, once a row, vector   |
| 2     | x         | the fit of each loss, vector      |
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from playground.figures import theme
from playground.probes.loss_view import CLASSES, FARTHEST, INLIERS, REACH, LossCurve
from playground.text import _

VALUE, GRADIENT = 0, 1
MARGIN = {"l": 40, "r": 10, "t": 22, "b": 34}
FIT_MARGIN = {"l": 92, "r": 12, "t": 6, "b": 34}
MOST = 6.0  # of a value or a gradient: steeper curves leave the picture
SIDES = ((_("right for class 0"), 0.25), (_("right for class 1"), 0.75))  # where the halves have their names
HOVER_HIGH = _("{label}, class 1: %{{y:.3f}} at %{{x:.2f}}<extra></extra>")
HOVER_LOW = _("{label}, class 0: %{{y:.3f}} at %{{x:.2f}}<extra></extra>")
FIT_SIZE = 22
FIT_COLORS = (*theme.RUN_COLORS, theme.LAYER_COLORS[2])
DASHES = ("solid", "dash", "solid", "dot", "dashdot", "longdash", "longdashdot")
EDGE = 0.25  # so that no mark is cut at the ends


def loss_curves(curves: Sequence[LossCurve], which: int) -> go.Figure:
    """which: VALUE or GRADIENT."""
    y = np.concatenate([numbers[which] for c in curves for numbers in (c.high, c.low)] or [np.zeros(1)])
    low, high = max(float(y.min()), -MOST), min(float(y.max()), MOST)
    room = 0.06 * (high - low or 1.0)
    layout = {
        "margin": MARGIN,
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": {
            "range": [-REACH - EDGE, REACH + EDGE],
            "title": {"text": _("prediction")},
            "fixedrange": True,
        },
        "yaxis": {"range": [low - room, high + room], "nticks": 7, "fixedrange": True},
    }
    figure = go.Figure(layout=layout)
    for text, x in SIDES:
        place = {"x": x, "y": 1.0, "xref": "paper", "yref": "paper", "yanchor": "bottom"}
        figure.add_annotation(text=text, showarrow=False, **place)
    styles = [
        (numbers[which], c.places, hover.format(label=c.label), dash, theme.RUN_COLORS[k])
        for k, c in enumerate(curves)
        for numbers, hover, dash in ((c.high, HOVER_HIGH, "solid"), (c.low, HOVER_LOW, "dash"))
    ]
    for numbers, places, hover, dash, color in styles:
        line = {"color": color, "width": theme.LINE_WIDTH, "dash": dash}
        figure.add_trace(
            go.Scatter(x=places.round(4), y=numbers.round(5), mode="lines", line=line, hovertemplate=hover)
        )
    for *_rest, dash, color in styles:
        hollow = {"symbol": "circle-open" if dash == "dash" else "circle", "color": color}
        mark = {**hollow, "size": theme.POINT_SIZE + 4, "line": {"width": 2, "color": color}}
        figure.add_trace(go.Scatter(x=[], y=[], mode="markers", marker=mark, hoverinfo="skip"))
    return figure


def fit_rows(labels: Sequence[str], *, classes: bool) -> go.Figure:
    """labels: of the losses, top to bottom. classes: colour the points by class."""
    rows = list(range(len(labels)))
    layout = {
        "margin": FIT_MARGIN,
        "showlegend": False,
        "xaxis": {
            "range": [min(INLIERS) - 0.6, FARTHEST + 0.4],
            "fixedrange": True,
            "title": {
                "text": _("border c and the points") if classes else _("fitted value c and the points")
            },
        },
        "yaxis": {
            "range": [len(labels) - 0.5, -0.5],
            "tickvals": rows,
            "ticktext": list(labels),
            "fixedrange": True,
            "zeroline": False,
        },
    }
    figure = go.Figure(layout=layout)
    shades = [theme.CLASS_COLORS[k] for k in CLASSES] if classes else [theme.GUIDE] * len(INLIERS)
    outlier = theme.CLASS_COLORS[0] if classes else theme.BATCH
    points = {"size": theme.POINT_SIZE, "color": shades * len(labels)}
    hover = "%{x:.3f}<extra></extra>"
    figure.add_trace(
        go.Scatter(
            x=list(INLIERS) * len(labels),
            y=np.repeat(rows, len(INLIERS)),
            mode="markers",
            marker=points,
            hovertemplate=hover,
        )
    )
    ring = {"size": theme.POINT_SIZE + 4, "color": outlier, "symbol": "diamond"}
    figure.add_trace(
        go.Scatter(
            x=[], y=rows, mode="markers", marker=ring, hovertemplate=_("outlier {hover}").format(hover=hover)
        )
    )
    colors = fit_colors(len(labels))
    bar = {"size": FIT_SIZE, "symbol": "line-ns", "color": colors, "line": {"width": 4, "color": colors}}
    figure.add_trace(
        go.Scatter(
            x=[], y=rows, mode="markers", marker=bar, hovertemplate=_("fit {hover}").format(hover=hover)
        )
    )
    return figure


def fit_colors(count: int) -> list[str]:
    """A colour for each loss; from the sixth on they come again, with other dashes."""
    return [FIT_COLORS[k % len(FIT_COLORS)] for k in range(count)]


def fit_lines(labels: Sequence[str]) -> go.Figure:
    """The fit of each loss while the outlier goes away: trace k takes x and y from channels, series."""
    layout = {
        "margin": MARGIN | {"t": 6, "l": 44},
        "showlegend": False,
        "hovermode": "x unified",
        "xaxis": {"range": [0.0, FARTHEST], "title": {"text": _("where the outlier is")}, "fixedrange": True},
        "yaxis": {"nticks": 6, "fixedrange": True, "rangemode": "tozero"},
    }
    figure = go.Figure(layout=layout)
    for label, color, dash in zip(labels, fit_colors(len(labels)), _dashes(len(labels)), strict=True):
        line = {"color": color, "width": theme.LINE_WIDTH, "dash": dash}
        figure.add_trace(
            go.Scatter(x=[], y=[], mode="lines", name=label, line=line, hovertemplate="%{y:.4f}")
        )
    return figure


def _dashes(count: int) -> list[str]:
    """Curves that may lie on one another are told apart by these."""
    return [DASHES[k % len(DASHES)] for k in range(count)]
