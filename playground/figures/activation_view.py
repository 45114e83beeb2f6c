"""The activation function of each hidden layer and its slope, over a histogram of where the layer's sums are
now: a small picture for each layer.

| trace      | attribute | channel, and how                         |
|------------|-----------|------------------------------------------|
| TRACES * k | y         | row k of `Sums.heights`, vector          |
"""

from collections.abc import Sequence
from math import ceil

import plotly.graph_objects as go

from playground.figures import theme
from playground.probes.activation_view import REACH, SUM_BINS, ActivationCurve
from playground.text import _

TRACES = 3  # of each layer: the bars, f, f'
MARGIN = {"l": 8, "r": 8, "t": 6, "b": 22}
HIGHEST_BAR = 0.45  # of the height of a picture
MOST_IN_ROW = 4
GAP = {"x": 0.03, "y": 0.26}  # between pictures: parts of the figure's width, of a row's height


def activation_view(labels: Sequence[str], curves: Sequence[ActivationCurve]) -> go.Figure:
    """labels: what stands above each layer's picture. The curves are there at once; the bars come with the
    frames.
    """
    figure = go.Figure(
        layout={"margin": MARGIN, "bargap": 0, "showlegend": False, "hovermode": "closest", "annotations": []}
    )
    for k, (label, curve) in enumerate(zip(labels, curves, strict=True)):
        _place(figure, k, len(curves), label)
        figure.add_traces(_traces(curve, k))
    return figure


def _place(figure: go.Figure, k: int, count: int, label: str) -> None:
    """The axes of the k-th picture of `count`: x, y for the bars, and another y for the curves."""
    rows = ceil(count / MOST_IN_ROW)
    columns = ceil(count / rows)
    row, column = divmod(k, columns)
    left, top = column / columns, 1.0 - row / rows
    width, height = 1.0 / columns, 1.0 / rows
    x_domain = [left + GAP["x"] / 2, left + width - GAP["x"] / 2]
    y_domain = [
        top - height + (GAP["y"] * height if row + 1 < rows else 0.0),
        top - (0.25 if rows > 1 else 0.16) * height,
    ]
    x, bars, values = _axes(k)
    fixed = {"fixedrange": True}
    figure.layout[_long(x)] = fixed | {
        "domain": x_domain,
        "anchor": bars,
        "range": [-REACH, REACH],
        "tickvals": [-4, 0, 4],
        "zeroline": True,
    }
    figure.layout[_long(bars)] = fixed | {
        "domain": y_domain,
        "anchor": x,
        "range": [0.0, 1.0 / HIGHEST_BAR],
        "visible": False,
    }
    figure.layout[_long(values)] = fixed | {
        "anchor": x,
        "overlaying": bars,
        "tickmode": "auto",
        "nticks": 5,
        "ticklabelposition": "inside top",
        "zeroline": True,
    }
    figure.add_annotation(
        text=label,
        x=sum(x_domain) / 2,
        y=top,
        xref="paper",
        yref="paper",
        xanchor="center",
        yanchor="top",
        showarrow=False,
    )


def _traces(curve: ActivationCurve, k: int) -> list[go.Bar | go.Scatter]:
    x, bars, values = _axes(k)
    centres = [(i + 0.5) * 2.0 * REACH / SUM_BINS - REACH for i in range(SUM_BINS)]
    histogram = go.Bar(
        x=centres,
        y=[],
        xaxis=x,
        yaxis=bars,
        marker={"color": theme.AMOUNT, "line": {"width": 0}},
        opacity=theme.FAINTNESS,
        hovertemplate=_("sums about %{x:.3~g}<extra></extra>"),
    )
    styles = (
        ("f", curve.value, theme.ROLES["train"], "solid"),
        ("f′", curve.slope, theme.ROLES["test"], "dot"),
    )
    lines = [
        go.Scatter(
            x=curve.z.round(4),
            y=numbers.round(5),
            xaxis=x,
            yaxis=values,
            mode="lines",
            name=name,
            line={"color": color, "width": theme.LINE_WIDTH, "dash": dash},
            hovertemplate=f"{name}(%{{x:.2f}}) = %{{y:.3f}}<extra></extra>",
        )
        for name, numbers, color, dash in styles
    ]
    return [histogram, *lines]


def _axes(k: int) -> tuple[str, str, str]:
    """The names of the k-th picture's axes: x, y of the bars, y of the curves."""
    number = k + 1 if k else ""
    return f"x{number}", f"y{2 * k + 1 if k else ''}", f"y{2 * k + 2}"


def _long(axis: str) -> str:
    """The name of an axis in a layout: "x2" is "xaxis2" there."""
    return f"{axis[0]}axis{axis[1:]}"
