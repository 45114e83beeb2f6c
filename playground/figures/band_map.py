"""A histogram over the epochs: bins of equal ratio on both sides of zero, the share of each as a colour.

| trace | attribute | channel, and how                             |
|-------|-----------|----------------------------------------------|
| 0     | x         | progress, series                             |
|       | z         | `weight_shares` or `gradient_shares`, history |
"""

import plotly.graph_objects as go

from playground.figures import theme
from playground.probes.histograms import SignedScale
from playground.text import _

MARGIN = {"l": 64, "r": 56, "t": 6, "b": 32}
FULL = 0.2  # a share from here on has the strongest colour


def band_map(scale: SignedScale, hover: str) -> go.Figure:
    """scale: whose rows the channel holds. hover: what is said of a cell, x its epoch and z its share."""
    # clear of zero, and of the ends of the axis, where a label would be cut
    exponents = [e for e in range(scale.low + 2, scale.high) if e % 2 == 0]
    positive = [(scale.edge(e), _power(scale.base, e)) for e in exponents]
    negative = [(2 * scale.half - place, f"−{text}") for place, text in positive]
    ticks = [*reversed(negative), (scale.half, "0"), *positive]
    y_axis = {
        "tickvals": [place for place, _ in ticks],
        "ticktext": [text for _, text in ticks],
        "range": [-0.5, scale.rows - 0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
    x_axis = {"title": {"text": _("epoch")}, "fixedrange": True, "showgrid": False, "zeroline": False}
    figure = go.Figure(layout={"margin": MARGIN, "xaxis": x_axis, "yaxis": y_axis})
    figure.add_trace(
        go.Heatmap(
            x=[],
            y=list(range(scale.rows)),
            z=[],
            zmin=0.0,
            zmax=FULL,
            colorscale=theme.DENSITY,
            colorbar={"tickformat": "~%", "nticks": 4},
            hovertemplate=hover,
        )
    )
    return figure


def _power(base: float, exponent: int) -> str:
    return f"10<sup>{exponent}</sup>" if base == 10.0 else f"{base**exponent:.3g}"
