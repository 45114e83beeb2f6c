"""Curves over the epochs: one line for each series. The player fills them in as the run goes on."""

from typing import NamedTuple

import plotly.graph_objects as go

from playground.figures import theme
from playground.text import _

MARGIN = {"l": 48, "r": 10, "t": 6, "b": 32}


class Series(NamedTuple):
    """channel: where the player finds the numbers. label: its name. role: a key of theme.ROLES."""

    channel: str
    label: str
    role: str


def curves(
    series: list[Series], *, y_range: tuple[float, float] | None = None, percent: bool = False
) -> go.Figure:
    """Empty axes with the lines' styles. y_range: fixed ends of the axis. percent: the numbers are parts of
    1.
    """
    x_axis = {"title": {"text": _("epoch")}, "rangemode": "tozero", "fixedrange": True}
    y_axis: dict[str, object] = {
        "fixedrange": True,
        "nticks": 6,
        "tickformat": "~%" if percent else "",
        "exponentformat": "power",
    }
    if y_range:
        y_axis["range"] = list(y_range)
    layout = {
        "margin": MARGIN,
        "xaxis": x_axis,
        "yaxis": y_axis,
        "showlegend": False,
        "hovermode": "x unified",
    }
    figure = go.Figure(layout=layout)
    hover = "%{y:.4~p}" if percent else "%{y:.4g}"
    for entry in series:
        line = {"color": theme.ROLES[entry.role], "width": theme.LINE_WIDTH}
        figure.add_trace(
            go.Scatter(x=[], y=[], mode="lines", name=entry.label, line=line, hovertemplate=hover)
        )
    return figure
