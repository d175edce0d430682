"""Tagging: an official blank without a single tag becomes a template.

Each figure's cell is found by its labels and gets ``{{ stats.key }}`` in the cell's own format; the
entries around the table get theirs. What is not found, or found twice, is an error, and nothing is
made. A cell with a formula keeps it: the form does its own arithmetic there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govdocs.binding.entries import (
    KEYS,
    YEAR_KEY,
    Entry,
    find_entries,
    keep_gap,
    maybe_bare_entry,
    maybe_title,
)
from govdocs.binding.layouts import Layouts
from govdocs.binding.reading import Reading, read_file, refuse_unfound
from govdocs.binding.tables import Handle, PageTables, SheetTables
from govdocs.errors import Place, Problem
from govdocs.forms import Form
from govdocs.forms.figures import Figure
from govdocs.opc import Package

if TYPE_CHECKING:
    from govdocs.docx.reading.grids import Line
    from govdocs.xlsx.reading.texts import CellText


@dataclass(slots=True)
class Tagging:
    """What was made of a blank.

    Attributes:
        content: the tagged file.
        places: dotted key to the place of its tag.
        notes: what was left or lost: formulas, values that stood in cells.
        replaced: dotted key to the place of a cell in which a value stood.
    """

    content: bytes = b""
    places: dict[str, Place] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    replaced: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a text: what stands from ``start`` to ``end`` becomes ``text``."""

    key: str
    start: int
    end: int
    text: str


def tag_blank(package: Package, layouts: Layouts) -> Tagging:
    """Place the tags of a form into a blank.

    Raises:
        FormError: every label that is not found, or found twice, with its neighbours.
    """
    reading = read_file(package, layouts)
    refuse_unfound(reading)
    tagging = Tagging()
    _note_strangers(reading, tagging)
    if isinstance(reading.tables, PageTables):
        _tag_pages(reading, reading.tables, layouts, tagging)
    elif isinstance(reading.tables, SheetTables):
        _tag_sheets(reading, reading.tables, layouts, tagging)
    if tagging.replaced:
        fields = {"count": len(tagging.replaced)}
        places = tuple(tagging.replaced.values())
        tagging.notes.append(Problem("binding.value_replaced", places, fields, "warning"))
    return tagging


def _tag(key: str) -> str:
    return "{{ " + key + " }}"


def _note_strangers(reading: Reading, tagging: Tagging) -> None:
    for label, spot in reading.layout.matches.strangers:
        fields = {"label": " ".join(label.split())}
        place = reading.tables.place_of(spot)
        tagging.notes.append(Problem("binding.stranger", (place,), fields, "note"))


def _figures(reading: Reading, form: Form) -> Iterator[tuple[Figure, Handle]]:
    for figure in form.figures:
        yield figure, reading.layout.handles[figure.key]


def _text_for(figure: Figure, before: object) -> str:
    """Write the tag of a figure; the unit that the blank has in the cell stays behind it."""
    said = str(before).strip(" \t\u3000_＿0０/／—-") if figure.unit_in_cell else ""
    if said == "元":
        return _tag(figure.address) + said
    return "{{ " + figure.address + " | wan }}" + said if said == "万元" else _tag(figure.address)


# Changes of texts: entries and titles


def _changes(text: str, *, is_line: bool) -> list[Change]:
    """List what is to be changed in a line or a cell, from the end to the beginning."""
    changes = [
        Change(KEYS[one.name], one.start, one.end, _tag(KEYS[one.name]) + _gap(text, one))
        for one in find_entries(text, is_line=is_line)
    ]
    title = maybe_title(text)
    if title is not None:
        changes.append(Change(YEAR_KEY, title.start, title.end, _tag(YEAR_KEY)))
    return sorted(changes, key=lambda one: one.start, reverse=True)


def _gap(text: str, entry: Entry) -> str:
    return keep_gap(text[entry.start : entry.end]) if entry.end < len(text) else ""


def _value_cell(reading: Reading, handle: Handle, text: str) -> tuple[str, Handle] | None:
    """Tell which cell beside a bare label takes its value: key and handle.

    A label with a colon has its value behind the colon, unless an empty cell of a Word table
    waits beside it, or the next label of the same row stands behind such a cell.
    """
    bare = maybe_bare_entry(text)
    key = KEYS[bare[0]] if bare else None
    beside = reading.tables.beside(handle)
    if bare is None or key is None or beside is None:
        return None
    said = reading.tables.value(beside)
    if isinstance(said, str) and (maybe_bare_entry(said) or find_entries(said)):
        return None
    if not bare[1] or isinstance(reading.tables, PageTables) or said != "":
        return key, beside
    following = reading.tables.beside(beside)
    next_one = reading.tables.value(following) if following is not None else ""
    is_label = isinstance(next_one, str) and maybe_bare_entry(next_one) is not None
    return (key, beside) if is_label else None


