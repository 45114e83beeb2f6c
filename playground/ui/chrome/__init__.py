"""The page around the player: shell, style, address, routes, and the player as a component."""

from pathlib import Path

SHELL = Path(__file__).parent / "shell.py"  # the script around every page
