"""The main page's scene: everything a panel speaks of is there, and can be sent."""

import json
import re
from itertools import pairwise

import pytest

from playground.export import style_sheets
from playground.figures import theme
from playground.panels.library import LIBRARY
from playground.panels.network import EDGES
from playground.player import BROWSER
from playground.player.packet import Channel
from playground.player.scene import ChannelSource, Scene
from playground.probes.wiring import MOST_EDGES
from playground.training import PRESETS, HiddenLayer
from tests.ui.watching import SMALL, changed, open_run, seen

EXPERIMENTS = {
    "small": SMALL,
    "classes": changed(data__dataset="blobs", data__classes=6),
    "two outputs": changed(loss__name="cross_entropy"),
    "regression": changed(data__dataset="reg-plane"),
    "no hidden layer": changed(network__layers=()),
    "large": changed(network__layers=(HiddenLayer(64),) * 10),
    "spiral": PRESETS["spiral"].experiment,
}
STYLES = {"", "number", "percent", "count"}  # those of words.js
CSS = "\n".join(path.read_text(encoding="utf-8") for path in style_sheets(BROWSER))


@pytest.fixture(scope="module", params=EXPERIMENTS)
def scene(request: pytest.FixtureRequest) -> dict:
    """What the player is told, as it reads it, with every panel that can be chosen."""
    run = open_run(EXPERIMENTS[request.param], panels="~".join(LIBRARY))
    return json.loads(json.dumps(run.scene.describe(), allow_nan=False))


def texts(panel: dict) -> list[str]:
    return [panel["alt"], *(number["text"] for number in panel["numbers"])]


def test_texts_name_channels_in_styles_that_exist(scene: dict) -> None:
    channels = {channel["name"] for channel in scene["channels"]}
    for panel in scene["panels"]:
        named = [match for text in texts(panel) for match in re.findall(r"\{(\w*):?(\w*)\}", text)]
        assert {name for name, _ in named} <= channels
        assert {style for _, style in named} <= STYLES
        assert all(re.sub(r"\{\w+(:\w+)?\}", "", text).count("{") == 0 for text in texts(panel))


def test_every_panel_has_a_text_alternative_with_its_numbers(scene: dict) -> None:
    for panel in scene["panels"]:
        assert "{epoch:count}" in panel["alt"]
        assert panel["title"]
        assert {number["role"] for number in panel["numbers"]} <= {"train", "test", "plain"}


def test_traces_follow_channels_that_exist(scene: dict) -> None:
    channels = {channel["name"] for channel in scene["channels"]}
    for panel in scene["panels"]:
        for binding in panel.get("bindings", ()):
            assert 0 <= binding["trace"] < len(panel["figure"]["data"])
            assert {take["channel"] for take in binding["takes"].values()} <= channels


def test_surfaces_have_a_channel_of_their_shape_and_a_palette(scene: dict) -> None:
    channels = {channel["name"]: channel for channel in scene["channels"]}
    for panel in scene["panels"]:
        surface = panel.get("surface") or panel.get("maps")
        if surface:
            rows, columns = surface["shape"]
            assert channels[surface["channel"]]["size"] % (rows * columns) == 0
            assert channels[surface["channel"]]["type"] == "u8"
            assert all(surface["palette"] in mode["palettes"] for mode in scene["themes"].values())


def test_the_network_has_a_map_and_a_bias_for_each_unit(scene: dict) -> None:
    channels = {channel["name"]: channel for channel in scene["channels"]}
    (panel,) = (panel for panel in scene["panels"] if panel["kind"] == "network")
    sizes = [len(column["units"]) for column in panel["columns"]]
    rows, columns = panel["maps"]["shape"]
    assert channels[panel["maps"]["channel"]]["size"] == sum(sizes) * rows * columns
    assert channels[panel["ranges"]]["size"] == 2 * sum(sizes)
    assert channels[panel["biases"]]["size"] == sum(sizes[1:])
    edges = panel["edges"]
    if edges["kind"] == "all":
        parts = edges["layers"]
        pairs = [(part["inputs"], part["outputs"]) for part in parts]
        assert pairs == list(pairwise(sizes))
    for kind in EDGES:
        names = edges["lists"][kind]
        count = channels[names["weights"]]["size"]
        assert channels[names["gradients"]]["size"] == count
        if edges["kind"] == "all":
            assert count == sum(a * b for a, b in pairs)
        else:
            assert count == MOST_EDGES
            assert channels[names["ends"]]["size"] == 2 * count


def test_palettes_fit_into_a_byte(scene: dict) -> None:
    for mode in scene["themes"].values():
        lengths = {name: len(palette) / 6 for name, palette in mode["palettes"].items()}
        assert lengths.pop("diverging") == theme.MAP_LEVELS
        assert (
            len(set(lengths.values())) == 1
        )  # a view of the surface is another palette for the same numbers
        assert all(length.is_integer() and length <= 256 for length in lengths.values())


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_index_of_a_frame_has_a_colour(name: str) -> None:
    run = open_run(EXPERIMENTS[name])
    _, columns = seen(run)
    scene = run.scene.describe()
    (surface,) = (panel["surface"] for panel in scene["panels"] if panel.get("surface"))
    palette = scene["themes"]["light"]["palettes"][surface["palette"]]
    assert columns[surface["channel"]].max() < len(palette) // 6
    assert columns["unit_maps"].max() < theme.MAP_LEVELS


def test_the_layout_is_one_of_the_style_sheet(scene: dict) -> None:
    assert f".grid.{scene['layout']}" in CSS
    ids = [panel["id"] for panel in scene["panels"]]
    assert len(ids) == len(set(ids))


def test_light_and_dark_differ_in_looks_only(scene: dict) -> None:
    light, dark = scene["themes"]["light"], scene["themes"]["dark"]
    assert light.keys() == dark.keys()
    assert light["palettes"].keys() == dark["palettes"].keys()
    assert light["template"] != dark["template"]


def test_channels_of_one_name_are_refused() -> None:
    def measured(*names: str) -> list[ChannelSource]:
        return [ChannelSource(Channel(name, "f8"), lambda moment: 0.0) for name in names]

    assert len(Scene("lab", [], measured("loss_0", "loss_1"), {}).channels) == 2
    with pytest.raises(ValueError, match=r"cannot have two channels of one name \(gap, loss\): rename one"):
        Scene("lab", [], measured("loss", "gap", "loss", "epoch", "gap"), {})
