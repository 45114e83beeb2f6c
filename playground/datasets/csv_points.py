"""CSV with a visitor's own points, in and out: two numbers and a label or value in each row.

Reading takes what spreadsheets and programs write: a comma, semicolon, tab or blanks between the columns,
decimal commas where the comma is not the separator, quotation marks, a first line with names, empty lines,
comments after #, any line ends. What is not as it should be gets one sentence naming line and column.

The third column holds classes if it has at most MAX_CLASSES different entries that are whole numbers or text,
else values to be learnt; under the name "value" it always holds values. Points that go beyond the picture are
scaled into it, each axis on its own, and values beyond VALUES to VALUES; notes say so. What `to_csv` writes
of MIN_OWN_POINTS or more is read back exactly.
"""

import csv
import io
from typing import NamedTuple

import numpy as np

from playground.arrays import Array
from playground.datasets.csv_table import (
    EXAMPLE,
    Row,
    Table,
    cell_error,
    is_number,
    number_in,
    read_table,
    require_three,
    to_number,
)
from playground.datasets.dataset import DOMAIN
from playground.datasets.own import (
    DECIMALS,
    VALUES,
    OwnPoints,
    PointsError,
    label_problem,
    quoted,
    with_label,
)
from playground.datasets.own_text import read_labels, write_labels
from playground.limits import MAX_CLASSES, MAX_LABEL, MIN_OWN_POINTS
from playground.text import _

FILL = (-5.0, 5.0)  # where scaled coordinates lie: near the edges of the picture, not on them
LABELS_COMMENT = "# playground labels:"


class Classes(NamedTuple):
    """A third column of classes: y are indices into labels."""

    labels: tuple[str, ...]
    y: list[int]


def read_csv(text: str | bytes) -> tuple[OwnPoints, list[str]]:
    """The points of a text or of an uploaded file, and notes: a sentence for each thing that was changed."""
    table = read_table(text)
    given = [[number_in(row, column, table.comma) for column in (0, 1)] for row in table.rows]
    for row in table.rows:
        require_three(row)
    if len(given) < MIN_OWN_POINTS:
        raise PointsError(
            _(
                "Points are needed in at least {least} lines and were found in {found}: in each, {example}."
            ).format(least=MIN_OWN_POINTS, found=len(given), example=EXAMPLE)
        )
    notes: list[str] = []
    x = _into_picture(np.array(given), notes)
    classes = None if table.header[2:3] == ["value"] else _classes(table)
    if classes is None:
        values = _into_values(np.array([number_in(row, 2, table.comma) for row in table.rows]), notes)
        points = OwnPoints(x.tolist(), values.tolist(), task="regression")
    else:
        values = np.array(classes.y)
        points = OwnPoints(x.tolist(), tuple(classes.y), labels=classes.labels)
    if not notes and not (np.array_equal(points.places, x) and np.array_equal(points.y, values)):
        notes.append(_("Numbers were rounded to {decimals} decimals.").format(decimals=DECIMALS))
    if classes and len(set(classes.y)) == 1:
        only = quoted(classes.labels[classes.y[0]])
        notes.append(
            _("All points have the label {only}: add others, so that there is a border to learn.").format(
                only=only
            )
        )
    return points, notes


