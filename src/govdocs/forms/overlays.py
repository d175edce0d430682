"""Overlays: what an office changes in a form, laid over the entries of its file.

An overlay adds rows, columns, wordings, relations, terms of relations and prose rules, sets another
deadline, or gives a rule another severity. It never takes anything of the form away.
"""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from govdocs.errors import Problem

_REPLACED = ("id", "title", "years", "source", "deadline", "jump", "sections", "blanks", "facts")
_ADDED = ("relation", "prose")


def lay_over(entries: dict[str, Any], overlay: Mapping[str, Any]) -> list[Problem]:
    """Lay ``overlay`` over ``entries``, in place, and return what finds no place in them."""
    entries["extended"] = [*entries.get("extended", []), entries["id"]]
    entries.update({name: overlay[name] for name in _REPLACED if name in overlay})
    for name in _ADDED:
        entries[name] = [*entries.get(name, []), *overlay.get(name, [])]
    entries["severity"] = {**entries.get("severity", {}), **overlay.get("severity", {})}
    problems: list[Problem] = []
    for entry in overlay.get("row", []):
        problems += _insert(entries, entry, "rows")
    for entry in overlay.get("column", []):
        problems += _insert(entries, entry, "columns")
    for entry in overlay.get("also", []):
        problems += _add_wordings(entries, entry)
    for entry in overlay.get("extend", []):
        problems += _add_terms(entries, entry)
    return problems


def _insert(entries: Mapping[str, Any], entry: dict[str, Any], axis: str) -> Iterator[Problem]:
    tables = {table["key"]: table for table in entries["table"]}
    table = tables.get(entry["table"])
    if table is None:
        yield _stranger(entry, "table", list(tables))
        return
    heading = {name: value for name, value in entry.items() if name not in {"table", "after"}}
    if "after" not in entry:
        table["block"][-1][axis].append(heading)
        return
    lists = [block[axis] for block in table["block"]]
    keys = [str(one["key"]) for headings in lists for one in headings if "key" in one]
    if entry["after"] not in keys:
        yield _stranger(entry, "after", keys)
    for headings in lists:
        for at, one in enumerate(headings):
            if one.get("key") == entry["after"]:
                headings.insert(at + 1, heading)
                return


def _add_wordings(entries: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Give every row and column with a key more wordings for its label."""
    headings = [
        one
        for table in entries["table"]
        if table["key"] == entry["table"]
        for block in table["block"]
        for one in (*block["rows"], *block["columns"])
        if "key" in one
    ]
    if not headings:
        yield _stranger(entry, "table", [table["key"] for table in entries["table"]])
    elif all(one["key"] != entry["key"] for one in headings):
        yield _stranger(entry, "key", [one["key"] for one in headings])
    for one in headings:
        if one["key"] == entry["key"]:
            one["also"] = [*one.get("also", []), *entry["labels"]]


def _add_terms(entries: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Give every relation with a code more terms: the sum of an added row."""
    relations = [one for one in entries["relation"] if one["code"] == entry["relation"]]
    if not relations:
        yield _stranger(entry, "relation", [one["code"] for one in entries["relation"]])
    for one in relations:
        for side in ("left", "right"):
            one[side] = [*one[side], *entry.get(side, [])]


def _stranger(entry: Mapping[str, Any], name: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(entry[name], known, 3) or known[:3]
    fields = {"name": name, "value": entry[name], "near": near}
    return Problem("form.overlay_place", (entry["@"](),), fields)
