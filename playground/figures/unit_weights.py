"""The weights into the first hidden layer's units as numbers, a row for each unit and a table for each
network: equal rows are equal units.

Trace k takes z from a (units, n + 1) channel, matrix: the weights, and the bias in the last column.
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from playground.figures.cells import add_caption, number_cells
from playground.text import _

MARGIN = {"l": 40, "r": 6, "t": 22, "b": 20}
GAP = 0.04  # between two tables, as a part of the width
MOST = 2.0  # weights of this size have the strongest colour


def unit_weights(titles: Sequence[str], inputs: Sequence[str], units: int) -> go.Figure:
    figure = go.Figure(layout={"margin": MARGIN})
    count = len(titles)
    width = (1.0 - GAP * (count - 1)) / max(count, 1)
    columns, rows = [*inputs, _("bias")], list(range(1, units + 1))
    shared = {"fixedrange": True, "showgrid": False, "zeroline": False}
    figure.layout.yaxis = {
        **shared,
        "range": [units + 0.5, 0.5],
        "tickvals": rows,
        "title": {"text": _("unit")},
    }
    for k, title in enumerate(titles):
        axis = f"xaxis{k + 1 if k else ''}"
        start = k * (width + GAP)
        figure.layout[axis] = {**shared, "domain": [start, min(start + width, 1.0)], "type": "category"}
        add_caption(figure, title, start)
        figure.add_trace(
            number_cells(
                MOST,
                x=columns,
                y=rows,
                xaxis=f"x{k + 1 if k else ''}",
                hovertemplate=_("{title}, unit %{{y}}, from %{{x}}: %{{z:.4f}}<extra></extra>").format(
                    title=title
                ),
            )
        )
    return figure
