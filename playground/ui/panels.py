"""The groups of controls beside the player: data, network, training."""

import streamlit as st

from playground.ui.controls import Controls
from playground.ui.session import PageSession


def experiment_controls(page: str, session: PageSession) -> None:
    """Everything an Experiment can be told: what a beginner needs in view, the rest one click away."""
    controls = Controls(page, session)
    data, network, training = st.tabs(["Data", "Network", "Training"])
    with data:
        controls.show(["data.dataset", "data.noise", "data.n", "features.inputs"])
        with st.expander("More about the data"):
            controls.show(["data.classes", "data.train_share", "data.label_flips", "features.standardize"])
    with network:
        controls.layers()
        controls.show(["network.initializer"])
        with st.expander("Normalization, dropout, shortcuts"):
            controls.show(["network.residual"])
            controls.layer_extras()
    with training:
        controls.show(["optimizer.lr", "optimizer.name", "batch_size", "loss.name"])
        with st.expander("Optimizer and schedule"):
            controls.options("optimizer")
            controls.show(["schedule.name"])
            controls.options("schedule")
            controls.show(["shuffle", "seed"])
        with st.expander("Regularisation"):
            controls.show(["loss.label_smoothing", *(f"regularization.{name}" for name in REGULARIZATION)])
        with st.expander("When to stop"):
            controls.show([f"stopping.{name}" for name in STOPPING])


REGULARIZATION = ("l2", "l1", "weight_decay", "max_norm", "clip_norm", "clip_value", "input_noise")
STOPPING = ("max_epochs", "target_loss", "target_accuracy", "patience", "plateau")
