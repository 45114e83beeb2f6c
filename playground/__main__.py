"""Starts the app: `nn-playground`, or `python -m playground`. Options go to Streamlit: --server.port 8600."""

import sys

from streamlit.web import cli

from playground.home import HOME


def main() -> None:
    """Serve the app until it is interrupted."""
    sys.argv = ["streamlit", "run", str(HOME / "app.py"), *sys.argv[1:]]
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
