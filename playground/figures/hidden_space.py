"""The training points as the last hidden layer sees them, over the bent grid of the plane.

| trace | attribute | channel, and how                                          |
|-------|-----------|-----------------------------------------------------------|
| 0     | x, y      | columns of `polyline(HiddenView.lines)`, vector           |
| 1     | x, y      | columns of `HiddenView.points`, vector                    |

Both rounded by `coarse`.
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from playground.datasets import Dataset
from playground.datasets.own import LABELS
from playground.figures import theme
from playground.figures.words import class_name
from playground.probes.hidden_space import SHOWN_POINTS
from playground.text import _

MARGIN = {"l": 44, "r": 8, "t": 6, "b": 32}


def hidden_space(train: Dataset, units: int, *, labels: Sequence[str] = LABELS) -> go.Figure:
    """train: the training points; the first SHOWN_POINTS are shown. units: of the last hidden layer.
    labels: the names of the classes.
    """
    names = [_("unit 1"), _("unit 2")] if units <= 2 else [_("principal plane, axis 1"), _("axis 2")]
    axis = {"fixedrange": True, "nticks": 6, "exponentformat": "power"}
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "showlegend": False,
            "hovermode": "closest",
            "xaxis": axis | {"title": {"text": names[0]}},
            "yaxis": axis | {"title": {"text": names[1]}, "scaleanchor": "x"},
        }
    )
    line = {"color": theme.GUIDE, "width": theme.THIN_LINE_WIDTH}
    figure.add_trace(
        go.Scatter(x=[], y=[], mode="lines", line=line, opacity=theme.FAINTNESS, hoverinfo="skip")
    )
    hover = "%{customdata}<br>%{x:.3f}, %{y:.3f}<extra></extra>"
    figure.add_trace(
        go.Scatter(
            x=[],
            y=[],
            mode="markers",
            marker={"size": theme.POINT_SIZE} | _colors(train),
            customdata=_words(train, labels),
            hovertemplate=hover,
        )
    )
    return figure


def _colors(train: Dataset) -> dict:
    y = train.y[:SHOWN_POINTS]
    if train.task == "classification":
        return {"color": [theme.CLASS_COLORS[k] for k in y]}
    scale = [[0.0, theme.NEGATIVE], [0.5, theme.LIGHT.faint], [1.0, theme.POSITIVE]]
    return {"color": np.round(y, 4), "colorscale": scale, "cmin": -1, "cmax": 1}


def _words(train: Dataset, labels: Sequence[str]) -> list[str]:
    y = train.y[:SHOWN_POINTS]
    if train.task == "classification":
        return [class_name(labels[k]) for k in y]
    return [_("value {v:.3f}").format(v=v) for v in y]
