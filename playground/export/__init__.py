"""What a visitor takes along: the network as code and JSON, the run as CSV, as a GIF, and as a page."""

from playground.export.boundary_gif import boundary_gif
from playground.export.bundle import BundleError, bundle
from playground.export.code import CODE, Framework
from playground.export.frames import chosen, undisturbed
from playground.export.gif import encode_gif
from playground.export.history import history_csv
from playground.export.html import animation_html, style_sheets
from playground.export.weights import Saved, from_json, to_json

__all__ = [
    "CODE",
    "BundleError",
    "Framework",
    "Saved",
    "animation_html",
    "boundary_gif",
    "bundle",
    "chosen",
    "encode_gif",
    "from_json",
    "history_csv",
    "style_sheets",
    "to_json",
    "undisturbed",
]
