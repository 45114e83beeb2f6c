"""The player: runs and films shown frame by frame, and what goes to the browser and comes back. No Streamlit.

The browser's side lies in `browser/`: core (player, transport, connection), panels, network, drawing, shared.
"""

from pathlib import Path

BROWSER = Path(__file__).parent / "browser"  # the player's modules and style sheets

__all__ = ["BROWSER"]
