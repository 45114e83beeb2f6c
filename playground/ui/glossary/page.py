"""The glossary as a page: every term in its group, with a search over names and texts."""

from itertools import groupby

import streamlit as st

from playground.text import _
from playground.ui.glossary.terms import GLOSSARY, Term


def matching(words: str) -> list[Term]:
    """The terms that hold all of the words, in any order; all terms for no words."""
    wanted = words.lower().split()
    return [
        term
        for term in GLOSSARY.values()
        if all(word in f"{term.term} {term.text} {term.group}".lower() for word in wanted)
    ]


def show_glossary(page: str) -> None:
    """A search field and what it finds."""
    with st.container(key=page):
        _show_found(page)


def _show_found(page: str) -> None:
    st.title(_("Glossary"))
    words = st.text_input(
        _("Search"), key=f"{page}:search", placeholder=_("gradient"), max_chars=100, icon=":material/search:"
    )
    found = matching(words)
    if not found:
        st.info(_("No term holds all of these words; try fewer or shorter ones."), icon=":material/info:")
    for group, terms in groupby(found, key=lambda term: term.group):
        st.header(group, divider=True)
        for term in terms:
            _show(term)


def _show(term: Term) -> None:
    source = f" *({term.source})*" if term.source else ""
    st.markdown(f"**{term.term}.** {term.text}{source}")
    if term.formula:
        st.latex(term.formula)
