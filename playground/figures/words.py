"""Words of a visitor's in figures: Plotly reads some HTML, and %{...} as the place of a number."""

from html import escape

from playground.text import _

TEMPLATE = str.maketrans({"%": "&#x25;", "{": "&#x7b;"})
SHORT = 9  # characters of a label where there is little room


def plain(text: str) -> str:
    """What Plotly shows as this text."""
    return escape(text, quote=False).translate(TEMPLATE)


def class_name(label: str) -> str:
    """A class in a hover text."""
    return _("class {label}").format(label=plain(label))


def shortened(label: str) -> str:
    """A label for an axis."""
    return plain(label if len(label) <= SHORT else f"{label[: SHORT - 1]}…")
