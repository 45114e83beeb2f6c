"""The controls of the lab on overfitting."""

from dataclasses import replace
from functools import partial

import streamlit as st

from playground.datasets import DATASETS
from playground.labs.framework.page import open_on_main_page
from playground.labs.framework.session import LabSession
from playground.labs.overfitting.settings import MOST_SHARE, REMEDIES, point_count
from playground.labs.overfitting.sweep import MIN_SHARE, TURNS, values
from playground.limits import MAX_LAYERS
from playground.text import _
from playground.training import Experiment, HiddenLayer
from playground.training.points import OWN
from playground.training.settings import settings_of
from playground.ui.controls.widgets import Controls

NAME = "overfitting"
WITH_CLASSES = tuple(name for name, each in DATASETS.items() if each.task == "classification" and name != OWN)


def compare_tab(session: LabSession) -> None:
    """What is compared, and one of its networks for the main page."""
    controls, settings = session.controls(), session.settings
    _segments(controls, "lab.view")
    if settings.view == "sweep":
        controls.show(["lab.knob"])
        _slider(controls, "lab.seeds")
    else:
        controls.show(["lab.remedies"])
        strengths = [REMEDIES[name].strength for name in settings.remedies]
        controls.show([f"lab.{name}" for name in strengths if name])
    _open_one(session)


def _segments(controls: Controls, path: str) -> None:
    setting, value = controls.fields[path], controls.get(path)
    widget = partial(
        st.segmented_control,
        options=list(setting.choices),
        default=value,
        format_func=setting.choices.get,
        required=True,
        width="stretch",
        help=setting.help,
    )
    controls.widget(widget, path, value, label=setting.label)


def _slider(controls: Controls, path: str) -> None:
    setting, value = controls.fields[path], controls.get(path)
    widget = partial(
        st.slider, min_value=int(setting.low), max_value=int(setting.high), value=value, help=setting.help
    )
    controls.widget(widget, path, value, label=setting.label)


def _open_one(session: LabSession) -> None:
    settings, base = session.settings, session.base
    if settings.view == "sweep":
        names = [f"{value:g}" for value in values(base, settings)]
    else:
        names = [settings.title(name) for name in settings.remedies]
    key = f"{NAME}:chosen"
    if st.session_state.get(key, 0) not in range(len(names)):
        del st.session_state[key]
    label = TURNS[settings.knob].axis if settings.view == "sweep" else _("Network")
    chosen = st.selectbox(label, range(len(names)), format_func=names.__getitem__, key=key)
    open_on_main_page(session.run.experiments[chosen], key=f"{NAME}:open")


def data_tab(session: LabSession) -> None:
    """The points, and the network that all share."""
    controls, base = session.controls(), session.base
    kinds = controls.fields["data.dataset"]
    offered = {*WITH_CLASSES, base.data.dataset}
    choices = {name: label for name, label in kinds.choices.items() if name in offered}
    controls.fields["data.dataset"] = replace(kinds, choices=choices)
    controls.show(["data.dataset", *(f"data.{name}" for name in ("classes",) if name in base.data.taken)])
    _training_points(controls, base)
    controls.show([*(f"data.{name}" for name in ("noise",) if name in base.data.taken), "data.label_flips"])
    _shape(session)
    controls.show(["optimizer.name", "optimizer.lr", "batch_size", "seed"])


def _training_points(controls: Controls, base: Experiment) -> None:
    """How many of all points are learnt from; the others test."""
    count = point_count(base)
    step = max(round(MIN_SHARE * count), 1)
    most = int(MOST_SHARE * count) // step * step
    start = min(max(round(base.data.train_share * count), step), most)
    widget = partial(
        st.slider,
        min_value=step,
        max_value=most,
        value=start,
        step=step,
        help=_("How many of the {count} points the networks learn from; all others test them.").format(
            count=count
        ),
    )
    controls.widget(
        widget,
        "data.train_share",
        base.data.train_share,
        label=_("Training points"),
        read=lambda chosen: base.data.train_share if chosen == start else chosen / count,
    )


def _shape(session: LabSession) -> None:
    """Equal hidden layers: how many, how wide, with which activation."""
    layers = session.base.network.layers
    first = layers[0] if layers else HiddenLayer()
    widget = partial(
        st.slider,
        min_value=1,
        max_value=max(MAX_LAYERS, len(layers)),
        value=max(len(layers), 1),
        help=_("Hidden layers of the network that has no remedy. More of them bend the boundary further."),
    )
    session.controls().widget(
        widget,
        "network.layers",
        layers,
        label=_("Hidden layers"),
        read=lambda depth: layers if depth == len(layers) else (first,) * depth,
    )

    def change(path: str, value: object) -> None:
        changed = replace(first, **{path.removeprefix("shape."): value})
        session.set("network.layers", (changed,) * max(len(layers), 1))

    fields = {f"shape.{name}": settings_of(HiddenLayer)[name] for name in ("units", "activation")}
    Controls(
        session.form,
        fields,
        get=lambda path: getattr(first, path.removeprefix("shape.")),
        change=change,
        prefix=NAME,
    ).show(fields)
