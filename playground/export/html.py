"""A run as one HTML file that plays offline: the player's modules, its style, Plotly and the recorded frames.

The file asks for nothing from anywhere. Plotly and the frames are base64, in script elements that no browser
runs, and so need no escaping.
"""

import gzip
import re
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

from playground.export.bundle import bundle
from playground.figures import plotly_js, theme

ENTRY = "main.js"

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<h1>{title}</h1>
<div id="player"></div>
<script type="text/plain" id="recording">{recording}</script>
<script type="text/plain" id="plotly">{plotly}</script>
<script>
{script}
</script>
</body>
</html>
"""

STYLE = """
:root { color-scheme: light dark; %(light)s }
@media (prefers-color-scheme: dark) { :root { %(dark)s } }
body { margin: 0; padding: 8px 16px; background: var(--st-background-color); color: var(--st-text-color); }
h1 { margin: 0 0 8px; font: 600 18px/1.3 system-ui, sans-serif; }
.player.replay { height: calc(100dvh - 50px); }
.player.replay :is(.button.reset, .button.seed, [data-testid="player-stride"]) { display: none; }
"""

START = """
const read = (id) => Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
const unzipped = new Blob([read("plotly")]).stream().pipeThrough(new DecompressionStream("gzip"));
new Response(unzipped).blob().then((plotly) => {
  player.replay(document.getElementById("player"), read("recording"), URL.createObjectURL(plotly));
});
"""


def style_sheets(player: Path) -> list[Path]:
    """The player's style sheets in the order in which they count: its own, then those of panels and labs."""
    own = player / "player.css"
    return [own, *sorted(sheet for sheet in player.rglob("*.css") if sheet != own)]


def animation_html(recording: bytes, *, title: str, player: Path) -> str:
    """The file's text.

    recording: a packet with a scene and all frames, as the player reads it. title: what the page is called.
    player: the folder of the player's modules and style sheets.
    """
    sheets = [path.read_text(encoding="utf-8") for path in style_sheets(player)]
    script = f'"use strict";\nconst player = {bundle(player / ENTRY)};\n{START}'
    return PAGE.format(
        title=escape(title),
        style=_within_style("\n".join([*sheets, _page_style()])),
        recording=b64encode(recording).decode(),
        plotly=_plotly(),
        script=within_script(script),
    )


@cache
def _plotly() -> str:
    """Plotly's script, compressed, as base64: 2 MB instead of 5."""
    return b64encode(gzip.compress(plotly_js(), 9, mtime=0)).decode()


def _page_style() -> str:
    """The page around the player, in the colours of the pictures' two modes."""
    colors = {
        mode.name: " ".join(
            [
                f"--st-background-color: {mode.outline};",
                f"--st-secondary-background-color: {mode.neutral};",
                f"--st-text-color: {mode.text};",
                f"--st-border-color: {mode.grid};",
            ]
        )
        for mode in theme.MODES
    }
    return STYLE % colors


def within_script(text: str) -> str:
    """JavaScript that a script element may hold: no string in it can end the element or hide its end."""
    return re.sub(r"<(?=/script|script|!--)", r"\\x3c", text, flags=re.IGNORECASE)


def _within_style(text: str) -> str:
    return re.sub(r"<(?=/style)", r"\\3c ", text, flags=re.IGNORECASE)
