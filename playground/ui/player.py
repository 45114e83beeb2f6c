"""The player in a page: a Streamlit component around `assets/player`, in a fragment, so that pulling frames
reruns nothing else.
"""

from collections.abc import Callable

import streamlit as st

from playground.ui import routes
from playground.ui.run import Run

LOADER = """
const style = document.createElement("link");
Object.assign(style, {{ rel: "stylesheet", href: "{css}" }});
const styled = new Promise((resolve) => {{ style.onload = style.onerror = resolve; }});
document.head.append(style);
const player = Promise.all([import(new URL("{js}", window.location.origin).href), styled]);
export default function (component) {{
  let close = () => {{}};
  player.then(([{{ render }}]) => {{ close = render(component, "{plotly}"); }});
  return () => close();
}}
"""


def _component() -> Callable:
    base = st.get_option("server.baseUrlPath") or ""
    files = {"css": "player/player.css", "js": "player/main.js", "plotly": "plotly.min.js"}
    script = LOADER.format(**{name: routes.url(path, base) for name, path in files.items()})
    return st.components.v2.component("player", js=script, isolate_styles=False)


def show(run: Run, *, key: str, on_seed: Callable[[], None]) -> None:
    """Show a run. on_seed: called when the visitor asks for a new seed; the page then runs again."""

    @st.fragment
    def player() -> None:
        component(data=run.packet, key=key, on_request_change=answer)
        if st.session_state.pop(f"{key}:rerun", False):
            st.rerun()

    def answer() -> None:
        request = st.session_state[key].get("request")
        if isinstance(request, dict) and request.get("kind") == "seed":
            on_seed()
            st.session_state[f"{key}:rerun"] = True
        else:
            run.answer(request)

    component = _component()
    player()
