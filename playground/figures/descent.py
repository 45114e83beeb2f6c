"""Paths on a surface: from above, and how far each is above the lowest value.

`descent_map`, K paths

| trace      | what                       | attributes, and how                                    |
|------------|----------------------------|--------------------------------------------------------|
| 0 .. K-1   | trails                     | x, y: numbers, trail                                   |
| K .. 2K-1  | where each is              | x, y: (1,), vector                                     |
| 2K .. 3K-1 | its next step, as an arrow | x, y: (2,), vector                                     |
| 3K         | downhill, for all          | x, y: (3 K,), vector, each path's third entry NaN      |
| 3K+1, 3K+2 | minima, start              | nothing                                                |

`gaps`: trace k takes x from progress and y, series.
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from playground.figures import theme
from playground.figures.curves import MARGIN as CURVE_MARGIN
from playground.probes.terrain import BANDS, LINES
from playground.text import _

MARGIN = {"l": 36, "r": 8, "t": 6, "b": 30}
HEAD_SIZE = 11
ARROW_SIZE = 9
LINE_STRENGTH = 0.3  # of a contour line


def terrain_palette(mode: theme.Mode) -> list[str]:
    """The colours of `playground.probes.terrain`: valleys in the page's tone, lines in that of the text."""
    ground = [theme.mix(mode.outline, theme.LAND, 0.1 + 0.75 * k / (BANDS - 1)) for k in range(BANDS)]
    strengths = [LINE_STRENGTH * k / (LINES - 1) for k in range(LINES)]
    return [theme.mix(color, mode.text, strength) for strength in strengths for color in ground]


def descent_map(
    bounds: Sequence[float],
    names: Sequence[str],
    *,
    start: Sequence[float],
    minima: Sequence[Sequence[float]],
    axes: tuple[str, str] = ("x", "y"),
) -> go.Figure:
    """bounds: (x from, x to, y from, y to). The ground is painted under it by the player."""
    fixed = {"fixedrange": True, "showgrid": False, "zeroline": False, "nticks": 6}
    figure = go.Figure(
        layout={
            "margin": MARGIN,
            "showlegend": False,
            "hovermode": "closest",
            "xaxis": {**fixed, "range": list(bounds[:2]), "title": {"text": axes[0]}},
            "yaxis": {**fixed, "range": list(bounds[2:]), "title": {"text": axes[1]}},
        }
    )
    place = "%{x:.3f}, %{y:.3f}<extra></extra>"
    for k, name in enumerate(names):
        line = {"color": theme.RACE_COLORS[k], "width": theme.LINE_WIDTH}
        figure.add_trace(
            go.Scatter(x=[], y=[], mode="lines", name=name, line=line, hovertemplate=f"{name}<br>{place}")
        )
    for k, name in enumerate(names):
        marker = {"color": theme.RACE_COLORS[k], "symbol": theme.RACE_SYMBOLS[k], "size": HEAD_SIZE}
        hover = _("{name} now<br>%{{x:.3f}}, %{{y:.3f}}<extra></extra>").format(name=name)
        figure.add_trace(
            go.Scatter(x=[], y=[], mode="markers", name=name, marker=marker, hovertemplate=hover)
        )
    for k, name in enumerate(names):
        figure.add_trace(
            _arrows(theme.RACE_COLORS[k], 1, _("{name}: next step").format(name=name), 2 * theme.LINE_WIDTH)
        )
    figure.add_trace(_arrows(theme.GUIDE, len(names), "downhill", theme.LINE_WIDTH))
    figure.add_trace(_spots(minima, "star", _("minimum")))
    figure.add_trace(_spots([start], "circle-open", _("start")))
    return figure


def _arrows(color: str, count: int, name: str, width: float) -> go.Scatter:
    """Lines of two places each, with a head at the second."""
    marker = {"symbol": "arrow", "angleref": "previous", "size": [0, ARROW_SIZE, 0] * count, "color": color}
    return go.Scatter(
        x=[], y=[], mode="lines+markers", name=name, marker=marker, line={"color": color, "width": width}
    ).update(hoverinfo="skip")


def _spots(places: Sequence[Sequence[float]], symbol: str, name: str) -> go.Scatter:
    x, y = ([place[k] for place in places] for k in range(2))
    marker = {"symbol": symbol, "size": HEAD_SIZE, "color": theme.MARK}
    return go.Scatter(
        x=x,
        y=y,
        mode="markers",
        name=name,
        marker=marker,
        hovertemplate=f"{name}<br>%{{x:.3f}}, %{{y:.3f}}<extra></extra>",
    )


def gaps(names: Sequence[str], *, last: int, x_title: str, guide: float | None = None) -> go.Figure:
    """Curves on a logarithmic axis over frames 0 to `last`. guide: a level to be compared with."""
    figure = go.Figure(
        layout={
            "margin": CURVE_MARGIN,
            "xaxis": {"title": {"text": x_title}, "range": [0, last], "fixedrange": True},
            "yaxis": {"type": "log", "fixedrange": True, "nticks": 3, "tickformat": "~g"},
            "showlegend": False,
            "hovermode": "x unified",
        }
    )
    for k, name in enumerate(names):
        line = {"color": theme.RACE_COLORS[k], "width": theme.LINE_WIDTH, "dash": theme.RACE_DASHES[k]}
        figure.add_trace(go.Scatter(x=[], y=[], mode="lines", name=name, line=line, hovertemplate="%{y:.3g}"))
    if guide is not None:
        style = {"color": theme.GUIDE, "width": theme.THIN_LINE_WIDTH, "dash": "dot"}
        figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=guide, y1=guide, line=style)
    return figure
