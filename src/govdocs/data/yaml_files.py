"""YAML data files, read from the parser's events, so that every value knows its line.

PyYAML reads the syntax; what words mean is said by ``scalars`` (docs/decisions/0004-yaml.md). No
tag of a program is obeyed, nothing is nested deeper than a hundred levels, and aliases cannot
multiply a small file into a large dict.
"""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from govdocs.data.scalars import ScalarError, parse_span, parse_time, plain_value
from govdocs.data.texts import DataText, line_place
from govdocs.data.yaml_faults import syntax_fault, uses_wide_colon
from govdocs.errors import DataError, Place, Problem

MAX_DEPTH = 100
"""Levels of lists and mappings; no form has ten."""

MAX_GROWTH = 10
SMALL = 100_000
"""Aliases may make a dict of this many values, or ten times what the file holds."""

MAX_FAULTS = 50

_TAG = "tag:yaml.org,2002:"
_PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the same parser, in C where built
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TYPES: Mapping[str, tuple[type, ...]] = {
    f"{_TAG}int": (int,),
    f"{_TAG}float": (Decimal, int),
    f"{_TAG}bool": (bool,),
    f"{_TAG}null": (type(None),),
    f"{_TAG}timestamp": (date,),
}
_OWN_TAGS: Mapping[str, Callable[[str], Any]] = {
    f"{_TAG}str": str,
    "!": str,
    "!time": parse_time,
    "!duration": parse_span,
}


