"""The visitor's own points: the value, its edits, its text form, strokes, and how it serves as a dataset."""

import pickle
from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.datasets import DATASETS, STARTER, OwnPoints, PointsError, drawing, own
from playground.datasets.own_text import fits_link, from_text, to_link, to_text
from playground.limits import MAX_CLASSES, MAX_LABEL, MAX_LINK_POINTS, MAX_LINK_VALUE, MAX_OWN_POINTS
from tests.datasets.own_points import own_points, sentence

PLACES = st.tuples(st.floats(-6, 6), st.floats(-6, 6))
PATHS = st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=12)
SQUARE = OwnPoints([(1, 1), (-1, 1), (-1, -1), (1, -1)], [0, 1, 0, 1])


# The value


@settings(max_examples=100)
@given(own_points())
def test_points_are_values(points):
    again = OwnPoints(points.places, np.array(points.y), task=points.task, labels=list(points.labels))
    assert again == points
    assert hash(again) == hash(points)
    assert pickle.loads(pickle.dumps(points)) == points
    assert all(type(v) is float for at in points.x for v in at)
    assert all(type(v) is (int if points.labels else float) for v in points.y)


def test_numbers_are_kept_to_four_decimals():
    points = OwnPoints([(1 / 3, -0.00001)], [2 / 3], task="regression")
    assert points.x == ((0.3333, 0.0),)
    assert points.y == (0.6667,)
    assert str(points.x[0][1]) == "0.0"
    assert points.labels == ()
    assert points.n_classes == 0
    assert f"{points}; {SQUARE}" == "1 point, values; 4 points, 2 classes"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"x": [(7, 0)], "y": [0]}, "7 lies outside -6 to 6: "),
        ({"x": [(float("nan"), 0)], "y": [0]}, "nan lies outside -6 to 6: "),
        ({"x": [(0, 0)], "y": [2]}, "2 lies outside 0 to 1: "),
        ({"x": [(0, 0)], "y": [0.5]}, 'Points cannot be made from "[0.5]": give whole numbers.'),
        ({"x": [(0, 0)], "y": [True]}, 'Points cannot be made from "[True]": give whole numbers.'),
        ({"x": [("1", "2")], "y": [0]}, "Points cannot be made from \"[('1', '2')]\": give numbers."),
        ({"x": [(0, 0), (1,)], "y": [0, 1]}, "Points need x of shape (n, 2) and y (n,): "),
        ({"x": [(0, 0)], "y": [0, 1]}, "Points need x of shape (n, 2) and y (n,), not (1, 2) and (2,)."),
        ({"x": [(0, 0)], "y": [1.5], "task": "regression"}, "1.5 lies outside -1 to 1: "),
        ({"task": "ranking"}, 'The task "ranking" is unknown: use one of classification, regression.'),
        ({"labels": ("a",)}, "The labels \"('a',)\" do not do: give 2 to 6 names of classes."),
        ({"labels": ("a", "a")}, 'The labels "a, a" are not all different: rename one.'),
        ({"labels": ("a", "")}, 'The label "" is no text; give each class a name.'),
        ({"labels": ("a", " b")}, 'The label " b" holds characters that cannot be shown or needless blanks'),
        ({"labels": ("a", "b\n")}, 'The label "b�" holds characters'),
        ({"labels": ("a", "b" * 99)}, f'The label "{"b" * 39}…" is longer than 20 characters; shorten it.'),
        (
            {"x": np.zeros((5001, 2)), "y": np.zeros(5001, int)},
            "5001 points are too many: give at most 5000.",
        ),
    ],
)
def test_points_that_cannot_be_get_one_sentence(arguments, message):
    text = sentence(lambda: OwnPoints(**arguments))
    assert text.startswith(message)


# Edits


def test_the_nearest_point_is_found_and_only_within_reach():
    assert own.nearest(SQUARE, (0.8, 0.9), radius=0.5) == 0
    assert own.nearest(SQUARE, (0, 0), radius=1.4) is None
    assert own.nearest(OwnPoints(), (0, 0), radius=9) is None
    assert own.nearest(SQUARE, (-2, -2), radius=2) == 2
    assert own.nearest(SQUARE, (0, 0), radius=2) == 3  # the last drawn lies on top


