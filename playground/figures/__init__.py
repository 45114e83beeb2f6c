"""Pictures: functions that build Plotly figures from numbers, and what others need to know of Plotly."""

from playground.figures.plotly_js import PLOTLY_VERSION, Figure, as_plain, plotly_js

__all__ = ["PLOTLY_VERSION", "Figure", "as_plain", "plotly_js"]
