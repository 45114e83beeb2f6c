"""The controls of the lab on optimizers. Which there are depends on the view."""

from functools import partial

import streamlit as st

from playground.labs.framework.page import open_on_main_page
from playground.labs.framework.session import LabSession
from playground.labs.optimizers.entries import Entry
from playground.labs.optimizers.settings import PLANES, VIEWS, Optimizers
from playground.limits import MAX_LAB_NETWORKS, MAX_RACERS
from playground.nn import OPTIMIZERS
from playground.text import _
from playground.ui.controls.network import network_controls
from playground.ui.controls.widgets import Controls

NAME = "optimizers"


def view_row(session: LabSession) -> None:
    """Above the picture: which of the four views is shown, and what it is about."""
    settings: Optimizers = session.settings
    controls = session.controls()
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        _segments(controls, "lab.view", VIEWS)
    with right:
        if settings.view == "surfaces":
            controls.control("lab.surface", compact=True)
        elif settings.view == "landscape":
            _segments(controls, "lab.plane", PLANES)


def _segments(controls: Controls, path: str, names: dict[str, str]) -> None:
    """A choice in one row, all of it in view."""
    value = controls.get(path)
    widget = partial(
        st.segmented_control,
        options=list(names),
        default=value,
        format_func=names.__getitem__,
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    controls.widget(widget, path, value, label=controls.fields[path].label)


def optimizers_tab(session: LabSession) -> None:
    """One optimizer at a time."""
    settings: Optimizers = session.settings
    kind = "racers" if settings.on_surface else "learners"
    entries: tuple[Entry, ...] = settings.present
    chosen = _chosen(f"{NAME}:{kind}", entries)
    controls = session.controls()
    prefix = f"lab.{kind}.{chosen}"
    controls.show([f"{prefix}.name", f"{prefix}.lr"])
    controls.show([path for path in controls.fields if path.startswith(f"{prefix}.options.")])
    _add_or_remove(session, kind, chosen)
    if not settings.on_surface:
        experiment = settings.experiments(session.base)[chosen]
        open_on_main_page(experiment, key=f"{NAME}:open")


def _chosen(key: str, entries: tuple[Entry, ...]) -> int:
    if st.session_state.get(key, 0) not in range(len(entries)):
        del st.session_state[key]
    names = [f"{k + 1}. {entry.label}" for k, entry in enumerate(entries)]
    return st.selectbox(_("Optimizer to set"), range(len(entries)), format_func=names.__getitem__, key=key)


def _add_or_remove(session: LabSession, kind: str, chosen: int) -> None:
    entries: tuple[Entry, ...] = getattr(session.settings, kind)
    most = MAX_RACERS if kind == "racers" else MAX_LAB_NETWORKS
    left, right = st.columns(2)
    left.button(
        _("Add one"),
        key=f"{NAME}:add",
        disabled=len(entries) >= most,
        on_click=session.set,
        args=(f"lab.{kind}", (*entries, Entry(_another(entries)))),
        width="stretch",
    )
    right.button(
        _("Remove"),
        key=f"{NAME}:remove",
        disabled=len(entries) == 1,
        on_click=session.set,
        args=(f"lab.{kind}", entries[:chosen] + entries[chosen + 1 :]),
        width="stretch",
    )


def _another(entries: tuple[Entry, ...]) -> str:
    """The first optimizer that does not take part yet, or the first of all."""
    present = {entry.name for entry in entries}
    return next((name for name in OPTIMIZERS if name not in present), next(iter(OPTIMIZERS)))


def setup_tab(session: LabSession) -> None:
    """What they go down on: a surface, or the network and data."""
    settings: Optimizers = session.settings
    controls = session.controls()
    if settings.on_surface:
        st.markdown(f"${settings.ground.formula}$")
        st.caption(
            _("{hard} Source: {source}.").format(hard=settings.ground.hard, source=settings.ground.source)
        )
        _start(controls, settings)
        controls.show(["lab.steps"])
        return
    if settings.view == "rates":
        controls.show(["lab.updates"])
    if settings.view == "landscape":
        _run_of(controls, settings)
        controls.show(["lab.epochs"])
    st.caption(_("The same for all of them, as are the first weights and the batches."))
    controls.show(["data.dataset", "data.noise", "data.n", "batch_size", "seed"])
    network_controls(controls, session.base)


def _start(controls: Controls, settings: Optimizers) -> None:
    """The starting place by keyboard; a click on the map does the same."""
    x_from, x_to, y_from, y_to = settings.ground.bounds
    for path, low, high in (("lab.start.0", x_from, x_to), ("lab.start.1", y_from, y_to)):
        value = controls.get(path)
        widget = partial(st.number_input, min_value=low, max_value=high, value=value, step=0.1, format="%.4g")
        controls.widget(widget, path, value, label=controls.fields[path].label)


def _run_of(controls: Controls, settings: Optimizers) -> None:
    """Whose run is laid on its landscape."""
    names = [f"{k + 1}. {entry.label}" for k, entry in enumerate(settings.learners)]
    widget = partial(
        st.selectbox, options=range(len(names)), index=settings.path_of, format_func=names.__getitem__
    )
    controls.widget(widget, "lab.chosen", settings.path_of, label=controls.fields["lab.chosen"].label)
