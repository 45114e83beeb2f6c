"""The player in a page: a Streamlit component around the player's browser side, in a fragment, so that
pulling frames reruns nothing else.
"""

import json
from collections.abc import Callable, Sequence
from typing import Protocol

import streamlit as st

from playground.export import style_sheets
from playground.player import BROWSER
from playground.player.film import Film
from playground.player.messages import Conversation
from playground.player.run import Run
from playground.ui.chrome import routes

LOADER = """
for (const href of {modules}) {{
  document.head.append(Object.assign(document.createElement("link"), {{ rel: "modulepreload", href }}));
}}
const styled = {css}.map((href) => new Promise((resolve) => {{
  const style = document.createElement("link");
  Object.assign(style, {{ rel: "stylesheet", href, onload: resolve, onerror: resolve }});
  document.head.append(style);
}}));
const load = (name) => import(new URL("{root}" + name, window.location.origin).href);
const player = Promise.all([load("player/browser/main.js"), ...styled]);
export default function (component) {{
  let close = () => {{}};
  player.then(([{{ render }}]) => {{ close = render(component, "{plotly}", load); }});
  return () => close();
}}
"""


def _component(name: str, modules: Sequence[str]) -> Callable:
    base = st.get_option("server.baseUrlPath") or ""
    sheets = [*style_sheets(BROWSER), *routes.lab_sheets()]
    script = LOADER.format(
        modules=json.dumps([routes.url(module, base) for module in modules]),
        css=json.dumps([routes.url(routes.served_name(path), base) for path in sheets]),
        root=routes.url("", base),
        plotly=routes.url("plotly.min.js", base),
    )
    return st.components.v2.component(name, js=script, isolate_styles=False)


class Watched(Protocol):
    """A session that can be shown: the run (or film), why something was refused, and the address of what is
    shown.
    """

    run: Run | Film
    message: str

    def write_address(self) -> None: ...


def show(
    session: Watched,
    *,
    key: str,
    act: Callable[[Watched, object], None],
    modules: Sequence[str] = (),
) -> None:
    """Show a session's run.

    key: of this place; the same on every run of a page.
    act: does in the session what the visitor does in the player.
    modules: names of served modules that its scenes bring along. The browser asks for them together with the
        player, instead of one after the other once a scene is there.
    """
    rerun = f"{key}:rerun"  # set when the controls around the player must follow

    @st.fragment
    def player() -> None:
        component(data=session.run.packet, key=key, on_message_change=hear)
        session.write_address()
        if st.session_state.pop(rerun, False):
            st.rerun()

    def hear() -> None:
        """Do what came; nothing, where the page has gone already and what it brought with it."""
        before, sent = seen(), st.session_state.get(key, {})
        conversation.receive(session, sent.get("message"), act)
        st.session_state[rerun] = st.session_state.get(rerun, False) or before != seen()

    def seen() -> tuple:
        """What the controls around the player follow."""
        return session.run.id, session.run.experiments, session.message

    conversation = st.session_state.setdefault(f"{key}:conversation", Conversation())
    component = _component(key.replace(":", "_"), modules)
    player()
