"""Learning rates over the epochs: each schedule as it is going to be, and how far its run has come.

N schedules

| trace      | attribute | channel, and how                    |
|------------|-----------|-------------------------------------|
| 0 .. N-1   | -         | the schedule, dotted                |
| N .. 2N-1  | x, y      | the rates so far, series            |
| 2N .. 3N-1 | x, y      | where each is now: numbers, vectors |
"""

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from playground.figures import theme
from playground.text import _

MARGIN = {"l": 48, "r": 10, "t": 6, "b": 34}


class Rates(NamedTuple):
    """A schedule's name, and its rate at places of the run; none if nobody can know it. stepped: the rate
    jumps.
    """

    label: str
    epochs: Sequence[float]
    rates: Sequence[float]
    stepped: bool = False


def rate_curves(schedules: Sequence[Rates], end: float) -> go.Figure:
    """end: the epoch up to which the axis goes."""
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "showlegend": False,
            "hovermode": "x unified",
            "xaxis": {"title": {"text": _("epoch")}, "range": [0.0, end], "fixedrange": True},
            "yaxis": {"rangemode": "tozero", "nticks": 6, "exponentformat": "power", "fixedrange": True},
        }
    )
    for k, schedule in enumerate(schedules):
        line = {"color": theme.RUN_COLORS[k], "width": theme.LINE_WIDTH, "dash": "dot"}
        figure.add_trace(
            go.Scatter(x=schedule.epochs, y=schedule.rates, mode="lines", line=line, hoverinfo="skip")
        )
    for k, schedule in enumerate(schedules):
        line = {"color": theme.RUN_COLORS[k], "width": 2 * theme.LINE_WIDTH}
        line["shape"] = (
            "vh" if schedule.stepped else "linear"
        )  # a frame has the rate of the updates before it
        figure.add_trace(
            go.Scatter(x=[], y=[], mode="lines", name=schedule.label, line=line, hovertemplate="%{y:.3~g}")
        )
    for k in range(len(schedules)):
        marker = {"color": theme.RUN_COLORS[k], "size": theme.POINT_SIZE + 4}
        figure.add_trace(go.Scatter(x=[], y=[], mode="markers", marker=marker, hoverinfo="skip"))
    return figure
