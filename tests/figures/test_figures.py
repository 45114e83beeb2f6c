"""The figures: valid Plotly for every kind of data, the empty one too, and plain enough to be sent."""

import json

import numpy as np
import plotly
import plotly.graph_objects as go
import pytest

from playground.datasets import DATASETS, DOMAIN, Dataset
from playground.figures import PLOTLY_VERSION, as_plain, plotly_js, theme
from playground.figures.boundary import boundary
from playground.figures.curves import Series, curves
from playground.figures.layer_bars import layer_bars

SERIES = [Series("a", "first", "train"), Series("b", "second", "test")]


def points(y: list, *, task: str = "classification", n_classes: int = 2) -> Dataset:
    x = np.linspace(-5.0, 5.0, 2 * len(y)).reshape(-1, 2)
    return Dataset(x, np.array(y), task=task, n_classes=n_classes, name="test")


FIGURES = {
    "two classes": boundary(points([0, 1, 1]), points([1, 0])),
    "one class only": boundary(points([0, 0]), points([0])),
    "no points": boundary(points([]), points([])),
    "six classes": boundary(points([0, 1, 2, 3, 4, 5], n_classes=6), points([5], n_classes=6)),
    "regression": boundary(
        points([-1.0, 0.3], task="regression", n_classes=0), points([0.5], task="regression", n_classes=0)
    ),
    "no values": boundary(*(points([], task="regression", n_classes=0),) * 2),
    "curves": curves(SERIES),
    "percent": curves(SERIES, y_range=(0.0, 1.0), percent=True),
    "no curves": curves([]),
    "bars": layer_bars(["hidden 1", "hidden 2", "output"]),
    "no bars": layer_bars([]),
}


@pytest.mark.parametrize("name", FIGURES)
def test_is_valid_plotly_and_plain(name: str) -> None:
    plain = as_plain(FIGURES[name])
    assert set(plain) == {"data", "layout"}
    assert "template" not in plain["layout"]
    text = json.dumps(plain, allow_nan=False)
    again = go.Figure(json.loads(text))  # raises for anything Plotly does not know
    assert len(again.data) == len(FIGURES[name].data)


@pytest.mark.parametrize("name", FIGURES)
def test_leaves_text_grid_and_background_to_the_template(name: str) -> None:
    layout = as_plain(FIGURES[name])["layout"]
    assert not {"font", "paper_bgcolor", "plot_bgcolor"} & set(layout)
    for axis in (layout.get("xaxis", {}), layout.get("yaxis", {})):
        assert not {"gridcolor", "linecolor", "tickcolor", "zerolinecolor", "color"} & set(axis)


@pytest.mark.parametrize("name", DATASETS)
def test_every_point_of_a_dataset_is_drawn_once(name: str) -> None:
    train, test = DATASETS[name](60, noise=0.1, seed=1).split(0.7, 2)
    figure = boundary(train, test)
    drawn = np.concatenate([np.column_stack([trace.x, trace.y]) for trace in figure.data])
    assert len(drawn) == len(train) + len(test)
    wanted = np.round(np.concatenate([test.x, train.x]), 4)
    np.testing.assert_array_equal(np.unique(drawn, axis=0), np.unique(wanted, axis=0))


def test_points_wear_the_colour_of_their_class() -> None:
    train, test = points([0, 2, 1, 2], n_classes=3), points([1, 1], n_classes=3)
    traces = boundary(train, test).data
    assert [len(trace.x) for trace in traces] == [0, 2, 0, 1, 1, 2]
    colors = [trace.marker.color for trace in traces]
    assert colors == list(theme.CLASS_COLORS[:3]) * 2
    assert {trace.marker.symbol for trace in traces[:3]} == {"circle-open"}
    assert {trace.marker.symbol for trace in traces[3:]} == {"circle"}
    assert traces[5].x.tolist() == np.round(train.x[train.y == 2, 0], 4).tolist()
    assert "training point, class 2" in traces[5].hovertemplate


def test_values_have_a_scale_from_minus_one_to_one() -> None:
    data = points([-1.0, 0.25, 1.0], task="regression", n_classes=0)
    for trace in boundary(data, data).data:
        assert trace.marker.color.tolist() == [-1.0, 0.25, 1.0]
        assert (trace.marker.cmin, trace.marker.cmax) == (-1, 1)
        scale = trace.marker.colorscale
        assert (scale[0][1], scale[-1][1]) == (theme.NEGATIVE, theme.POSITIVE)


def test_the_boundary_shows_the_domain_that_the_surface_fills() -> None:
    layout = FIGURES["two classes"].layout
    assert layout.xaxis.range == layout.yaxis.range == DOMAIN


def test_curves_have_the_style_of_their_role() -> None:
    figure = FIGURES["curves"]
    assert [trace.name for trace in figure.data] == ["first", "second"]
    assert [trace.line.color for trace in figure.data] == [theme.ROLES["train"], theme.ROLES["test"]]
    assert figure.layout.yaxis.range is None
    assert FIGURES["percent"].layout.yaxis.range == (0.0, 1.0)
    assert FIGURES["percent"].layout.yaxis.tickformat == "~%"


def test_bars_keep_the_layers_order() -> None:
    figure = FIGURES["bars"]
    assert figure.layout.xaxis.categoryarray == ("hidden 1", "hidden 2", "output")
    assert figure.layout.yaxis.type == "log"
    assert len(figure.data[0].y) == 3


def test_plotly_comes_from_the_installed_package() -> None:
    assert plotly.__version__ == PLOTLY_VERSION
    assert plotly_js()[:200].count(b"plotly")
