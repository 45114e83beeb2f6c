"""Ridges: a histogram for each layer, one above the other, each over its own symmetric range.

| trace | attribute  | channel, and how                                        |
|-------|------------|---------------------------------------------------------|
| 0     | y          | `Histograms.heights`, (L, BINS), vector                 |
| 1     | customdata | `Histograms.ranges`, (L,), vector: written on the right |
"""

import numpy as np
import plotly.graph_objects as go

from playground.figures import theme
from playground.probes.histograms import BINS
from playground.text import _

MARGIN = {"l": 64, "r": 84, "t": 6, "b": 32}
STEP = 1.25  # from one layer's base line to the next; the highest bar is 1


def ridges(labels: list[str], quantity: str, *, of: int) -> go.Figure:
    """labels: the layers' names, first to last; the first is at the top. quantity: of what, in the plural.
    of: how many layers the network has: a layer has the same colour in every picture.
    """
    colors = theme.layer_colors(of)[: len(labels)]
    bases = [STEP * (len(labels) - 1 - k) for k in range(len(labels))]
    centres = (np.arange(BINS) + 0.5) * 2.0 / BINS - 1.0
    x_axis = {
        "range": [-1.02, 1.02],
        "tickvals": [-1, 0, 1],
        "ticktext": ["−", "0", "+"],
        "title": {"text": quantity},
        "fixedrange": True,
    }
    y_axis = {
        "range": [-0.1, STEP * max(len(labels), 1)],
        "tickvals": bases,
        "ticktext": labels,
        "fixedrange": True,
        "zeroline": False,
    }
    figure = go.Figure(layout={"margin": MARGIN, "xaxis": x_axis, "yaxis": y_axis, "showlegend": False})
    figure.add_trace(
        go.Bar(
            x=np.tile(centres, len(labels)),
            y=[],
            base=np.repeat(bases, BINS),
            width=2.0 / BINS,
            marker={"color": np.repeat(colors, BINS), "line": {"width": 0}},
            customdata=np.repeat(labels, BINS),
            hovertemplate=_("%{customdata}, at %{x:.2f} of its range<extra></extra>"),
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[1.0] * len(labels),
            y=[base + 0.5 for base in bases],
            mode="text",
            customdata=[1.0] * len(labels),
            texttemplate="\u2002±%{customdata:.3~g}",
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    return figure
