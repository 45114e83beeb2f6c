"""A lab's page: the text and the controls in the sidebar, beside the picture that the player shows."""

from urllib.parse import urlencode

import streamlit as st

from playground.labs.framework.lab import Lab, Lesson
from playground.labs.framework.session import LabSession
from playground.text import _
from playground.training import Experiment
from playground.ui.chrome import player_component, routes
from playground.ui.chrome.markdown import plain


def show_lab(lab: Lab) -> None:
    """The whole page."""
    session = LabSession.of(lab)
    with st.sidebar:
        lab.above(session)
        read, *others = st.tabs([_("Read"), *lab.controls])
        with read:
            _lesson(lab.lesson if isinstance(lab.lesson, Lesson) else lab.lesson(session.settings))
        for tab, controls in zip(others, lab.controls.values(), strict=True):
            with tab:
                controls(session)
    if lab.top:
        lab.top(session)
    with st.container():  # always there, so that the player keeps its place on the page
        if session.message:
            st.warning(plain(session.message), icon=":material/info:")
    session.form.end()
    player_component.show(
        session, key=f"{lab.name}:player", act=LabSession.act, modules=routes.lab_modules(lab.name)
    )


def _lesson(lesson: Lesson) -> None:
    for heading, text in (
        (_("What you see"), lesson.see),
        (_("Try this"), lesson.try_this),
        (_("Why"), lesson.why),
    ):
        st.subheader(heading)
        st.markdown(text)
    st.subheader(_("Sources"))
    st.markdown("\n".join(f"- [{title}]({address})" for title, address in lesson.sources.items()))
    st.caption(
        _("The address of this page holds everything that is set here: copy it to share what you see.")
    )


def open_on_main_page(experiment: Experiment, *, key: str) -> None:
    """A button that opens a network on the main page, in another tab of the browser."""
    st.link_button(
        _("Open on the main page"),
        f"./?{urlencode(experiment.to_query())}",
        icon=":material/open_in_new:",
        key=key,
        width="stretch",
    )
