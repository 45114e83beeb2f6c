"""The entry: `streamlit run app.py` serves the shell and the files its pages need."""

import streamlit as st

from playground.ui.routes import ROUTES

app = st.App("playground/ui/shell.py", routes=ROUTES)
