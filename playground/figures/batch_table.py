"""A batch as a table of numbers, a row for each point and a column for each unit; below it the mean and
standard deviation of each column, beside it those of each row.

| trace | attribute | channel, and how        |
|-------|-----------|-------------------------|
| 0     | z         | `Table.values`, matrix  |
| 1     | z         | `Table.columns`, matrix |
| 2     | z         | `Table.rows`, matrix    |
"""

import plotly.graph_objects as go

from playground.figures.cells import number_cells
from playground.text import _

MARGIN = {"l": 40, "r": 4, "t": 22, "b": 4}
MOST = 3.0  # numbers of this size have the strongest colour
APART = 0.35  # between the batch and what is said of it, in cells


def batch_table(rows: int, units: int) -> go.Figure:
    below, beside = rows + APART, units + APART
    columns = [*range(units), beside, beside + 1]
    lines = [*range(rows), below, below + 1]
    figure = go.Figure(layout={"margin": MARGIN, **_axes(columns, lines, units, rows)})
    parts = (
        (
            columns[:units],
            lines[:rows],
            _("point %{customdata[0]}, unit %{customdata[1]}: %{z:.4f}<extra></extra>"),
        ),
        (columns[:units], lines[rows:], _("unit %{customdata[1]}, over the batch: %{z:.4f}<extra></extra>")),
        (columns[units:], lines[:rows], _("point %{customdata[0]}, over the units: %{z:.4f}<extra></extra>")),
    )
    for x, y, hover in parts:
        named = [[[row + 1, column + 1] for column in range(len(x))] for row in range(len(y))]
        figure.add_trace(number_cells(MOST, x=x, y=y, customdata=named, hovertemplate=hover))
    return figure


def _axes(columns: list[float], lines: list[float], units: int, rows: int) -> dict:
    shared = {"fixedrange": True, "showgrid": False, "zeroline": False}
    said = [_("mean"), _("std")]
    return {
        "xaxis": {
            **shared,
            "side": "top",
            "range": [-0.5, columns[-1] + 0.5],
            "tickvals": columns,
            "ticktext": [*(f"u{k + 1}" for k in range(units)), *said],
            "tickangle": 0,
        },
        "yaxis": {
            **shared,
            "range": [lines[-1] + 0.5, -0.5],
            "tickvals": lines,
            "ticktext": [*(str(k + 1) for k in range(rows)), *said],
        },
    }
