"""Gradients and activations through the layers of up to four networks, a column of the page for each.

`gradient_bars`, N networks (their bars share one logarithmic axis)

| trace     | attribute | channel, and how                                     |
|-----------|-----------|------------------------------------------------------|
| 0 .. N-1  | y         | a network's (L,) channel, vector                     |
| N .. 2N-1 | y         | nothing: what theory predicts of the first weights,  |
|           |           | empty where there is none                            |

`gradient_maps`: trace k takes x from progress, series, and z from a (L,) channel, history.
`output_maps`: trace k takes z from a (H, OUTPUT_BINS) channel, matrix.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from playground.datasets import Dataset
from playground.figures import theme
from playground.figures.boundary import boundary
from playground.probes.output_ranges import OUTPUT_BINS
from playground.text import _

MARGIN = {"l": 44, "r": 8, "t": 6, "b": 30}
SMALL_MARGIN = {"l": 2, "r": 2, "t": 4, "b": 4}
GAP = 0.05  # between two columns, as a part of the width
LOWEST, HIGHEST = -9, 0  # powers of ten; what lies beyond has the colour of the end


class Column(NamedTuple):
    """One network: its name, its number of layers with weights, what theory predicts of their gradients
    (L,) or nothing, and the range of its outputs.
    """

    name: str
    layers: int
    predicted: Sequence[float] = ()
    outputs: tuple[float, float] = (0.0, 1.0)


def gradient_bars(columns: Sequence[Column]) -> go.Figure:
    """Bars from the first layer with weights to the last, and a dotted line for the theory."""
    y_axis = {"type": "log", "fixedrange": True, "exponentformat": "power", "nticks": 6}
    y_axis["tickfont"] = {"size": theme.POWER_SIZE}
    figure = go.Figure(layout={"margin": MARGIN, "yaxis": y_axis, "showlegend": False, "bargap": 0.25})
    for k, column in enumerate(columns):
        places = _layers(column)
        marker = {"color": theme.RUN_COLORS[k], "line": {"width": 0}}
        hover = _("{name}<br>layer %{{x}}: mean |dE/dw| %{{y:.2e}}<extra></extra>").format(name=column.name)
        bars = {"x": places, "y": [None] * len(places), "marker": marker, "hovertemplate": hover}
        figure.add_trace(go.Bar(**bars, name=column.name, xaxis=_axis("x", k)))
        ends = {"range": [0.4, column.layers + 0.6], "title": {"text": _("layer")}, **_ticks(column)}
        figure.update_layout({_layout("x", k): {**_place(k, len(columns)), **ends, "showgrid": False}})
    for k, column in enumerate(columns):
        figure.add_trace(
            go.Scatter(
                x=_layers(column) if column.predicted else [],
                y=list(column.predicted),
                mode="lines",
                name="theory",
                line={"color": theme.GUIDE, "width": theme.LINE_WIDTH, "dash": "dot"},
                xaxis=_axis("x", k),
                hovertemplate=_("theory for the first weights, layer %{x}: %{y:.2e}<extra></extra>"),
            )
        )
    return figure


def gradient_maps(columns: Sequence[Column]) -> go.Figure:
    """Magnitudes layer by layer over the epochs, first layer at the top, as colours of powers of ten."""
    figure = go.Figure(layout={"margin": MARGIN})
    for k, column in enumerate(columns):
        figure.add_trace(
            go.Heatmap(
                x=[],
                y=_layers(column),
                z=[],
                zmin=LOWEST,
                zmax=HIGHEST,
                colorscale=theme.MAGNITUDES,
                showscale=False,
                hovertemplate=_(
                    "{name}<br>layer %{{y}}, epoch %{{x:.4~g}}: mean |dE/dw| 10^%{{z:.2f}}<extra></extra>"
                ).format(name=column.name),
                xaxis=_axis("x", k),
                yaxis=_axis("y", k),
            )
        )
        _rows(figure, column, k, len(columns), {"title": {"text": _("epoch")}, "nticks": 4})
    return figure


def output_maps(columns: Sequence[Column]) -> go.Figure:
    """How the outputs of each hidden layer are spread over the range of its activation."""
    figure = go.Figure(layout={"margin": MARGIN})
    for k, column in enumerate(columns):
        low, high = column.outputs
        step = (high - low) / OUTPUT_BINS
        figure.add_trace(
            go.Heatmap(
                x=np.round(low + step * (np.arange(OUTPUT_BINS) + 0.5), 4),
                y=_layers(column)[:-1],
                z=[],
                zmin=0.0,
                zmax=1.0,
                colorscale=[list(stop) for stop in theme.DENSITY],
                showscale=False,
                hovertemplate=_(
                    "{name}<br>hidden layer %{{y}}, output about %{{x:.2f}}<extra></extra>"
                ).format(name=column.name),
                xaxis=_axis("x", k),
                yaxis=_axis("y", k),
            )
        )
        ticks = {"tickvals": [low, 0.5 * (low + high), high], "range": [low, high]}
        hidden = column._replace(layers=column.layers - 1)
        _rows(figure, hidden, k, len(columns), {"title": {"text": _("output")}, **ticks})
    return figure


def small_boundary(train: Dataset, test: Dataset) -> go.Figure:
    """The decision boundary where there is little room."""
    figure = boundary(train, test)
    figure.update_traces(marker_size=theme.SMALL_POINT_SIZE)
    hidden = {"showticklabels": False}
    figure.update_layout(margin=SMALL_MARGIN, xaxis=hidden, yaxis=hidden)
    return figure


def _rows(figure: go.Figure, column: Column, k: int, count: int, x_axis: dict) -> None:
    """The axes of a map with a row for each layer, the first at the top."""
    rows = {"range": [column.layers + 0.5, 0.5], "anchor": _axis("x", k), "fixedrange": True}
    rows |= {**_ticks(column), "showgrid": False, "zeroline": False}
    columns = {**_place(k, count), "anchor": _axis("y", k), "showgrid": False, "zeroline": False}
    figure.update_layout({_layout("x", k): {**columns, **x_axis}, _layout("y", k): rows})


def _place(k: int, count: int) -> dict:
    """The part of the width that column k has."""
    width = (1.0 - GAP * (count - 1)) / count
    start = k * (width + GAP)
    return {"domain": [start, min(start + width, 1.0)], "fixedrange": True}


def _axis(letter: str, k: int) -> str:
    return letter if k == 0 else f"{letter}{k + 1}"


def _layout(letter: str, k: int) -> str:
    return f"{letter}axis" if k == 0 else f"{letter}axis{k + 1}"


def _layers(column: Column) -> list[int]:
    return list(range(1, column.layers + 1))


def _ticks(column: Column) -> dict:
    """The first, the middle and the last layer."""
    return {"tickvals": sorted({1, (column.layers + 1) // 2, column.layers})}
