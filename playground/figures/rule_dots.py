"""All rules for initial weights at once: a row for each, and on a logarithmic axis what is left of the signal
after the last layer, and of the gradient before the first.

| trace | attribute | channel, and how                           |
|-------|-----------|--------------------------------------------|
| 0, 1  | x         | measured, a number for each rule, vector   |
| 2, 3  | x         | what theory predicts, vector               |
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from playground.figures import theme
from playground.figures.cells import add_caption
from playground.text import _

MARGIN = {"l": 138, "r": 12, "t": 22, "b": 30}
GAP = 0.05
LOWEST, HIGHEST = -8, 6  # powers of ten: what lies beyond stands at the end
POWERS = (-8, -4, 0, 4)  # that are written

SCALE = {
    "type": "log",
    "range": [LOWEST - 0.9, HIGHEST + 0.3],
    "fixedrange": True,
    "tickvals": [10.0**k for k in POWERS],
    "ticktext": [f"10<sup>{k}</sup>" if k else "1" for k in POWERS],
    "tickfont": {"size": theme.POWER_SIZE},
}

MEASURED = _("%{customdata}, measured: %{x:.3~g}<extra></extra>")
THEORY = _("%{customdata}, theory: %{x:.3~g}<extra></extra>")


def rule_dots(labels: Sequence[str], chosen: int, titles: tuple[str, str]) -> go.Figure:
    """chosen: the row that stands out. titles: of the two pictures."""
    rows = list(range(len(labels)))
    names = [f"<b>{label}</b>" if k == chosen else label for k, label in enumerate(labels)]
    y_axis = {"range": [len(labels) - 0.5, -0.5], "tickvals": rows, "ticktext": names, "zeroline": False}
    figure = go.Figure(layout={"margin": MARGIN, "showlegend": False, "yaxis": y_axis | {"fixedrange": True}})
    middle = 0.5 - GAP / 2
    colors = [theme.RUN_COLORS[0] if k == chosen else theme.AMOUNT for k in rows]
    sizes = [theme.POINT_SIZE + (4 if k == chosen else 1) for k in rows]
    for k, title in enumerate(titles):
        start = k * (1.0 - middle)
        figure.layout[f"xaxis{k + 1 if k else ''}"] = {**SCALE, "domain": [start, start + middle]}
        add_caption(figure, title, start)
    for symbol, hover in (("circle", MEASURED), ("circle-open", THEORY)):
        for axis in ("x", "x2"):
            marker = {"color": colors, "size": sizes, "symbol": symbol, "line": {"width": 0}}
            if hover == THEORY:
                marker |= {"size": [size + 5 for size in sizes], "line": {"width": 1.5, "color": theme.GUIDE}}
            figure.add_trace(
                go.Scatter(
                    x=[],
                    y=rows,
                    xaxis=axis,
                    mode="markers",
                    marker=marker,
                    customdata=list(labels),
                    hovertemplate=hover,
                )
            )
    return figure
