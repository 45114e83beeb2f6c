"""Links of playground.tensorflow.org: the run they describe, and how they want it shown.

    experiment = Experiment.from_tf_playground(url)
    view = TfPlaygroundView.read(url)

A link is taken with or without http(s) and path, or as its part from `#` on, or as bare `key=value&...`. As
in the original, names and values are case-sensitive, the last of equal keys counts, and a key without a value
is as good as absent (`networkShape=` says: no hidden layers). Where this differs from the original, and why:

- A bad value of a known key is refused. The original would quietly take its default (`activation=Relu`),
  `true` (`x=0`) or no number at all, and show another run than the one that was meant.
- Unknown keys are ignored as in the original, which makes the run the same: what other programs hang on a
  link never reached it. `TfPlaygroundView.ignored` names them for the page to say. So are cosX and cosY: the
  original reads them, but has no such inputs. Text with no known key at all and no address is refused.
- Without a seed the original draws one at each visit; here it is the default of `rules.seed`.
- Percent signs stand for what they encode, except in the seed: the original takes it as the address has it.
- Bounds are ours where they are wider (64 units, 10 layers, batches up to all training points).
"""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TypedDict
from urllib.parse import quote, unquote

from playground.limits import MAX_LAYERS, MAX_LINK_VALUE, MAX_UNITS
from playground.text import _
from playground.training.layers import HiddenLayer
from playground.training.rules import TF_POINTS, Rules, tf_train_count
from playground.training.sections import Data, Features, Loss, Network, Optimizer, Regularization
from playground.training.settings import (
    BoolSetting,
    ChoiceSetting,
    ExperimentError,
    FloatSetting,
    IntSetting,
    Section,
    Setting,
    TextSetting,
    Value,
    settings_of,
    shown,
)

INPUTS = {
    "x": "x",
    "y": "y",
    "xSquared": "x_squared",
    "ySquared": "y_squared",
    "xTimesY": "xy",
    "sinX": "sin_x",
    "sinY": "sin_y",
}
"""The original's inputs in the order in which it feeds them, by our names."""

HIDABLE = {
    "showTestData": ("view.show_test_data",),
    "discretize": ("view.discretize",),
    "playButton": ("player.play",),
    "stepButton": ("player.step",),
    "resetButton": ("player.reset",),
    "learningRate": ("optimizer.lr",),
    "activation": ("network.layers.*.activation",),
    "regularization": ("regularization.l1", "regularization.l2"),
    "regularizationRate": ("regularization.l1", "regularization.l2"),
    "problem": ("view.problem",),
    "dataset": ("data.dataset",),
    "percTrainData": ("data.train_share",),
    "noise": ("data.noise",),
    "batchSize": ("batch_size",),
    "numHiddenLayers": ("network.layers",),
}
"""What a page hides for `<control>_hide=true`: paths of settings (* is any layer), or parts of a page that
are no settings. view.problem is the choice between classification and regression: datasets of the other
kind. Kind and rate of the original's penalty are one thing here, the rates of L1 and L2."""

ADDRESS = re.compile(
    r"((https?:)?//)?playground\.tensorflow\.org(:[0-9]+)?([/?][^#]*)?(#(?P<hash>.*))?",
    re.IGNORECASE | re.DOTALL,
)
KEPT = "".join(mark for mark in string.punctuation if mark not in '"<>`')  # what a browser leaves as it is


class ShapeSetting(Setting):
    """The units of each hidden layer, `4,2`; nothing for none."""

    kind = "shape"

    def check(self, value: object, owner: object = None) -> tuple[int, ...]:
        sizes = value if isinstance(value, tuple) else ()
        if sizes == value and len(sizes) <= MAX_LAYERS and all(1 <= size <= MAX_UNITS for size in sizes):
            return sizes
        raise self.error(
            value,
            _("give up to {most_layers} layers of 1 to {most_units} units, such as 4,2").format(
                most_layers=MAX_LAYERS, most_units=MAX_UNITS
            ),
        )

    def read(self, text: str) -> tuple[int, ...] | str:
        parts = [part.strip() for part in text.split(",")] if text.strip() else []
        return tuple(map(int, parts)) if all(re.fullmatch("[0-9]{1,4}", part) for part in parts) else text


def _key(
    kind: type[Setting], name: str, default: object, *, low: float | None = None, high: float | None = None
) -> Setting:
    return kind(default=default, label=name, help="", key=name, path=name, low=low, high=high)


def _choices(name: str, *names: str) -> Setting:
    return replace(_key(ChoiceSetting, name, names[0]), choices=dict.fromkeys(names, ""))


def _like(section: type[Section], field: str, name: str, default: float) -> Setting:
    """A key with the bounds of one of our settings."""
    return replace(settings_of(section)[field], key=name, path=name, default=default)


KEYS: dict[str, Setting] = {
    setting.key: setting
    for setting in (
        _choices("activation", "tanh", "relu", "sigmoid", "linear"),
        _choices("regularization", "none", "L1", "L2"),
        _key(IntSetting, "batchSize", 10, low=1, high=TF_POINTS["regression"]),
        _choices("dataset", "circle", "xor", "gauss", "spiral"),
        _choices("regDataset", "reg-plane", "reg-gauss"),
        _like(Optimizer, "lr", "learningRate", 0.03),
        _like(Regularization, "l1", "regularizationRate", 0.0),
        _key(FloatSetting, "noise", 0.0, low=0, high=50),
        _key(ShapeSetting, "networkShape", (4, 2)),
        _key(TextSetting, "seed", Rules().seed, high=settings_of(Rules)["seed"].high),
        _key(BoolSetting, "showTestData", False),
        _key(BoolSetting, "discretize", False),
        _key(FloatSetting, "percTrainData", 50.0, low=10, high=90),
        *(_key(BoolSetting, name, name in ("x", "y")) for name in (*INPUTS, "cosX", "cosY")),
        _key(BoolSetting, "collectStats", False),
        _key(TextSetting, "tutorial", "", high=100),
        _choices("problem", "classification", "regression"),
        _key(BoolSetting, "initZero", False),
        _key(BoolSetting, "hideText", False),
        *(_key(BoolSetting, f"{name}_hide", False) for name in (*HIDABLE, *INPUTS)),
    )
}