def to_csv(points: OwnPoints) -> str:
    """A row for each point under a line with names; a comment names the labels where the rows do not tell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    third = (
        [points.labels[int(c)] for c in points.y] if points.labels else [_plain(value) for value in points.y]
    )
    if points.labels and _inferred(third, comma=False) != points.labels:
        out.write(f"{LABELS_COMMENT} {write_labels(points.labels)}\n")
    writer.writerow(["x", "y", "label" if points.labels else "value"])
    writer.writerows([_plain(x), _plain(y), last] for (x, y), last in zip(points.x, third, strict=True))
    return out.getvalue()


def _plain(value: float) -> str:
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _classes(table: Table) -> Classes | None:
    """The third column as classes, or None if it holds values."""
    cells = [row.cells[2] for row in table.rows]
    numeric = all(is_number(cell, table.comma) for cell in cells)
    named = _named_labels(table)
    labels = named or _inferred(cells, comma=table.comma)
    if labels is None:
        if numeric:
            return None
        raise _mixed_column(table)
    if numeric and not named:
        cells = [_whole(cell, table.comma) for cell in cells]
    index = {label: c for c, label in enumerate(labels)}
    for row, cell in zip(table.rows, cells, strict=True):
        if problem := label_problem(cell):
            raise cell_error(row, 2, problem.clause.format(quoted=quoted(cell), most=MAX_LABEL))
        if cell not in index:
            known = ", ".join(labels)
            raise cell_error(
                row,
                2,
                _("{quoted} is not a label of this file; use one of {known}").format(
                    quoted=quoted(cell), known=known
                ),
            )
    return Classes(labels, [index[cell] for cell in cells])


def _named_labels(table: Table) -> tuple[str, ...] | None:
    """The labels that `to_csv` left in a comment."""
    for line, comment in table.comments:
        if comment.startswith(LABELS_COMMENT):
            # a spreadsheet may have put separators behind it
            text = comment.removeprefix(LABELS_COMMENT).strip(" \t,;")
            try:
                return OwnPoints(labels=read_labels(text)).labels
            except PointsError as error:
                raise PointsError(_("Line {line}: {error}").format(line=line, error=error)) from error
    return None


def _inferred(cells: list[str], *, comma: bool) -> tuple[str, ...] | None:
    """The labels that a third column means, at least two: text in the order of appearance, or whole numbers
    in their own. None if the column holds no classes.
    """
    numbers = [to_number(cell, comma) for cell in cells if is_number(cell, comma)]
    broken = not all(number.is_integer() for number in numbers)
    if broken and 2 * len(numbers) >= len(cells):  # values, where a text among them is a slip
        return None
    if len(numbers) == len(cells):
        labels = tuple(sorted({_whole(cell, comma) for cell in cells}, key=int))
    else:
        labels = tuple(dict.fromkeys(cells))
    if len(labels) == 1:
        return with_label(labels)
    return labels if 2 <= len(labels) <= MAX_CLASSES else None


def _whole(cell: str, comma: bool) -> str:
    return str(int(to_number(cell, comma)))


def _mixed_column(table: Table) -> PointsError:
    """The error for a third column with text that is neither values nor classes."""
    texts = [row for row in table.rows if not is_number(row.cells[2], table.comma)]
    if 2 * len(texts) <= len(table.rows):
        problem = _("{quoted} is not a number like the others; write numbers such as 1.5")
        return cell_error(texts[0], 2, problem.format(quoted=quoted(texts[0].cells[2])))
    first: dict[str, Row] = {}
    for row in table.rows:
        first.setdefault(row.cells[2], row)
    row = list(first.values())[MAX_CLASSES]
    problem = _("{quoted} makes too many labels; use at most {most}, or numbers")
    return cell_error(row, 2, problem.format(quoted=quoted(row.cells[2]), most=MAX_CLASSES))


def _into_picture(x: Array, notes: list[str]) -> Array:
    """x: (n, 2) as it is, or with each axis scaled to FILL if any point lies outside of DOMAIN."""
    low, high = x.min(axis=0), x.max(axis=0)
    if DOMAIN[0] <= low.min() and high.max() <= DOMAIN[1]:
        return x
    notes.append(
        _(
            "Some points lay beyond {low:g} to {high:g}, so each axis was scaled: x from {x_low:g} to "
            "{x_high:g} and y from {y_low:g} to {y_high:g} are now within {new_low:g} to {new_high:g}."
        ).format(
            low=DOMAIN[0],
            high=DOMAIN[1],
            x_low=low[0],
            x_high=high[0],
            y_low=low[1],
            y_high=high[1],
            new_low=FILL[0],
            new_high=FILL[1],
        )
    )
    return np.column_stack([_spread(x[:, 0], *FILL), _spread(x[:, 1], *FILL)])


def _into_values(y: Array, notes: list[str]) -> Array:
    """y: (n,) as it is, or scaled to VALUES if any of it lies beyond."""
    low, high = y.min(), y.max()
    if VALUES[0] <= low and high <= VALUES[1]:
        return y
    notes.append(
        _("The values from {low:g} to {high:g} were scaled to {new_low:g} to {new_high:g}.").format(
            low=low, high=high, new_low=VALUES[0], new_high=VALUES[1]
        )
    )
    return _spread(y, *VALUES)


def _spread(values: Array, low: float, high: float) -> Array:
    """Values scaled so that they reach from low to high; equal ones come to the middle."""
    extent = values.max() - values.min()
    if extent == 0:
        return np.full_like(values, (low + high) / 2)
    shares: Array = (values - values.min()) / extent
    return low + (high - low) * shares
