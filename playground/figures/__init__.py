"""Pictures: functions that build Plotly figures from numbers, and what others need to know of Plotly."""

from playground.figures.plotly_js import PLOTLY_JS, PLOTLY_VERSION, Figure, as_plain

__all__ = ["PLOTLY_JS", "PLOTLY_VERSION", "Figure", "as_plain"]