def test_moving_and_relabelling_keep_the_order():
    moved = own.move(SQUARE, 1, (2.001, 3))
    assert moved.x == ((1.0, 1.0), (2.0, 3.0), (-1.0, -1.0), (1.0, -1.0))
    assert moved.y == SQUARE.y
    assert own.relabel(SQUARE, 0, 1).y == (1, 1, 0, 1)
    assert sentence(lambda: own.move(SQUARE, 4, (0, 0))) == (
        'There is no point "4": give a number from 0 to 3.'
    )
    assert sentence(lambda: own.relabel(SQUARE, 0, 2)).startswith("2 lies outside 0 to 1: ")
    for place in [(float("nan"), 0), (1,), "12", None, ("1", "2"), [[1, 2]], 3]:
        sentence(lambda at=place: own.move(SQUARE, 0, at))


def test_classes_are_added_until_there_are_enough():
    points = OwnPoints(labels=("3", "0"))
    while points.n_classes < MAX_CLASSES:
        points = own.add_class(points)
    assert points.labels == ("3", "0", "1", "2", "4", "5")
    assert sentence(lambda: own.add_class(points)).startswith("Points with 6 classes get no more: ")
    assert sentence(lambda: own.add_class(OwnPoints(task="regression"))).startswith("Points with 0 classes")


# The text form


@settings(max_examples=300)
@given(own_points())
def test_text_is_exact_short_and_safe(points):
    text = to_text(points)
    assert from_text(text) == points
    assert quote(text, safe="%") == text
    assert len(text) <= MAX_LINK_VALUE
    assert from_text(to_link(points)) == points


def test_drawn_points_make_shorter_links():
    rng = np.random.default_rng(0)
    drawn = OwnPoints()
    for at in rng.uniform(-6, 6, (MAX_LINK_POINTS, 2)):
        drawn = OwnPoints((*drawn.x, own.snap(at)), (*drawn.y, int(rng.integers(2))))
    assert len(to_link(drawn)) == 4 + 5 * MAX_LINK_POINTS
    measured = OwnPoints(rng.uniform(-6, 6, (MAX_LINK_POINTS, 2)), drawn.y)
    assert len(to_link(measured)) == 4 + 7 * MAX_LINK_POINTS


def test_the_longest_labels_fit_a_link():
    labels = tuple(chr(0x1F600 + c) * MAX_LABEL for c in range(MAX_CLASSES))
    points = OwnPoints(np.full((MAX_LINK_POINTS, 2), 1 / 3), [5] * MAX_LINK_POINTS, labels=labels)
    assert len(to_link(points)) <= MAX_LINK_VALUE
    assert from_text(to_link(points)) == points


def test_the_text_of_known_points():
    assert to_text(OwnPoints([(-6, 6), (0, 0.01)], [1, 0])) == "2.2.00Im19O9P0"
    assert to_text(OwnPoints([(-6, 6)], [-1], task="regression")) == "0.2.00Im00"
    assert to_text(OwnPoints([(-6, 6)], [0], labels=("a b", "c~d"))) == "2.2.00Im0.a%20b~c%7Ed"


def test_more_points_than_a_link_holds_are_left_out_with_a_word():
    points = OwnPoints(np.zeros((MAX_LINK_POINTS + 1, 2)), [0] * (MAX_LINK_POINTS + 1))
    assert not fits_link(points)
    assert to_link(points) == "file-61"
    assert from_text(to_text(points)) == points
    assert sentence(lambda: from_text("file-61")) == (
        "The link leaves out its 61 own points, as a link holds at most 60: load them from their file."
    )


