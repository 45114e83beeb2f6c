"""An activation function and its slope, over a histogram of where a layer's sums are now.

| trace | attribute | channel, and how                              |
|-------|-----------|-----------------------------------------------|
| 0     | y         | a layer's row of `Sums.heights`, vector       |
"""

import plotly.graph_objects as go

from playground.figures import theme
from playground.probes.activation_view import REACH, SUM_BINS, ActivationCurve

MARGIN = {"l": 36, "r": 8, "t": 6, "b": 24}
HIGHEST_BAR = 0.45  # of the height of the plot


def activation_view(curve: ActivationCurve) -> go.Figure:
    """The curves are there at once; the bars come with the frames."""
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "bargap": 0,
            "showlegend": False,
            "hovermode": "closest",
            "xaxis": {"range": [-REACH, REACH], "fixedrange": True, "zeroline": True},
            "yaxis": {"range": [0.0, 1.0 / HIGHEST_BAR], "visible": False, "fixedrange": True},
            "yaxis2": {
                "overlaying": "y",
                "tickmode": "auto",
                "fixedrange": True,
                "zeroline": True,
                "nticks": 5,
            },
        }
    )
    centres = [(k + 0.5) * 2.0 * REACH / SUM_BINS - REACH for k in range(SUM_BINS)]
    figure.add_trace(
        go.Bar(
            x=centres,
            y=[],
            marker={"color": theme.AMOUNT, "line": {"width": 0}},
            opacity=theme.FAINTNESS,
            hovertemplate="sums about %{x:.3~g}<extra></extra>",
        )
    )
    styles = (
        ("f", curve.value, theme.ROLES["train"], "solid"),
        ("f′", curve.slope, theme.ROLES["test"], "dot"),
    )
    for name, values, color, dash in styles:
        figure.add_trace(
            go.Scatter(
                x=curve.z.round(4),
                y=values.round(5),
                yaxis="y2",
                mode="lines",
                name=name,
                line={"color": color, "width": theme.LINE_WIDTH, "dash": dash},
                hovertemplate=f"{name}(%{{x:.2f}}) = %{{y:.3f}}<extra></extra>",
            )
        )
    return figure
