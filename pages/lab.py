"""Any lab: the one whose folder the shell names."""

from importlib import import_module

import streamlit as st

from playground.labs.framework.page import show_lab
from playground.ui.chrome.navigation import LAB

show_lab(import_module(f"playground.labs.{st.session_state[LAB]}.lab").LAB)
