"""The preview of a learning-rate schedule, in the sidebar."""

import streamlit as st

from playground.figures import theme
from playground.figures.schedule import schedule
from playground.probes.schedule_preview import schedule_preview
from playground.text import _
from playground.ui.main_page.session import PageSession

STILL = {"staticPlot": True, "displayModeBar": False}


def schedule_view(page: str, session: PageSession) -> None:
    """The chosen schedule's curve; nothing where the rate is constant."""
    experiment = session.experiment
    if experiment.schedule.name == "constant":
        return
    preview = schedule_preview(session.run.trainers[0], experiment)
    mode = theme.DARK if st.context.theme.type == "dark" else theme.LIGHT
    st.plotly_chart(schedule(preview, mode), theme=None, config=STILL, key=f"{page}:schedule")
    st.caption(
        _("The learning rate over the epochs; dotted: trained up to epoch {now:,.0f}.").format(
            now=preview.now
        )
    )