@dataclass(frozen=True)
class TfPlaygroundView:
    """How a link wants its run shown.

    hidden: settings and parts of the page that are not to be seen, as in HIDABLE. tutorial: the name of one
    of the original's own texts, or "". collect_stats: whether it counted visits. ignored: the link's keys
    that mean nothing, each once.
    """

    show_test_data: bool
    discretize: bool
    hide_text: bool
    collect_stats: bool
    tutorial: str
    hidden: tuple[str, ...]
    ignored: tuple[str, ...]

    def hides(self, path: str) -> bool:
        """Whether a setting, by its path, or a part of the page is hidden."""
        return any(fnmatchcase(path, pattern) for pattern in self.hidden)

    @classmethod
    def read(cls, url: str) -> "TfPlaygroundView":
        """The view of a link whose run can be read too; else ExperimentError."""
        read_sections(url)
        texts = _texts(url)
        values = _values(texts)
        hidden = [path for name, paths in HIDABLE.items() if values[f"{name}_hide"] for path in paths]
        idle = [name for name in ("cosX", "cosY") if values[name]]
        return cls(
            show_test_data=values["showTestData"],
            discretize=values["discretize"],
            hide_text=values["hideText"],
            collect_stats=values["collectStats"],
            tutorial=values["tutorial"],
            hidden=tuple(dict.fromkeys(hidden)),
            ignored=(*(name for name in texts if name not in KEYS), *idle),
        )


class Sections(TypedDict):
    """The fields of an Experiment that a link describes."""

    data: Data
    features: Features
    network: Network
    loss: Loss
    optimizer: Optimizer
    regularization: Regularization
    rules: Rules
    batch_size: int
    shuffle: bool


def read_sections(url: str) -> Sections:
    """The fields of an Experiment that a link describes, by name; ExperimentError if it cannot be read."""
    values = _values(_texts(url))
    problem = values["problem"]
    data = Data(
        dataset=values["dataset" if problem == "classification" else "regDataset"],
        n=TF_POINTS[problem],
        noise=values["noise"] / 100.0,
        train_share=values["percTrainData"] / 100.0,
    )
    hidden = (HiddenLayer(units, values["activation"]) for units in values["networkShape"])
    initializer = "zeros" if values["initZero"] else "tf_playground"
    penalty = values["regularization"].lower()
    return {
        "data": data,
        "features": Features(_inputs(values), standardize=False),
        "network": Network(tuple(hidden), initializer=initializer),
        "loss": Loss("half_mse"),
        "optimizer": Optimizer("sgd", lr=values["learningRate"]),
        "regularization": Regularization(
            **({} if penalty == "none" else {penalty: values["regularizationRate"]})
        ),
        "rules": Rules("tf_playground", values["seed"]),
        "batch_size": _batch_size(values, tf_train_count(data.n, data.train_share)),
        "shuffle": False,
    }


def _inputs(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Our names of the inputs in use; the original takes away those that are hidden."""
    inputs = tuple(ours for name, ours in INPUTS.items() if values[name] and not values[f"{name}_hide"])
    if not inputs:
        raise KEYS["x"].error(values["x"], _("no input is left, so switch one on, such as x=true"))
    return inputs


def _batch_size(values: Mapping[str, Value], n_train: int) -> int:
    size: int = values["batchSize"]
    if size > n_train:
        remedy = _(
            "of {n_train} training points the original would never learn, so choose at most {n_train}"
        ).format(n_train=n_train)
        raise KEYS["batchSize"].error(size, remedy)
    return size


def _texts(url: str) -> dict[str, str]:
    """{key: text} of a link, in its order; the seed as it is in the address, all else decoded."""
    if not isinstance(url, str):
        raise ExperimentError(_("A link cannot be {url}: give text.").format(url=shown(url)))
    text = url.strip()
    if len(text) > MAX_LINK_VALUE:
        raise ExperimentError(
            _("The link is too long: give at most {most} characters.").format(most=MAX_LINK_VALUE)
        )
    address = ADDRESS.fullmatch(text)
    pairs = (address["hash"] or "" if address else text.removeprefix("#")).split("&")
    texts = {}
    for pair in pairs:
        name, value = [*pair.split("="), ""][:2]
        if name:
            texts[name] = quote(value, safe=KEPT, errors="replace") if name == "seed" else unquote(value)
    if not address and not any(name in KEYS for name in texts):
        raise ExperimentError(
            _(
                "The link cannot be {url}: give one of playground.tensorflow.org, or its part from # on."
            ).format(url=shown(url))
        )
    return texts


def _values(texts: Mapping[str, str]) -> dict[str, Value]:
    """The checked value of every key; the default of those that are missing or blank."""
    values: dict[str, Value] = {}
    for name, setting in KEYS.items():
        text = texts.get(name, "")
        given = text.strip() or (name in texts and isinstance(setting, ShapeSetting))
        if isinstance(setting, IntSetting | FloatSetting):
            text = text.strip()
        values[name] = setting.parse(text) if given else setting.default
    return values
