"""The text form of a visitor's own points, for links and JSON: exact, short, safe in a URL, and strict.

    classes "." letters "." points ["." label "~" label ...]        2.2.Vgb40Vsc71

`classes` is their number, 0 for regression. A number is a count of grid steps from the lower end of its
range, written with 2 letters if all points lie on the drawing grid and with 3 otherwise (base 64, most
significant first). A point is x, y and then one letter for its class or a number for its value. Labels
are written where they are not the usual ones, percent-encoded. Every value has exactly one text.
"""

import re
from urllib.parse import quote, unquote

import numpy as np

from playground.arrays import Array, Integers
from playground.datasets.dataset import DOMAIN
from playground.datasets.own import DECIMALS, LABELS, SNAP, VALUES, OwnPoints, PointsError, quoted
from playground.limits import MAX_LINK_POINTS, MAX_OWN_POINTS
from playground.text import _

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
GRIDS = {2: SNAP, 3: DECIMALS}  # letters of a number: its decimals
FORM = re.compile(
    r"(?P<classes>[0-9])\.(?P<letters>[23])\.(?P<points>[0-9A-Za-z_-]*)(\.(?P<labels>.+))?", re.DOTALL
)
ABSENT = re.compile(r"file-(?P<count>[0-9]{1,9})")

_LETTERS = np.frombuffer(ALPHABET.encode(), np.uint8)
_DIGITS = np.full(256, -1)
_DIGITS[_LETTERS] = np.arange(64)


def to_text(points: OwnPoints) -> str:
    """The points, in full."""
    letters = 2 if _on_grid(points) else 3
    columns = _write(points.places - DOMAIN[0], letters)
    y = np.array(points.y)
    last = y.astype(int)[:, None] if points.labels else _write((y - VALUES[0])[:, None], letters)
    body = _LETTERS[np.hstack([columns, last])].tobytes().decode()
    usual = points.labels == LABELS[: points.n_classes]
    return f"{points.n_classes}.{letters}.{body}" + ("" if usual else f".{write_labels(points.labels)}")


def from_text(text: str) -> OwnPoints:
    """The points that a text stands for; PointsError for any text that `to_text` does not write."""
    if not isinstance(text, str):
        raise PointsError(
            _("Own points cannot be read from {quoted}: give the text of a link.").format(quoted=quoted(text))
        )
    if absent := ABSENT.fullmatch(text):
        raise PointsError(
            _(
                "The link leaves out its {absent} own points, as a link holds at most {most}: load them from "
                "their file."
            ).format(absent=int(absent["count"]), most=MAX_LINK_POINTS)
        )
    form = FORM.fullmatch(text)
    damaged = PointsError(
        _("The own points {quoted} are damaged: copy the whole link again.").format(quoted=quoted(text))
    )
    if form is None:
        raise damaged
    classes, letters = int(form["classes"]), int(form["letters"])
    size = 2 * letters + (1 if classes else letters)
    if len(form["points"]) % size or len(form["points"]) > size * MAX_OWN_POINTS:
        raise damaged
    digits = _DIGITS[np.frombuffer(form["points"].encode(), np.uint8)].reshape(-1, size)
    x = np.hstack([_read(digits[:, k * letters : (k + 1) * letters], letters) for k in (0, 1)]) + DOMAIN[0]
    try:
        points = OwnPoints(
            x.tolist(),
            (digits[:, -1] if classes else _read(digits[:, -letters:], letters)[:, 0] + VALUES[0]).tolist(),
            task="classification" if classes else "regression",
            labels=read_labels(form["labels"]) if form["labels"] else LABELS[:classes],
        )
    except PointsError as error:
        raise damaged from error
    if to_text(points) != text:
        raise damaged
    return points


def to_link(points: OwnPoints) -> str:
    """The text for a link. Of more than MAX_LINK_POINTS points it tells only the number, and says so when
    read.
    """
    return to_text(points) if fits_link(points) else f"file-{len(points)}"


def fits_link(points: OwnPoints) -> bool:
    """Whether a link can hold the points."""
    return len(points) <= MAX_LINK_POINTS


def write_labels(labels: tuple[str, ...]) -> str:
    """Labels as one word of ASCII characters without commas, semicolons and quotes."""
    return "~".join(quote(label, safe="").replace("~", "%7E") for label in labels)


def read_labels(text: str) -> tuple[str, ...]:
    """What `write_labels` wrote; the names are not checked."""
    return tuple(unquote(part) for part in text.split("~"))


def _on_grid(points: OwnPoints) -> bool:
    values = points.places.ravel().tolist() + ([] if points.labels else list(points.y))
    return all(round(value, SNAP) == value for value in values)


def _write(offsets: Array, letters: int) -> Integers:
    """Offsets from the lower end (n, k) as digits (n, k * letters)."""
    steps = np.rint(offsets * 10 ** GRIDS[letters]).astype(np.int64)
    digits: Integers = steps[:, :, None] // 64 ** np.arange(letters)[::-1] % 64
    return digits.reshape(len(offsets), offsets.shape[1] * letters)


def _read(digits: Integers, letters: int) -> Array:
    """Digits (n, letters) as offsets from the lower end (n, 1)."""
    steps: Integers = digits @ 64 ** np.arange(letters)[::-1]
    offsets: Array = steps[:, None] / 10 ** GRIDS[letters]
    return offsets
