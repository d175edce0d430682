"""Compile a workbook: all sheets read, what goes stale found, then all sources written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govdocs.errors import Problem, TemplateError
from govdocs.language import Sandbox, make_environment, scan
from govdocs.opc import Deflated, Package, deflate
from govdocs.xlsx.compiling.compiled import CompiledSheet
from govdocs.xlsx.compiling.item_sheets import ITEM_SLOTS, ItemSheet, find_item_sheets
from govdocs.xlsx.compiling.protection import note_locked
from govdocs.xlsx.compiling.sheet_compiler import SheetCompiler
from govdocs.xlsx.compiling.sheet_writer import write_sheet
from govdocs.xlsx.compiling.small_parts import SmallPart, compile_small_parts
from govdocs.xlsx.compiling.staleness import Staleness, find_staleness
from govdocs.xlsx.compiling.static_values import Values, read_values, with_texts
from govdocs.xlsx.compiling.table_cells import FILTER, limit_rooms
from govdocs.xlsx.following.part_copies import owned_parts
from govdocs.xlsx.following.pivots import blank_records
from govdocs.xlsx.following.related import RelatedPart, find_related
from govdocs.xlsx.grid.cellvalues import Value
from govdocs.xlsx.grid.dependents import FormulaAt
from govdocs.xlsx.reading.definitions import TablePart, read_definitions, read_tables
from govdocs.xlsx.reading.strings import SharedStrings, blank_strings, read_strings, read_texts
from govdocs.xlsx.reading.styles import EMPTY, Styles
from govdocs.xlsx.reading.workbook import Workbook, read_part, read_workbook
from govdocs.xlsx.slots.cells import (
    Shape,
    cell_writer,
    choice_writer,
    note_literal,
    print_choice,
    text_writer,
    write_captured,
    write_inside,
)
from govdocs.xlsx.slots.formula_slots import (
    write_as_constant,
    write_formula,
    write_in_brackets,
    write_in_text,
)
from govdocs.xlsx.slots.keeping import kept_across_writer, kept_writer
from govdocs.xlsx.slots.layouts import LAYOUT_SLOTS
from govdocs.xlsx.slots.tables import read_table, refuse_table, table_writer
from govdocs.xlsx.slots.text_slots import TEXT_SLOTS
from govdocs.xlsx.xml.encoding import as_utf8

_CHAINS = ("calcChain", "volatileDependencies")
_UNFOLLOWED = ("xlMacrosheet", "xlIntlMacrosheet", "revisionHeaders")


@dataclass(frozen=True, slots=True)
class CompiledBook:
    """A workbook, compiled.

    Attributes:
        moves: whether anything may come out elsewhere than it stands.
        constant: parts that come out the same from every filling.
        definitions: what names stand for in the template.
        parts: those with tags that are no sheets.
        chains: parts that list cells with formulas for the program that works them out, and their
            relationships.
        related: parts with references; ``readers`` those whose copies of cells go stale.
        notes: what every filling has to say; ``unfollowed`` one in which anything moves.
    """

    package: Package
    workbook: Workbook
    styles: Styles
    sheets: tuple[CompiledSheet, ...]
    moves: bool
    constant: Mapping[str, Deflated]
    definitions: Mapping[str, str]
    tables: tuple[TablePart, ...]
    chains: tuple[tuple[str, str], ...]
    parts: tuple[SmallPart, ...]
    related: tuple[RelatedPart, ...]
    readers: frozenset[int]
    notes: tuple[Problem, ...]
    unfollowed: tuple[Problem, ...]

    @property
    def recalculates(self) -> bool:
        """Whether a filling makes cached values stale."""
        return any(sheet.stale for sheet in self.sheets)


def compile_book(
    package: Package, filters: Mapping[str, Callable[..., Any]], functions: Mapping[str, Any]
) -> CompiledBook:
    """Compile an Excel package.

    Raises:
        TemplateError: every fault of every part.
    """
    return _BookCompiler(package, filters, functions).compile()


@dataclass
class _BookCompiler:
    package: Package
    filters: Mapping[str, Callable[..., Any]]
    functions: Mapping[str, Any]
    shapes: list[Shape] = field(default_factory=list)

    def compile(self) -> CompiledBook:
        package, items = find_item_sheets(self.package)
        self.package = package
        workbook = read_workbook(package)
        strings = read_strings(package, self._related("sharedStrings"))
        tables = read_tables(package, workbook)
        sheets, parts = self._find(workbook, strings, items, tables)
        for sheet in sheets:
            areas = [one.table.area for one in tables if one.sheet == sheet.entry.name]
            limit_rooms(sheet.tagging.cells, areas)
        moves = any(map(_moves, sheets)) or _names_hold_tags(workbook)
        definitions = read_definitions(workbook)
        facts = [sheet.facts() for sheet in sheets]
        listed = [one.table for one in tables]
        related = tuple(find_related(package, workbook))
        readers = [one.reading for one in related]
        pivots = dict(_pivots(sheets, related))
        staleness = find_staleness(facts, definitions, listed, readers, pivots, moves=moves)
        values = self._values(sheets, staleness, strings)
        compiled = tuple(
            write_sheet(sheet, own, staleness, moves=moves, values=known)
            for sheet, own, known in zip(sheets, facts, values, strict=True)
        )
        styles = self._styles(workbook)
        notes = [
            note
            for one in sheets
            for note in note_locked(one.frame.root, one.tagging.cells.values(), styles)
        ]
        return CompiledBook(
            *(package, workbook, styles, compiled, moves),
            *(self._constant(strings, sheets), definitions, tuple(tables), tuple(self._chains())),
            *(parts, related, frozenset(staleness.readers), tuple(notes)),
            tuple(self._unfollowed(workbook)),
        )

    def _related(self, kind: str) -> str:
        found = self.package.related(self.package.main, kind)
        return found[0] if found else ""

    def _find(
        self,
        workbook: Workbook,
        strings: SharedStrings,
        items: Mapping[str, ItemSheet],
        tables: Sequence[TablePart],
    ) -> tuple[list[SheetCompiler], tuple[SmallPart, ...]]:
        environment = self._environment()
        owners: dict[str, ItemSheet] = {}
        sheets: list[SheetCompiler] = []
        problems: list[Problem] = []
        for entry in workbook.sheets:
            if entry.kind == "worksheet":
                compiler = SheetCompiler(self.package, entry, strings, environment, self.shapes)
                compiler.item = item = items.get(entry.name)
                compiler.tables = [one.table for one in tables]
                if item is not None:
                    owners |= dict.fromkeys(owned_parts(self.package, entry.part), item)
                compiler.find()
                sheets.append(compiler)
                problems += compiler.problems
        bound = [one for sheet in sheets for one in sheet.bound]
        small = compile_small_parts(self.package, environment, problems, owners, bound)
        parts = tuple(small)
        if problems:
            raise TemplateError(problems)
        return sheets, parts

    def _values(
        self, sheets: Sequence[SheetCompiler], staleness: Staleness, strings: SharedStrings
    ) -> list[dict[tuple[int, int], Value] | None]:
        """Read the cells that stale formulas read."""
        found: list[Values | None] = []
        for sheet in sheets:
            watched = staleness.watched_on(sheet.entry.name)
            place = self.package.place(sheet.entry.part)
            found.append(read_values(sheet.chunks(), watched, place) if watched else {})
        wanted = {one for own in found for one in (own or {}).values() if type(one) is int}
        texts = read_texts(self.package, strings.part, wanted)
        return [None if own is None else with_texts(own, texts) for own in found]

    def _constant(
        self, strings: SharedStrings, sheets: Sequence[SheetCompiler]
    ) -> dict[str, Deflated]:
        constant = dict(_records(self.package))
        used = {index: 0 for index, text in strings.texts.items() if text.holds_tag}
        for sheet in sheets:
            for index, count in sheet.tagging.used.items():
                used[index] = used.get(index, 0) + count
        if used:
            constant[strings.part] = blank_strings(self.package, strings, used)
        return constant

    def _styles(self, workbook: Workbook) -> Styles:
        part = self._related("styles")
        none = EMPTY.format(workbook.root.space).encode()
        data = read_part(self.package, part).data if part else none
        return Styles(part, data, self.package.place(part))

    def _chains(self) -> Iterator[tuple[str, str]]:
        for one in self.package.relationships(self.package.main):
            if one.kind in _CHAINS and one.part and one.part in self.package:
                yield one.part, one.id

    def _unfollowed(self, workbook: Workbook) -> Iterator[Problem]:
        """Tell which parts hold references that nobody lets follow."""
        for one in self.package.relationships(workbook.part):
            if one.kind in _UNFOLLOWED and one.part and one.part in self.package:
                place = self.package.place(one.part)
                yield Problem("xlsx.not_followed", (place,), {"kind": one.kind}, "warning")

    def _environment(self) -> Sandbox:
        # The engine's own calls start from ``_``: a name, so that nothing is worked out beforehand.
        slots = dict(_slots(self.shapes))
        if FILTER not in self.filters:
            slots[FILTER] = refuse_table  # where it can stand it is taken apart
        return make_environment(self.filters, {**self.functions, "_": None}, slots=slots)


def _slots(shapes: list[Shape]) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, write in {
        "_c": cell_writer(shapes),
        "_m": text_writer(shapes),
        "_q": choice_writer(shapes),
    }.items():
        yield name, write
        yield name + "k", kept_writer(shapes, write, typed=name == "_c")
        yield name + "ka", kept_across_writer(shapes, write)
    yield "_ct", table_writer(shapes)
    yield "_rows", read_table
    yield "_p", print_choice
    yield "_pl", note_literal
    yield "_x", write_inside
    yield "_xt", write_captured
    yield "_ft", write_in_text
    yield "_fc", write_in_brackets
    yield "_fv", write_as_constant
    yield "_g", write_formula
    yield from LAYOUT_SLOTS.items()
    yield from TEXT_SLOTS.items()
    yield from ITEM_SLOTS.items()


def _pivots(
    sheets: Iterable[SheetCompiler], related: Iterable[RelatedPart]
) -> Iterator[tuple[str, list[FormulaAt]]]:
    """List the cells of each pivot table, as formulas that read what it reads."""
    readings = {one.part: one.reading for one in related}
    for pivot in (one for sheet in sheets for one in sheet.pivots):
        text = readings.get(pivot.cache, "")
        yield pivot.part, [FormulaAt(pivot.sheet, area, text) for area in pivot.areas]


def _records(package: Package) -> Iterator[tuple[str, Deflated]]:
    """List the records of pivot tables that keep texts of cells with tags, without these."""
    for cache in package.related(package.main, "pivotCacheDefinition"):
        for part in package.related(cache, "pivotCacheRecords"):
            data = b"".join(as_utf8(package.stream(part)))
            blanked = blank_records(data)
            if blanked != data:
                yield part, deflate(blanked)


def _names_hold_tags(workbook: Workbook) -> bool:
    """Whether a sheet may come out under another name."""
    return any(scan(sheet.name)[0] for sheet in workbook.sheets)


def _moves(sheet: SheetCompiler) -> bool:
    """Whether cells come out elsewhere, or columns of tables under other names."""
    heads = any(one.is_text for one in sheet.tagging.cells.values())
    return sheet.moves or heads or sheet.item is not None
