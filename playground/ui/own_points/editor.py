"""OwnEditor: the points a visitor is drawing, step by step, with a way back.

It may hold fewer points than an Experiment takes, and keeps them while another dataset is shown. What the
player sends is a visitor's word: a step that makes no sense is a PointsError and changes nothing.
"""

from collections.abc import Callable, Mapping

import numpy as np

from playground.datasets import DOMAIN, STARTER, Dataset, OwnPoints, PointsError
from playground.datasets.drawing import draw, erase_along
from playground.datasets.own import VALUES, add_class, move, nearest, quoted, relabel
from playground.limits import (
    MAX_CLASSES,
    MAX_DRAW_STEPS,
    MAX_OWN_POINTS,
    MAX_UNDO,
    MAX_UNDO_POINTS,
    MIN_OWN_POINTS,
)
from playground.text import _

SPACING = 0.4  # between the points of a stroke, in units of the picture
REACH = 0.4  # of the rubber, of the hand that moves a point, and of what recolours one
FEW = _("Draw at least {least} points: one to train with, one to test with.").format(least=MIN_OWN_POINTS)
LIMITS = {
    "spacing": SPACING,
    "reach": REACH,
    "classes": MAX_CLASSES,
    "points": MAX_OWN_POINTS,
    "steps": MAX_DRAW_STEPS,
}


class OwnEditor:
    """points: as they are now. given: those of the Experiment that was shown last."""

    def __init__(self) -> None:
        self.points = self.given = STARTER
        self._before: list[OwnPoints] = []
        self._after: list[OwnPoints] = []

    def use(self, points: OwnPoints) -> None:
        """Other points; undo leads back."""
        if points != self.points:
            self._before.append(self.points)
            self._after.clear()
            self.points = points
            self._forget()

    def follow(self, points: OwnPoints) -> None:
        """The Experiment shows own points: take those up that came from elsewhere, such as from a link."""
        if points != self.given:
            self.use(points)
            self.given = points

    def step(self, step: Mapping) -> None:
        """One stroke or command of the player: {"tool", and what the tool needs}."""
        tool = step.get("tool")
        if not isinstance(tool, str) or tool not in TOOLS:
            raise PointsError(
                _("There is no drawing tool {quoted}: use one of {tools}.").format(
                    quoted=quoted(tool), tools=", ".join(TOOLS)
                )
            )
        TOOLS[tool](self, step)

    def undo(self) -> None:
        self._go(self._before, self._after)

    def redo(self) -> None:
        self._go(self._after, self._before)

    def plain(self) -> dict:
        """What the player needs to know; points as they lie, two coordinates and a class or value each."""
        points = self.points
        return {
            "task": points.task,
            "labels": points.labels,
            "x": [place[0] for place in points.x],
            "y": [place[1] for place in points.x],
            "targets": points.y,
            "undo": bool(self._before),
            "redo": bool(self._after),
            "limits": LIMITS,
        }

    def _go(self, source: list[OwnPoints], target: list[OwnPoints]) -> None:
        if source:
            target.append(self.points)
            self.points = source.pop()

    def _forget(self) -> None:
        """Keep the way back short, in steps and in points."""
        while len(self._before) > MAX_UNDO or sum(map(len, self._before)) > MAX_UNDO_POINTS:
            del self._before[0]


def own_points(*parts: Dataset) -> OwnPoints:
    """The points of datasets of the same kind as points of the visitor's own, kept within the picture."""
    x = np.clip(np.concatenate([part.x for part in parts]), *DOMAIN)
    y = np.concatenate([part.y for part in parts])
    if parts[0].task == "regression":
        return OwnPoints(x, np.clip(y, *VALUES), task="regression")
    return OwnPoints(x, y, labels=tuple(str(k) for k in range(parts[0].n_classes)))


def _draw(editor: OwnEditor, step: Mapping) -> None:
    editor.use(draw(editor.points, step.get("path"), y=step.get("y"), spacing=SPACING))


def _erase(editor: OwnEditor, step: Mapping) -> None:
    editor.use(erase_along(editor.points, step.get("path"), radius=REACH))


def _move(editor: OwnEditor, step: Mapping) -> None:
    """The point where the path begins goes where the path ends."""
    path = step.get("path")
    if not isinstance(path, list) or not path:
        raise PointsError(
            _("The way {quoted} cannot be gone: give places (x, y).").format(quoted=quoted(path))
        )
    index = nearest(editor.points, path[0], radius=REACH)
    if index is not None:
        editor.use(move(editor.points, index, path[-1]))


def _relabel(editor: OwnEditor, step: Mapping) -> None:
    """The point where the path begins gets the next class."""
    path = step.get("path")
    if not isinstance(path, list) or not path or editor.points.task != "classification":
        raise PointsError(
            _("Nothing can be recoloured at {quoted}: press on a point with a class.").format(
                quoted=quoted(path)
            )
        )
    index = nearest(editor.points, path[0], radius=REACH)
    if index is not None:
        y = (editor.points.y[index] + 1) % editor.points.n_classes
        editor.use(relabel(editor.points, index, y))


def _clear(editor: OwnEditor, step: Mapping) -> None:
    editor.use(OwnPoints(task=editor.points.task, labels=editor.points.labels))


TOOLS: dict[str, Callable[[OwnEditor, Mapping], None]] = {
    "draw": _draw,
    "erase": _erase,
    "move": _move,
    "relabel": _relabel,
    "class": lambda editor, step: editor.use(add_class(editor.points)),
    "undo": lambda editor, step: editor.undo(),
    "redo": lambda editor, step: editor.redo(),
    "clear": _clear,
    "classes": lambda editor, step: editor.use(OwnPoints()),
    "values": lambda editor, step: editor.use(OwnPoints(task="regression")),
    "example": lambda editor, step: editor.use(STARTER),
}
"""What a step may do, by the name of its tool."""
