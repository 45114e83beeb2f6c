"""The decision boundary around a table of truth, whose points lie between 0 and 1."""

import plotly.graph_objects as go

from playground.datasets import Dataset
from playground.figures.boundary import boundary

RANGE = (-0.5, 1.5)
MARGIN = {"l": 30, "r": 8, "t": 6, "b": 24}
LARGE = 13


def truth_table(train: Dataset) -> go.Figure:
    """The training points, large, in the part of the plane around them."""
    figure = boundary(train, train)
    figure.data = [trace for trace in figure.data if trace.meta == "training"]
    axis = {"range": list(RANGE), "tickvals": [0, 1]}
    figure.update_layout(margin=MARGIN, xaxis=axis, yaxis=axis)
    return figure.update_traces(marker_size=LARGE)
