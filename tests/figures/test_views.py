"""The figures of the views: valid when empty, and made for the shapes that their probes measure."""

import json
from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.figures import as_plain, theme
from playground.figures.activation_view import TRACES, activation_view
from playground.figures.band_map import band_map
from playground.figures.confusion import confusion as confusion_figure
from playground.figures.hidden_space import hidden_space
from playground.figures.layer_heat_map import HIGHEST, LOWEST, layer_heat_map
from playground.figures.ranking import calibration as calibration_figure
from playground.figures.ranking import roc as roc_figure
from playground.figures.ridges import STEP, ridges
from playground.figures.saturation_bars import saturation_bars
from playground.figures.update_ratios import HEALTHY, update_ratios
from playground.nn import ACTIVATIONS
from playground.probes.activation_view import activation_curve, saturation, sums
from playground.probes.confusion import confusion
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.hidden_space import SHOWN_POINTS, HiddenSpace, polyline
from playground.probes.histograms import (
    BINS,
    GRADIENT_SCALE,
    WEIGHT_SCALE,
    activation_histograms,
    gradient_shares,
    weight_histograms,
    weight_shares,
)
from playground.probes.layer_magnitudes import layer_magnitudes
from playground.probes.ranking import FALSE_RATES, calibration, roc, roc_classes
from playground.training import Experiment, HiddenLayer, Trainer
from tests.figures.colour_science import contrast

LABELS = ["hidden 1", "hidden 2", "output"]
PAGES = {"light": "#ffffff", "dark": "#14171d"}
Filled = Mapping[int, Mapping[str, np.ndarray]]


def trainer_of(dataset: str) -> Trainer:
    layers = (HiddenLayer(4, "tanh"), HiddenLayer(3, "relu"))
    trainer = Trainer(Experiment().replace("data.dataset", dataset).replace("network.layers", layers))
    trainer.train(epochs=2)
    return trainer


THREE, VALUES = trainer_of("three_spirals"), trainer_of("reg-plane")
DATA = DataPass(NetworkCopy(THREE))
EPOCHS = np.arange(3.0)


def over_time(values: np.ndarray) -> np.ndarray:
    """As the player gives the history of a vector: a row for each entry, a column for each frame."""
    return np.repeat(values[:, None], len(EPOCHS), axis=1)


def hidden_view() -> Filled:
    view = HiddenSpace(THREE).look(DATA)
    lines = polyline(view.lines)
    return {
        0: {"x": lines[:, 0], "y": lines[:, 1]},
        1: {"x": view.points[:, 0], "y": view.points[:, 1]},
    }


CURVES = {k: {"x": EPOCHS, "y": np.full(3, 10.0**-k)} for k in range(len(LABELS))}
MAGNITUDES = layer_magnitudes(THREE.frame).log10_gradient_norms
SCORES = DATA.info(calibration)
FIGURES: dict[str, tuple[go.Figure, Filled]] = {
    "layer heat map": (layer_heat_map(LABELS), {0: {"x": EPOCHS, "z": over_time(MAGNITUDES)}}),
    "ridges": (
        ridges(LABELS, "weights", of=len(LABELS)),
        {
            0: {"y": DATA.info(weight_histograms).heights.ravel()},
            1: {"customdata": DATA.info(weight_histograms).ranges},
        },
    ),
    "activations": (
        ridges(LABELS[:2], "outputs", of=len(LABELS)),
        {
            0: {"y": DATA.info(activation_histograms).heights.ravel()},
            1: {"customdata": DATA.info(activation_histograms).ranges},
        },
    ),
    "weight bands": (
        band_map(WEIGHT_SCALE, "weights"),
        {0: {"x": EPOCHS, "z": over_time(weight_shares(DATA))}},
    ),
    "gradient bands": (
        band_map(GRADIENT_SCALE, "gradients"),
        {0: {"x": EPOCHS, "z": over_time(gradient_shares(DATA, 0))}},
    ),
    "saturation": (
        saturation_bars(LABELS[:2]),
        {0: {"y": DATA.info(saturation).saturated}, 1: {"y": DATA.info(saturation).dead}},
    ),
    "confusion": (
        confusion_figure(["0", "1", "2"]),
        {
            0: {"z": DATA.info(confusion).shares, "text": DATA.info(confusion).counts},
            1: {"z": DATA.info(confusion).scores},
        },
    ),
    "roc": (
        roc_figure(roc_classes(THREE.task)),
        {k: {"y": rates} for k, rates in enumerate(DATA.info(roc).true_rates)},
    ),
    "calibration": (
        calibration_figure(),
        {0: {"y": SCORES.share}, 1: {"x": SCORES.confidence, "y": SCORES.accuracy}},
    ),
    "hidden space": (hidden_space(THREE.train_data, 3), hidden_view()),
    "update ratios": (update_ratios(LABELS), CURVES),
    "activation": (
        activation_view(LABELS[:2], [activation_curve("gelu")] * 2),
        {TRACES * k: {"y": heights} for k, heights in enumerate(DATA.info(sums).heights[:2])},
    ),
    # the same with nothing in them
    "no layers": (layer_heat_map([]), {}),
    "no ridges": (ridges([], "outputs", of=1), {}),
    "no bars": (saturation_bars([]), {}),
    "no curves": (update_ratios([]), {}),
    "no classes": (roc_figure(()), {}),
    "no activations": (activation_view([], []), {}),
    "values": (hidden_space(VALUES.train_data, 2), {}),
}
ALL = pytest.mark.parametrize("name", FIGURES)


