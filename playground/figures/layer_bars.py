"""One bar for each layer, from input to output: where gradients fade or grow along the network."""

import plotly.graph_objects as go

from playground.figures import theme

MARGIN = {"l": 48, "r": 10, "t": 6, "b": 26}


def layer_bars(labels: list[str]) -> go.Figure:
    """labels: the layers' names, first to last. The bars' heights come from the player; the axis is
    logarithmic.
    """
    y_axis = {"type": "log", "fixedrange": True, "exponentformat": "power", "dtick": 1}
    y_axis["tickfont"] = {"size": theme.POWER_SIZE}
    x_axis = {"type": "category", "fixedrange": True, "categoryarray": labels, "dtick": 1, "tickangle": 0}
    figure = go.Figure(
        layout={"margin": MARGIN, "xaxis": x_axis, "yaxis": y_axis, "showlegend": False, "bargap": 0.35}
    )
    marker = {"color": theme.POSITIVE, "line": {"width": 0}}
    figure.add_trace(
        go.Bar(x=labels, y=[None] * len(labels), marker=marker, hovertemplate="%{x}: %{y:.3e}<extra></extra>")
    )
    return figure
