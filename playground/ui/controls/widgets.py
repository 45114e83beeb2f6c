"""Controls: widgets made from declared settings. Each shows the present value and asks for a change.

What a setting is decides its widget, so a new setting needs no new code here, only its place in a group.

Three traps of Streamlit are kept out here. A widget whose value was changed from elsewhere (a preset, a link,
another setting) gets a new key, and so begins anew: the browser may still hold the old one's value, and would
send it back as if it had been set by hand. When widgets leave the page, the browser may send their values
once more, which counts as a change: only widgets that are on the page are listened to. And a value set in the
session's state is told to the browser once; where the next run of the page overtakes that, the widget shows
what it would without any value, and sends this as if it had been set: so every run tells what it starts with.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from playground.text import _
from playground.training import Setting

RATES = tuple(float(f"{digit}e{power}") for power in range(-5, 3) for digit in (1, 3))
FEW_STEPS = 200  # a slider with more positions is too fine to set by hand


@dataclass
class Form:
    """What the widgets of a page remember.

    shown: the value each showed last. revisions: how often it had to begin anew. present: the keys on the
    page, which while the page is being built are those of the time before, too.
    """

    shown: dict[str, object] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    _built: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """The page is being built."""
        self._built = set()

    def end(self) -> None:
        """The page is complete: a page that was cut short keeps listening to what it had."""
        self.present = self._built

    def key(self, name: str, value: object, read: Callable[[object], object]) -> str:
        """The key of the widget that shows a value under a name."""
        key = self._key(name)
        moved = self.shown.get(name, value) != value
        if moved or (key in st.session_state and read(st.session_state[key]) != value):
            self.revisions[name] = self.revisions.get(name, 0) + 1
        self.shown[name] = value
        self._built.add(self._key(name))
        self.present.add(self._key(name))
        return self._key(name)

    def _key(self, name: str) -> str:
        return f"{name}:{self.revisions.get(name, 0)}"


class Controls:
    """The widgets of one set of settings: `get` tells a value, `change` asks for another, `hides` leaves some
    out.
    """

    def __init__(
        self,
        form: Form,
        fields: Mapping[str, Setting],
        *,
        get: Callable[[str], object],
        change: Callable[[str, object], None],
        prefix: str,
        hides: Callable[[str], bool] = lambda path: False,
    ) -> None:
        self.fields = {path: setting for path, setting in fields.items() if not hides(path)}
        self.get = get
        self._form, self._change, self._prefix = form, change, prefix

    def show(self, paths: Iterable[str]) -> None:
        """A widget for each path that can be set now."""
        for path in paths:
            self.control(path)

    def options(self, section: str) -> None:
        """The widgets of a chosen optimizer's or schedule's own settings."""
        self.show([path for path in self.fields if path.startswith(f"{section}.options.")])

    def control(self, path: str, *, compact: bool = False) -> None:
        """The widget of one setting."""
        if path not in self.fields:
            return
        setting, value = self.fields[path], self.get(path)
        self.widget(
            WIDGETS[setting.kind](setting, value),
            path,
            value,
            label=_label(path, setting),
            help=setting.help,
            label_visibility="collapsed" if compact else "visible",
        )

    def widget(
        self,
        widget: Callable,
        path: str,
        value: object,
        *,
        label: str,
        read: Callable | None = None,
        **shape,
    ) -> None:
        """Any widget for a path. It comes with what it shows for `value`; `read` turns what it returns into
        a value.
        """
        read = read or self._reader(path)
        key = self._form.key(f"{self._prefix}:{path}", value, read)
        widget(label, key=key, on_change=self._changed, args=(path, key, read), **shape)

    def _reader(self, path: str) -> Callable[[object], object]:
        setting = self.fields[path]
        if setting.kind != "subset":
            return lambda value: value
        return lambda names: tuple(name for name in setting.choices if name in names)

    def _changed(self, path: str, key: str, read: Callable[[object], object]) -> None:
        if key not in self._form.present or key not in st.session_state:
            return  # it has left the page, or the whole page has gone
        value, name = read(st.session_state[key]), f"{self._prefix}:{path}"
        if value != self._form.shown[name]:
            self._form.shown[name] = value
            self._change(path, value)


def _label(path: str, setting: Setting) -> str:
    """The setting's label; with the layer's number where there is one, so that no two share a name."""
    if path.startswith("network.layers."):
        return _("{label}, layer {k}").format(label=setting.label, k=int(path.split(".")[2]) + 1)
    return setting.label


def _choice(setting: Setting, value: str) -> Callable:
    names = list(setting.choices)
    return partial(st.selectbox, options=names, index=names.index(value), format_func=setting.choices.get)


def _subset(setting: Setting, value: tuple[str, ...]) -> Callable:
    return partial(
        st.pills,
        options=list(setting.choices),
        default=list(value),
        format_func=setting.choices.get,
        selection_mode="multi",
    )


def _flag(setting: Setting, value: bool) -> Callable:
    return partial(st.toggle, value=value)


def _integer(setting: Setting, value: int) -> Callable:
    low, high, step = int(setting.low), int(setting.high), int(setting.step or 1)
    return partial(st.number_input, min_value=low, max_value=high, value=value, step=step)


def _number(setting: Setting, value: float) -> Callable:
    """A slider; for a wide range one over the powers of ten, in which the present value has its place."""
    low, high, step = float(setting.low), float(setting.high), float(setting.step)
    on_a_step = abs(value / step - round(value / step)) < 1e-9
    if setting.scale == "linear" and (high - low) / step <= FEW_STEPS and on_a_step:
        return partial(st.slider, min_value=low, max_value=high, value=value, step=step)
    options = sorted({low, high, value, *(rate for rate in RATES if low <= rate <= high)})
    return partial(st.select_slider, options=options, value=value, format_func=lambda rate: f"{rate:g}")


def _text(setting: Setting, value: str) -> Callable:
    return partial(st.text_input, value=value, max_chars=int(setting.high))


WIDGETS = {
    "choice": _choice,
    "subset": _subset,
    "bool": _flag,
    "int": _integer,
    "float": _number,
    "text": _text,
}
