"""What layers do to a signal on the way there and to a gradient on the way back: a number for each layer on
one logarithmic axis, for up to four networks.

N networks, two pictures side by side:

| trace       | attribute | channel, and how                                 |
|-------------|-----------|--------------------------------------------------|
| 0 .. N-1    | y         | (H,) of the way there, vector                    |
| N .. 2N-1   | y         | (H,) of the way back, vector                     |
| 2N .. 4N-1  | y         | nothing: what theory predicts, in the same order |
"""

from collections.abc import Sequence
from math import log10
from typing import NamedTuple

import plotly.graph_objects as go

from playground.figures import theme
from playground.figures.cells import add_caption
from playground.text import _

MARGIN = {"l": 48, "r": 10, "t": 22, "b": 34}
GAP = 0.04  # between the two pictures, as a part of the width
FEW = 8  # so many powers of ten are all written


class SignalPath(NamedTuple):
    """A network: its name and what theory predicts of each layer, there and back."""

    name: str
    there: Sequence[float]
    back: Sequence[float]


def signal_lines(ways: Sequence[SignalPath], titles: tuple[str, str], layers: int) -> go.Figure:
    """titles: of the two pictures."""
    y_axis = {"type": "log", "fixedrange": True, "exponentformat": "power", "nticks": 6}
    y_axis["tickfont"] = {"size": theme.POWER_SIZE}
    seen = [abs(log10(number)) for way in ways for number in (*way.there, *way.back) if number]
    if max(seen, default=0.0) < FEW:
        y_axis["dtick"] = 1
    figure = go.Figure(layout={"margin": MARGIN, "yaxis": y_axis, "showlegend": False})
    places = list(range(1, layers + 1))
    ticks = {"tickvals": sorted({1, (layers + 1) // 2, layers}), "range": [0.5, layers + 0.5]}
    middle = 0.5 - GAP / 2
    for number, domain in (("", [0.0, middle]), ("2", [1.0 - middle, 1.0])):
        figure.layout[f"xaxis{number}"] = {
            "domain": domain,
            "fixedrange": True,
            "title": {"text": _("layer")},
            **ticks,
        }
    for title, x in zip(titles, (0.0, 1.0 - middle), strict=True):
        add_caption(figure, title, x)
    for axis in ("x", "x2"):
        for k, way in enumerate(ways):
            line = {"color": theme.RUN_COLORS[k], "width": theme.LINE_WIDTH}
            hover = _("{name}, layer %{{x}}: %{{y:.3~g}}<extra></extra>").format(name=way.name)
            figure.add_trace(_line(hover, places, [None] * layers, axis, line, mode="lines+markers"))
    for axis, which in (("x", "there"), ("x2", "back")):
        for k, way in enumerate(ways):
            line = {"color": theme.RUN_COLORS[k], "width": theme.LINE_WIDTH, "dash": "dot"}
            numbers = list(getattr(way, which))
            hover = _("{name}, theory, layer %{{x}}: %{{y:.3~g}}<extra></extra>").format(name=way.name)
            figure.add_trace(_line(hover, places, numbers, axis, line, mode="lines"))
    return figure


def _line(hover: str, x: list[int], y: list, axis: str, line: dict, *, mode: str) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        xaxis=axis,
        mode=mode,
        line=line,
        opacity=theme.FAINTNESS if line.get("dash") else 1.0,
        marker={"size": theme.SMALL_POINT_SIZE, "line": {"width": 0}},
        hovertemplate=hover,
    )
