"""Controls: widgets made from the settings an Experiment declares. Each shows the Experiment's value and asks
for changes.

What a setting is decides its widget, so a new setting needs no new code here, only its place in a group.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import streamlit as st

from playground.training import HiddenLayer, Setting
from playground.ui.session import PageSession

RATES = tuple(digit * 10.0**power for power in range(-5, 2) for digit in (1, 3))
FEW_STEPS = 200  # a slider with more positions is too fine to set by hand


class Controls:
    """The widgets of one page."""

    def __init__(self, page: str, session: PageSession) -> None:
        self._page = page
        self._session = session
        self._fields = session.experiment.fields()

    def show(self, paths: Iterable[str]) -> None:
        """A widget for each path that can be set now."""
        for path in paths:
            if path in self._fields:
                self.control(path)

    def options(self, section: str) -> None:
        """The widgets of a chosen optimizer's or schedule's own settings."""
        self.show([path for path in self._fields if path.startswith(f"{section}.options.")])

    def control(self, path: str, *, compact: bool = False) -> None:
        """The widget of one setting."""
        setting = self._fields[path]
        key = f"{self._page}:{path}"
        value = self._session.experiment.get(path)
        widget, to_widget = WIDGETS[setting.kind](setting, value)
        st.session_state[key] = to_widget
        widget(
            setting.label,
            key=key,
            help=setting.help,
            on_change=self._changed,
            args=(path, key),
            label_visibility="collapsed" if compact else "visible",
        )

    def _changed(self, path: str, key: str) -> None:
        value = st.session_state[key]
        if self._fields[path].kind == "subset":
            value = tuple(name for name in self._fields[path].choices if name in value)
        self._session.set(path, value)

    def layers(self) -> None:
        """How many hidden layers there are, and a line for each."""
        experiment = self._session.experiment
        setting = self._fields["network.layers"]
        key = f"{self._page}:network.layers"
        st.session_state[key] = len(experiment.network.layers)
        st.slider(
            setting.label,
            int(setting.low),
            int(setting.high),
            key=key,
            help=setting.help,
            on_change=self._set_depth,
            args=(key,),
        )
        for k in range(len(experiment.network.layers)):
            name, units, activation = st.columns([0.7, 2, 2.6], vertical_alignment="center", gap="small")
            name.markdown(f"**{k + 1}**")
            with units:
                self.control(f"network.layers.{k}.units", compact=True)
            with activation:
                self.control(f"network.layers.{k}.activation", compact=True)

    def layer_extras(self) -> None:
        """Normalization and dropout of each hidden layer."""
        for k in range(len(self._session.experiment.network.layers)):
            st.markdown(f"**Hidden layer {k + 1}**")
            self.show([f"network.layers.{k}.normalization", f"network.layers.{k}.dropout"])

    def _set_depth(self, key: str) -> None:
        """New layers are like the last one."""
        layers = self._session.experiment.network.layers
        depth = st.session_state[key]
        last = layers[-1] if layers else HiddenLayer()
        more = (replace(last),) * max(0, depth - len(layers))
        self._session.set("network.layers", layers[:depth] + more)


def _choice(setting: Setting, value: str):
    return partial(st.selectbox, options=list(setting.choices), format_func=setting.choices.get), value


def _subset(setting: Setting, value: tuple[str, ...]):
    return partial(
        st.pills, options=list(setting.choices), format_func=setting.choices.get, selection_mode="multi"
    ), list(value)


def _flag(setting: Setting, value: bool):
    return st.toggle, value


def _integer(setting: Setting, value: int):
    low, high, step = int(setting.low), int(setting.high), int(setting.step or 1)
    return partial(st.number_input, min_value=low, max_value=high, step=step), value


def _number(setting: Setting, value: float):
    """A slider; for a wide range one over the powers of ten, in which the present value has its place."""
    low, high = float(setting.low), float(setting.high)
    if setting.scale == "linear" and (high - low) / setting.step <= FEW_STEPS:
        return partial(st.slider, min_value=low, max_value=high, step=float(setting.step)), value
    options = sorted({low, high, value, *(rate for rate in RATES if low <= rate <= high)})
    return partial(st.select_slider, options=options, format_func=lambda rate: f"{rate:g}"), value


WIDGETS = {"choice": _choice, "subset": _subset, "bool": _flag, "int": _integer, "float": _number}
