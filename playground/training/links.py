"""The forms in which a description travels: keys and values of a link, and JSON. Both are exact and strict.

A link holds only what differs from the default, so links stay short and readable; JSON holds everything. Both
carry the version of their form, but for links of a description that travels beside a versioned one.
"""

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import TypeVar

from playground.limits import MAX_JSON
from playground.text import _
from playground.training.options import OptionsSetting
from playground.training.settings import ExperimentError, Section, sections_of, settings_of, shown

VERSION = 1

Kind = TypeVar("Kind", bound=Section)


def write(section: Section) -> dict[str, str]:
    """{key: text} of every field that differs from the default, those of sections within it first."""
    query: dict[str, str] = {}
    for name in sections_of(type(section)):
        query |= write(getattr(section, name))
    for name, setting in settings_of(type(section)).items():
        value = getattr(section, name)
        if isinstance(setting, OptionsSetting):
            allowed = setting.settings(section)
            query |= {allowed[option].key: allowed[option].write(got) for option, got in value.items()}
        elif value != setting.default:
            query[setting.key] = setting.write(value)
    return query


def read(section: type[Kind], left: dict[str, str]) -> Kind:
    """The section that a link's keys and texts stand for; takes what it uses out of `left`."""
    values: dict[str, object] = {name: read(inner, left) for name, inner in sections_of(section).items()}
    values |= _parse_fields(section, left)
    for name, setting in settings_of(section).items():
        if isinstance(setting, OptionsSetting):
            chosen = section(**values)
            allowed = setting.settings(chosen)
            taken = {option: entry for option, entry in allowed.items() if entry.key in left}
            values[name] = {option: entry.parse(left.pop(entry.key)) for option, entry in taken.items()}
            for key in left:
                if isinstance(key, str) and key.startswith(setting.key + "."):
                    known = ", ".join(entry.key for entry in allowed.values()) or _("no options")
                    raise ExperimentError(
                        _("The link's key {key} is unknown: {name} has {known}.").format(
                            key=shown(key), name=setting.chosen(chosen), known=known
                        )
                    )
    return section(**values)


def _parse_fields(section: type[Section], left: dict[str, str]) -> dict[str, object]:
    """The values of a section's own fields, except options, taken out of `left`."""
    settings = settings_of(section)
    plain = {name: s for name, s in settings.items() if not isinstance(s, OptionsSetting) and s.key in left}
    return {name: setting.parse(left.pop(setting.key)) for name, setting in plain.items()}


def to_json(section: Section) -> str:
    """The whole of it as JSON text, one object for each section within it."""
    return json.dumps({"version": VERSION, **_plain(section)}, indent=2, allow_nan=False)


def _plain(section: Section) -> dict[str, object]:
    settings, values = settings_of(type(section)), {f.name: getattr(section, f.name) for f in fields(section)}
    return {
        name: settings[name].to_plain(value) if name in settings else _plain(value)
        for name, value in values.items()
    }


def from_json(kind: type[Kind], text: str) -> Kind:
    """What a JSON text describes; what it leaves out has its default."""
    if not isinstance(text, str):
        raise ExperimentError(_("JSON cannot be {text}: give text.").format(text=shown(text)))
    what = _("The JSON text")
    tree = _object(read_json(text, what, MAX_JSON), what)
    require_version(tree.pop("version", None), VERSION, _("JSON text"))
    return _build(kind, tree)


def read_json(text: str, what: str, most: int) -> object:
    """The plain values of a text of at most so many characters; what: the words for it that begin a sentence.
    ExperimentError for what is no JSON, or says a thing twice.
    """
    if len(text) > most:
        raise ExperimentError(
            _("{what} is too long: give at most {most} characters.").format(what=what, most=most)
        )
    try:
        tree: object = json.loads(text, object_pairs_hook=_each_once)
    except ExperimentError:
        raise
    except (ValueError, RecursionError) as error:
        problem = (
            _("{what} cannot be read at line {line}, column {column}: export it anew.").format(
                what=what, line=error.lineno, column=error.colno
            )
            if isinstance(error, json.JSONDecodeError)
            else _("{what} cannot be read: export it anew.").format(what=what)
        )
        raise ExperimentError(problem) from error
    return tree


def _each_once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON as a dict; ExperimentError for a name that stands there twice."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ExperimentError(
                _("The JSON text names {name} twice in one place: keep one of them.").format(name=shown(name))
            )
        found[name] = value
    return found


def _build(section: type[Kind], tree: object) -> Kind:
    """A section from plain JSON values."""
    where = section.path or _("The experiment")
    values = _object(tree, where)
    known = [f.name for f in fields(section)]
    for name in values:
        if name not in known:
            raise ExperimentError(
                _("{where} has no field {name}: use {known}.").format(
                    where=where, name=shown(name), known=", ".join(known)
                )
            )
    for name, inner in sections_of(section).items():
        if name in values:
            values[name] = _build(inner, values[name])
    for name, setting in settings_of(section).items():
        if name in values:
            values[name] = setting.from_plain(values[name])
    return section(**values)


def _object(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ExperimentError(
            _("{where} cannot be {value}: give an object with named fields.").format(
                where=where, value=shown(value)
            )
        )
    return dict(value)


def require_version(given: object, expected: object, what: str) -> None:
    if given == expected and type(given) is type(expected):
        return
    newer = str(given).isdecimal() and len(str(given)) < 9 and int(str(given)) > VERSION
    if newer:
        raise ExperimentError(
            _(
                "The {what} is of version {given}, from a newer playground: update this one (version "
                "{version})."
            ).format(what=what, given=given, version=VERSION)
        )
    raise ExperimentError(
        _("The {what}'s version (v) cannot be {given}: only {version} is known here.").format(
            what=what, given=shown(given), version=VERSION
        )
    )
