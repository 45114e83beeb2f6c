"""The confusion matrix with precision, recall and F1 beside it, row by row the true class.

| trace | attribute | channel, and how             |
|-------|-----------|------------------------------|
| 0     | z         | `Confusion.shares`, matrix   |
|       | text      | `Confusion.counts`, matrix   |
| 1     | z         | `Confusion.scores`, matrix   |
|       | text      | `Confusion.scores`, percents |
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from playground.figures.words import plain, shortened
from playground.text import _

MARGIN = {"l": 52, "r": 8, "t": 24, "b": 36}
SCORES = {_("precision"): _("prec."), _("recall"): _("recall"), _("F1"): _("F1")}  # and as short as a cell
HOVER = _(
    "class %{customdata[0]} taken for %{customdata[1]}: %{text} points, %{z:.4~p} of the class<extra></extra>"
)


def confusion(labels: Sequence[str]) -> go.Figure:
    """labels: the names of the classes."""
    names = [str(k) for k in range(len(labels))]
    full = [plain(label) for label in labels]
    called = {"tickvals": names, "ticktext": [shortened(label) for label in labels]}
    category = {"type": "category", "fixedrange": True, "showgrid": False}
    short = {"tickvals": list(SCORES), "ticktext": list(SCORES.values()), "tickangle": 0, "anchor": "y"}
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "xaxis": category | called | {"domain": [0.0, 0.5], "title": {"text": _("predicted class")}},
            "xaxis2": category | short | {"domain": [0.56, 1.0], "side": "top"},
            "yaxis": category | called | {"autorange": "reversed", "title": {"text": _("true class")}},
        }
    )
    shared = {
        "y": names,
        "z": [],
        "zmin": 0.0,
        "zmax": 1.0,
        "autocolorscale": True,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }
    pairs = [[[row, column] for column in full] for row in full]
    figure.add_trace(
        go.Heatmap(x=names, **shared, customdata=pairs, text=[], texttemplate="%{text}", hovertemplate=HOVER)
    )
    hover = _("class %{customdata}: %{x} %{z:.4~p}<extra></extra>")
    rows = [[row] * len(SCORES) for row in full]
    figure.add_trace(
        go.Heatmap(
            x=list(SCORES),
            xaxis="x2",
            **shared,
            customdata=rows,
            text=[],
            texttemplate="%{text}",
            hovertemplate=hover,
        )
    )
    return figure