@pytest.mark.parametrize(
    "text",
    [
        *("", "2", "2.2", "3.2.00Im19O9", "2.4.00Im1", "1.2.00Im0", "9.2.00Im0", "2.2.00Im2", "2.2.00In1"),
        *("2.3.00000000", "2.2.00Im1.0~1", "2.2.00Im1.", "2.2.00Im1.a~a", "2.2.00Im1.a~b~c", "2.2.00Im1.a~%"),
        *("0.2.00Im00.a~b", "0.2.00Im3A", "2.2.00Im1\n", "٢.2.00Im1", "2.2." + "0" * 25_005),
        *("2.2.00Im1.a~b%2f", "2.2.00Im1.a~%FF", "2.2.00Im1.a b~c", "file-", "2.2.00Im1.a~%ED%A0%80"),
    ],
)
def test_texts_that_are_not_written_here_get_one_sentence(text):
    message = sentence(lambda: from_text(text))
    assert message.endswith("are damaged: copy the whole link again.")


TEXTS = [to_text(SQUARE), to_text(OwnPoints([(1 / 3, 2)], [1], labels=("a b", "ü"))), "0.2.00Im00", "file-61"]


@settings(max_examples=1000)
@given(st.sampled_from(TEXTS), st.integers(0, 30), st.integers(0, 2), st.text(max_size=2))
def test_any_damage_to_a_text_gives_points_or_a_sentence(text, at, cut, put):
    text = text[:at] + put + text[at + cut :]
    try:
        points = from_text(text)
    except PointsError:
        sentence(lambda: from_text(text))
    else:
        assert to_text(points) == text


@pytest.mark.parametrize("given_text", [None, 5, b"2.2.", ["2.2."]])
def test_what_is_no_text_gets_a_sentence(given_text):
    assert sentence(lambda: from_text(given_text)).startswith("Own points cannot be read from ")


# Strokes


