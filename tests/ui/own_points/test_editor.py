"""Drawing points: steps and the way back, what bounds them, and whatever a visitor may send."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.datasets import STARTER, Dataset, OwnPoints, PointsError
from playground.limits import MAX_CLASSES, MAX_OWN_POINTS, MAX_UNDO, MAX_UNDO_POINTS
from playground.ui.own_points.editor import REACH, TOOLS, OwnEditor, own_points

LINE = [[-3.0, -5.0], [3.0, -5.0]]


def editor_of(points: OwnPoints = STARTER) -> OwnEditor:
    editor = OwnEditor()
    editor.points = points
    return editor


def test_a_stroke_draws_points_of_its_class_along_the_path() -> None:
    editor = editor_of(OwnPoints())
    editor.step({"tool": "draw", "path": LINE, "y": 1})
    assert len(editor.points) == 16
    assert set(editor.points.y) == {1}
    assert {y for _, y in editor.points.x} == {-5.0}


def test_the_rubber_takes_what_it_touches() -> None:
    editor = editor_of(OwnPoints([(0, 0), (0, REACH), (0, 1), (3, 3)], [0, 1, 0, 1]))
    editor.step({"tool": "erase", "path": [[-1, 0], [1, 0]]})
    assert editor.points == OwnPoints([(0, 1), (3, 3)], [0, 1])


def test_a_point_is_moved_from_where_the_path_begins_to_where_it_ends() -> None:
    editor = editor_of(OwnPoints([(0, 0), (2, 2)], [0, 1]))
    editor.step({"tool": "move", "path": [[2.1, 2.1], [9, 0], [-4, 5]]})
    assert editor.points == OwnPoints([(0, 0), (-4, 5)], [0, 1])
    editor.step({"tool": "move", "path": [[5, 5], [0, 0]]})
    assert editor.points == OwnPoints([(0, 0), (-4, 5)], [0, 1])


def test_classes_are_added_up_to_a_bound() -> None:
    editor = editor_of()
    for _ in range(MAX_CLASSES - 2):
        editor.step({"tool": "class"})
    assert editor.points.n_classes == MAX_CLASSES
    with pytest.raises(PointsError, match="the most"):
        editor.step({"tool": "class"})
    assert editor.points.x == STARTER.x


@pytest.mark.parametrize(
    ("tool", "left"),
    [
        ("clear", OwnPoints(labels=("a", "b", "c"))),
        ("classes", OwnPoints()),
        ("values", OwnPoints(task="regression")),
        ("example", STARTER),
    ],
)
def test_starting_again_can_be_undone(tool: str, left: OwnPoints) -> None:
    points = OwnPoints([(0, 0), (1, 1)], [0, 2], labels=("a", "b", "c"))
    editor = editor_of(points)
    editor.step({"tool": tool})
    assert editor.points == left
    editor.step({"tool": "undo"})
    assert editor.points == points
    editor.step({"tool": "redo"})
    assert editor.points == left


def test_a_point_that_is_recoloured_gets_the_next_class() -> None:
    editor = editor_of(OwnPoints([(0, 0), (1, 1)], [0, 2], labels=("a", "b", "c")))
    for wanted in ((1, 2), (2, 2), (0, 2)):
        editor.step({"tool": "relabel", "path": [[0.1, 0.1], [1, 1]]})
        assert editor.points.y == wanted
    editor.step({"tool": "relabel", "path": [[1, 1]]})
    assert editor.points.y == (0, 0)
    editor.step({"tool": "relabel", "path": [[5, 5]]})  # where there is no point
    assert editor.points.y == (0, 0)
    editor.step({"tool": "values"})
    with pytest.raises(PointsError, match="recoloured"):
        editor.step({"tool": "relabel", "path": [[0, 0]]})


def test_undo_and_redo_go_through_all_steps() -> None:
    editor = editor_of()
    seen = [editor.points]
    for x in range(-5, 6):
        editor.step({"tool": "draw", "path": [[x, -5.5]], "y": 0})
        seen.append(editor.points)
    for expected in reversed(seen[:-1]):
        editor.step({"tool": "undo"})
        assert editor.points == expected
    assert not editor.plain()["undo"]
    editor.step({"tool": "undo"})
    assert editor.points == seen[0]
    for expected in seen[1:]:
        editor.step({"tool": "redo"})
        assert editor.points == expected
    assert not editor.plain()["redo"]


def test_a_new_step_ends_what_could_be_redone() -> None:
    editor = editor_of()
    editor.step({"tool": "clear"})
    editor.step({"tool": "undo"})
    assert editor.plain()["redo"]
    editor.step({"tool": "draw", "path": LINE, "y": 0})
    assert not editor.plain()["redo"]


def test_a_step_that_changes_nothing_is_none_to_undo() -> None:
    editor = editor_of()
    editor.step({"tool": "erase", "path": [[5.9, 5.9]]})
    assert not editor.plain()["undo"]


def undone(editor: OwnEditor) -> int:
    count = 0
    while editor.plain()["undo"]:
        editor.step({"tool": "undo"})
        count += 1
    return count


def test_the_way_back_is_bounded_in_steps_and_in_points() -> None:
    editor = editor_of()
    for k in range(2 * MAX_UNDO):
        editor.step({"tool": "move", "path": [list(editor.points.x[0]), [k / 20, -5.5]]})
    assert undone(editor) == MAX_UNDO
    large = OwnPoints(np.zeros((MAX_OWN_POINTS, 2)), [0] * MAX_OWN_POINTS)
    editor = editor_of(large)
    for k in range(20):
        editor.use(OwnPoints(np.full((MAX_OWN_POINTS, 2), k / 10), large.y))
    assert 1 <= undone(editor) <= MAX_UNDO_POINTS // MAX_OWN_POINTS


def test_drawing_ends_where_there_are_too_many() -> None:
    editor = editor_of(OwnPoints(np.zeros((MAX_OWN_POINTS - 3, 2)), [0] * (MAX_OWN_POINTS - 3)))
    editor.step({"tool": "draw", "path": LINE, "y": 1})
    assert len(editor.points) == MAX_OWN_POINTS
    with pytest.raises(PointsError, match="erase some first"):
        editor.step({"tool": "draw", "path": LINE, "y": 1})


def test_points_of_elsewhere_are_taken_up_and_can_be_undone() -> None:
    editor, other = editor_of(), OwnPoints([(0, 0), (1, 1)], [0, 1])
    editor.step({"tool": "draw", "path": LINE, "y": 0})
    drawn = editor.points
    editor.follow(STARTER)  # what the run shows all the time
    assert editor.points == drawn
    editor.follow(other)
    assert editor.points == other
    editor.step({"tool": "undo"})
    assert editor.points == drawn


def test_points_of_datasets_are_kept_within_the_picture() -> None:
    parts = [Dataset(np.array([[7.0, -9.0]]), [1.5], task="regression", n_classes=0, name="far")] * 2
    points = own_points(*parts)
    assert points == OwnPoints([(6, -6)] * 2, [1, 1], task="regression")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
PLACE = st.lists(st.floats(-9, 9) | JUNK, min_size=1, max_size=3)
STEP = st.fixed_dictionaries(
    {"tool": st.sampled_from([*TOOLS, "open", "__init__", ""]) | JUNK},
    optional={"path": st.lists(PLACE, max_size=6) | JUNK, "y": st.integers(-1, 7) | st.floats(-2, 2) | JUNK},
)


@given(st.lists(STEP, max_size=8))
def test_whatever_is_sent_is_done_or_refused_in_one_sentence(steps: list[dict]) -> None:
    editor = editor_of()
    for step in steps:
        before, problem = editor.points, ""
        try:
            editor.step(step)
        except PointsError as error:
            problem = str(error)
        assert not problem or editor.points is before
        assert "\n" not in problem
        assert len(problem) < 300
        assert problem == "" or problem.endswith(".")
        json.dumps(editor.plain(), allow_nan=False)
