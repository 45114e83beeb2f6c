"""CSV in and out: what is understood, what is scaled, what is refused and how; exact round trips."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.datasets import OwnPoints, PointsError, read_csv, to_csv
from playground.limits import MAX_CSV, MAX_OWN_POINTS, MIN_OWN_POINTS
from tests.datasets.own_points import own_points, sentence

PLAIN = OwnPoints([(1, 2), (-0.5, 3)], [0, 1], labels=("a", "b"))

SAME = {
    "comma": "1,2,a\n-0.5,3,b",
    "comma and blanks": "1, 2,  a\n -.5 ,3., b \n",
    "semicolon": "1;2;a\n-0,5;3,0;b",
    "semicolon and points": "1.0;2;a\n-0.5;+3;b",
    "tab": "1\t2\ta\n-0,5\t3\tb",
    "blanks": "  1   2 a\n-0,5 \t 3 b",
    "Windows": "1,2,a\r\n-0.5,3,b\r\n",
    "old Mac": "1,2,a\r-0.5,3,b\r",
    "byte order mark": "\ufeff1,2,a\n-0.5,3,b",
    "header": "Länge,Breite,Art\n1,2,a\n-0.5,3,b",
    "header and blanks": "x y label\n1 2 a\n-0,5 3 b",
    "header of two": "x,y\n1,2,a\n-0.5,3,b",
    "comments": "# made by hand\n\n1,2,a\n  # more\n\n-0.5,3,b\n\n",
    "quotation marks": '"x","y","what"\n"1","2","a"\n"-0.5", "3", "b"',
    "empty cells of a spreadsheet": "x,y,what,,\n1,2,a,,\n-0.5,3,b,,\n,,,,\n",
    "spreadsheet hint": "sep=;\nx;y;label\n1;2;a\n-0,5;3;b",
    "exponents": "1e0,20E-1,a\n-5e-1,+3.0e+00,b",
    "minus sign of print": "1,2,a\n−0.5,3,b",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_many_ways_to_write_the_same_points(text):
    assert read_csv(text) == (PLAIN, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_in_the_usual_encodings(encoding):
    text = "x,y,Größe\n1,2,groß\n2,3,klein\n"
    assert read_csv(text.encode(encoding))[0].labels == ("groß", "klein")


@pytest.mark.parametrize(
    ("third", "labels", "y"),
    [
        ("1 0 1", ("0", "1"), (1, 0, 1)),
        ("1 -1 1", ("-1", "1"), (1, 0, 1)),
        ("10 9 10.0", ("9", "10"), (1, 0, 1)),
        ("b a b", ("b", "a"), (0, 1, 0)),
        ("0 no 0", ("0", "no"), (0, 1, 0)),
        ("6 5 4 3 2 1", ("1", "2", "3", "4", "5", "6"), (5, 4, 3, 2, 1, 0)),
        ("v1 1.5 v1", ("v1", "1.5"), (0, 1, 0)),
    ],
)
def test_few_names_or_whole_numbers_are_classes(third, labels, y):
    points, notes = read_csv("\n".join(f"{k},0,{cell}" for k, cell in enumerate(third.split())))
    assert (points.task, points.labels, points.y, notes) == ("classification", labels, y, [])


@pytest.mark.parametrize("third", ["0.5 0.25 0.5", "1 0 0.5", "-1 -1 -0.999"])
def test_other_numbers_are_values(third):
    points, notes = read_csv("\n".join(f"{k},0,{cell}" for k, cell in enumerate(third.split())))
    assert points.task == "regression"
    assert points.y == tuple(map(float, third.split()))
    assert notes == []


def test_more_whole_numbers_than_classes_are_values():
    points, notes = read_csv("\n".join(f"0,0,{k}" for k in range(7)))
    assert points.task == "regression"
    np.testing.assert_allclose(points.y, np.linspace(-1, 1, 7), atol=5e-5)
    assert notes == ["The values from 0 to 6 were scaled to -1 to 1."]


def test_a_column_named_value_holds_values():
    points, _ = read_csv("x,y,Value\n1,2,1\n2,3,-1\n")
    assert (points.task, points.y) == ("regression", (1.0, -1.0))
    assert sentence(lambda: read_csv("x,y,value\n1,2,a\n2,3,b")).startswith('Line 2, column 3: "a" is not')


def test_one_label_alone_is_a_dataset_with_a_second_class_to_draw():
    points, notes = read_csv("0,0,yes\n1,1,yes")
    assert points == OwnPoints([(0, 0), (1, 1)], [0, 0], labels=("yes", "0"))
    assert notes == ['All points have the label "yes": add others, so that there is a border to learn.']
    assert read_csv("0,0,0\n1,1,0")[0].labels == ("0", "1")


# Scaling


def test_points_beyond_the_picture_are_scaled_axis_by_axis():
    points, notes = read_csv("150,0.2,a\n200,0.4,b\n175,0.25,a")
    assert points.x == ((-5.0, -5.0), (5.0, 5.0), (0.0, -2.5))
    assert notes == [
        "Some points lay beyond -6 to 6, so each axis was scaled: x from 150 to 200 and y from 0.2 to 0.4 "
        "are now within -5 to 5."
    ]


def test_points_on_the_edge_stay():
    points, notes = read_csv("-6,6,a\n6,-6,b")
    assert points.x == ((-6.0, 6.0), (6.0, -6.0))
    assert notes == []


def test_an_axis_without_extent_comes_to_the_middle():
    assert read_csv("7,100,a\n7,200,b")[0].x == ((0.0, -5.0), (0.0, 5.0))


def test_many_decimals_are_rounded_with_a_note():
    points, notes = read_csv("0.123456,1,a\n2,3,b")
    assert points.x[0] == (0.1235, 1.0)
    assert notes == ["Numbers were rounded to 4 decimals."]


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.floats(-1e99, 1e99), st.floats(-1e99, 1e99)), min_size=2, max_size=20),
    st.floats(-1e99, 1e99),
)
def test_any_numbers_come_into_the_picture_in_their_order(places, value):
    text = "\n".join(f"{x!r},{y!r},{value * k / 20!r}" for k, (x, y) in enumerate(places))
    points, notes = read_csv("x,y,value\n" + text)
    assert all(note.endswith(".") and note.isprintable() for note in notes)
    for given_axis, axis in zip(zip(*places, strict=True), zip(*points.x, strict=True), strict=True):
        assert (np.diff(np.array(axis)[np.argsort(given_axis, kind="stable")]) >= 0).all()


# Round trips


@settings(max_examples=300)
@given(own_points(min_size=MIN_OWN_POINTS))
def test_what_is_written_is_read_back_exactly(points):
    text = to_csv(points)
    again, notes = read_csv(text)
    assert again == points
    assert all(note.startswith("All points have the label") for note in notes)
    assert read_csv(text.encode())[0] == points
    assert read_csv(text.replace("\n", "\r\n"))[0] == points


def test_the_written_form_is_plain():
    assert to_csv(PLAIN) == "x,y,label\n1,2,a\n-0.5,3,b\n"
    assert to_csv(OwnPoints([(0, 0), (1, 0.0001)], [-1, 0.5], task="regression")) == (
        "x,y,value\n0,0,-1\n1,0.0001,0.5\n"
    )
    swapped = OwnPoints(PLAIN.x, PLAIN.y, labels=("1", "0 or, rather, none"))
    assert to_csv(swapped) == 'x,y,label\n1,2,1\n-0.5,3,"0 or, rather, none"\n'
    assert to_csv(OwnPoints(PLAIN.x, PLAIN.y, labels=("1", "0"))) == (
        "# playground labels: 1~0\nx,y,label\n1,2,1\n-0.5,3,0\n"
    )


def test_the_comment_with_labels_survives_a_spreadsheet():
    assert read_csv("# playground labels: 1~0,,\r\nx,y,label\r\n1,2,1\r\n-0.5,3,0\r\n")[0].labels == (
        "1",
        "0",
    )


def test_as_many_points_as_are_allowed():
    rng = np.random.default_rng(1)
    points = OwnPoints(rng.uniform(-6, 6, (MAX_OWN_POINTS, 2)), rng.integers(0, 2, MAX_OWN_POINTS))
    assert read_csv(to_csv(points)) == (points, [])


# Errors

GOOD = "x,y,label\n1,2,a\n"
BAD = {
    "text for a number": (
        GOOD + "# five\n\n3,abc,b",
        'Line 5, column 2: "abc" is not a number; write numbers such as 1.5.',
    ),
    "text in the first row": ("1,two,a\n1,2,a", 'Line 1, column 2: "two" is not a number; '),
    "decimal comma in a comma file": (
        GOOD + '"1,5",2,b',
        'Line 3, column 1: "1,5" is not a number; write numbers such as 1.5.',
    ),
    "thousands": ("1.000,5;2;a\n1;2;b\n", 'Line 1, column 1: "1.000,5" is not a number; '),
    "not a number": (GOOD + "nan,2,b", 'Line 3, column 1: "nan" is not a number; '),
    "infinity": (GOOD + "1,-inf,b", 'Line 3, column 2: "-inf" is not a number; '),
    "too large": (GOOD + "1,1e999,b", 'Line 3, column 2: "1e999" is too large; write numbers up to 1e+100.'),
    "hexadecimal": (GOOD + "0x1,2,b", 'Line 3, column 1: "0x1" is not a number; '),
    "underscore": (GOOD + "1_0,2,b", 'Line 3, column 1: "1_0" is not a number; '),
    "other digits": (GOOD + "١,2,b", 'Line 3, column 1: "١" is not a number; '),
    "empty cell": (
        GOOD + "1,,b",
        "Line 3, column 2: a number is missing; write two numbers and a label or value, such as 1.5, -2, 0.",
    ),
    "one column": ("1\n2", "Line 1, column 2: a number is missing; "),
    "two columns": (GOOD + "1,2", "Line 3, column 3: the label or value is missing; "),
    "empty label": (GOOD + "1,2, ", "Line 3, column 3: the label or value is missing; "),
    "four columns": (GOOD + "1,2,b,4", "Line 3, column 4: a line has only three columns; "),
    "too many labels": (
        "\n".join(f"0,0,{label}" for label in "abcdefgh"),
        'Line 7, column 3: "g" makes too many labels; use at most 6, or numbers.',
    ),
    "a slip among values": (
        "0,0,1.5\n0,0,2.5\n0,0,n/a\n0,0,3",
        'Line 3, column 3: "n/a" is not a number like the others; write numbers such as 1.5.',
    ),
    "long label": (
        GOOD + "1,2," + "b" * 21,
        f'Line 3, column 3: the label "{"b" * 21}" is longer than 20 characters; shorten it.',
    ),
    "large whole numbers": (
        "0,0,1e30\n0,0,1",
        'Line 1, column 3: the label "1000000000000000019884624838656" is longer than 20 characters; ',
    ),
    "label with controls": (GOOD + "1,2,b\x07", 'Line 3, column 3: the label "b�" holds characters '),
    "open quotation mark": (GOOD + '1,2,"b', "Line 3: the quotation marks do not match; correct them."),
    "text behind quotation marks": (GOOD + '1,2,"b"c', "Line 3: the quotation marks do not match; "),
    "empty": ("", "Points are needed in at least 2 lines and were found in 0: in each, write two numbers "),
    "comments only": ("# nothing\n", "Points are needed in at least 2 lines and were found in 0: "),
    "one point": (GOOD, "Points are needed in at least 2 lines and were found in 1: "),
    "prose": ("Dear Sir or Madam,\nno points here.", "Line 2, column 1: "),
    "web page": ("<!DOCTYPE html>\n<html>\n<p>1</p>\n", "Line 2, column 1: "),
    "spreadsheet file": (b"PK\x03\x04\x14\x00\x06\x00", "The data is not plain text: save the table as CSV "),
    "half of UTF-16": (b"\xff\xfe1", "Points are needed in at least 2 lines and were found in "),
    "too many points": (
        GOOD + "0,0,b\n" * MAX_OWN_POINTS,
        f"Line {MAX_OWN_POINTS + 2} holds one point too many: keep at most {MAX_OWN_POINTS}.",
    ),
    "too long": ("#" * (MAX_CSV + 1), f"The data is too long: give at most {MAX_CSV} characters."),
    "unknown label of ours": (
        "# playground labels: a~b\n1,2,a\n1,2,c",
        'Line 3, column 3: "c" is not a label of this file; use one of a, b.',
    ),
    "damaged labels of ours": ("\n# playground labels: a\n1,2,a", "Points are needed in at least 2 lines"),
    "one label of ours": ("\n# playground labels: a\n1,2,a\n1,2,a", "Line 2: The labels "),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_a_bad_file_gets_one_sentence(text, message):
    assert sentence(lambda: read_csv(text)).startswith(message)


CHARACTERS = [*"01.,;\t \"'#-+eE\n\ra~%é−", "\x00", "\ufeff", "\u2028", "\x1c", "\ud800"]
WORDS = ["\r\n", "1.5", "-2", "0,5", "1,2,a\n", "1;2;3\n", "x,y,label\n", "value", "nan", "1e400", "sep=;"]
PIECES = st.sampled_from([*CHARACTERS, *WORDS, "# playground labels: "])


def outcome(text):
    """Points that are written and read back, or one sentence; nothing else may happen."""
    try:
        points, notes = read_csv(text)
    except PointsError:
        sentence(lambda: read_csv(text))
        return
    assert MIN_OWN_POINTS <= len(points) <= MAX_OWN_POINTS
    assert all(note.endswith(".") and note.isprintable() for note in notes)
    assert read_csv(to_csv(points))[0] == points


@settings(max_examples=1000)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_gives_points_or_a_sentence(text):
    outcome(text)


@settings(max_examples=1000)
@given(st.data())
def test_any_damage_to_a_file_gives_points_or_a_sentence(data):
    lines = data.draw(st.sampled_from(list(SAME.values()))).splitlines(keepends=True) * 2
    line = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[line])))
    cut = data.draw(st.integers(0, 3))
    lines[line] = lines[line][:at] + data.draw(PIECES | st.text(max_size=3)) + lines[line][at + cut :]
    outcome("".join(lines))


@settings(max_examples=300)
@given(st.data())
def test_the_sentence_names_the_place(data):
    k = data.draw(st.integers(2, 30))
    row, column = data.draw(st.integers(0, k - 1)), data.draw(st.integers(0, 1))
    cells = [[str(i % 5), str(-i % 4), "ab"[i % 2]] for i in range(k)]
    cells[row][column] = "oops"
    blank = data.draw(st.integers(0, 3))
    separator = data.draw(st.sampled_from([",", ";", "\t", " "]))
    text = "# note\n" + "\n" * blank + "p q r\n".replace(" ", separator)
    text += "\n".join(separator.join(line) for line in cells)
    message = sentence(lambda: read_csv(text))
    assert message == (
        f'Line {row + blank + 3}, column {column + 1}: "oops" is not a number; write numbers such as 1.5.'
    )
