"""The learning rate over the epochs, in small, with a mark where the run is. It stands still."""

import plotly.graph_objects as go

from playground.figures import theme
from playground.probes.schedule_preview import SchedulePreview
from playground.text import _

MARGIN = {"l": 44, "r": 8, "t": 8, "b": 32}
HEIGHT = 130


def schedule(preview: SchedulePreview, mode: theme.Mode) -> go.Figure:
    """mode: of the page on which it stands, as there is no player to colour it."""
    figure = go.Figure(
        layout={
            "template": theme.template(mode),
            "margin": MARGIN,
            "height": HEIGHT,
            "showlegend": False,
            "xaxis": {
                "title": {"text": _("epoch")},
                "range": [0.0, float(preview.epochs[-1])],
                "nticks": 5,
                "zeroline": False,
            },
            "yaxis": {"rangemode": "tozero", "nticks": 4, "exponentformat": "power", "tickformat": "~g"},
        }
    )
    line = {"color": theme.ROLES["train"], "width": theme.LINE_WIDTH}
    figure.add_trace(go.Scatter(x=preview.epochs, y=preview.rates, mode="lines", line=line, name="rate"))
    figure.add_vline(preview.now, line={"color": theme.GUIDE, "width": theme.THIN_LINE_WIDTH, "dash": "dot"})
    return figure
