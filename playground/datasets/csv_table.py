"""From the text of a CSV file to rows of cells: lines, separator, names in the first line, numbers.

Lines and columns are counted from 1 in messages; `column` counts from 0 in the code.
"""

import csv
import re
from itertools import islice
from typing import NamedTuple

from playground.datasets.own import PointsError, quoted
from playground.limits import MAX_CSV, MAX_OWN_POINTS
from playground.text import _

SEPARATORS = (",", ";", "\t", " ")  # a blank stands for any number of blanks and tabs
SAMPLE = 20  # lines that decide about the separator
LARGEST = 1e100
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
SPREADSHEET_HINT = re.compile(r'"?sep=.?"?', re.IGNORECASE)  # the first line of some files: no data
EXAMPLE = _("write two numbers and a label or value, such as 1.5, -2, 0")


class Row(NamedTuple):
    """A line that is no comment: its number, counted from 1, and its cells, of which one is not empty."""

    line: int
    cells: list[str]


class Table(NamedTuple):
    """rows: at most MAX_OWN_POINTS. header: the names above them, in small letters, if there are
    any. comments: (line, text) each. comma: whether commas are decimal commas.
    """

    rows: list[Row]
    header: list[str]
    comments: list[tuple[int, str]]
    comma: bool


def read_table(text: str | bytes) -> Table:
    """The table in a text or in an uploaded file."""
    lines, comments = [], []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", _decoded(text)), 1):
        line = line.strip()
        if line.startswith("#"):
            comments.append((number, line))
        elif line and not SPREADSHEET_HINT.fullmatch(line):
            lines.append((number, line))
    separator = _separator([line for _, line in lines[:SAMPLE]])
    comma = separator != ","
    every = (Row(number, _cells(line, separator, number)) for number, line in lines)
    rows = list(islice((row for row in every if any(row.cells)), MAX_OWN_POINTS + 2))
    header: list[str] = []
    if rows and not any(is_number(cell, comma) for cell in rows[0].cells[:2]):
        header = [cell.lower() for cell in rows.pop(0).cells]
    if len(rows) > MAX_OWN_POINTS:
        line = rows[MAX_OWN_POINTS].line
        raise PointsError(
            _("Line {line} holds one point too many: keep at most {most}.").format(
                line=line, most=MAX_OWN_POINTS
            )
        )
    return Table(rows, header, comments, comma)


def _decoded(text: str | bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark, else the bytes as Windows code page 1252."""
    if len(text) > MAX_CSV:
        raise PointsError(_("The data is too long: give at most {most} characters.").format(most=MAX_CSV))
    decoded = _from_bytes(text) if isinstance(text, bytes) else text
    if "\0" in decoded:
        raise PointsError(_("The data is not plain text: save the table as CSV and take that file."))
    return decoded.removeprefix("\ufeff")


def _from_bytes(data: bytes) -> str:
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if utf16 else "utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separator(lines: list[str]) -> str:
    """The separator with which most lines are points, or else have three columns."""

    def score(separator: str) -> tuple[int, int]:
        points = threes = 0
        for line in lines:
            try:
                cells = _cells(line, separator, 0)
            except PointsError:
                continue
            threes += len(cells) == 3
            points += len(cells) == 3 and all(is_number(cell, separator != ",") for cell in cells[:2])
        return points, threes

    return max(SEPARATORS, key=score)


def _cells(line: str, separator: str, number: int) -> list[str]:
    """The cells of a line, without needless blanks; empty ones past the third do not count at its end."""
    if separator == " ":
        line = " ".join(line.split())
    try:
        # one line at a time, so that a quotation mark left open cannot swallow the lines that follow
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=separator != " ", strict=True))
    except csv.Error as error:
        raise PointsError(
            _("Line {number}: the quotation marks do not match; correct them.").format(number=number)
        ) from error
    cells = [" ".join(cell.split()) for cell in cells]
    while len(cells) > 3 and not cells[-1]:
        cells.pop()
    return cells


def is_number(cell: str, comma: bool) -> bool:
    """Whether a cell holds a number, with a decimal comma if `comma` allows it."""
    return NUMBER.fullmatch(_with_point(cell, comma)) is not None


def to_number(cell: str, comma: bool) -> float:
    """What a cell that `is_number` stands for; infinite if it is too large for a float."""
    return float(_with_point(cell, comma))


def _with_point(cell: str, comma: bool) -> str:
    """A cell with a plain decimal point and minus sign."""
    cell = cell.replace("−", "-")
    return cell.replace(",", ".") if comma and "." not in cell else cell


def cell_error(row: Row, column: int, problem: str) -> PointsError:
    """The error for one cell; `problem` says what is wrong and what to do, without a full stop."""
    return PointsError(
        _("Line {line}, column {column}: {problem}.").format(
            line=row.line, column=column + 1, problem=problem
        )
    )


def number_in(row: Row, column: int, comma: bool) -> float:
    """The number in one column of a row."""
    cell = row.cells[column] if column < len(row.cells) else ""
    if not cell:
        raise cell_error(row, column, _("a number is missing; {example}").format(example=EXAMPLE))
    if not is_number(cell, comma):
        raise cell_error(
            row, column, _("{quoted} is not a number; write numbers such as 1.5").format(quoted=quoted(cell))
        )
    value = to_number(cell, comma)
    if abs(value) > LARGEST:
        raise cell_error(
            row,
            column,
            _("{quoted} is too large; write numbers up to {largest:g}").format(
                quoted=quoted(cell), largest=LARGEST
            ),
        )
    return value


def require_three(row: Row) -> None:
    """Error unless a row has three columns with something in the third."""
    if len(row.cells) < 3 or not row.cells[2]:
        raise cell_error(row, 2, _("the label or value is missing; {example}").format(example=EXAMPLE))
    if len(row.cells) > 3:
        raise cell_error(row, 3, _("a line has only three columns; {example}").format(example=EXAMPLE))
