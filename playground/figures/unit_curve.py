"""One activation function and its slope, with a histogram of the sums that enter it and a mark for each
hidden unit at its mean sum.

| trace | attribute | channel, and how                   |
|-------|-----------|------------------------------------|
| 0     | y         | `Sums.together`, vector            |
| MARKS | x, y      | `Places.sums`, `.outputs`, vectors |
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from playground.figures import theme
from playground.figures.activation_view import TRACES, activation_view
from playground.probes.activation_view import ActivationCurve
from playground.text import _

MARKS = TRACES
MARGIN = {"l": 34, "r": 10, "t": 6, "b": 34}
ROOM = 0.08  # above and below the curves, as a part of their height


def unit_curve(curve: ActivationCurve, units: Sequence[int]) -> go.Figure:
    """units: how many each hidden layer has, for the marks' colours."""
    figure = activation_view([""], [curve])
    ends = [min(curve.value.min(), curve.slope.min()), max(curve.value.max(), curve.slope.max())]
    room = ROOM * (ends[1] - ends[0])
    figure.update_layout(margin=MARGIN, annotations=[])
    figure.update_xaxes(domain=[0.0, 1.0], title={"text": _("sum z of a unit")}, tickvals=[-4, -2, 0, 2, 4])
    figure.layout.yaxis.domain = [0.0, 1.0]
    figure.layout.yaxis2.update(
        range=[ends[0] - room, ends[1] + room], ticklabelposition="outside", side="left"
    )
    colors = np.repeat(theme.layer_colors(len(units)), units)
    layers = np.repeat([_("hidden layer {k}").format(k=k + 1) for k in range(len(units))], units)
    figure.add_trace(
        go.Scatter(
            x=[],
            y=[],
            yaxis="y2",
            mode="markers",
            marker={"color": colors, "size": theme.POINT_SIZE + 2},
            customdata=layers,
            hovertemplate=_("a unit of %{customdata}: mean sum %{x:.3f}, f %{y:.3f}<extra></extra>"),
        )
    )
    return figure
