"""Loss against the learning rate, a curve for each of E optimizers, R rates.

| trace      | what                             | attributes, and how                    |
|------------|----------------------------------|----------------------------------------|
| 0 .. E-1   | losses, at most `ceiling`        | y: (R,), vector                        |
| E .. 2E-1  | the edge of divergence           | x: (2,), vector                        |
| 2E .. 3E-1 | the best rate                    | x, y: (1,), vector                     |
| 3E         | the loss before training         | nothing                                |
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from playground.figures import theme
from playground.figures.curves import MARGIN
from playground.text import _

DECADES = 3.0  # that the axis goes down from the loss before training
ROOM = 10.0  # as a factor, that it goes up from there


def ceiling(first: float) -> float:
    """Losses above this, and infinite ones, are drawn here, at the upper end. first: before training."""
    return first * ROOM


def rate_sweep(names: Sequence[str], rates: np.ndarray, first: float) -> go.Figure:
    """rates: (R,). first: the loss before training."""
    low, high = first / 10.0**DECADES, ceiling(first)
    ends = [float(np.log10(rates[0])) - 0.1, float(np.log10(rates[-1])) + 0.1]
    power = {"type": "log", "fixedrange": True, "exponentformat": "power", "dtick": 1}
    power["tickfont"] = {"size": theme.POWER_SIZE}
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "showlegend": False,
            "hovermode": "closest",
            "xaxis": {**power, "range": ends, "title": {"text": _("learning rate")}},
            "yaxis": {**power, "range": [float(np.log10(low)), float(np.log10(high)) + 0.08]},
        }
    )
    for k, name in enumerate(names):
        line = {"color": theme.RACE_COLORS[k], "width": theme.LINE_WIDTH, "dash": theme.RACE_DASHES[k]}
        marker = {"symbol": theme.RACE_SYMBOLS[k], "size": theme.POINT_SIZE}
        figure.add_trace(
            go.Scatter(
                x=rates,
                y=[],
                mode="lines+markers",
                name=name,
                line=line,
                marker=marker,
                hovertemplate=_("{name}<br>rate %{{x:.3g}}: loss %{{y:.3g}}<extra></extra>").format(
                    name=name
                ),
            )
        )
    for k, name in enumerate(names):
        line = {"color": theme.RACE_COLORS[k], "width": theme.THIN_LINE_WIDTH, "dash": theme.RACE_DASHES[k]}
        hover = _("{name}: from %{{x:.3g}} on it diverges<extra></extra>").format(name=name)
        figure.add_trace(
            go.Scatter(
                x=[], y=[low, high], mode="lines", name=f"{name}, edge", line=line, hovertemplate=hover
            )
        )
    for k, name in enumerate(names):
        line = {"color": theme.RACE_COLORS[k], "width": theme.LINE_WIDTH}
        marker = {"symbol": "circle-open", "size": 2 * theme.POINT_SIZE, "color": theme.RACE_COLORS[k]}
        hover = _("{name}, best: rate %{{x:.3g}}, loss %{{y:.3g}}<extra></extra>").format(name=name)
        marker["line"] = line
        figure.add_trace(
            go.Scatter(x=[], y=[], mode="markers", name=f"{name}, best", marker=marker, hovertemplate=hover)
        )
    style = {"color": theme.GUIDE, "width": theme.LINE_WIDTH, "dash": "dot"}
    figure.add_trace(
        go.Scatter(
            x=[rates[0], rates[-1]],
            y=[first, first],
            mode="lines",
            name="before",
            line=style,
            hoverinfo="skip",
        )
    )
    return figure
