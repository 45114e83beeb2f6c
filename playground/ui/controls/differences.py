"""Differences between Experiments, in words."""

from collections.abc import Mapping

from playground.text import _
from playground.training import Experiment, HiddenLayer, Setting


def differences(before: Experiment, after: Experiment) -> list[str]:
    """What differs, such as "Learning rate 0.01 → 0.03"; a setting that only one of them has is left out."""
    mine, theirs = before.fields(), after.fields()
    found = []
    for path in before.differences(after):
        if path in mine and path in theirs:
            old, new = (shown(mine[path], e.get(path)) for e in (before, after))
            found.append(f"{_name(path, mine)} {old} → {new}")
    return found


def _name(path: str, fields: Mapping[str, Setting]) -> str:
    """The setting's label, with the number of its layer if it belongs to one."""
    parts = path.split(".")
    label = fields[path].label
    return (
        _("{label} of layer {k}").format(label=label, k=int(parts[2]) + 1)
        if len(parts) == 4 and parts[1] == "layers"
        else label
    )


def shown(setting: Setting, value: object) -> str:
    """A value as a reader would write it."""
    match setting.kind:
        case "choice":
            return setting.choices[value]
        case "subset":
            return ", ".join(setting.choices[name] for name in value)
        case "bool":
            return _("on") if value else _("off")
        case "list":
            return layers_in_words(value)
        case "float":
            return f"{value:g}"
    return str(value)


def layers_in_words(layers: tuple[HiddenLayer, ...]) -> str:
    """Such as "8, 8 tanh", or "none"."""
    if not layers:
        return _("none")
    widths = ", ".join(str(layer.units) for layer in layers)
    kinds = list(dict.fromkeys(layer.activation for layer in layers))
    return _("{units} {activations}").format(units=widths, activations="/".join(kinds))
