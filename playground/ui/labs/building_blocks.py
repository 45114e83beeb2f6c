"""The lab on building blocks: what networks are made of, one topic at a time."""

from collections.abc import Callable, Sequence
from functools import partial
from types import ModuleType
from typing import NamedTuple

import streamlit as st

from playground.player.film import Film
from playground.training import Experiment
from playground.ui.controls import Controls
from playground.ui.labs.blocks import activations, batches, losses, schedules, symmetry, weights
from playground.ui.labs.blocks.settings import Blocks
from playground.ui.labs.blocks.shared import NAME
from playground.ui.labs.lab import Lab, Lesson, Training
from playground.ui.labs.page import open_on_main_page
from playground.ui.labs.session import LabSession

BASE = (
    Experiment()
    .replace("data.dataset", "moons")
    .replace("data.n", 200)
    .replace("data.noise", 0.5)
    .replace("optimizer.lr", 0.01)
)
DATA = ("data.dataset", "data.noise", "data.n", "optimizer.name", "optimizer.lr", "batch_size", "seed")


class Topic(NamedTuple):
    """module: with LESSON and `shows`. controls: the lab's settings that are offered, for the present ones.
    trains: whether networks do.
    """

    module: ModuleType
    controls: Callable[[Blocks], Sequence[str]]
    trains: Callable[[Blocks], bool]


def _loss_controls(settings: Blocks) -> Sequence[str]:
    chosen = {settings.first_loss, settings.second_loss}
    delta = ("delta",) if "huber" in chosen else ()
    softness = ("softness",) if chosen & {"bce", "cross_entropy"} else ()
    return ("first_loss", "second_loss", *delta, *softness)


def _weight_controls(settings: Blocks) -> Sequence[str]:
    more = ("dropout",) if settings.view == "symmetry" else ("depth", "width")
    return ("view", "rule", "layer_activation", *more)


def _batch_controls(settings: Blocks) -> Sequence[str]:
    more = {"batch_norm": ("momentum",), "layer_norm": (), "dropout": ("rate",)}[settings.layer]
    return ("layer", *more, "rows")


def always(settings: Blocks) -> bool:
    return True


def never(settings: Blocks) -> bool:
    return False


CHOICES = {
    "activations": Topic(activations, lambda settings: ("activation", "compared", "rule"), always),
    "losses": Topic(losses, _loss_controls, never),
    "weights": Topic(weights, _weight_controls, lambda settings: settings.view == "symmetry"),
    "batches": Topic(batches, _batch_controls, never),
    "schedules": Topic(schedules, lambda settings: ("schedules", "peak", "length"), always),
}
SWITCHES = ("view", "layer")  # few choices, to be seen at once
SLIDERS = ("depth", "width", "rows", "length")  # whole numbers that are worth dragging


def shows(base: Experiment, settings: Blocks) -> Training | Film:
    return CHOICES[settings.topic].module.shows(base, settings)


def lesson(settings: Blocks) -> Lesson:
    """The text of what is shown."""
    symmetric = settings.topic == "weights" and settings.view == "symmetry"
    return symmetry.LESSON if symmetric else CHOICES[settings.topic].module.LESSON


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
    topic = CHOICES[settings.topic]
    for name in topic.controls(settings):
        path = f"lab.{name}"
        if name in SWITCHES:
            _switch(controls, path)
        elif name in SLIDERS:
            _slider(controls, path)
        else:
            controls.control(path)
    if not topic.trains(settings):
        controls.show(["seed"] if settings.topic != "losses" else [])
        return
    st.caption("The same for all networks.")
    controls.show(path for path in DATA if path != "optimizer.lr" or settings.topic != "schedules")
    for k, experiment in enumerate(session.run.experiments):
        st.caption(f"Network {k + 1}")
        open_on_main_page(experiment, key=f"{NAME}:open:{k}")


LAB = Lab(
    name=NAME,
    lesson=lesson,
    base=BASE,
    settings=Blocks,
    shows=shows,
    above=topics,
    controls={"Controls": controls_tab},
)
