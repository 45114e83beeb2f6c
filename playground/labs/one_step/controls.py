"""The controls of the lab on one step."""

from functools import partial

import streamlit as st

from playground.labs.framework.page import open_on_main_page
from playground.labs.framework.session import LabSession
from playground.labs.one_step.settings import same_layers
from playground.limits import MAX_ONE_STEP_LAYERS, MAX_ONE_STEP_UNITS
from playground.text import _
from playground.training.task import OUTPUT_SPECS

NAME = "one_step"


def view_button(session: LabSession) -> None:
    """From the steps to the run and back."""
    other = {"step": "run", "run": "step"}[session.settings.view]
    label = session.fields()["lab.view"].choices[other]
    st.button(
        label,
        key=f"{NAME}:view",
        icon=":material/fast_forward:" if other == "run" else ":material/calculate:",
        on_click=session.set,
        args=("lab.view", other),
        type="primary",
        width="stretch",
    )


def network_tab(session: LabSession) -> None:
    controls = session.controls()
    layers = session.base.network.layers
    slider = partial(st.slider, min_value=1, max_value=MAX_ONE_STEP_LAYERS, value=len(layers))
    controls.widget(
        slider,
        "network.layers",
        layers,
        label=_("Hidden layers"),
        read=lambda depth: same_layers(layers, depth),
    )
    for k, layer in enumerate(layers):
        units, activation = st.columns(2, gap="small", vertical_alignment="bottom")
        with units:
            path = f"network.layers.{k}.units"
            number = partial(
                st.number_input, min_value=1, max_value=MAX_ONE_STEP_UNITS, value=layer.units, step=1
            )
            controls.widget(number, path, layer.units, label=_("Units, layer {k}").format(k=k + 1))
        with activation:
            controls.control(f"network.layers.{k}.activation")
    if session.base.loss_name not in OUTPUT_SPECS:
        controls.show(["network.output"])
    controls.show(["network.initializer"])
    open_on_main_page(session.settings.experiment(session.base), key=f"{NAME}:open")


def training_tab(session: LabSession) -> None:
    controls = session.controls()
    controls.show(["lab.samples"])
    sample = session.settings.sample
    if session.settings.samples == "one":  # of a batch, any can be looked at below the graph
        names = ["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"]
        menu = partial(
            st.selectbox,
            options=range(1, 5),
            index=sample - 1,
            format_func=lambda k: names[k - 1],
            help=controls.fields["lab.sample"].help,
        )
        controls.widget(menu, "lab.sample", sample, label=_("First sample"))
    controls.show(["loss.name", "optimizer.name", "optimizer.lr"])
    controls.options("optimizer")
    controls.show(["seed"])
