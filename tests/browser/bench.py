"""The player on a bare page: its own browser side and the sessions of the app, and no Streamlit between them.

A page costs a tenth of what it costs with Streamlit around it, so whatever a visitor does *inside* the player
is tested here, and what it makes of a changed setting. Notices, the top bar and a lost connection need the
whole app: `page`.
"""

import base64
import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from threading import Thread
from urllib.parse import parse_qsl, urlencode

from playwright.sync_api import Page, ViewportSize

from playground.export import style_sheets
from playground.figures import theme
from playground.labs.framework.session import LabSession
from playground.player import BROWSER
from playground.player.messages import Conversation
from playground.ui.chrome import routes
from playground.ui.main_page.actions import act
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from tests.browser.driver import Player

DOCUMENT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
{sheets}
<style>
  :root {{ color-scheme: light dark; {light} }}
  @media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
  body {{ margin: 0; padding: 16px; background: var(--st-background-color); color: var(--st-text-color); }}
</style>
<body>
<script type="module">
  const load = (name) => import("{root}" + name);
  const {{ render }} = await load("player/browser/main.js");
  let visit = 0;
  window.leave = () => {{
    visit += 1;
    window.close?.();
    document.body.replaceChildren();
  }};
  window.enter = async (address) => {{
    leave();
    history.replaceState(null, "", address);
    const parentElement = document.body.appendChild(document.createElement("div"));
    const number = visit;
    const show = (given) => {{
      if (number !== visit || !given) return;
      const {{ packet, query }} = given;
      const now = location.pathname + (query && `?${{query}}`) + location.hash;
      if (now !== location.pathname + location.search + location.hash) history.replaceState(null, "", now);
      const data = Uint8Array.from(atob(packet), (letter) => letter.charCodeAt(0));
      const close = render({{ parentElement, key: number, data, setTriggerValue }}, "{plotly}", load);
      window.close = () => {{
        close();
        window.close = null;
      }};
    }};
    window.show = show;
    const setTriggerValue = async (name, message) => show(await appHears(number, message));
    show(await appOpens(number, location.pathname, location.search));
  }};
  await enter(location.href);
</script>
"""


def document() -> bytes:
    """The bare page: the player's style sheets, Streamlit's four colours, and a place for the player."""
    sheets = [*style_sheets(BROWSER), *routes.lab_sheets()]
    links = [f'<link rel="stylesheet" href="{routes.url(routes.served_name(path))}">' for path in sheets]
    colors = {
        mode.name: f"--st-background-color: {mode.outline}; --st-secondary-background-color: {mode.neutral};"
        f" --st-text-color: {mode.text}; --st-border-color: {mode.grid};"
        for mode in theme.MODES
    }
    urls = {"root": routes.url(""), "plotly": routes.url("plotly.min.js")}
    return DOCUMENT.format(sheets="\n".join(links), **colors, **urls).encode()


class Files(BaseHTTPRequestHandler):
    """Serves the bare page under every address, and the player's files where the page expects them."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name = self.path.partition(routes.url(""))[2]
        served = routes.read(name)
        body = document() if served is None else served
        suffix = PurePosixPath(name).suffix
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if served is None else routes.TYPES[suffix])
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store" if served is None else routes.FOREVER)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the browser's own messages tell what fails."""


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server of bare pages, as long as the block lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Bench:
    """A bare page, and the app's side of it: the session of the address that is open, and how often it has
    heard something new from the player, who on a busy machine says the same again.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: PageSession | LabSession | None = None
        self.heard = 0
        self._last: object = None  # what was heard
        self._visit = 0
        self._asked: tuple[str, object] = ("", None)
        self._conversation = Conversation()
        self._act: Callable = act
        page.expose_function("appOpens", self._open)
        page.expose_function("appHears", self._hear)
        page.expose_function("appSets", self._set)

    def open(
        self,
        path: str = "/",
        *,
        viewport: tuple[int, int] = (1440, 900),
        color_scheme: str = "light",
        reduced_motion: str = "no-preference",
    ) -> Player:
        """The player under this address, a run held."""
        self.page.set_viewport_size(ViewportSize(width=viewport[0], height=viewport[1]))
        self.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        if self._visit:
            self.page.evaluate("(address) => enter(address)", path)
        else:
            self.page.goto(path)
        player = Player(self.page)
        player.wait_for("frames > 1 && frame >= 0")
        return player

    def set(self, path: str, value: object) -> None:
        """Change a setting, as the control for it does; tests/ui has tests of every control. What the player
        has said before is heard before.
        """
        self._asked = path, value
        self.page.evaluate("async () => show(await appSets())")

    def leave(self) -> None:
        """Close the player, and forget what it has stored."""
        if self._visit:
            self.page.evaluate("leave(), localStorage.clear(), sessionStorage.clear()")

    def _open(self, visit: int, path: str, query: str) -> dict[str, str]:
        """What a page under this address is given first."""
        settings = dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True))
        self._visit, self._conversation, self.heard, self._last = visit, Conversation(), 0, None
        lab = path.strip("/")
        if lab:
            lab = importlib.import_module(f"playground.labs.{lab}.lab").LAB
            self.session, self._act = LabSession(lab, settings), LabSession.act
        else:
            self.session, self._act = PageSession(playground_scene, settings), act
        return self._now()

    def _hear(self, visit: int, message: dict) -> dict[str, str] | None:
        """What a page is given when its player has spoken; nothing if it has been left meanwhile."""
        if visit != self._visit:
            return None
        request, done = message["request"] or {}, message["actions"]
        said = {name: value for name, value in request.items() if name != "id"}, done
        self.heard += said != self._last
        self._last = said
        self._conversation.receive(self.session, message, self._act)
        return self._now()

    def _set(self) -> dict[str, str]:
        """What a page is given when a control has changed."""
        self.session.set(*self._asked)
        return self._now()

    def _now(self) -> dict[str, str]:
        packet = base64.b64encode(self.session.run.packet).decode()
        return {"packet": packet, "query": urlencode(self.session.to_query())}