def test_a_straight_stroke_is_an_even_row():
    points = drawing.draw(OwnPoints(), [(0, 0), (1, 0), (1, 1)], y=1, spacing=0.5)
    assert points.x == ((0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (1.0, 0.5), (1.0, 1.0))
    assert points.y == (1,) * 5


def test_a_click_is_one_point_and_resting_adds_none():
    once = drawing.draw(SQUARE, [(2, 2)], y=0)
    assert once == OwnPoints((*SQUARE.x, (2, 2)), (*SQUARE.y, 0))
    assert drawing.draw(once, [(2.01, 2), (2, 2.01)] * 200, y=0) == once
    assert len(drawing.draw(once, [(2, 2)], y=1)) == 6  # another class may lie on top


def test_going_over_a_stroke_again_adds_nothing():
    path = [(-3, -3), (3, 3), (3, -3)]
    once = drawing.draw(OwnPoints(), path, y=0)
    assert drawing.draw(once, path, y=0) == once


@settings(max_examples=80)
@given(own_points(max_size=30), PATHS, st.floats(0.1, 3))
def test_strokes_of_the_brush(points, path, spacing):
    y = 1 if points.labels else 0.5
    drawn = drawing.draw(points, path, y=y, spacing=spacing)
    assert drawn == drawing.draw(points, np.array(path), y=y, spacing=spacing)
    assert drawn.x[: len(points)] == points.x
    new = drawn.places[len(points) :]
    np.testing.assert_array_equal(new, np.round(new, own.SNAP))
    same = drawn.places[np.array(drawn.y) == y]
    first = len(same) - len(new)
    for k in range(first, len(same)):
        gaps = np.hypot(*(same[:k] - same[k]).T)
        assert (gaps >= spacing / 2).all()
    assert len(drawing.erase_along(drawn, path, radius=0.01)) <= len(points)  # all new ones are on the path


def test_drawing_ends_when_there_are_enough_points():
    most = OwnPoints(np.zeros((MAX_OWN_POINTS - 2, 2)), [0] * (MAX_OWN_POINTS - 2))
    full = drawing.draw(most, [(-5, 1), (5, 1)], y=1)
    assert len(full) == MAX_OWN_POINTS
    assert sentence(lambda: drawing.draw(full, [(0, 0)], y=1)).startswith("There are 5000 points, the most ")


def test_a_stroke_of_any_length_is_bounded():
    zigzag = [(-6, -6), (6, 6)] * 1000
    assert len(drawing.draw(OwnPoints(), zigzag, y=0, spacing=0.1)) <= MAX_OWN_POINTS


def test_strokes_erase_what_they_touch():
    path = [(-2, 1), (0.5, 1)]
    assert drawing.erase_along(SQUARE, path, radius=0.4) == OwnPoints([SQUARE.x[0], *SQUARE.x[2:]], [0, 0, 1])
    assert drawing.erase_along(SQUARE, path, radius=0.5).x == SQUARE.x[2:]
    assert drawing.erase_along(SQUARE, [(0, 0)], radius=1.5) == OwnPoints()
    assert drawing.erase_along(OwnPoints(), path, radius=1) == OwnPoints()


@settings(max_examples=300)
@given(
    st.none()
    | st.text(max_size=5)
    | st.lists(
        st.lists(st.floats() | st.integers() | st.text(max_size=2) | st.none(), max_size=3), max_size=3
    )
)
def test_any_path_draws_or_gives_a_sentence(path):
    try:
        drawing.draw(OwnPoints(), path, y=0)
    except PointsError:
        sentence(lambda: drawing.draw(OwnPoints(), path, y=0))


@pytest.mark.parametrize("value", [0.0, float("nan"), 3.5, "1"])
def test_a_brush_or_rubber_out_of_range_is_refused(value):
    message = sentence(lambda: drawing.draw(SQUARE, [(0, 0)], y=0, spacing=value))
    assert message.startswith(f'The spacing "{value}" is out of range: ')
    if value:
        message = sentence(lambda: drawing.erase_along(SQUARE, [(0, 0)], radius=value))
        assert message.startswith(f'The radius "{value}" is out of range: ')


@pytest.mark.parametrize("y", [2, -1, 0.5, "0", None, float("nan")])
def test_a_brush_without_a_class_is_refused(y):
    sentence(lambda: drawing.draw(SQUARE, [(0, 0)], y=y))
    sentence(lambda: own.relabel(SQUARE, 0, y))


def test_drawn_values_are_rounded_like_all_others():
    values = drawing.draw(OwnPoints(task="regression"), [(0, 0), (4, 0)], y=1 / 3)
    assert set(values.y) == {0.3333}
    assert drawing.draw(values, [(0, 0), (4, 0)], y=1 / 3) == values


# As a dataset


def test_the_starting_points_are_drawn_and_fit_a_link():
    assert OwnPoints([own.snap(at) for at in STARTER.x], STARTER.y) == STARTER
    assert fits_link(STARTER)
    assert STARTER.y.count(0) == STARTER.y.count(1)


@settings(max_examples=60)
@given(own_points(min_size=1))
def test_points_serve_as_a_dataset_exactly(points):
    generator = DATASETS["own"]
    data = generator(777, noise=0.4, seed=3, points=points)
    assert generator.kind(points=points) == (data.task, data.n_classes) == (points.task, points.n_classes)
    assert data.name == "own"
    np.testing.assert_array_equal(data.x, points.places)
    np.testing.assert_array_equal(data.y, points.y)
    assume(len(points) > 1)
    train, test = data.flip_labels(0.5, 0).split(0.5, 0)
    assert len(train) + len(test) == len(points)


def test_every_generator_tells_what_it_takes():
    assert DATASETS["own"].takes == ("points",)
    assert DATASETS["circle"].takes == ("n", "noise")
    assert DATASETS["blobs"].takes == ("n", "noise", "classes")
    assert DATASETS["blobs"].kind(n=10, noise=0.0, classes=5) == ("classification", 5)
    assert DATASETS["own"]().n_classes == 2


def test_own_points_have_a_rule_like_every_dataset():
    x, y = DATASETS["own"].rule(777, 0.4, np.random.default_rng(0), points=STARTER)
    np.testing.assert_array_equal(x, STARTER.places)
    np.testing.assert_array_equal(y, STARTER.y)
    with pytest.raises(PointsError, match="give OwnPoints"):
        DATASETS["own"].kind(points=STARTER.x)
