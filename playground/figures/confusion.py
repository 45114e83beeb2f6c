"""The confusion matrix with precision, recall and F1 beside it, row by row the true class.

| trace | attribute | channel, and how             |
|-------|-----------|------------------------------|
| 0     | z         | `Confusion.shares`, matrix   |
|       | text      | `Confusion.counts`, matrix   |
| 1     | z         | `Confusion.scores`, matrix   |
"""

import plotly.graph_objects as go

MARGIN = {"l": 52, "r": 8, "t": 24, "b": 36}
SCORES = {"precision": "prec.", "recall": "recall", "F1": "F1"}  # in full, and as short as a cell
HOVER = "class %{y} taken for %{x}: %{text} points, %{z:.1%} of the class<extra></extra>"


def confusion(n_classes: int) -> go.Figure:
    names = [str(k) for k in range(n_classes)]
    category = {"type": "category", "fixedrange": True, "showgrid": False}
    short = {"tickvals": list(SCORES), "ticktext": list(SCORES.values()), "tickangle": 0, "anchor": "y"}
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "xaxis": category | {"domain": [0.0, 0.5], "title": {"text": "predicted class"}},
            "xaxis2": category | short | {"domain": [0.56, 1.0], "side": "top"},
            "yaxis": category | {"autorange": "reversed", "title": {"text": "true class"}},
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
    figure.add_trace(go.Heatmap(x=names, **shared, text=[], texttemplate="%{text}", hovertemplate=HOVER))
    hover = "class %{y}: %{x} %{z:.1%}<extra></extra>"
    figure.add_trace(
        go.Heatmap(x=list(SCORES), xaxis="x2", **shared, texttemplate="%{z:.0%}", hovertemplate=hover)
    )
    return figure
