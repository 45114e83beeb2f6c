"""Overfitting: the gap between training and test, network by network, and against a knob.

`gaps`, N networks (columns that share the axis of the loss), traces 3k, 3k + 1, 3k + 2 for network k

| trace  | attribute              | channel, and how                         |
|--------|------------------------|------------------------------------------|
| 3k     | x, y                   | progress and the training loss, series   |
| 3k + 1 | x, y                   | progress and the test loss, series       |
| 3k + 2 | x, y, error_y.arrayminus | where the test loss was lowest, vector |

`knob_curves`: traces 0 and 1 (training, test) take y from a (V,) channel of means, and error_y.array from one
of spreads, vector. `mask_maps`: trace k takes z from a (rows, units) channel, matrix.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from playground.datasets import Dataset
from playground.figures import theme
from playground.figures.boundary import boundary
from playground.figures.gradient_flow import SMALL_MARGIN
from playground.text import _

MARGIN = {"l": 48, "r": 10, "t": 6, "b": 32}
GAP = 0.05  # between two columns, as a part of the width
TRAIN, TEST = theme.ROLES["train"], theme.ROLES["test"]

GAP_HOVERS = {
    "training": _("{name}<br>epoch %{{x}}: training loss %{{y:.4g}}<extra></extra>"),
    "test": _("{name}<br>epoch %{{x}}: test loss %{{y:.4g}}<extra></extra>"),
    "lowest": _("{name}<br>epoch %{{x}}: lowest test loss %{{y:.4g}}<extra></extra>"),
}
SWEEP_HOVERS = {
    "training": _("training, {axis} %{{text}}: {value}<extra></extra>"),
    "test": _("test, {axis} %{{text}}: {value}<extra></extra>"),
}


def gaps(names: Sequence[str]) -> go.Figure:
    """Training and test loss of each network, the gap between them shaded, the best epoch marked."""
    y_axis = {"fixedrange": True, "rangemode": "tozero", "nticks": 6, "exponentformat": "power"}
    figure = go.Figure(layout={"margin": MARGIN, "yaxis": y_axis, "showlegend": False})
    figure.update_layout(hovermode="closest")
    for k, name in enumerate(names):
        empty = {"x": [], "y": [], "xaxis": _axis(k)}
        for kind, color, shade in (("training", TRAIN, {}), ("test", TEST, _shade())):
            line = {"color": color, "width": theme.LINE_WIDTH}
            figure.add_trace(
                go.Scatter(
                    **empty,
                    **shade,
                    mode="lines",
                    name=f"{name}: {kind}",
                    line=line,
                    hovertemplate=GAP_HOVERS[kind].format(name=name),
                )
            )
        figure.add_trace(go.Scatter(**empty, **_mark(), hovertemplate=GAP_HOVERS["lowest"].format(name=name)))
        figure.update_layout({f"xaxis{k + 1 if k else ''}": _column(k, len(names))})
    return figure


def _shade() -> dict:
    """What fills the gap down to the line before this one."""
    return {"fill": "tonexty", "fillcolor": theme.translucent(TEST, 1.5 * theme.BAND_OPACITY)}


def _mark() -> dict:
    """A diamond, with a line down to the axis that shows the epoch."""
    return {
        "mode": "markers",
        "marker": {"symbol": "diamond", "size": theme.MARK_SIZE, "color": theme.HEALTHY},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [0],
            "arrayminus": [0],
            "width": 0,
            "thickness": theme.THIN_LINE_WIDTH,
            "color": theme.HEALTHY,
        },
    }


def _column(k: int, count: int) -> dict:
    width = (1.0 - GAP * (count - 1)) / count
    start = k * (width + GAP)
    return {
        "domain": [start, min(start + width, 1.0)],
        "title": {"text": _("epoch")},
        "rangemode": "tozero",
        "fixedrange": True,
        "nticks": 4,
    }


def _axis(k: int) -> str:
    return f"x{k + 1}" if k else "x"


def knob_curves(labels: Sequence[str], axis: str, *, percent: bool) -> go.Figure:
    """Training and test against the values of a knob, evenly spaced. labels: the values. axis: what they are.
    percent: the numbers are parts of 1.
    """
    places = list(range(len(labels)))  # labels that are numbers would have an axis to scale
    x_axis = {
        "tickvals": places,
        "ticktext": list(labels),
        "range": [-0.3, len(labels) - 0.7],
        "fixedrange": True,
        "title": {"text": axis},
        "showgrid": False,
        "zeroline": False,
    }
    y_axis = {"fixedrange": True, "rangemode": "tozero", "nticks": 6, "tickformat": "~%" if percent else ""}
    layout = {"margin": MARGIN, "xaxis": x_axis, "yaxis": y_axis, "showlegend": False}
    figure = go.Figure(layout={**layout, "hovermode": "closest"})
    value = "%{y:.4~p}" if percent else "%{y:.4g}"
    for kind, color, symbol in (("training", TRAIN, "circle"), ("test", TEST, "diamond")):
        nothing = [None] * len(labels)
        figure.add_trace(
            go.Scatter(
                x=places,
                y=nothing,
                error_y={"type": "data", "array": nothing, "color": color, "thickness": theme.LINE_WIDTH},
                mode="lines+markers",
                name=kind,
                text=list(labels),
                line={"color": color, "width": theme.LINE_WIDTH},
                marker={"symbol": symbol, "size": theme.MARK_SIZE},
                hovertemplate=SWEEP_HOVERS[kind].format(axis=axis, value=value),
            )
        )
    return figure


def mask_maps(units: Sequence[int], rows: int) -> go.Figure:
    """A map for each hidden layer: a row for each point, a cell for each unit, filled where it was on."""
    figure = go.Figure(layout={"margin": {**MARGIN, "l": 20, "b": 30}})
    for k, count in enumerate(units):
        figure.add_trace(
            go.Heatmap(
                z=[[None] * count] * rows,
                x=list(range(1, count + 1)),
                y=list(range(1, rows + 1)),
                zmin=0,
                zmax=1,
                colorscale=[[0.0, theme.translucent(theme.GUIDE, 0.12)], [1.0, theme.AMOUNT]],
                showscale=False,
                xgap=1,
                ygap=1,
                xaxis=_axis(k),
                yaxis=f"y{k + 1}" if k else "y",
                hovertemplate=_("hidden layer {k}, unit %{{x}}, point %{{y}}: %{{z}}<extra></extra>").format(
                    k=k + 1
                ),
            )
        )
        place = {**_column(k, len(units)), "title": {"text": _("hidden layer {k}").format(k=k + 1)}}
        rows_axis = {"range": [rows + 0.5, 0.5], "showticklabels": False, "anchor": _axis(k)}
        number = k + 1 if k else ""
        figure.update_layout(
            {
                f"xaxis{number}": {**place, "rangemode": "normal", "showgrid": False, "zeroline": False},
                f"yaxis{number}": {**rows_axis, "fixedrange": True, "showgrid": False, "zeroline": False},
            }
        )
    return figure


def noisy_boundary(train: Dataset, wrong: np.ndarray) -> go.Figure:
    """The training points alone, where there is little room, with a cross on each wrong label.

    wrong: (n,) bool.
    """
    figure = boundary(train, replace(train, x=train.x[:0], y=train.y[:0]))
    figure.update_traces(marker_size=theme.SMALL_POINT_SIZE)
    x = np.round(train.x[wrong], 4)
    line = {"color": theme.WRONG_LABEL, "width": theme.LINE_WIDTH}
    figure.add_trace(
        go.Scatter(
            x=x[:, 0],
            y=x[:, 1],
            mode="markers",
            name=_("wrong label"),
            marker={"symbol": "x-thin", "size": theme.MARK_SIZE, "line": line},
            hovertemplate=_("this label is wrong<extra></extra>"),
        )
    )
    hidden = {"showticklabels": False}
    figure.update_layout(margin=SMALL_MARGIN, xaxis=hidden, yaxis=hidden)
    return figure
