"""The controls of the lab on vanishing gradients."""

from functools import partial

import streamlit as st

from playground.labs.framework.page import open_on_main_page
from playground.labs.framework.session import LabSession
from playground.labs.vanishing_gradients.settings import DeepNetwork
from playground.limits import MAX_LAB_NETWORKS
from playground.text import _
from playground.ui.controls.widgets import Controls

NAME = "vanishing_gradients"


def networks_tab(session: LabSession) -> None:
    """One network at a time."""
    networks: tuple[DeepNetwork, ...] = session.settings.networks
    key = f"{NAME}:chosen"
    if st.session_state.get(key, 0) not in range(len(networks)):
        del st.session_state[key]
    names = [str(k + 1) for k in range(len(networks))]
    chosen = st.segmented_control(
        _("Network"), range(len(networks)), format_func=names.__getitem__, key=key, default=0, required=True
    )
    st.markdown(f"**{networks[chosen].title}**  \n{networks[chosen].words}")
    controls = session.controls()
    for name in ("depth", "width"):
        _slider(controls, f"lab.networks.{chosen}.{name}")
    controls.show(
        f"lab.networks.{chosen}.{name}"
        for name in ("activation", "initializer", "normalization", "residual", "clip")
    )
    open_on_main_page(session.run.experiments[chosen], key=f"{NAME}:open")
    _add_or_remove(session, chosen)


def _slider(controls: Controls, path: str) -> None:
    """A whole number that is worth dragging."""
    setting, value = controls.fields[path], controls.get(path)
    widget = partial(
        st.slider, min_value=int(setting.low), max_value=int(setting.high), value=value, help=setting.help
    )
    controls.widget(widget, path, value, label=setting.label)


def _add_or_remove(session: LabSession, chosen: int) -> None:
    networks = session.settings.networks
    left, right = st.columns(2)
    left.button(
        _("Add a copy"),
        key=f"{NAME}:add",
        disabled=len(networks) >= MAX_LAB_NETWORKS,
        on_click=session.set,
        args=("lab.networks", (*networks, networks[chosen])),
        width="stretch",
    )
    right.button(
        _("Remove"),
        key=f"{NAME}:remove",
        disabled=len(networks) == 1,
        on_click=session.set,
        args=("lab.networks", networks[:chosen] + networks[chosen + 1 :]),
        width="stretch",
    )


def shared_tab(session: LabSession) -> None:
    """What all networks share."""
    st.caption(_("The same for all networks."))
    session.controls().show(
        ["data.dataset", "data.noise", "data.n", "optimizer.name", "optimizer.lr", "batch_size", "seed"]
    )
