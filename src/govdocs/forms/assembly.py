"""From the entries of form files to a Form: headings get their paths, relations are written out.

Here is seen what the shape of an entry cannot show: keys that stand twice, relations that name a
figure which the form does not have, patterns that cannot be read. All of it is said at once.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from govdocs.errors import Problem
from govdocs.errors.catalogue import load
from govdocs.forms.figures import Block, Figure, Heading, Table, list_figures
from govdocs.forms.form import Deadline, Form, Jump
from govdocs.forms.naming import name_figures
from govdocs.forms.prose.rules import compile_pattern, parse_rule
from govdocs.forms.relations import Relation, parse_term, write_out

Entries = Mapping[str, Any]


def assemble(
    entries: Entries, shared_prose: Sequence[Entries]
) -> tuple[Form | None, list[Problem]]:
    """Make the form that ``entries`` describe; None beside the problems when there are any."""
    tables = tuple(_table(entry) for entry in entries["table"])
    blanks = tuple(entries.get("blanks", ("", "/", "——")))
    figures = tuple(one for table in tables for one in list_figures(table, blanks))
    problems = [*_check_tables(entries), *_check_keys(entries, figures)]
    prose = [*shared_prose, *entries.get("prose", [])]
    problems += _check_terms(entries, tables, figures)
    problems += _check_prose(prose, figures)
    problems += _check_facts(entries, prose)
    if problems:
        return None, problems
    return _form(entries, tables, figures, prose), []


def _form(
    entries: Entries,
    tables: tuple[Table, ...],
    figures: tuple[Figure, ...],
    prose: Sequence[Entries],
) -> Form:
    years = entries["years"]
    return Form(
        id=entries["id"],
        title=entries["title"],
        first_year=years[0],
        last_year=years[1] if len(years) > 1 else None,
        source=entries["source"],
        tables=tables,
        figures=figures,
        relations=tuple(_relations(entries, tables)),
        prose=tuple(parse_rule(_bare(entry)) for entry in prose),
        sections=tuple(entries.get("sections", ())),
        facts=tuple(entries.get("facts", ())),
        deadline=Deadline(**_bare(entries["deadline"])) if "deadline" in entries else None,
        jump=_jump(entries["jump"]) if "jump" in entries else None,
        severities=_bare(entries.get("severity", {})),
        by_key={figure.key: figure for figure in figures},
        heads=frozenset(_heads(figures)),
        names=name_figures(figures),
        extends=tuple(entries.get("extended", ())),
    )


def _heads(figures: Iterable[Figure]) -> Iterator[str]:
    for figure in figures:
        for depth in range(1, len(figure.steps)):
            yield ".".join(figure.steps[:depth])


def _jump(entry: Entries) -> Jump:
    return Jump(
        factor=Decimal(repr(entry["factor"])),
        least=Decimal(repr(entry["least"])),
        severity=entry["severity"],
        source=entry["source"],
    )


def _bare(entry: Entries) -> dict[str, Any]:
    """Copy an entry without the mark that tells its place, at every depth."""
    return {
        name: _bare(value) if isinstance(value, Mapping) else value
        for name, value in entry.items()
        if name != "@"
    }


def _relations(entries: Entries, tables: Iterable[Table]) -> Iterator[Relation]:
    by_key = {table.key: table for table in tables}
    for entry in entries.get("relation", []):
        yield from write_out(_bare(entry), by_key)


# Tables and their headings


def _table(entry: Entries) -> Table:
    return Table(
        key=entry["key"],
        title=entry["title"],
        path=entry["path"],
        blocks=tuple(
            Block(_headings(block["rows"]), _headings(block["columns"]), block.get("head", ""))
            for block in entry["block"]
        ),
        row_head=entry.get("row_head", ""),
        unit_head=entry.get("unit_head", ""),
        unit=entry.get("unit", ""),
    )


def _headings(entries: Sequence[Entries]) -> tuple[Heading, ...]:
    above: list[str] = []
    headings = []
    for entry in entries:
        level = entry.get("level", 1)
        above[level - 1 :] = [entry["label"]]
        headings.append(
            Heading(
                key=entry.get("key"),
                label=entry["label"],
                level=level,
                path=tuple(above),
                unit=entry.get("unit", ""),
                type=entry.get("type"),
                also=tuple(entry.get("also", ())),
                unit_in_cell=entry.get("unit_in_cell", False),
            )
        )
    return tuple(headings)


def _check_tables(entries: Entries) -> Iterator[Problem]:
    seen: set[str] = set()
    for table in entries["table"]:
        if table["key"] in seen:
            yield _problem("form.key_twice", table, key=table["key"])
        seen.add(table["key"])
        if "{row}" not in table["path"] and "{column}" not in table["path"]:
            yield _problem("form.path", table, path=table["path"])
        for block in table["block"]:
            yield from _check_levels(block["rows"])
            yield from _check_levels(block["columns"])


def _check_levels(headings: Sequence[Entries]) -> Iterator[Problem]:
    above = 0
    for heading in headings:
        level = heading.get("level", 1)
        if not 1 <= level <= above + 1:
            yield _problem("form.level", heading, level=level, label=heading["label"])
        above = level


def _check_keys(entries: Entries, figures: Sequence[Figure]) -> Iterator[Problem]:
    keys = [figure.key for figure in figures]
    inner = set(_heads(figures))
    seen: set[str] = set()
    for figure in figures:
        if figure.key in seen or figure.key in inner:
            yield _problem("form.key_twice", _entry_of(entries, figure), key=figure.key)
        if not all(step.isidentifier() for step in figure.steps):
            yield _problem("form.key", _entry_of(entries, figure), key=figure.key)
        seen.add(figure.key)
    if not keys:
        yield _problem("form.no_figures", entries["table"][0])


def _entry_of(entries: Entries, figure: Figure) -> Entries:
    """Find the last heading that stands for a figure: its row, or its column where that is bare."""
    table = next(one for one in entries["table"] if one["key"] == figure.table)
    axis, key = ("rows", figure.row) if figure.row else ("columns", figure.column)
    found = [one for block in table["block"] for one in block[axis] if one.get("key") == key]
    return found[-1]  # type: ignore[no-any-return]


# Relations and prose rules


def _check_terms(
    entries: Entries, tables: Iterable[Table], figures: Iterable[Figure]
) -> Iterator[Problem]:
    by_key = {table.key: table for table in tables}
    known = {figure.key for figure in figures}
    for entry in entries.get("relation", []):
        name, _, axis = entry.get("along", "").partition(".")
        if name and (name not in by_key or axis not in {"columns", "rows"}):
            along = [f"{key}.{one}" for key in by_key for one in ("columns", "rows")]
            yield _stranger("form.along", entry, entry["along"], along)
        elif not (entry["left"] and entry["right"]):
            yield _problem("form.side_empty", entry, code=entry["code"])
        else:
            yield from _check_keys_of(entry, by_key, known)


def _check_keys_of(
    entry: Entries, tables: Mapping[str, Table], known: set[str]
) -> Iterator[Problem]:
    said: set[str] = set()
    for relation in write_out(_bare(entry), tables):
        for term in relation.terms:
            if term.book != "dict" and term.key not in known | said:
                said.add(term.key)
                yield _stranger("form.unknown_figure", entry, term.key, sorted(known))


def _check_prose(rules: Iterable[Entries], figures: Iterable[Figure]) -> Iterator[Problem]:
    known = {figure.key for figure in figures}
    for entry in rules:
        for name in ("pattern", "unless"):
            try:
                compile_pattern(entry.get(name, ""))
            except re.error as fault:
                yield _problem("form.pattern", entry, name=name, reason=str(fault))
        for key in entry.get("keys", []):
            if parse_term(key).key not in known:
                yield _stranger("form.unknown_figure", entry, key, sorted(known))


def _check_facts(entries: Entries, prose: Iterable[Entries]) -> Iterator[Problem]:
    years = entries["years"]
    if len(years) not in {1, 2} or sorted(years) != years:
        yield Problem("form.years", (entries["@"](("years",)),), {"years": str(years)})
    for name in ("department", "government"):
        day = entries.get("deadline", {}).get(name, "01-01")
        if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", day):
            yield _problem("form.month_day", entries["deadline"], name=name, value=day)
    codes = {entry["code"] for entry in [*entries.get("relation", []), *prose]}
    codes |= {f"form.{name}" for name in load("form")}
    for code in _bare(entries.get("severity", {})):
        if code not in codes:
            yield _stranger("form.unknown_code", entries["severity"], code, sorted(codes))


def _problem(sentence: str, entry: Entries, /, **fields: object) -> Problem:
    return Problem(sentence, (entry["@"](),), fields)


def _stranger(name: str, entry: Entries, value: str, known: Sequence[str]) -> Problem:
    near = difflib.get_close_matches(value, known, 3) or list(known[:3])
    return _problem(name, entry, value=value, near=near)
