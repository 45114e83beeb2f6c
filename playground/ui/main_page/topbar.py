"""The bar above the player: presets, panels, the runs of this visit."""

import streamlit as st

from playground.limits import MAX_JSON, MAX_SAVED
from playground.panels.library import LIBRARY
from playground.text import _, ngettext
from playground.training import PRESETS
from playground.training.settings import settings_of
from playground.ui.controls.differences import differences
from playground.ui.controls.widgets import Controls
from playground.ui.main_page.compare_scene import MOST
from playground.ui.main_page.earlier_runs import Entry
from playground.ui.main_page.session import PageSession
from playground.ui.main_page.view import View


def topbar(page: str, session: PageSession) -> None:
    """What concerns the page as a whole, in the space beside the name."""
    with st.container(key="topbar", horizontal=True, gap="small"):
        with st.popover(_("Presets"), icon=":material/auto_awesome:"):
            _presets(page, session)
        with st.popover(_("Open"), icon=":material/link:"):
            _open(page, session)
        with st.popover(_("Panels"), icon=":material/dashboard:"):
            _panels(page, session)
        with st.popover(_("Runs"), icon=":material/history:"):
            _runs(page, session)


def _presets(page: str, session: PageSession) -> None:
    for name, preset in PRESETS.items():
        st.button(
            preset.label,
            key=f"{page}:preset:{name}",
            width="stretch",
            help=preset.look_for,
            on_click=session.open_preset,
            args=(name,),
        )


def _open(page: str, session: PageSession) -> None:
    """Links and text from elsewhere."""
    paste = f"{page}:bar:paste"

    def open_pasted() -> None:
        """Open the text, if its page is still there; one that is refused stays, to be mended."""
        text = st.session_state.get(paste, "")
        if text.strip() and session.open_text(text):
            st.session_state[paste] = ""

    with st.form(f"{page}:open", border=False):
        st.text_area(
            _("Paste a link or an Experiment"),
            key=paste,
            placeholder="https://playground.tensorflow.org/#...",
            help=_("A link of this page, a link of TensorFlow Playground, or an Experiment as JSON."),
            max_chars=MAX_JSON,
        )
        st.form_submit_button(_("Open"), type="primary", on_click=open_pasted)
    with st.form(f"{page}:load", border=False, clear_on_submit=True):
        file = st.file_uploader(
            _("Load a saved network"),
            type="json",
            key=f"{page}:bar:file",
            max_upload_size=max(1, MAX_SAVED // 2**20),
            help=_("A file from Share, Weights and settings (JSON). Training goes on with its weights."),
        )
        if st.form_submit_button(_("Load")) and file is not None:
            session.open_saved(file.getvalue())
            st.rerun()


def _panels(page: str, session: PageSession) -> None:
    """Which panels stand beside and below the boundary."""
    view = session.view
    controls = Controls(
        session.form,
        settings_of(View),
        get=lambda name: getattr(view, name),
        change=session.choose,
        prefix=f"{page}:view",
    )
    controls.control("panels")
    st.caption(_("The first three stand beside the boundary, the others below."))
    with st.expander(_("What they show")):
        st.markdown("\n\n".join(f"**{choice.label}**: {choice.help}" for choice in LIBRARY.values()))
    with st.expander(_("For lessons")):
        controls.control("hide")


def _runs(page: str, session: PageSession) -> None:
    """The logbook: open a run again, or set up to four side by side."""
    entries = session.logbook_now()
    if len(entries) < 2 and not session.compared:
        st.caption(_("Every run of this visit will be listed here. Change a setting to start another."))
    chosen = []
    for entry in reversed(entries):
        pick, words, action = st.columns([0.5, 5, 1.7], vertical_alignment="center")
        key = f"{page}:run:{entry.number}"
        if pick.checkbox(
            _("Compare run {number}").format(number=entry.number),
            key=f"{key}:pick",
            label_visibility="collapsed",
        ):
            chosen.append(entry)
        now = entry is entries[-1] and not session.compared
        state = _("on the screen now") if now else entry.words
        words.markdown(f"**{entry.title}**  \n{state}")
        action.button(_("Open"), key=f"{key}:open", on_click=session.reopen, args=(entry,))
    enough = 2 <= len(chosen) <= MOST
    st.button(
        ngettext("Compare {n} run", "Compare {n} runs", len(chosen)).format(n=len(chosen))
        if enough
        else _("Pick 2 to {most} runs to compare").format(most=MOST),
        key=f"{page}:runs:compare",
        disabled=not enough,
        type="primary",
        on_click=session.compare,
        args=(sorted(chosen, key=lambda entry: entry.number),),
    )


def compared(page: str, session: PageSession) -> None:
    """In place of the controls while runs stand side by side: what differs between them."""
    st.subheader(_("Side by side"))
    first = session.compared[0]
    for k, entry in enumerate(session.compared, start=1):
        st.markdown(_("**Run {k}**: {setup}").format(k=k, setup=entry.setup))
        st.caption(
            _against(first, entry) if entry is not first else _("The one the others are held against.")
        )
    st.button(
        _("Back to one run"),
        key=f"{page}:compare:back",
        type="primary",
        on_click=session.reopen,
        args=(first,),
    )


def _against(first: Entry, entry: Entry) -> str:
    found = differences(first.experiment, entry.experiment)
    if entry.changes and not found:
        return _("The same at the start; live settings were changed on the way.")
    return "; ".join(found) or _("No setting differs.")