@ALL
def test_is_valid_plotly_and_plain_before_the_first_frame(name: str) -> None:
    plain = as_plain(FIGURES[name][0])
    json.dumps(plain, allow_nan=False)
    assert "template" not in plain["layout"]
    assert len(go.Figure(plain).data) == len(FIGURES[name][0].data)


@ALL
def test_takes_what_its_probe_measures(name: str) -> None:
    figure, filled = FIGURES[name]
    figure = go.Figure(figure)
    for trace, attributes in filled.items():
        figure.data[trace].update({key: np.asarray(value).tolist() for key, value in attributes.items()})
    for trace in figure.data:
        if trace.type == "heatmap" and filled:
            assert np.shape(trace.z) == (len(trace.y), len(trace.x))
        elif filled and trace.y is not None and len(trace.y):
            assert len(trace.x) == len(trace.y)
            assert trace.customdata is None or len(trace.customdata) == len(trace.y)
    json.dumps(as_plain(figure), allow_nan=False)


@ALL
def test_leaves_text_grid_and_background_to_the_template(name: str) -> None:
    layout = as_plain(FIGURES[name][0])["layout"]
    assert not {"font", "paper_bgcolor", "plot_bgcolor"} & set(layout)
    for key, axis in layout.items():
        if "axis" in key:
            assert not {"gridcolor", "linecolor", "tickcolor", "zerolinecolor", "color"} & set(axis)


