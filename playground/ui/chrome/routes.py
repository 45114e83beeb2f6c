"""Static routes: the files of our browser sides, the player's and labs', and Plotly's JavaScript out of the
installed package. Nothing comes from elsewhere.

The path holds a hash of the files, so a browser may keep them for good and never mixes an old player with a
new server.
"""

import gzip
import hashlib
from functools import cache
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from playground.figures import PLOTLY_VERSION, plotly_js

ROOT = Path(__file__).parents[2]
TYPES = {".js": "text/javascript", ".css": "text/css"}
PLOTLY = "plotly.min.js"
FOREVER = "public, max-age=31536000, immutable"


def served_files() -> dict[str, Path]:
    """Our own files that are served, by their path below the version."""
    sides = [ROOT / "player" / "browser", *sorted(ROOT.glob("labs/*/browser"))]
    paths = (path for side in sides for path in sorted(side.rglob("*")) if path.suffix in TYPES)
    return {served_name(path): path for path in paths}


def read(name: str) -> bytes | None:
    """What is served under a path below the version; None if nothing is."""
    if name == PLOTLY:
        return plotly_js()
    path = served_files().get(name)
    return None if path is None else path.read_bytes()


def served_name(path: Path) -> str:
    """The name under which a file of a browser side is served: its path, so that the ways from one module to
    another are the same on the disk.
    """
    return path.relative_to(ROOT).as_posix()


def lab_sheets() -> list[Path]:
    """The style sheets of labs."""
    return sorted(ROOT.glob("labs/*/browser/*.css"))


def lab_modules(lab: str) -> list[str]:
    """The names under which a lab's own modules are served."""
    return [name for name in served_files() if name.startswith(f"labs/{lab}/") and name.endswith(".js")]


@cache
def version() -> str:
    """A short hash of everything that is served."""
    digest = hashlib.sha256(PLOTLY_VERSION.encode())
    for name, path in served_files().items():
        digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def url(name: str, base: str = "") -> str:
    """Where a served file lies; base is the server's base path, such as "demo"."""
    prefix = f"/{base.strip('/')}" if base.strip("/") else ""
    return f"{prefix}/playground-assets/{version()}/{name}"


@cache
def _compressed(name: str) -> bytes:
    return gzip.compress(read(name), 6, mtime=0)


def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    content = read(name)
    if content is None or request.path_params["version"] != version():
        return Response("There is no such file.", status_code=404, media_type="text/plain")
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        content = _compressed(name)
    return Response(content, headers=headers, media_type=TYPES[PurePosixPath(name).suffix])


ROUTES = [Route("/playground-assets/{version}/{name:path}", _serve)]
