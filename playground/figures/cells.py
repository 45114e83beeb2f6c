"""Pieces of figures that hold several pictures: a caption above each, and tables of numbers."""

import plotly.graph_objects as go

from playground.figures import theme


def add_caption(figure: go.Figure, text: str, x: float) -> None:
    """Words above the picture that begins at x, a part of the width."""
    figure.add_annotation(
        text=text, x=x, y=1.0, xref="paper", yref="paper", xanchor="left", yanchor="bottom", showarrow=False
    )


def number_cells(most: float, **more) -> go.Heatmap:
    """A table of numbers, each in a cell whose colour shows sign and size. most: the size from which on the
    colour is the strongest. more: of the trace, such as x, y and hovertemplate.
    """
    return go.Heatmap(
        z=[],
        zmin=-most,
        zmax=most,
        autocolorscale=True,
        showscale=False,
        xgap=1,
        ygap=1,
        texttemplate="%{z:.2f}",
        textfont={"size": theme.FONT_SIZE - 1},
        **more,
    )
