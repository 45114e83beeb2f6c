"""The controls of the lab on building blocks: what each topic offers."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from playground.labs.building_blocks.settings import Blocks
from playground.labs.building_blocks.tasks import NAME
from playground.labs.framework.page import open_on_main_page
from playground.labs.framework.session import LabSession
from playground.nn import LOSSES
from playground.text import _
from playground.ui.controls.widgets import Controls

DATA = ("data.dataset", "data.noise", "data.n", "optimizer.name", "optimizer.lr", "batch_size", "seed")


def _loss_controls(settings: Blocks) -> Sequence[str]:
    options = {*LOSSES[settings.first_loss].settings, *LOSSES[settings.second_loss].settings}
    delta = ("delta",) if "delta" in options else ()
    softness = ("softness",) if "label_smoothing" in options else ()
    return ("first_loss", "second_loss", *delta, *softness)


def _weight_controls(settings: Blocks) -> Sequence[str]:
    more = ("dropout",) if settings.view == "symmetry" else ("depth", "width")
    return ("view", "rule", "layer_activation", *more)


def _batch_controls(settings: Blocks) -> Sequence[str]:
    more = {"batch_norm": ("momentum",), "layer_norm": (), "dropout": ("rate",)}[settings.layer]
    return ("layer", *more, "rows")


OFFERED: dict[str, Callable[[Blocks], Sequence[str]]] = {
    "activations": lambda settings: ("activation", "compared", "rule"),
    "losses": _loss_controls,
    "weights": _weight_controls,
    "batches": _batch_controls,
    "schedules": lambda settings: ("schedules", "peak", "length"),
}


def trains(settings: Blocks) -> bool:
    """Whether networks learn in what is shown."""
    return settings.shows_symmetry or settings.topic in ("activations", "schedules")


SWITCHES = ("view", "layer")  # few choices, to be seen at once


SLIDERS = ("depth", "width", "rows", "length")  # whole numbers that are worth dragging


def topics(session: LabSession) -> None:
    """Which building block is shown."""
    _switch(session.controls(), "lab.topic", label_visibility="collapsed")


def _switch(controls: Controls, path: str, **shape: str) -> None:
    setting, value = controls.fields[path], controls.get(path)
    widget = partial(
        st.segmented_control,
        options=list(setting.choices),
        default=value,
        format_func=setting.choices.get,
        required=True,
    )
    controls.widget(widget, path, value, label=setting.label, help=setting.help, **shape)


def _slider(controls: Controls, path: str) -> None:
    setting, value = controls.fields[path], controls.get(path)
    low, high, step = int(setting.low), int(setting.high), int(setting.step)
    widget = partial(st.slider, min_value=low, max_value=high, value=value, step=step, help=setting.help)
    controls.widget(widget, path, value, label=setting.label)


def controls_tab(session: LabSession) -> None:
    """What can be chosen in the topic that is shown, and the networks that learn."""
    settings, controls = session.settings, session.controls()
    for name in OFFERED[settings.topic](settings):
        path = f"lab.{name}"
        if name in SWITCHES:
            _switch(controls, path)
        elif name in SLIDERS:
            _slider(controls, path)
        else:
            controls.control(path)
    if not trains(settings):
        controls.show(["seed"] if settings.topic != "losses" else [])
        return
    st.caption(_("The same for all networks."))
    controls.show(path for path in DATA if path != "optimizer.lr" or settings.topic != "schedules")
    for k, experiment in enumerate(session.run.experiments):
        st.caption(_("Network {k}").format(k=k + 1))
        open_on_main_page(experiment, key=f"{NAME}:open:{k}")
