"""The entry: `streamlit run app.py` serves the shell and the files its pages need."""

import os

# Before NumPy is loaded: on two cores a second thread makes products of 64 x 64 matrices ten times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import streamlit as st

from playground.ui.chrome import SHELL
from playground.ui.chrome.routes import ROUTES
from playground.ui.chrome.streamlit_private import mend_streamlit

mend_streamlit()
app = st.App(SHELL, routes=ROUTES)
