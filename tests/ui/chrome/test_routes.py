"""The files a page needs: served from here, compressed, and under an address that changes with them."""

import asyncio
import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Router

from playground.figures import plotly_js
from playground.ui.chrome import routes


def get(path: str, *, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a GET, asked of the routes as a server does (ASGI)."""
    sent = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    asyncio.run(Router(routes=routes.ROUTES)(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the files, free to be changed."""
    copy = tmp_path / "player" / "browser"
    shutil.copytree(routes.ROOT / "player" / "browser", copy)
    monkeypatch.setattr(routes, "ROOT", tmp_path)
    routes.version.cache_clear()
    yield copy
    routes.version.cache_clear()


def version_now() -> str:
    routes.version.cache_clear()
    return routes.version()


@pytest.mark.parametrize("name", [*sorted(routes.served_files()), "plotly.min.js"])
def test_every_file_is_served_plain_and_compressed(name: str) -> None:
    content = routes.read(name)
    status, headers, body = get(routes.url(name))
    assert (status, body) == (200, content)
    assert headers["content-type"].split(";")[0] == routes.TYPES[Path(name).suffix]
    assert "content-encoding" not in headers
    status, headers, body = get(routes.url(name), headers={"accept-encoding": "gzip, deflate, br"})
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == content
    assert headers["vary"] == "Accept-Encoding"
    assert "immutable" in headers["cache-control"]


def test_plotly_and_the_player_are_among_them() -> None:
    assert routes.read("plotly.min.js") == plotly_js()
    assert {f"player/browser/{name}" for name in ("main.js", "player.css", "core/packet.js")} <= set(
        routes.served_files()
    )


@pytest.mark.parametrize(
    "name",
    [
        "nothing.js",
        "player/",
        "",
        "../run.py",
        "player/run.py",
        "player/browser/../../run.py",
        "/etc/passwd",
        "player/browser/main.js.map",
    ],
)
def test_anything_else_is_not_found(name: str) -> None:
    status, headers, body = get(routes.url(name))
    assert status == 404
    assert b"Traceback" not in body
    assert "cache-control" not in headers


def test_the_version_changes_with_the_content(assets: Path) -> None:
    before = version_now()
    assert version_now() == before
    file = assets / "main.js"
    old = file.read_text(encoding="utf-8")
    file.write_text(old + "// changed\n", encoding="utf-8")
    changed = version_now()
    file.write_text(old, encoding="utf-8")
    assert version_now() == before
    file.rename(assets / "start.js")
    renamed = version_now()
    (assets / "more.css").write_text("", encoding="utf-8")
    assert len({before, changed, renamed, version_now()}) == 4


def test_the_version_changes_with_plotly(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version_now()
    monkeypatch.setattr(routes, "PLOTLY_VERSION", "0.0.0")
    assert version_now() != before
    monkeypatch.undo()
    assert version_now() == before


def test_files_that_a_page_does_not_need_are_not_served(assets: Path) -> None:
    (assets / "notes.txt").write_text("", encoding="utf-8")
    assert "player/browser/notes.txt" not in routes.served_files()


@pytest.mark.parametrize("base", ["", "/", "demo", "/demo/"])
def test_addresses_begin_with_the_base_path(base: str) -> None:
    expected = "/demo/playground-assets/" if "demo" in base else "/playground-assets/"
    assert (
        routes.url("player/browser/main.js", base) == f"{expected}{routes.version()}/player/browser/main.js"
    )
