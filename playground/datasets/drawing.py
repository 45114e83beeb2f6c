"""Drawing points: from strokes of a brush or a rubber to new points of the visitor's own.

A stroke is the path of a pointer: one place for a click or a tap, more for a drag, in coordinates of the
picture. The same strokes give the same points, bit for bit: no chance is involved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress

import numpy as np

from playground.arrays import Array, Mask
from playground.datasets.dataset import DOMAIN
from playground.datasets.own import SNAP, OwnPoints, PointsError, quoted
from playground.limits import MAX_OWN_POINTS, MAX_STROKE
from playground.text import _

SPACING = (0.1, 3.0)
RADIUS = (0.0, 3.0)

Path = Sequence[Sequence[float]] | np.ndarray
"""Of a pointer: (k, 2) places."""


def draw(points: OwnPoints, path: Path, *, y: float, spacing: float = 0.4) -> OwnPoints:
    """A stroke of the brush: a row of points along the path.

    path: (k, 2) places. y: the class or value of the new points. spacing: how far apart they are, about; a
    higher one draws fewer. None comes nearer than half of that to another with the same y, so that resting or
    going over a place again does not heap them up. What falls outside of the picture is left out, and with
    MAX_OWN_POINTS drawing ends.
    """
    _require(spacing, *SPACING, what="spacing")
    room = MAX_OWN_POINTS - len(points)
    if not room:
        raise PointsError(
            _("There are {most} points, the most there can be: erase some first.").format(most=MAX_OWN_POINTS)
        )
    (y,) = replace(points, x=((0.0, 0.0),), y=(y,)).y  # checked and rounded
    kin = np.array(points.y) == y
    start = count = np.count_nonzero(kin)
    near = np.concatenate([points.places[kin], np.empty((room, 2))])
    for at in _candidates(_checked(path), spacing):
        inside = DOMAIN[0] <= at.min() and at.max() <= DOMAIN[1]
        if inside and (not count or np.hypot(*(near[:count] - at).T).min() >= spacing / 2):
            near[count] = at
            count += 1
            if count == len(near):
                break
    new = tuple(map(tuple, near[start:count].tolist()))
    return replace(points, x=points.x + new, y=points.y + (y,) * len(new))


def erase_along(points: OwnPoints, path: Path, *, radius: float) -> OwnPoints:
    """A stroke of the rubber: without the points that lie within `radius` of the path (k, 2)."""
    keep = ~_touched(points, path, radius)
    return replace(points, x=tuple(compress(points.x, keep)), y=tuple(compress(points.y, keep)))


def _candidates(path: Array, spacing: float) -> Iterator[Array]:
    """Places of the drawing grid where a stroke drops a point, at most MAX_OWN_POINTS."""
    along = np.concatenate([[0.0], np.hypot(*np.diff(path, axis=0).T).cumsum()])
    steps = np.arange(min(int(along[-1] / spacing + 1e-9) + 1, MAX_OWN_POINTS)) * spacing
    places = np.column_stack([np.interp(steps, along, path[:, k]) for k in (0, 1)])
    yield from np.round(places, SNAP) + 0.0


def _touched(points: OwnPoints, path: Path, radius: float) -> Mask:
    """Whether each point lies within `radius` of the path: (n,) bool."""
    _require(radius, *RADIUS, what="radius")
    line, places = _checked(path), points.places
    touched = np.zeros(len(points), dtype=bool)
    for begin, end in zip(line, line[1:] if len(line) > 1 else line, strict=False):
        way = end - begin
        # the foot of the perpendicular, kept between the ends
        part = np.clip((places - begin) @ way / max(way @ way, 1e-12), 0.0, 1.0)
        touched |= np.hypot(*(places - begin - part[:, None] * way).T) <= radius
    return touched


def _checked(path: object) -> Array:
    """The path as an array (k, 2) of distinct neighbours, k at least 1; far outside it is drawn closer."""
    if isinstance(path, list | tuple | np.ndarray) and 1 <= len(path) <= MAX_STROKE:
        try:
            array = np.asarray(path)
        except ValueError:
            array = np.empty(0)
        if array.dtype.kind in "iuf" and array.shape[1:] == (2,) and np.isfinite(array).all():
            array = np.clip(array.astype(np.float64), 2 * DOMAIN[0], 2 * DOMAIN[1])
            fresh = np.concatenate([[True], (np.diff(array, axis=0) != 0).any(axis=1)])
            kept: Array = array[fresh]
            return kept
    raise PointsError(
        _("The stroke {quoted} cannot be drawn: give 1 to {most} places (x, y).").format(
            quoted=quoted(path), most=MAX_STROKE
        )
    )


def _require(value: float, low: float, high: float, *, what: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise PointsError(
            _("The {what} {quoted} is out of range: choose {low:g} to {high:g}.").format(
                what=what, quoted=quoted(value), low=low, high=high
            )
        )
