"""The forms in which an Experiment travels: keys and values of a link, and JSON. Both are exact and strict.

A link holds only what differs from the default, so links stay short and readable; JSON holds everything. Both
carry the version of their form. `experiment` and `cls` stand for the Experiment and its class.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields

from playground.limits import MAX_JSON
from playground.training.options import OptionsSetting
from playground.training.settings import ExperimentError, Section, settings_of, shown

VERSION = 1


def to_query(experiment) -> dict[str, str]:
    """{key: text} of every field that differs from the default, with the version if there are any."""
    query = {}
    parts = [getattr(experiment, name) for name in _sections(type(experiment))]
    for section in [*parts, experiment]:
        for name, setting in settings_of(type(section)).items():
            value = getattr(section, name)
            if isinstance(setting, OptionsSetting):
                allowed = setting.settings(section)
                query |= {allowed[option].key: allowed[option].write(got) for option, got in value.items()}
            elif value != setting.default:
                query[setting.key] = setting.write(value)
    return {"v": str(VERSION), **query} if query else {}


def from_query(cls, query: Mapping[str, str]):
    """The Experiment that a link's keys and values stand for."""
    if not isinstance(query, Mapping):
        raise ExperimentError(f"A link cannot be {shown(query)}: give a mapping from keys to texts.")
    left = dict(query)
    if left:
        _require_version(left.pop("v", str(VERSION)), str(VERSION), "link")
    sections = {name: _parse(section, left) for name, section in _sections(cls).items()}
    experiment = cls(**sections, **_parse_fields(cls, left))
    for key in left:
        raise ExperimentError(f"The link's key {shown(key)} is unknown: remove it or correct its spelling.")
    return experiment


def _parse(section: type, left: dict) -> Section:
    """Build a section from its keys, taking them out of `left`."""
    values = _parse_fields(section, left)
    for name, setting in settings_of(section).items():
        if isinstance(setting, OptionsSetting):
            chosen = section(**values)
            allowed = setting.settings(chosen)
            taken = {option: entry for option, entry in allowed.items() if entry.key in left}
            values[name] = {option: entry.parse(left.pop(entry.key)) for option, entry in taken.items()}
            for key in left:
                if isinstance(key, str) and key.startswith(setting.key + "."):
                    known = ", ".join(entry.key for entry in allowed.values()) or "no options"
                    raise ExperimentError(
                        f"The link's key {shown(key)} is unknown: {chosen.name} has {known}."
                    )
    return section(**values)


def _parse_fields(section: type, left: dict) -> dict[str, object]:
    """The values of a section's own fields, except options, taken out of `left`."""
    settings = settings_of(section)
    plain = {name: s for name, s in settings.items() if not isinstance(s, OptionsSetting) and s.key in left}
    return {name: setting.parse(left.pop(setting.key)) for name, setting in plain.items()}


def to_json(experiment) -> str:
    """The whole Experiment as JSON text, one object for each section."""
    return json.dumps({"version": VERSION, **_plain(experiment)}, indent=2, allow_nan=False)


def _plain(section: Section) -> dict[str, object]:
    settings, values = settings_of(type(section)), {f.name: getattr(section, f.name) for f in fields(section)}
    return {
        name: settings[name].to_plain(value) if name in settings else _plain(value)
        for name, value in values.items()
    }


def from_json(cls, text: str):
    """The Experiment of a JSON text; what it leaves out has its default."""
    if not isinstance(text, str):
        raise ExperimentError(f"JSON cannot be {shown(text)}: give text.")
    if len(text) > MAX_JSON:
        raise ExperimentError(f"The JSON text is too long: give at most {MAX_JSON} characters.")
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        decoding = isinstance(error, json.JSONDecodeError)
        where = f" at line {error.lineno}, column {error.colno}" if decoding else ""
        raise ExperimentError(f"The JSON text cannot be read{where}: export it anew.") from error
    tree = _object(tree, "The JSON text")
    _require_version(tree.pop("version", None), VERSION, "JSON text")
    for name, section in _sections(cls).items():
        if name in tree:
            tree[name] = _build(section, tree[name])
    return _build(cls, tree)


def _build(section: type, tree: object) -> Section:
    """A section from plain JSON values."""
    where = section.path or "The experiment"
    tree = _object(tree, where)
    known = [f.name for f in fields(section)]
    for name in tree:
        if name not in known:
            raise ExperimentError(f"{where} has no field {shown(name)}: use {', '.join(known)}.")
    for name, setting in settings_of(section).items():
        if name in tree:
            tree[name] = setting.from_plain(tree[name])
    return section(**tree)


def _object(value: object, where: str) -> dict:
    if not isinstance(value, dict):
        raise ExperimentError(f"{where} cannot be {shown(value)}: give an object with named fields.")
    return dict(value)


def _require_version(given: object, expected: object, what: str) -> None:
    if given == expected and type(given) is type(expected):
        return
    newer = str(given).isdecimal() and len(str(given)) < 9 and int(given) > VERSION
    if newer:
        raise ExperimentError(
            f"The {what} is of version {given}, from a newer playground: update this one (version {VERSION})."
        )
    raise ExperimentError(f"The {what}'s version (v) cannot be {shown(given)}: only {VERSION} is known here.")


def _sections(cls) -> dict[str, type[Section]]:
    """{name: class} of the sections that an Experiment is made of."""
    return {f.name: f.default_factory for f in fields(cls) if f.default_factory is not MISSING}
