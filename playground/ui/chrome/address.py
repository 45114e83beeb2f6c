"""The browser's address: what it asks for, and what it says of what is shown.

It is written again with every change. A message that was on its way meanwhile still brings the address before
it, which must not undo the change: within a visit, only going back or forward in the browser asks for
something else.
"""

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def asked() -> dict[str, str]:
    """What the address asks for now."""
    return st.query_params.to_dict()


def is_revisited() -> bool:
    """Whether the visitor came here by going back or forward in the browser."""
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", True))


def write(query: Mapping[str, str]) -> None:
    """Make the address say this."""
    if st.query_params.to_dict() != query:  # writing would also drop what stands behind the #
        st.query_params.from_dict(query)
