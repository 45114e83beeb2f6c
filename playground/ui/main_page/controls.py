"""The groups of controls beside the player: data, network, training."""

import streamlit as st

from playground.datasets import DATASETS
from playground.text import _
from playground.ui.controls.network import network_controls
from playground.ui.controls.widgets import Controls
from playground.ui.main_page.schedule_preview import schedule_view
from playground.ui.main_page.session import PageSession
from playground.ui.own_points.controls import own_points_panel

REGULARIZATION = ("l2", "l1", "weight_decay", "max_norm", "clip_norm", "clip_value", "input_noise")


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
    data, network, training = st.tabs([_("Data"), _("Network"), _("Training")])
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
    with st.expander(_("More about the data")):
        controls.show(["data.train_share", "data.label_flips", "features.standardize"])


def _training(page: str, session: PageSession, controls: Controls) -> None:
    tf_playground = session.experiment.rules.is_tf_playground
    controls.show(["optimizer.lr", "optimizer.name", "batch_size", "loss.name"])
    with st.expander(_("Optimizer and schedule")):
        controls.options("optimizer")
        controls.show(["schedule.name"])
        controls.options("schedule")
        schedule_view(page, session)
        controls.show(["shuffle", "seed", "rules.name", *(["rules.seed"] if tf_playground else [])])
    with st.expander(_("Regularisation")):
        controls.show(["loss.label_smoothing", *(f"regularization.{name}" for name in REGULARIZATION)])
    with st.expander(_("When to stop")):
        controls.show([f"stopping.{name}" for name in STOPPING])
