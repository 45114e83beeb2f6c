"""The main page: pick data, network and training, press play, and watch a network learn."""

import streamlit as st

from playground.ui.chrome import player_component
from playground.ui.chrome.markdown import plain
from playground.ui.main_page.actions import act
from playground.ui.main_page.controls import experiment_controls
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from playground.ui.main_page.topbar import compared, topbar

session = PageSession.of("playground", playground_scene)

topbar("playground", session)
with st.sidebar:
    if session.compared:
        compared("playground", session)
    else:
        experiment_controls("playground", session)
with st.container():  # always there, so that the player keeps its place on the page
    if session.message:
        st.warning(plain(session.message), icon=":material/info:")

session.form.end()
player_component.show(session, key="playground:player", act=act)
