"""The shell around every page: title, style and navigation."""

from pathlib import Path

import streamlit as st

from playground.text import _
from playground.ui.chrome.navigation import show_page
from playground.ui.chrome.style import STYLE

BRAND = Path(__file__).parent / "brand"

st.set_page_config(
    page_title=_("Neural Network Playground"), page_icon=str(BRAND / "icon.svg"), layout="wide"
)
st.logo(str(BRAND / "logo.svg"), size="large", icon_image=str(BRAND / "icon.svg"))
st.html(STYLE)
show_page()
