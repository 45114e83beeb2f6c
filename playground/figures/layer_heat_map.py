"""Magnitudes layer by layer over the epochs, as colours of powers of ten.

| trace | attribute | channel, and how            |
|-------|-----------|-----------------------------|
| 0     | x         | progress, series            |
|       | z         | a (L,) channel, history     |
"""

import plotly.graph_objects as go

from playground.figures import theme
from playground.text import _

MARGIN = {"l": 64, "r": 60, "t": 6, "b": 32}
LOWEST, HIGHEST = -6, 1  # what lies beyond has the colour of the end


def layer_heat_map(labels: list[str]) -> go.Figure:
    """labels: the layers' names, first to last; the first is at the top. The numbers are logarithms to base
    10 of the layers' gradients.
    """
    rows = {"type": "category", "categoryarray": labels, "autorange": "reversed", "fixedrange": True}
    columns = {"title": {"text": _("epoch")}, "fixedrange": True, "showgrid": False}
    figure = go.Figure(layout={"margin": MARGIN, "xaxis": columns, "yaxis": rows | {"showgrid": False}})
    ticks = list(range(LOWEST, HIGHEST + 1, 3))
    figure.add_trace(
        go.Heatmap(
            x=[],
            y=labels,
            z=[],
            zmin=LOWEST,
            zmax=HIGHEST,
            colorscale=theme.MAGNITUDES,
            colorbar={"tickvals": ticks, "ticktext": [f"10<sup>{tick}</sup>" for tick in ticks]},
            hovertemplate=_("%{y}, epoch %{x:.4~g}<br>gradient 10^%{z:.2f}<extra></extra>"),
        )
    )
    return figure