# Sheets


def _tag_sheets(reading: Reading, tables: SheetTables, layouts: Layouts, tagging: Tagging) -> None:
    from govdocs.xlsx.planting.texts import plant
    from govdocs.xlsx.reading.texts import plain_text

    texts: dict[int, dict[str, CellText]] = {}
    for figure, (number, name) in _figures(reading, layouts.form):
        place = tables.place((number, name), figure.address)
        if tables.sheets[number].has_formula(name):
            fields = {"key": figure.address}
            tagging.notes.append(Problem("binding.formula_kept", (place,), fields, "note"))
            continue
        before = tables.value((number, name))
        _note_replaced(tagging, before, place, figure.address)
        texts.setdefault(number, {})[name] = plain_text(_text_for(figure, before))
        tagging.places[figure.address] = place
    _tag_entry_cells(reading, tables, layouts, tagging, texts)
    draft = reading.package.edit()
    for number, planted in texts.items():
        part = tables.sheets[number].part
        draft.replace(part, plant(reading.package, part, planted))
    tagging.content = draft.to_bytes()


def _tag_entry_cells(
    reading: Reading,
    tables: SheetTables,
    layouts: Layouts,
    tagging: Tagging,
    texts: "dict[int, dict[str, CellText]]",
) -> None:
    from govdocs.xlsx.planting.texts import change_text, read_cell_texts
    from govdocs.xlsx.reading.texts import plain_text

    for handle, text in list(tables.texts(layouts)):
        number, name = handle
        if tables.sheets[number].has_formula(name) or name in texts.get(number, {}):
            continue
        beside = _value_cell(reading, handle, text)
        if beside is not None:
            key, (there, cell) = beside
            texts.setdefault(there, {})[cell] = plain_text(_tag(key))
            tagging.places[key] = tables.place(beside[1], key)
            continue
        changes = _changes(text, is_line=False)
        part = tables.sheets[number].part
        held = read_cell_texts(reading.package, part, frozenset({name})) if changes else {}
        for change in changes:
            held[name] = change_text(held[name], change.start, change.end, change.text)
            tagging.places[change.key] = tables.place(handle, change.key)
        texts.setdefault(number, {}).update(held)


def _note_replaced(tagging: Tagging, before: object, place: Place, key: str) -> None:
    """Remember that a value stood in the cell, unless it is one of the ways to write nothing."""
    if before not in {None, "", 0, "0", "０", "/", "／", "—", "——", "-", "元", "万元"}:
        tagging.replaced[key] = place


# Pages


def _tag_pages(reading: Reading, tables: PageTables, layouts: Layouts, tagging: Tagging) -> None:
    from govdocs.docx.holders.planting import plant_cell, plant_line
    from govdocs.opc import serialise_xml

    pages = tables.pages
    cells = dict(_figure_tags(reading, layouts, tagging))
    lines: list[tuple[Line, bool]] = []
    for handle, text in tables.texts(layouts):
        if handle in cells:
            continue
        beside = _value_cell(reading, handle, text)
        if beside is not None:
            cells[beside[1]] = (beside[0], _tag(beside[0]))
        elif isinstance(handle, int):
            lines.append((pages.lines[handle], True))
        else:
            lines += [(line, False) for line in pages.lines_of(tables.element(handle))]
    for handle, (key, text) in cells.items():
        tagging.places[key] = tables.place(handle, key)
        plant_cell(pages, tables.element(handle), text)
    for line, is_line in lines:
        for change in _changes(line.raw, is_line=is_line):
            tagging.places[change.key] = pages.place(line.p, change.key)
            plant_line(pages, line.p, change.start, change.end, change.text)
    draft = reading.package.edit()
    draft.replace(reading.package.main, serialise_xml(pages.root))
    tagging.content = draft.to_bytes()


def _figure_tags(
    reading: Reading, layouts: Layouts, tagging: Tagging
) -> Iterator[tuple[Handle, tuple[str, str]]]:
    for figure, handle in _figures(reading, layouts.form):
        before = reading.tables.value(handle)
        place = reading.tables.place(handle, figure.address)
        _note_replaced(tagging, before, place, figure.address)
        yield handle, (figure.address, _text_for(figure, before))
