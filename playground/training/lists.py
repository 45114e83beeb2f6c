"""ListSetting: a field that holds several items, each a section of its own and of one of several kinds.

    class Conv(Section, path="network.layers", form="conv-{filters}-{size}x{size}[-{activation}]"): ...

    layers = declare(ListSetting(kinds={"dense": Dense, "conv": Conv}, item="layer", items="layers", ...))

gives the paths network.layers.0.filters and so on, and in a link `conv-8-3x3~16-tanh` (`none` for no items).

A form is the text that stands for one item. {name} is a field; of one that is named twice both texts are
equal. What stands in brackets is left out where its field has the default; in them a flag stands as its own
name: `[-{residual}]` is `-residual`, or nothing. In JSON an item is an object with its fields, and its "kind"
unless that is the list's first.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from playground.text import _, either
from playground.training.settings import (
    BoolSetting,
    ChoiceSetting,
    ExperimentError,
    IntSetting,
    Section,
    Setting,
    Value,
    settings_of,
    shown,
)

PIECE = re.compile(r"([^{]*)(?:\{(\w+)\}|$)")  # what stands before a field, and the field's name


class Form:
    """How a link writes and reads an item of one kind. TypeError if it would not be exact both ways."""

    def __init__(self, section: type[Section]) -> None:
        self._settings = settings_of(section)
        self._flags = [name for name, s in self._settings.items() if isinstance(s, BoolSetting)]
        pieces = re.findall(r"\[[^][]*\]|[^][]+", section.form)
        self._pieces = [(text[0] == "[", PIECE.findall(text.strip("[]"))) for text in pieces]
        named = {name for _, piece in self._pieces for _, name in piece if name}
        if named != set(self._settings):
            raise TypeError(
                f"The form {section.form!r} of {section.__name__} must name each of its fields: "
                f"{', '.join(self._settings)}."
            )
        self._pattern = re.compile("".join(self._piece_pattern(*piece) for piece in self._pieces))

    def write(self, item: Section) -> str:
        """The text of an item."""
        text = ""
        for optional, piece in self._pieces:
            values = {name: getattr(item, name) for _, name in piece if name}
            if not optional or any(value != self._settings[name].default for name, value in values.items()):
                text += "".join(literal + self._text(name, values.get(name)) for literal, name in piece)
        return text

    def _text(self, name: str, value: object) -> str:
        return name if not name or name in self._flags else self._settings[name].write(value)

    def read(self, text: str) -> dict[str, str] | None:
        """The texts of the fields that a text names, unchecked; None if it has another form."""
        found = self._pattern.fullmatch(text)
        if not found:
            return None
        texts = {name: part for name, part in found.groupdict().items() if part is not None}
        return texts | {name: "true" for name in self._flags if name in texts}

    def _piece_pattern(self, optional: bool, piece: list[tuple[str, str]]) -> str:
        pattern = ""
        for k, (literal, name) in enumerate(piece):
            again = any(name == before for _, before in piece[:k])
            field = f"(?P={name})" if again else f"(?P<{name}>{self._field(name, optional)})" if name else ""
            pattern += re.escape(literal) + field
        return f"(?:{pattern})?" if optional else pattern

    def _field(self, name: str, optional: bool) -> str:
        """How the text of a field may look."""
        setting = self._settings[name]
        if name in self._flags:
            if optional and setting.default is False:
                return name
            raise TypeError(f"The flag {name} must stand in brackets in a form, and be off by default.")
        if not setting.pattern:
            raise TypeError(f"A form cannot hold {name}: no value of the kind {setting.kind} stands there.")
        if isinstance(setting, IntSetting) and setting.low < 0:
            raise TypeError(f"A form cannot hold {name}: a whole number in it has no sign.")
        if isinstance(setting, ChoiceSetting):
            unfit = [word for word in setting.choices if not re.fullmatch(setting.pattern, word)]
            if unfit or set(setting.choices) & set(self._flags):
                raise TypeError(f"A form cannot hold {name}: its choices must be words of a-z, 0-9 and _.")
            if optional:  # a flag or a number that comes later in the form is no choice
                flags = "".join(rf"(?!{flag}\b)" for flag in self._flags)
                return rf"{flags}(?:(?:{'|'.join(setting.choices)})\b|[a-z_]+)"
        return setting.pattern


_FORMS: dict[type[Section], Form] = {}


def form_of(section: type[Section]) -> Form:
    """The form that a class of items declares."""
    if section not in _FORMS:
        _FORMS[section] = Form(section)
    return _FORMS[section]


@dataclass(frozen=True, kw_only=True)
class ListSetting(Setting):
    """From `low` to `high` items. kinds: the classes they may be of; the first is the usual one. item, items:
    what an error calls one and several of them. here: what this list knows better than its items about some
    of their fields. examples: the items that an error names, or else one of each kind.
    """

    kind = "list"

    low: int
    high: int

    kinds: Mapping[str, type[Section]]
    item: str
    items: str
    here: Mapping[str, Setting] = field(default_factory=dict)
    examples: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        for name, section in self.kinds.items():
            example = form_of(section).write(section())
            for other, kind in self.kinds.items():
                if other != name and form_of(kind).read(example) is not None:
                    raise TypeError(
                        f"A link cannot tell {name} from {other}: the form of both fits {example!r}."
                    )

    def check(self, value: object, owner: object = None) -> tuple[Section, ...]:
        if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
            items = tuple(value)
            known = all(type(item) in self.kinds.values() for item in items)
            if known and self.low <= len(items) <= self.high:
                return tuple(self._checked_here(item) for item in items)
        examples = self.examples or [kind() for kind in self.kinds.values()]
        *others, last = (form_of(type(item)).write(item) for item in examples)
        such = either([", ".join(others), last]) if others else last
        raise self.error(
            value,
            _("give {low} to {high} {items} such as {such}").format(
                low=self.low, high=self.high, items=self.items, such=such
            ),
        )

    def _checked_here(self, item: Section) -> Section:
        if not self.here:
            return item
        values = {name: setting.check(getattr(item, name), item) for name, setting in self.here.items()}
        return replace(item, **values)

    def write(self, value: tuple[Section, ...]) -> str:
        return "~".join(form_of(type(item)).write(item) for item in value) or "none"

    def read(self, text: str) -> str | tuple[Section, ...]:
        if text == "none" and not self.low:
            return ()
        found = [self._told(part) for part in text.split("~")]
        told = [each for each in found if each]
        if len(told) < len(found):
            return text
        return tuple(self._item(i, kind, texts, Setting.parse) for i, (kind, texts) in enumerate(told))

    def _told(self, text: str) -> tuple[str, dict[str, str]] | None:
        """The kind of an item and the texts of its fields."""
        for kind, section in self.kinds.items():
            texts = form_of(section).read(text)
            if texts is not None:
                return kind, texts
        return None

    def to_plain(self, value: tuple[Section, ...]) -> list[dict[str, object]]:
        kinds: list[dict[str, object]] = [
            {} if kind == self._usual else {"kind": kind} for kind in self.kinds_of(value)
        ]
        return [kind | _plain_fields(item) for kind, item in zip(kinds, value, strict=True)]

    @property
    def _usual(self) -> str:
        return next(iter(self.kinds))

    def from_plain(self, value: object) -> tuple[Section, ...]:
        """The items of JSON's [{"units": 8, ...}, ...]."""
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.error(value, _("give a list with an object for each {item}").format(item=self.item))
        items = []
        for i, entry in enumerate(value):
            given = dict(entry)
            kind = given.pop("kind", self._usual) if len(self.kinds) > 1 else self._usual
            items.append(self._item(i, kind, given, _from_plain))
        return self.check(items)

    def _item(
        self,
        index: int,
        kind: object,
        given: Mapping[str, object],
        read: Callable[[Setting, object, object], Value],
    ) -> Section:
        """An item from what is given of its fields; the others have their defaults."""
        try:
            if not isinstance(kind, str) or kind not in self.kinds:
                allowed = ", ".join(self.kinds)
                raise ExperimentError(
                    _("{path}.kind cannot be {kind}: choose one of {allowed}.").format(
                        path=self.path, kind=shown(kind), allowed=allowed
                    )
                )
            section, settings = self.kinds[kind], self._settings(self.kinds[kind])
            for name in given:
                if name not in settings:
                    known = ", ".join(settings)
                    raise ExperimentError(
                        _("{path} has no {name}: use {known}.").format(
                            path=self.path, name=shown(name), known=known
                        )
                    )
            follows = {name for name in given if settings[name].follows}
            item = section(
                **{name: read(settings[name], given[name], None) for name in given if name not in follows}
            )
            followers = {name: read(settings[name], given[name], item) for name in follows}
            return replace(item, **followers) if followers else item
        except ExperimentError as error:
            raise ExperimentError(
                _("In {item} {index}, {error}").format(item=self.item, index=index + 1, error=error)
            ) from error

    def _settings(self, section: type[Section], at: str = "") -> dict[str, Setting]:
        """{name: Setting} of a kind's fields as they are in this list; at: the number of the item."""
        if not at and not self.here and section.path == self.path:
            return settings_of(section)
        place = f"{self.path}.{at}" if at else self.path
        found = {**settings_of(section), **self.here}
        return {name: replace(found[name], path=f"{place}.{name}") for name in settings_of(section)}

    def kinds_of(self, value: object) -> list[str]:
        """The name of each item's kind."""
        names = {section: name for name, section in self.kinds.items()}
        return [names[type(item)] for item in self.check(value)]

    def parts(self, value: tuple[Section, ...], owner: object = None) -> dict[str, Setting]:
        found: dict[str, Setting] = {}
        for i, item in enumerate(value):
            for name, setting in self._settings(type(item), str(i)).items():
                found[f"{i}.{name}"] = setting
                within = setting.parts(getattr(item, name), item)
                found |= {f"{i}.{name}.{rest}": part for rest, part in within.items()}
        return found

    def part(self, value: tuple[Section, ...], rest: str, owner: object = None) -> Value:
        item, name, within = self._at(value, rest)
        got = getattr(item, name)
        return self._settings(type(item))[name].part(got, within, item) if within else got

    def with_part(
        self, value: tuple[Section, ...], rest: str, new: object, owner: object = None
    ) -> tuple[Section, ...]:
        item, name, within = self._at(value, rest)
        setting = self._settings(type(item))[name]
        new = (
            setting.with_part(getattr(item, name), within, new, item) if within else setting.check(new, item)
        )
        index = int(rest.partition(".")[0])
        changed = replace(item, **{**item.following(name, new), name: new})
        return (*value[:index], changed, *value[index + 1 :])

    @staticmethod
    def _at(value: tuple[Section, ...], rest: str) -> tuple[Section, str, str]:
        """The item, its field and what is left of a path."""
        index, name, *within = rest.split(".", 2)
        return value[int(index)], name, "".join(within)


def _plain_fields(item: Section) -> dict[str, object]:
    return {name: s.to_plain(getattr(item, name)) for name, s in settings_of(type(item)).items()}


def _from_plain(setting: Setting, value: object, owner: object) -> Value:
    return setting.check(setting.from_plain(value), owner)
