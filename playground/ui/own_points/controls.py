"""Points of the visitor's own beside the player: in from a file or from pasted text, out to a file."""

from typing import Protocol

import streamlit as st

from playground.datasets import to_csv
from playground.datasets.own_text import fits_link
from playground.limits import MAX_CSV, MAX_LINK_POINTS
from playground.text import _
from playground.training import Experiment
from playground.training.points import OWN
from playground.ui.chrome.markdown import plain
from playground.ui.own_points.state import OwnData

FORM = _(
    "Two numbers and a label or value in each line, such as 1.5, -2, 0. Points beyond the picture are scaled."
)
TYPES = ("csv", "tsv", "txt")


class HasOwnPoints(Protocol):
    """A session with points of the visitor's own."""

    experiment: Experiment
    own: OwnData

    def take_points(self) -> None:
        """Make the points of the present dataset the visitor's own."""

    def load_points(self, text: str | bytes) -> bool:
        """Take points from a file's bytes or from text; whether that could be."""


def own_points_panel(page: str, session: HasOwnPoints) -> None:
    """The expander with all that can be done with own points, and what there is to say about them."""
    own = session.experiment.data.dataset == OWN
    with st.expander(_("Your own points"), expanded=own):
        if own:
            _present(page, session)
        else:
            _offer(page, session)
        if session.own.refused:
            st.warning(plain(session.own.refused), icon=":material/info:")
        for note in session.own.notes:
            st.info(plain(note), icon=":material/info:")
        _load(page, session)


def _present(page: str, session: HasOwnPoints) -> None:
    """The points there are: how many, and the way to keep them."""
    points = session.experiment.data.points
    st.caption(_("{points}. Draw in the picture, or load points here.").format(points=points))
    if not fits_link(points):
        st.caption(
            _("A link holds at most {most} points: to keep these or pass them on, download them.").format(
                most=MAX_LINK_POINTS
            )
        )
    st.download_button(
        _("Download the points (CSV)"),
        to_csv(points),
        file_name="points.csv",
        mime="text/csv",
        key=f"{page}:own:download",
        on_click="ignore",
        width="stretch",
    )


def _offer(page: str, session: HasOwnPoints) -> None:
    """Another dataset is shown: its points can become the visitor's."""
    st.button(
        _("Edit these points"),
        key=f"{page}:own:take",
        help=_(
            "Make the present dataset's points your own: move them, erase some, draw others, download them."
        ),
        on_click=session.take_points,
        width="stretch",
    )


def _load(page: str, session: HasOwnPoints) -> None:
    """From a file, or pasted."""
    file = f"{page}:own:file"

    def upload() -> None:
        uploaded = st.session_state.get(file)
        if uploaded is not None:
            session.load_points(uploaded.getvalue())

    size = max(1, MAX_CSV // 2**20)
    st.file_uploader(
        _("Load a file"), type=TYPES, key=file, help=FORM, on_change=upload, max_upload_size=size
    )
    with st.form(f"{page}:own:form", border=False):
        st.text_area(
            _("Paste points"),
            key=f"{page}:own:paste",
            placeholder=_("x, y, label\n1.5, -2, 0"),
            help=FORM,
            height=100,
            max_chars=MAX_CSV,
        )
        # reads the text in the callback, where a form has its values already
        st.form_submit_button(
            _("Use these points"), on_click=lambda: _paste(session, f"{page}:own:paste"), width="stretch"
        )


def _paste(session: HasOwnPoints, key: str) -> None:
    """Take the text, if its page is still there; one that is refused stays, to be mended."""
    text = st.session_state.get(key, "")
    if text.strip() and session.load_points(text):
        st.session_state[key] = ""
