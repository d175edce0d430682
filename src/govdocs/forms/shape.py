"""What may stand in a form file, section by section, and whether a file keeps to it.

The tables below are the grammar of a form file; docs/reference/form-files.md says the same in
words. This module looks at names and kinds only: whether a relation names a figure that exists is
seen in :mod:`govdocs.forms.assembly`.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from govdocs.errors import Place, Problem

Path = tuple[str | int, ...]
"""Where an entry stands: ``("table", 0, "block", 1, "rows", 4)``."""

Locate = Callable[[Path], Place]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry may be.

    Attributes:
        kind: ``text``, ``whole``, ``number``, ``flag``, ``texts``, ``wholes``, ``section``,
            ``sections`` or ``choices`` (names to a text).
        of: for sections, what stands in each.
        choices: for texts, the only ones that may be.
    """

    kind: str
    required: bool = False
    of: Mapping[str, "Entry"] = field(default_factory=dict)
    choices: tuple[str, ...] = ()


SEVERITIES = ("error", "warning", "note")
RELATION_KINDS = ("equal", "at_most", "implies", "near")
PROSE_KINDS = ("figure", "zero", "silent", "pattern", "section")
TYPES = ("count", "amount", "change")

_NOTE = Entry("section", of={"zh": Entry("text", True), "en": Entry("text", True)})
_SEVERITY = Entry("text", True, choices=SEVERITIES)

_HEADING = {
    "key": Entry("text"),
    "label": Entry("text", True),
    "level": Entry("whole"),
    "unit": Entry("text"),
    "type": Entry("text", choices=TYPES),
    "also": Entry("texts"),
    "unit_in_cell": Entry("flag"),
}
_BLOCK = {
    "head": Entry("text"),
    "columns": Entry("sections", True, of=_HEADING),
    "rows": Entry("sections", True, of=_HEADING),
}
_TABLE = {
    "key": Entry("text", True),
    "title": Entry("text", True),
    "path": Entry("text", True),
    "row_head": Entry("text"),
    "unit_head": Entry("text"),
    "unit": Entry("text"),
    "block": Entry("sections", True, of=_BLOCK),
}
_RELATION = {
    "code": Entry("text", True),
    "kind": Entry("text", True, choices=RELATION_KINDS),
    "along": Entry("text"),
    "each": Entry("texts"),
    "left": Entry("texts", True),
    "right": Entry("texts", True),
    "called": Entry("text"),
    "within": Entry("number"),
    "slack": Entry("whole"),
    "severity": _SEVERITY,
    "source": Entry("text", True),
    "note": _NOTE,
}
PROSE = {
    "code": Entry("text", True),
    "kind": Entry("text", True, choices=PROSE_KINDS),
    "pattern": Entry("text", True),
    "unless": Entry("text"),
    "keys": Entry("texts"),
    "section": Entry("text"),
    "severity": _SEVERITY,
    "source": Entry("text", True),
    "says": _NOTE,
}
_DEADLINE = {
    "department": Entry("text", True),
    "government": Entry("text", True),
    "source": Entry("text", True),
}
_JUMP = {
    "factor": Entry("number", True),
    "least": Entry("number", True),
    "severity": _SEVERITY,
    "source": Entry("text", True),
}
_SHARED = {
    "relation": Entry("sections", of=_RELATION),
    "prose": Entry("sections", of=PROSE),
    "deadline": Entry("section", of=_DEADLINE),
    "jump": Entry("section", of=_JUMP),
    "sections": Entry("texts"),
    "blanks": Entry("texts"),
    "facts": Entry("texts"),
}
FORM = {
    "id": Entry("text", True),
    "title": Entry("text", True),
    "years": Entry("wholes", True),
    "source": Entry("text", True),
    "table": Entry("sections", True, of=_TABLE),
    **_SHARED,
}
_WHERE = {"table": Entry("text", True), "after": Entry("text")}
_EXTEND = {
    "relation": Entry("text", True),
    "left": Entry("texts"),
    "right": Entry("texts"),
}
_ALSO = {
    "table": Entry("text", True),
    "key": Entry("text", True),
    "labels": Entry("texts", True),
}
OVERLAY = {
    "extends": Entry("text", True),
    "id": Entry("text"),
    "title": Entry("text"),
    "years": Entry("wholes"),
    "source": Entry("text"),
    "row": Entry("sections", of=_HEADING | _WHERE | {"key": Entry("text", True)}),
    "column": Entry("sections", of=_HEADING | _WHERE | {"key": Entry("text", True)}),
    "extend": Entry("sections", of=_EXTEND),
    "also": Entry("sections", of=_ALSO),
    "severity": Entry("choices", choices=SEVERITIES),
    **_SHARED,
}


def check_shape(
    document: Mapping[str, Any], grammar: Mapping[str, Entry], locate: Locate, path: Path = ()
) -> Iterator[Problem]:
    """Go through everything in ``document`` that ``grammar`` does not allow."""
    for name, value in document.items():
        here = (*path, name)
        if name not in grammar:
            yield _unknown(name, grammar, locate(here))
        else:
            yield from _check_entry(value, grammar[name], locate, here)
    for name, entry in grammar.items():
        if entry.required and name not in document:
            yield Problem("form.entry_missing", (locate(path),), {"name": name})


def _unknown(name: str, grammar: Mapping[str, Entry], place: Place) -> Problem:
    near = difflib.get_close_matches(name, grammar, 3)
    return Problem("form.entry_unknown", (place,), {"name": name, "near": near or list(grammar)})


def _check_entry(value: object, entry: Entry, locate: Locate, path: Path) -> Iterator[Problem]:
    if not _KINDS[entry.kind](value):
        fields = {"name": path[-1], "kind": entry.kind, "value": repr(value)}
        yield Problem("form.entry_kind", (locate(path),), fields)
    elif entry.kind == "section" and isinstance(value, Mapping):
        yield from check_shape(value, entry.of, locate, path)
    elif entry.kind == "sections" and isinstance(value, list):
        for number, item in enumerate(value):
            yield from check_shape(item, entry.of, locate, (*path, number))
    elif entry.choices:
        yield from _check_choice(value, entry, locate(path), path[-1])


def _check_choice(value: object, entry: Entry, place: Place, name: str | int) -> Iterator[Problem]:
    chosen = value.values() if isinstance(value, Mapping) else [value]
    for one in chosen:
        if one not in entry.choices:
            fields = {"name": name, "value": one, "choices": list(entry.choices)}
            yield Problem("form.entry_choice", (place,), fields)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_list_of(kind: type) -> Callable[[object], bool]:
    return lambda value: (
        isinstance(value, list)
        and all(isinstance(one, kind) and not isinstance(one, bool) for one in value)
    )


_KINDS: Mapping[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str),
    "whole": _is_whole,
    "number": lambda value: _is_whole(value) or isinstance(value, float),
    "flag": lambda value: isinstance(value, bool),
    "texts": _is_list_of(str),
    "wholes": _is_list_of(int),
    "section": lambda value: isinstance(value, Mapping),
    "sections": _is_list_of(dict),
    "choices": lambda value: isinstance(value, Mapping),
}
