"""The groups of controls beside the player: data, network, training."""

from dataclasses import replace
from functools import partial

import streamlit as st

from playground.datasets import DATASETS
from playground.limits import MAX_LAYERS
from playground.training import Experiment, HiddenLayer
from playground.training.task import READINGS
from playground.ui.controls import Controls
from playground.ui.own_panel import own_points_panel
from playground.ui.schedule_view import schedule_view
from playground.ui.session import PageSession

REGULARIZATION = ("l2", "l1", "weight_decay", "max_norm", "clip_norm", "clip_value", "input_noise")
ROW = (0.7, 2, 2.6)  # widths of a layer's number, units and activation
STOPPING = ("max_epochs", "target_loss", "target_accuracy", "patience", "plateau")


def experiment_controls(page: str, session: PageSession) -> None:
    """Everything an Experiment can be told: what a beginner needs in view, the rest one click away."""
    experiment = session.experiment
    controls = Controls(
        session.form,
        experiment.fields(),
        get=experiment.get,
        change=session.set,
        prefix=page,
        hides=session.view.hides,
    )
    data, network, training = st.tabs(["Data", "Network", "Training"])
    with data:
        _data(page, session, controls)
    with network:
        network_controls(controls, experiment)
    with training:
        _training(page, session, controls)


def _data(page: str, session: PageSession, controls: Controls) -> None:
    taken = DATASETS[controls.get("data.dataset")].takes
    controls.show(["data.dataset", *(f"data.{name}" for name in ("classes", "noise", "n") if name in taken)])
    if not session.view.hides("data.dataset"):
        own_points_panel(page, session)
    controls.show(["features.inputs"])
    with st.expander("More about the data"):
        controls.show(["data.train_share", "data.label_flips", "features.standardize"])


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
    with st.expander("Normalization, dropout, shortcuts"):
        controls.show(["network.residual"])
        if experiment.loss_name not in READINGS:  # what reads logits or margins leaves no choice
            controls.show(["network.output"])
        for k in range(len(layers)):
            st.markdown(f"**Hidden layer {k + 1}**")
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


def _training(page: str, session: PageSession, controls: Controls) -> None:
    tf_playground = session.experiment.rules.is_tf_playground
    controls.show(["optimizer.lr", "optimizer.name", "batch_size", "loss.name"])
    with st.expander("Optimizer and schedule"):
        controls.options("optimizer")
        controls.show(["schedule.name"])
        controls.options("schedule")
        schedule_view(page, session)
        controls.show(["shuffle", "seed", "rules.name", *(["rules.seed"] if tf_playground else [])])
    with st.expander("Regularisation"):
        controls.show(["loss.label_smoothing", *(f"regularization.{name}" for name in REGULARIZATION)])
    with st.expander("When to stop"):
        controls.show([f"stopping.{name}" for name in STOPPING])
