"""How large each layer's updates are in proportion to its weights, over the epochs, with the healthy band.

The ratio should be about 1e-3: far below, learning is slow; far above, it may be unstable (Karpathy, notes of
the Stanford course CS231n, "Neural Networks Part 3: Learning and Evaluation", ratio of weights to updates).
The band reaches a factor of about three to both sides. Adam and its like start above it.

| trace | attribute | channel, and how                                                           |
|-------|-----------|----------------------------------------------------------------------------|
| k     | x         | progress, series                                                           |
|       | y         | a number channel for layer k, `LayerMagnitudes.update_ratios[k]`, series   |
"""

import plotly.graph_objects as go

from playground.figures import theme
from playground.text import _

MARGIN = {"l": 52, "r": 82, "t": 6, "b": 32}
HEALTHY = (10**-3.5, 10**-2.5)


def update_ratios(labels: list[str]) -> go.Figure:
    """labels: the layers' names, first to last."""
    low, high = HEALTHY
    band = {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": low,
        "y1": high,
        "fillcolor": theme.HEALTHY,
        "opacity": theme.BAND_OPACITY,
        "line": {"width": 0},
        "layer": "below",
    }
    y_axis = {"type": "log", "fixedrange": True, "exponentformat": "power", "dtick": 1}
    y_axis["tickfont"] = {"size": theme.POWER_SIZE}
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "xaxis": {"title": {"text": _("epoch")}, "rangemode": "tozero", "fixedrange": True},
            "yaxis": y_axis,
            "shapes": [band],
            "showlegend": True,
            "legend": {"x": 1.01, "y": 1.0, "tracegroupgap": 0},
            "hovermode": "x unified",
        }
    )
    for label, color in zip(labels, theme.layer_colors(len(labels)), strict=True):
        line = {"color": color, "width": theme.LINE_WIDTH}
        figure.add_trace(
            go.Scatter(x=[], y=[], mode="lines", name=label, line=line, hovertemplate="%{y:.2e}")
        )
    return figure
