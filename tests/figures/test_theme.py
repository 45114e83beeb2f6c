"""The colours: readable on light and dark pages, told apart by all eyes, and in no other file."""

import ast
import re
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.figures import theme
from playground.limits import MAX_CLASSES
from tests.figures.colour_science import VISION, contrast, distance

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
PAGES = {"light": "#ffffff", "dark": CONFIG["theme"]["dark"]["backgroundColor"]}
SOURCES = [*(ROOT / "playground").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
HOME = ROOT / "playground" / "figures" / "theme.py"
LITERAL = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(rgb|hsl)a?\(", re.IGNORECASE)
NAMED = {"black", "white", "gray", "grey", "red", "green", "blue", "orange", "yellow", "purple", "pink"}
MODES = pytest.mark.parametrize("mode", theme.MODES, ids=lambda mode: mode.name)


def color_literals(source: str) -> list[str]:
    """Every string of a source that is or holds a colour."""
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    texts = [text for text in texts if isinstance(text, str)]
    return [text for text in texts if LITERAL.search(text) or text.lower() in NAMED]


def test_no_colour_is_written_outside_the_theme() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): literals
        for path in SOURCES
        if path != HOME and (literals := color_literals(path.read_text(encoding="utf-8")))
    }
    assert found == {}
    assert color_literals(HOME.read_text(encoding="utf-8"))


def test_the_browser_side_has_the_colours_of_runs_from_the_theme() -> None:
    sheets = [*(ROOT / "playground").rglob("*.css")]
    used = set()
    for path in (*sheets, *(ROOT / "playground").rglob("*.js")):
        text = path.read_text(encoding="utf-8").lower()
        used |= set(re.findall(r"var\(--run(\d+)\)", text))
        assert not [color for color in (*theme.RACE_COLORS, theme.DEAD_MAP) if color in text], path.name
    assert used == {str(k) for k in range(len(theme.RACE_COLORS))}
    for mode in theme.MODES:
        assert theme.theme(mode, {})["colors"]["runs"] == theme.RACE_COLORS


@pytest.mark.parametrize("source", ["c = '#FFF'", "c = 'rgba(0,0,0,0)'", "d = {'color': 'white'}"])
def test_a_colour_outside_is_seen(source: str) -> None:
    assert color_literals(source)


def test_the_tools_of_these_tests_are_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0, abs=0.01)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # the grey of WCAG's examples
    for matrix in VISION.values():  # greys stay as they are
        np.testing.assert_allclose(matrix.sum(axis=1), 1.0, atol=2e-6)
    assert distance("#ff0000", "#00ff00") == pytest.approx(170.6, abs=0.5)
    assert distance("#000000", "#ffffff") == pytest.approx(100.0, abs=0.01)


@MODES
def test_text_is_readable(mode: theme.Mode) -> None:
    page = PAGES[mode.name]
    assert contrast(mode.text, page) >= 7.0
    assert contrast(mode.faint, page) >= 4.5
    assert contrast(mode.text, mode.outline) >= 7.0  # on a hover label


@MODES
def test_curves_and_bars_stand_out_from_the_page(mode: theme.Mode) -> None:
    for color in (*theme.ROLES.values(), theme.POSITIVE):
        assert contrast(color, PAGES[mode.name]) >= 3.0


@MODES
def test_class_colours_stand_out_from_page_and_undecided_surface(mode: theme.Mode) -> None:
    for color in theme.CLASS_COLORS:
        assert contrast(color, PAGES[mode.name]) >= 2.25
        assert distance(color, PAGES[mode.name]) >= 40.0
        assert distance(color, mode.neutral) >= 35.0


@MODES
def test_points_stand_out_from_the_surface_of_their_own_class(mode: theme.Mode) -> None:
    for color in theme.CLASS_COLORS:
        surface = theme.mix(mode.neutral, color, mode.strength)
        assert distance(color, surface) >= 12.0
        assert distance(mode.outline, surface) >= 20.0


@pytest.mark.parametrize("vision", VISION)
def test_class_colours_are_told_apart_by_all_eyes(vision: str) -> None:
    assert len(theme.CLASS_COLORS) == len(set(theme.CLASS_COLORS)) == MAX_CLASSES
    assert min(distance(a, b, vision) for a, b in combinations(theme.CLASS_COLORS, 2)) >= 15.0
    assert distance(theme.POSITIVE, theme.NEGATIVE, vision) >= 50.0
    assert distance(theme.ROLES["train"], theme.ROLES["test"], vision) >= 40.0


@MODES
@pytest.mark.parametrize("vision", VISION)
def test_surfaces_of_certain_classes_are_told_apart_by_all_eyes(mode: theme.Mode, vision: str) -> None:
    surfaces = [theme.mix(mode.neutral, color, mode.strength) for color in theme.CLASS_COLORS]
    assert min(distance(a, b, vision) for a, b in combinations(surfaces, 2)) >= 8.0
    assert min(distance(surface, mode.neutral, vision) for surface in surfaces) >= 14.0


def test_mixing_by_hand() -> None:
    assert theme.mix("#000000", "#ffffff", 0.0) == "#000000"
    assert theme.mix("#000000", "#ffffff", 1.0) == "#ffffff"
    assert theme.mix("#102030", "#304050", 0.5) == "#203040"


@MODES
def test_the_diverging_palette_runs_from_negative_over_neutral_to_positive(mode: theme.Mode) -> None:
    colors = theme.diverging(mode)
    assert theme.MAP_LEVELS % 2 == 1
    assert colors[theme.MAP_LEVELS // 2] == mode.neutral
    assert colors[0] == theme.mix(mode.neutral, theme.NEGATIVE, mode.strength)
    assert colors[-1] == theme.mix(mode.neutral, theme.POSITIVE, mode.strength)
    for half in (colors[: theme.MAP_LEVELS // 2 + 1][::-1], colors[theme.MAP_LEVELS // 2 :]):
        away = [distance(mode.neutral, color) for color in half]
        assert away == sorted(away)


@MODES
def test_each_class_has_a_palette_from_undecided_to_certain(mode: theme.Mode) -> None:
    colors = np.array(theme.by_class(mode, 6)).reshape(6, theme.CLASS_LEVELS)
    assert set(colors[:, 0]) == {mode.neutral}
    expected = [theme.mix(mode.neutral, color, mode.strength) for color in theme.CLASS_COLORS]
    assert colors[:, -1].tolist() == expected


@MODES
def test_what_the_player_gets_of_a_mode(mode: theme.Mode) -> None:
    palettes = {"diverging": theme.diverging(mode), "classes": theme.by_class(mode, 6)}
    found = theme.theme(mode, palettes)
    go.layout.Template(found["template"])  # raises for anything Plotly does not know
    assert found["palettes"].keys() == palettes.keys()
    for name, palette in found["palettes"].items():
        assert re.fullmatch(r"([0-9a-f]{6}){1,256}", palette)
        assert palette == "".join(color[1:] for color in palettes[name])
    assert found["colors"]["positive"] != found["colors"]["negative"]
