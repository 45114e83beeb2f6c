"""How many units of each hidden layer are stuck.

| trace | attribute | channel, and how               |
|-------|-----------|--------------------------------|
| 0     | y         | `Saturation.saturated`, vector |
| 1     | y         | `Saturation.dead`, vector      |
"""

import plotly.graph_objects as go

from playground.figures import theme
from playground.text import _

MARGIN = {"l": 48, "r": 10, "t": 6, "b": 26}
STATES = {
    "saturated": (_("saturated"), _("%{x}: %{y:.4~p} saturated<extra></extra>")),
    "dead": (_("dead"), _("%{x}: %{y:.4~p} dead<extra></extra>")),
}
"""What each state of theme.UNIT_STATES is called, and what is said of a bar."""


def saturation_bars(labels: list[str]) -> go.Figure:
    """labels: the hidden layers' names, first to last."""
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "xaxis": {
                "type": "category",
                "categoryarray": labels,
                "fixedrange": True,
                "dtick": 1,
                "tickangle": 0,
            },
            "yaxis": {"range": [0.0, 1.03], "tickformat": "~%", "fixedrange": True},
            "barmode": "stack",
            "bargap": 0.35,
            "showlegend": True,
            "legend": {"orientation": "h", "y": 1.0, "yanchor": "top", "x": 1.0, "xanchor": "right"},
        }
    )
    for state, color in theme.UNIT_STATES.items():
        name, hover = STATES[state]
        figure.add_trace(go.Bar(x=labels, y=[], name=name, marker={"color": color}, hovertemplate=hover))
    return figure