def test_ridges_stand_above_each_other_first_layer_on_top() -> None:
    bars, words = FIGURES["ridges"][0].data
    np.testing.assert_array_equal(bars.base, np.repeat([2 * STEP, STEP, 0.0], BINS))
    assert FIGURES["ridges"][0].layout.yaxis.ticktext == tuple(LABELS)
    assert bars.x[BINS // 2] == pytest.approx(0.0)
    assert (bars.x[0] - bars.width / 2, bars.x[BINS - 1] + bars.width / 2) == pytest.approx((-1.0, 1.0))
    assert words.y == (2 * STEP + 0.5, STEP + 0.5, 0.5)


@pytest.mark.parametrize("scale", [WEIGHT_SCALE, GRADIENT_SCALE])
def test_ticks_of_a_band_map_are_symmetric_and_at_the_edges(scale: object) -> None:
    axis = band_map(scale, "numbers").layout.yaxis
    places = np.array(axis.tickvals)
    assert (np.diff(places) > 0).all()
    np.testing.assert_allclose(places + places[::-1], 2 * scale.half)
    last = scale.high - 1
    assert places[-1] == scale.edge(last - last % 2)
    assert axis.ticktext[len(places) // 2] == "0"
    assert [text for text in axis.ticktext if text.startswith("−")] == [
        f"−{text}" for text in axis.ticktext[: len(places) // 2 : -1]
    ]


def test_the_healthy_band_is_around_a_thousandth() -> None:
    (band,) = FIGURES["update ratios"][0].layout.shapes
    assert (band.y0, band.y1) == HEALTHY
    assert np.sqrt(band.y0 * band.y1) == pytest.approx(1e-3)
    assert FIGURES["update ratios"][0].layout.yaxis.type == "log"


def test_colours_of_magnitudes_do_not_change_with_the_numbers() -> None:
    (trace,) = FIGURES["layer heat map"][0].data
    assert (trace.zmin, trace.zmax) == (LOWEST, HIGHEST)
    assert FIGURES["layer heat map"][0].layout.yaxis.autorange == "reversed"


def test_hidden_points_wear_the_colours_of_the_boundary() -> None:
    figure = FIGURES["hidden space"][0]
    y = THREE.train_data.y[:SHOWN_POINTS]
    assert list(figure.data[1].marker.color) == [theme.CLASS_COLORS[k] for k in y]
    assert figure.layout.yaxis.scaleanchor == "x"
    values = FIGURES["values"][0].data[1].marker
    np.testing.assert_allclose(values.color, VALUES.train_data.y[:SHOWN_POINTS], atol=1e-4)
    assert (values.cmin, values.cmax) == (-1, 1)


def test_curves_of_roc_wear_the_colours_of_their_class() -> None:
    figure = FIGURES["roc"][0]
    assert [trace.line.color for trace in figure.data[:3]] == list(theme.CLASS_COLORS[:3])
    np.testing.assert_array_equal(figure.data[0].x, FALSE_RATES)
    assert [trace.line.color for trace in roc_figure((1,)).data[:1]] == [theme.CLASS_COLORS[1]]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_has_its_curves(name: str) -> None:
    curve = activation_curve(name)
    _, value, slope = activation_view(["hidden 1"], [curve]).data
    np.testing.assert_allclose(value.y, curve.value, atol=1e-5)
    np.testing.assert_allclose(slope.y, curve.slope, atol=1e-5)


@pytest.mark.parametrize("count", range(1, 11))
def test_the_pictures_of_activations_keep_apart(count: int) -> None:
    figure = activation_view([f"hidden {k}" for k in range(count)], [activation_curve("relu")] * count)
    boxes = []
    for k in range(count):
        bars, curve, _ = figure.data[TRACES * k : TRACES * (k + 1)]
        axes = [figure.layout[f"{name[0]}axis{name[1:]}"] for name in (bars.xaxis, bars.yaxis)]
        assert figure.layout[f"yaxis{curve.yaxis[1:]}"].overlaying == bars.yaxis
        boxes.append([axis.domain for axis in axes])
    assert all(0.0 <= low < high <= 1.0 for box in boxes for low, high in box)
    for k, one in enumerate(boxes):
        for other in boxes[:k]:
            assert any(a[1] < b[0] or b[1] < a[0] for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("mode", theme.MODES, ids=lambda mode: mode.name)
def test_new_colours_stand_out_and_text_on_them_is_readable(mode: theme.Mode) -> None:
    page = PAGES[mode.name]
    lines = [*theme.layer_colors(11), *theme.UNIT_STATES.values(), theme.AMOUNT, theme.GUIDE]
    assert min(contrast(color, page) for color in lines) >= 3.0
    scales = theme.template(mode).layout.colorscale
    for scale in (scales.sequential, scales.diverging):
        assert min(contrast(mode.text, color) for _, color in scale) >= 4.5


def test_layer_colours_run_from_first_to_last() -> None:
    assert theme.layer_colors(0) == []
    assert theme.layer_colors(1) == [theme.LAYER_COLORS[0]]
    assert theme.layer_colors(2) == [theme.LAYER_COLORS[0], theme.LAYER_COLORS[2]]
    assert theme.layer_colors(3) == list(theme.LAYER_COLORS)
    assert len(set(theme.layer_colors(11))) == 11
