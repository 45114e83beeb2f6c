"""The decision boundary around a table of truth."""

from playground.figures.one_step import RANGE, truth_table
from playground.labs.one_step.settings import XOR


def test_all_points_are_shown_once_in_the_part_of_the_plane_around_them() -> None:
    figure = truth_table(XOR.dataset())
    shown = sorted((x, y) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True))
    assert shown == [(0, 0), (0, 1), (1, 0), (1, 1)]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert tuple(axis.range) == RANGE
    assert RANGE[0] < 0 < 1 < RANGE[1]
