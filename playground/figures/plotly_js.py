"""The bridge to Plotly in the browser: its script in the installed package, and figures in the form it
reads.
"""

import json
from functools import cache

import plotly
from plotly.graph_objects import Figure
from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs

PLOTLY_VERSION = plotly.__version__

__all__ = ["PLOTLY_VERSION", "Figure", "as_plain", "plotly_js"]


@cache
def plotly_js() -> bytes:
    """Plotly's JavaScript, 5 MB of UTF-8."""
    return get_plotlyjs().encode()


def as_plain(figure: Figure) -> dict:
    """{"data": [...], "layout": {...}} of plain values, arrays as base64; no template: the player has its
    own.
    """
    plain = json.loads(to_json_plotly(figure))
    plain["layout"].pop("template", None)
    return plain
