"""The controls of hidden layers, one by one."""

from dataclasses import replace
from functools import partial

import streamlit as st

from playground.limits import MAX_LAYERS
from playground.text import _
from playground.training import Experiment, HiddenLayer
from playground.training.task import OUTPUT_SPECS
from playground.ui.controls.widgets import Controls

ROW = (0.7, 2, 2.6)  # widths of a layer's number, units and activation


def network_controls(controls: Controls, experiment: Experiment) -> None:
    """The hidden layers, one by one."""
    layers = experiment.network.layers
    _depth(controls, layers)
    if layers:
        _headings(controls)
    for k in range(len(layers)):
        name, units, activation = st.columns(ROW, vertical_alignment="center", gap="small")
        name.markdown(f"**{k + 1}**")
        with units:
            controls.control(f"network.layers.{k}.units", compact=True)
        with activation:
            controls.control(f"network.layers.{k}.activation", compact=True)
    controls.show(["network.initializer"])
    with st.expander(_("Normalization, dropout, shortcuts")):
        controls.show(["network.residual"])
        if experiment.loss_name not in OUTPUT_SPECS:  # what reads logits or margins leaves no choice
            controls.show(["network.output"])
        for k in range(len(layers)):
            st.markdown(_("**Hidden layer {k}**").format(k=k + 1))
            controls.show([f"network.layers.{k}.normalization", f"network.layers.{k}.dropout"])


def _headings(controls: Controls) -> None:
    """What the rows below are, with the help of their settings."""
    columns = st.columns(ROW, vertical_alignment="bottom", gap="small")
    for column, name in zip(columns[1:], ("units", "activation"), strict=True):
        setting = controls.fields.get(f"network.layers.0.{name}")
        if setting is not None:
            column.caption(setting.label, help=setting.help)


def _depth(controls: Controls, layers: tuple[HiddenLayer, ...]) -> None:
    """How many hidden layers there are; new ones are like the last one."""
    setting = controls.fields.get("network.layers")
    if setting is None:
        return
    last = layers[-1] if layers else HiddenLayer()

    def read(depth: int) -> tuple[HiddenLayer, ...]:
        return layers[:depth] + (replace(last),) * max(0, depth - len(layers))

    most = max(MAX_LAYERS, len(layers))  # a lab may have opened a deeper one here
    slider = partial(
        st.slider, min_value=int(setting.low), max_value=most, value=len(layers), help=setting.help
    )
    controls.widget(slider, "network.layers", layers, label=setting.label, read=read)
