"""Every colour and size of the pictures, for light and for dark pages.

Class colours are told apart by colour-blind eyes: orange and blue as in TensorFlow Playground for the first
two, then the palette of Okabe and Ito (2008, "Color Universal Design"). Figures carry no colours of their own
for text, grid or background: those come from the template of the mode, which the player sets, so a page can
change its mode without the server.
"""

from dataclasses import dataclass

import plotly.graph_objects as go

CLASS_COLORS = ("#f08a1d", "#0877bd", "#009e73", "#cc79a7", "#56b4e9", "#a63d00")
NEGATIVE, POSITIVE = CLASS_COLORS[:2]
RUN_COLORS = ("#1a86cc", "#d9576a", "#1b9e77", "#b07aa1")  # of runs side by side
RACE_COLORS = (*RUN_COLORS, "#b8790d", "#7565d8")  # of paths that start at one place
RACE_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
RACE_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")
RACE_MARKS = "●■◆▲✚✖"  # the same in words
ROLES = {  # of a curve
    "train": RUN_COLORS[0],
    "test": RUN_COLORS[1],
    **{f"run{k}": color for k, color in enumerate(RACE_COLORS)},
}
LAND = "#7c8798"  # high ground of a map, on light and on dark pages
MARK = "#c81e78"  # minima and starts
DOUBT = "#7b3fa0"  # where a network is unsure
AMOUNT = "#0f8b8d"  # shares and bars that belong to no class
LAYER_COLORS = ("#7565d8", "#1a9583", "#b8790d")  # the first layer, the middle, the last; mixed between
UNIT_STATES = {"saturated": "#c2661b", "dead": "#7d8590"}
DENSITY = ((0.0, "rgba(15,139,141,0)"), (0.1, "rgba(15,139,141,0.3)"), (1.0, AMOUNT))  # of shares over time
HEALTHY = "#2e9e5b"  # a range that is as it should be
DEAD_MAP = "#9a9ea6"  # over the map of a unit that gives 0 everywhere
BATCH = "#e0218a"  # rings around the points of a mini-batch
WRONG_LABEL = BATCH  # crosses on points whose label was made wrong
GUIDE = "#838a95"  # lines to compare with, on light and on dark pages
MAGNITUDES = "Viridis"  # of powers of ten: even steps look even, to all eyes
MAP_LEVELS = 61  # of a diverging map: odd, so that one level is exactly the middle
CLASS_LEVELS = 40  # of one class among several, from undecided to certain

FONT = "Source Sans, Source Sans Pro, system-ui, sans-serif"
FONT_SIZE = 12
POWER_SIZE = 10  # of powers of ten on an axis, which Plotly draws a quarter larger
POINT_SIZE = 7
SMALL_POINT_SIZE = 5
MARK_SIZE = 9  # of a mark on a curve
LINE_WIDTH = 2
THIN_LINE_WIDTH = 1
FAINTNESS = 0.5  # opacity of what stays in the background
BAND_OPACITY = 0.15
TINT = 0.5  # how far the cells of a table go from neutral: numbers on them stay readable
COLORBAR_THICKNESS = 10


@dataclass(frozen=True)
class Mode:
    """The colours that differ between a light and a dark page."""

    name: str
    text: str
    faint: str
    grid: str
    neutral: str
    outline: str
    strength: float  # how far a certain prediction goes from neutral towards its class's colour


LIGHT = Mode("light", "#31333f", "#5c606b", "#e3e5ea", "#eef0f2", "#ffffff", 0.66)
DARK = Mode("dark", "#e8eaed", "#aab0ba", "#343a46", "#20242d", "#10131a", 0.7)
MODES = (LIGHT, DARK)


def mix(start: str, end: str, share: float) -> str:
    """The colour `share` of the way from start to end, both "#rrggbb"."""
    pairs = [(int(start[i : i + 2], 16), int(end[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)


def translucent(color: str, opacity: float) -> str:
    """A colour "#rrggbb" through which one can see."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def diverging(mode: Mode) -> list[str]:
    """MAP_LEVELS colours from the negative one over neutral to the positive one."""
    middle = MAP_LEVELS // 2
    shares = [(level - middle) / middle for level in range(MAP_LEVELS)]
    return [mix(mode.neutral, POSITIVE if s > 0 else NEGATIVE, mode.strength * abs(s)) for s in shares]


def by_class(mode: Mode, n_classes: int) -> list[str]:
    """CLASS_LEVELS colours for each class, from undecided to certain, one class after the other."""
    shares = [level / (CLASS_LEVELS - 1) for level in range(CLASS_LEVELS)]
    return [mix(mode.neutral, color, mode.strength * s) for color in CLASS_COLORS[:n_classes] for s in shares]


def layer_colors(count: int) -> list[str]:
    """A colour for each of `count` layers, first to last."""
    places = [2.0 * k / max(count - 1, 1) for k in range(count)]
    starts = [min(int(place), 1) for place in places]
    return [
        mix(LAYER_COLORS[i], LAYER_COLORS[i + 1], place - i) for i, place in zip(starts, places, strict=True)
    ]


def template(mode: Mode) -> go.layout.Template:
    """Text, grid and background of every figure."""
    axis = {
        "gridcolor": mode.grid,
        "linecolor": mode.grid,
        "tickcolor": mode.grid,
        "tickfont": {"color": mode.text},
        "ticks": "",
        "zerolinecolor": mode.grid,
        "automargin": False,
        "title": {"standoff": 4, "font": {"size": FONT_SIZE}},
    }
    tints = {color: mix(mode.neutral, color, TINT) for color in (AMOUNT, NEGATIVE, POSITIVE)}
    layout = {
        "font": {"family": FONT, "size": FONT_SIZE, "color": mode.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": axis,
        "yaxis": axis,
        "colorscale": {
            "sequential": [[0.0, mode.neutral], [1.0, tints[AMOUNT]]],
            "diverging": [[0.0, tints[NEGATIVE]], [0.5, mode.neutral], [1.0, tints[POSITIVE]]],
        },
        "hoverlabel": {"bgcolor": mode.outline, "bordercolor": mode.grid, "font": {"color": mode.text}},
    }
    scatter = {"marker": {"line": {"color": mode.outline, "width": 1}}}
    heatmap = {
        "textfont": {"color": mode.text},
        "colorbar": {"thickness": COLORBAR_THICKNESS, "outlinewidth": 0, "ticks": ""},
    }
    return go.layout.Template(layout=layout, data={"scatter": [scatter], "heatmap": [heatmap]})


def theme(mode: Mode, palettes: dict[str, list[str]]) -> dict:
    """What the player needs of a mode: the template, palettes by name, and the colours it draws with
    itself.
    """
    return {
        "template": template(mode).to_plotly_json(),
        "palettes": {name: "".join(c[1:] for c in colors) for name, colors in palettes.items()},
        "colors": {
            "positive": POSITIVE,
            "negative": NEGATIVE,
            "middle": LIGHT.faint,  # between the two
            "text": mode.text,
            "background": mode.outline,
            "batch": BATCH,
            "dead": DEAD_MAP,
            "classes": CLASS_COLORS,
            "runs": RACE_COLORS,
        },
    }
