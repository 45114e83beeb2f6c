"""The shell around every page: title, style and navigation."""

from pathlib import Path

import streamlit as st

from playground.home import HOME
from playground.ui.chrome.style import STYLE

BRAND = Path(__file__).parent / "brand"
PAGES = {
    "": [
        st.Page(
            HOME / "pages" / "playground.py", title="Playground", icon=":material/play_circle:", default=True
        ),
        st.Page(HOME / "pages" / "glossary.py", title="Glossary", icon=":material/menu_book:"),
    ],
    "Labs": [
        st.Page(
            HOME / "pages" / "vanishing_gradients.py",
            title="Vanishing gradients",
            icon=":material/trending_down:",
        ),
        st.Page(HOME / "pages" / "overfitting.py", title="Overfitting", icon=":material/gesture:"),
        st.Page(HOME / "pages" / "optimizers.py", title="Optimizers", icon=":material/route:"),
        st.Page(HOME / "pages" / "one_step.py", title="One step by hand", icon=":material/calculate:"),
        st.Page(HOME / "pages" / "building_blocks.py", title="Building blocks", icon=":material/widgets:"),
    ],
}

st.set_page_config(page_title="Neural Network Playground", page_icon=str(BRAND / "icon.svg"), layout="wide")
st.logo(str(BRAND / "logo.svg"), size="large", icon_image=str(BRAND / "icon.svg"))
st.html(STYLE)
st.navigation(PAGES, position="top").run()
