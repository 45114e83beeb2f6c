"""The bridge to Plotly in the browser: its script in the installed package, and figures in the form it
reads.
"""

import json
from pathlib import Path

import plotly
from plotly.graph_objects import Figure
from plotly.io.json import to_json_plotly

PLOTLY_JS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
PLOTLY_VERSION = plotly.__version__

__all__ = ["PLOTLY_JS", "PLOTLY_VERSION", "Figure", "as_plain"]


def as_plain(figure: Figure) -> dict:
    """{"data": [...], "layout": {...}} of plain values, arrays as base64; no template: the player has its
    own.
    """
    plain = json.loads(to_json_plotly(figure))
    plain["layout"].pop("template", None)
    return plain