def read_yaml(text: DataText) -> dict[str, Any]:
    """Read a YAML data file.

    Raises:
        DataError: ``data_file.*``, all faults with line and column.
    """
    if found := _CONTROL.search(text.content):
        fields = {"character": f"U+{ord(found[0]):04X}"}
        raise DataError.of("data_file.control_character", text.place(found.start()), fields=fields)
    reader = _Reader(text)
    try:
        for event in yaml.parse(text.content, Loader=_PARSER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        reader.faults.append(syntax_fault(text, error))
    except _EnoughError:
        pass
    if reader.faults:
        raise DataError(reader.faults)
    return reader.result()


class _EnoughError(Exception):
    """Stops reading: what follows cannot be understood, or faults are enough."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being read."""

    is_map: bool
    line: int
    anchor: str | None
    made_before: int
    items: list[Any] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    merged: list[dict[str, Any]] = field(default_factory=list)
    key: str | None = None
    is_merge: bool = False

    def value(self) -> Any:
        """Return what was read; what is merged in gives way to what is written here."""
        if not self.is_map:
            return self.items
        inherited: dict[str, Any] = {}
        for one in self.merged:
            inherited = {**one, **inherited}
        return {**inherited, **self.values}


class _Reader:
    """Builds the dict from events. It keeps a stack instead of calling itself."""

    def __init__(self, text: DataText) -> None:
        self.text = text
        self.faults: list[Problem] = []
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._made = 0
        self._written = 0
        self._documents = 0
        self._root: Any = None
        self._root_line = 1

    def result(self) -> dict[str, Any]:
        """Return the dict.

        Raises:
            DataError: the file is empty or holds something else.
        """
        if isinstance(self._root, dict):
            return self._root
        if self._root is None:
            raise DataError.of("data_file.empty", Place(self.text.file))
        place = line_place(self.text.file, self._root_line)
        wide = isinstance(self._root, str) and uses_wide_colon(self.text.line(self._root_line))
        raise DataError.of("data_file.wide_colon" if wide else "data_file.not_a_mapping", place)

    def take(self, event: Any) -> None:
        """Take the next event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._count(1, written=1)
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._count(1, written=1)
            self._start(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fault("many_documents", event)
                raise _EnoughError

    def _scalar(self, event: Any) -> None:
        frame = self._frames[-1] if self._frames else None
        if frame and frame.is_map and frame.key is None:
            self._key(frame, event)
            return
        value = self._value(event)
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        self._put(value, event)

    def _key(self, frame: _Frame, event: Any) -> None:
        key = event.value
        frame.is_merge = key == "<<" and event.implicit[0]
        frame.key = key
        if event.anchor:
            self._anchors[event.anchor] = (key, 1)
        if not key:
            self._fault("empty_key", event)
        elif key in frame.lines:
            first = line_place(self.text.file, frame.lines[key], key=self._path())
            self._fault("duplicate_key", event, before=first, key=key, line=frame.lines[key])
        elif not frame.is_merge:
            frame.lines[key] = event.start_mark.line + 1

    def _value(self, event: Any) -> Any:
        try:
            return _scalar_value(event)
        except ScalarError as error:
            self._fault(error.code, event, value=event.value[:40], tag=_short(event.tag))
            return None

    def _start(self, event: Any) -> None:
        if len(self._frames) >= MAX_DEPTH:
            self._fault("too_deep", event, with_key=False)
            raise _EnoughError
        is_map = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, "!", f"{_TAG}{'map' if is_map else 'seq'}"):
            self._fault("tag", event, tag=_short(event.tag))
        frame = self._frames[-1] if self._frames else None
        if frame and frame.is_map and frame.key is None:
            self._fault("key_not_text", event)
            raise _EnoughError
        line = event.start_mark.line + 1
        self._frames.append(_Frame(is_map, line, event.anchor, self._made))

    def _end(self, event: Any) -> None:
        frame = self._frames.pop()
        value = frame.value()
        if frame.anchor:
            self._anchors[frame.anchor] = (value, self._made - frame.made_before + 1)
        self._put(value, event, frame.line)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            self._fault("unknown_alias", event, alias=event.anchor)
            raise _EnoughError
        value, weight = self._anchors[event.anchor]
        self._count(weight, event=event)
        frame = self._frames[-1] if self._frames else None
        if frame and frame.is_map and frame.key is None:
            self._fault("key_not_text", event)
            raise _EnoughError
        self._put(deepcopy(value), event)

    def _put(self, value: Any, event: Any, line: int | None = None) -> None:
        """Put a value where it belongs: into the list, under the key, or at the root."""
        if not self._frames:
            self._root, self._root_line = value, line or event.start_mark.line + 1
            return
        frame = self._frames[-1]
        if not frame.is_map:
            frame.items.append(value)
            return
        if frame.is_merge:
            self._merge(frame, value, event)
        elif frame.key is not None:
            frame.values.setdefault(frame.key, value)
        frame.key, frame.is_merge = None, False

    def _merge(self, frame: _Frame, value: Any, event: Any) -> None:
        several = value if isinstance(value, list) else [value]
        if all(isinstance(one, dict) for one in several):
            frame.merged += several
        else:
            self._fault("merge", event)

    def _count(self, made: int, *, written: int = 0, event: Any = None) -> None:
        self._made += made
        self._written += written
        if event is not None and self._made > max(SMALL, MAX_GROWTH * self._written):
            self._fault("alias_bomb", event, alias=event.anchor)
            raise _EnoughError

    def _path(self) -> str:
        """Name the value that is being read: ``rows[0].name``."""
        path = ""
        for frame in self._frames:
            if not frame.is_map:
                path += f"[{len(frame.items)}]"
            elif frame.key is not None:
                path += f".{frame.key}" if path else frame.key
        return path

    def _fault(
        self,
        name: str,
        event: Any,
        *,
        before: Place | None = None,
        with_key: bool = True,
        **fields: Any,
    ) -> None:
        mark = event.start_mark
        path = self._path() if with_key else ""
        place = line_place(self.text.file, mark.line + 1, mark.column + 1, path)
        places = (place,) if before is None else (before, place)
        self.faults.append(Problem(f"data_file.{name}", places, fields))
        if len(self.faults) >= MAX_FAULTS:
            raise _EnoughError


def _short(tag: str | None) -> str:
    return (tag or "").replace(_TAG, "!!")


def _scalar_value(event: Any) -> Any:
    """Tell what a scalar means, by its tag, its quotes and its word.

    Raises:
        ScalarError: the tag is unknown or does not fit, or the word would be misread.
    """
    if event.tag is None or (event.tag == "!" and event.implicit[0]):
        return plain_value(event.value) if event.implicit[0] else event.value
    if event.tag in _OWN_TAGS:
        return _OWN_TAGS[event.tag](event.value)
    if event.tag not in _TYPES:
        raise ScalarError("tag")
    value = plain_value(event.value)
    if not isinstance(value, _TYPES[event.tag]):
        raise ScalarError("tag_does_not_fit")
    return value
