"""The decision boundary: training and test points over the surface that the player paints below them."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from playground.datasets import DOMAIN, Dataset
from playground.datasets.own import LABELS
from playground.figures import theme
from playground.figures.words import plain
from playground.text import _

MARGIN = {"l": 28, "r": 8, "t": 10, "b": 24}
AXIS = {
    "range": list(DOMAIN),
    "fixedrange": True,
    "dtick": 2,
    "showgrid": False,
    "zeroline": False,
    "ticks": "",
}

TRAINING, TEST = "training", "test"  # by which the player shows or hides points
HOVER_CLASS = {
    TRAINING: _("training point, class {label}<br>x %{{x:.3f}}, y %{{y:.3f}}<extra></extra>"),
    TEST: _("test point, class {label}<br>x %{{x:.3f}}, y %{{y:.3f}}<extra></extra>"),
}
HOVER_VALUE = {
    TRAINING: _("training point, value %{marker.color:.3f}<br>x %{x:.3f}, y %{y:.3f}<extra></extra>"),
    TEST: _("test point, value %{marker.color:.3f}<br>x %{x:.3f}, y %{y:.3f}<extra></extra>"),
}


def boundary(train: Dataset, test: Dataset, *, labels: Sequence[str] = LABELS) -> go.Figure:
    """Training points filled, test points as rings, in the colours of their classes (or of their values).

    labels: the names of the classes.
    """
    figure = go.Figure(
        layout={"margin": MARGIN, "showlegend": False, "xaxis": AXIS, "yaxis": AXIS, "hovermode": "closest"}
    )
    for kind, data, symbol in ((TEST, test, "circle-open"), (TRAINING, train, "circle")):
        if data.task == "regression":
            figure.add_trace(_values(kind, data, symbol))
        else:
            for k in range(data.n_classes):
                figure.add_trace(_class(kind, data, symbol, k, labels[k]))
    return figure


def _class(kind: str, data: Dataset, symbol: str, k: int, label: str) -> go.Scatter:
    chosen = data.y == k
    marker = {"symbol": symbol, "size": theme.POINT_SIZE, "color": theme.CLASS_COLORS[k]}
    return _scatter(kind, data.x[chosen], marker, HOVER_CLASS[kind].format(label=plain(label)))


def _values(kind: str, data: Dataset, symbol: str) -> go.Scatter:
    scale = [[0.0, theme.NEGATIVE], [0.5, theme.LIGHT.faint], [1.0, theme.POSITIVE]]
    marker = {
        "symbol": symbol,
        "size": theme.POINT_SIZE,
        "color": np.round(data.y, 4),
        "colorscale": scale,
        "cmin": -1,
        "cmax": 1,
    }
    return _scatter(kind, data.x, marker, HOVER_VALUE[kind])


def _scatter(kind: str, x: np.ndarray, marker: dict, hover: str) -> go.Scatter:
    """x: (n, 2). Four decimals place a point to a hundredth of a pixel."""
    x = np.round(x, 4)
    return go.Scatter(
        x=x[:, 0], y=x[:, 1], mode="markers", name=kind, meta=kind, marker=marker, hovertemplate=hover
    )
