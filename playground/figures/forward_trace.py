"""The outputs of all layers for one point: a column for each layer, a cell with its number for each unit."""

import math

import plotly.graph_objects as go

from playground.probes.forward_trace import ForwardTrace

MARGIN = {"l": 36, "r": 8, "t": 24, "b": 8}
WRITTEN_UNITS = 16  # with more units a cell is too low for a number


def forward_trace(trace: ForwardTrace | None) -> go.Figure:
    """trace: None while no point is chosen."""
    labels = ["inputs", *(layer.label for layer in trace.layers)] if trace else []
    columns = [trace.inputs, *(layer.outputs for layer in trace.layers)] if trace else []
    height = max(map(len, columns), default=0)
    cells = [[column[row] if row < len(column) else None for column in columns] for row in range(height)]
    largest = max((abs(value) for column in columns for value in column if math.isfinite(value)), default=0.0)
    axis = {"fixedrange": True, "showgrid": False, "zeroline": False}
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "xaxis": axis | {"type": "category", "side": "top"},
            "yaxis": axis | {"autorange": "reversed", "nticks": 8},
        }
    )
    figure.add_trace(
        go.Heatmap(
            x=labels,
            y=list(range(1, height + 1)),
            z=cells,
            zmin=-largest or -1.0,
            zmax=largest or 1.0,
            autocolorscale=True,
            showscale=False,
            xgap=2,
            ygap=1,
            texttemplate="%{z:.3f}" if height <= WRITTEN_UNITS else "",
            hovertemplate="%{x}, unit %{y}: %{z:.5g}<extra></extra>",
        )
    )
    return figure
