"""LABS: the labs in the menu at the top, a line each: folder, which is the address, title and icon."""

import streamlit as st

from playground.home import HOME
from playground.text import _

SCRIPTS = HOME / "pages"
LAB = "navigation:lab"  # in st.session_state: the folder of the lab that is shown
LABS = {
    "vanishing_gradients": (_("Vanishing gradients"), ":material/trending_down:"),
    "overfitting": (_("Overfitting"), ":material/gesture:"),
    "optimizers": (_("Optimizers"), ":material/route:"),
    "one_step": (_("One step by hand"), ":material/calculate:"),
    "building_blocks": (_("Building blocks"), ":material/widgets:"),
}


def show_page() -> None:
    """The menu, and below it the page that the address names."""
    pages = {
        "": [
            st.Page(
                SCRIPTS / "playground.py", title=_("Playground"), icon=":material/play_circle:", default=True
            ),
            st.Page(SCRIPTS / "glossary.py", title=_("Glossary"), icon=":material/menu_book:"),
        ],
        _("Labs"): [
            st.Page(SCRIPTS / "lab.py", title=title, icon=icon, url_path=name)
            for name, (title, icon) in LABS.items()
        ],
    }
    page = st.navigation(pages, position="top")
    st.session_state[LAB] = page.url_path
    page.run()
