"""The browser's address: what it asks for, and what it says of what is shown.

It is written again with every change. A message that was on its way meanwhile still brings the address before
it, which must not undo the change: within a visit, only going back or forward in the browser asks for
something else.
"""

from collections.abc import Mapping

import streamlit as st


def query() -> dict[str, str]:
    """What the address asks for now."""
    return st.query_params.to_dict()


def write(wanted: Mapping[str, str]) -> None:
    """Make the address say this."""
    if st.query_params.to_dict() != wanted:  # writing would also drop what stands behind the #
        st.query_params.from_dict(wanted)
