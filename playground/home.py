"""HOME: the folder that holds app.py, pages/ and Streamlit's settings. In a checkout that is its root; an
installed package has them in a folder of its own, `launch` (see pyproject.toml).
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "launch"

HOME = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
