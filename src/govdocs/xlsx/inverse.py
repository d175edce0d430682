"""The Excel engine backwards: a template's sheets as patterns, a filled workbook's as units.

A row is known by its number and its cells by their columns; where blocks of columns move cells, a
row with such a block is read from left to right. Values come typed, as their formats say. Formulas
may say anything. Nothing here knows how patterns and units are compared.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape

from lxml import etree

from govdocs.errors import Place
from govdocs.language import Source, make_environment
from govdocs.language.inversion import (
    NAMESPACE,
    Inverse,
    Lit,
    Outline,
    Pattern,
    PatternPart,
    Piece,
    Unit,
    UnitPart,
    outline,
)
from govdocs.opc import Package, parse_xml
from govdocs.values.printing import print_value
from govdocs.xlsx.blocks.lifting import Step
from govdocs.xlsx.compiling.cell_source import TaggedCell
from govdocs.xlsx.compiling.sheet_compiler import SheetCompiler
from govdocs.xlsx.engine import XlsxEngine
from govdocs.xlsx.grid.address import cell_name
from govdocs.xlsx.reading.definitions import read_tables
from govdocs.xlsx.reading.grids import Book, SheetGrid, split_name
from govdocs.xlsx.reading.strings import read_strings
from govdocs.xlsx.reading.workbook import read_workbook
from govdocs.xlsx.strips_back import (
    ALL_COLUMNS,
    Columns,
    list_steps,
    list_strips,
    name_strip,
    view_strip,
)

_MARK = f"{{{NAMESPACE}}}"
_COPY = re.compile(r"_\d+\Z")
"""How the name of a table's copy ends on a sheet that stands for an item."""
_MOST_BLANK = 1000
"""How many blank rows in a row are counted; a longer gap is as one of so many."""

Grid = Mapping[int, Mapping[int | str, Unit]]


def invert_xlsx(engine: XlsxEngine, kinds: Mapping[str, str]) -> Inverse:
    """Turn a compiled template around.

    Args:
        engine: the template.
        kinds: of its fields, by their dotted name.
    """
    package = engine.book.package
    programs = engine.programs
    environment = programs[0].environment if programs else make_environment({}, {})
    found = package.related(package.main, "sharedStrings")
    strings = read_strings(package, found[0] if found else "")
    grids = {grid.part: grid for grid in Book(package).sheets}
    parts: list[PatternPart] = []
    loops = 0
    for entry in read_workbook(package).sheets:
        if entry.kind != "worksheet" or entry.part not in grids:
            continue
        compiler = SheetCompiler(package, entry, strings, environment, [])
        compiler.find()
        for columns in list_strips(compiler) if compiler.tagging.cells else ():
            source = _SheetText(compiler, grids[entry.part], columns).write()
            drawn = outline(environment, str(source), source.placed, loops)
            loops += len(drawn.loops)
            pattern = _Patterns(compiler, drawn, grids[entry.part], columns).read()
            view = None if columns == ALL_COLUMNS else partial(view_strip, columns)
            group = name_strip(columns)
            parts.append(PatternPart(group, entry.name, pattern, is_named=True, view=view))
    return Inverse(parts, environment, kinds)


def read_xlsx(package: Package, engine: XlsxEngine) -> list[UnitPart]:
    """Read the sheets of a filled workbook.

    Args:
        package: the workbook.
        engine: of the template: the blank row that it leaves in a table without items is none.
    """
    parts = []
    floors = {name for sheet in engine.book.sheets for name in sheet.floors}
    tables = [one.table for one in read_tables(package, read_workbook(package))] if floors else []
    for sheet in Book(package).sheets:
        place = Place(package.name, sheet.part, (("sheet", sheet.name),))
        lone = {
            one.area.first_row + one.header_rows
            for one in tables
            if one.sheet == sheet.name
            and one.data_rows == 1
            and not floors.isdisjoint((one.name, _COPY.sub("", one.name)))
        }
        rows = tuple(
            row for number, row in _read_rows(sheet, place) if row.cells or number not in lone
        )
        parts.append(UnitPart("sheet", sheet.name, Unit("part", place, children=rows)))
    return parts


def _read_grid(sheet: SheetGrid, columns: Columns = ALL_COLUMNS) -> Grid:
    """Read the cells that are not empty, by row and column; rows that are named, at least."""
    grid: dict[int, dict[int | str, Unit]] = {row: {} for row in (sheet.last_row,) if row}
    for name in sheet.names():
        row, column = split_name(name)
        if not columns[0] <= column <= columns[1]:
            continue
        cells = grid.setdefault(row, {})
        value = sheet.moment(name)
        if value == "":
            continue
        text = "" if value is None else print_value(value)
        cells[column] = Unit("cell", sheet.place(name), text, value)
    return grid


def _read_rows(sheet: SheetGrid, place: Place) -> Iterator[tuple[int, Unit]]:
    grid = _read_grid(sheet)
    for number in _numbers(grid):
        cells = grid.get(number, {})
        last = max((int(column) for column in cells), default=0)
        spot = replace(place, spot=(("cell", f"{sheet.name}!{cell_name(number, 1)}"),))
        children = tuple(
            cells.get(column) or Unit("cell", spot, value=None) for column in range(1, last + 1)
        )
        yield number, Unit("tr", spot, children=children, cells=cells)


def _numbers(rows: Mapping[int, object], extra: Sequence[int] = ()) -> Iterator[int]:
    """Number the rows up to the last one, blank ones in between too, but not without end."""
    last = 0
    for number in sorted({*rows, *extra}):
        yield from range(max(last + 1, number - _MOST_BLANK), number + 1)
        last = number


@dataclass(slots=True)
class _SheetText:
    """Writes a sheet as the source of an outline: rows, the cells with tags, statements."""

    compiler: SheetCompiler
    grid: SheetGrid
    columns: Columns
    source: Source = field(default_factory=Source)
    tagged: dict[int, dict[int, TaggedCell]] = field(default_factory=dict)
    lifted: frozenset[int] = frozenset()

    def write(self) -> Source:
        compiler, source = self.compiler, self.source
        for (row, column), cell in compiler.tagging.cells.items():
            if self.columns[0] <= column <= self.columns[1]:
                self.tagged.setdefault(row, {})[column] = cell
        numbers = self._rows()
        steps = list_steps(compiler, self.columns)
        across = (step for one in compiler.columns.values() for step in one.steps)
        self.lifted = frozenset(step.anchor.index for step in (*steps, *across))
        source.text("<sheet>")
        position = 0
        for step in steps:
            while position < len(numbers) and numbers[position] < step.up:
                self._row(numbers[position])
                position += 1
            self._statement(step)
            while position < len(numbers) and numbers[position] < step.down:
                position += 1
        for number in numbers[position:]:
            self._row(number)
        source.text("</sheet>")
        return source

    def _rows(self) -> list[int]:
        """Number the rows; of a strip only those that hold anything."""
        if self.columns == ALL_COLUMNS:
            rows = {split_name(name)[0]: None for name in self.grid.names()}
            return list(_numbers(rows, [*self.tagged, *filter(None, [self.grid.last_row])]))
        held = {row for row, cells in _read_grid(self.grid, self.columns).items() if cells}
        return sorted(held | set(self.tagged))

    def _statement(self, step: Step) -> None:
        if step.anchor.placed.tag.kind == "stmt":
            self.source.statement(step.anchor.placed)

    def _row(self, number: int) -> None:
        self.source.text(f'<row n="{number}">')
        across = self.compiler.columns.get(number)
        cells = self.tagged.get(number, {})
        if across is None:
            for column, tagged in sorted(cells.items()):
                self._cell(column, tagged)
        else:
            self._across(number, cells, across.steps)
        self.source.text("</row>")

    def _across(self, number: int, cells: Mapping[int, TaggedCell], steps: Sequence[Step]) -> None:
        own = [split_name(name) for name in self.grid.names()]
        last = max([column for row, column in own if row == number], default=0)
        column = 1
        for step in steps:
            self._cells(range(column, step.up), cells)
            self._statement(step)
            column = max(column, step.down)
        self._cells(range(column, last + 1), cells)

    def _cells(self, columns: Sequence[int], cells: Mapping[int, TaggedCell]) -> None:
        for column in columns:
            if column in cells:
                self._cell(column, cells[column])
            else:
                self.source.text(f'<c n="{column}"/>')

    def _cell(self, column: int, tagged: TaggedCell) -> None:
        source = self.source
        source.text(f'<c n="{column}">')
        for segment in tagged.segments(self.lifted):
            if segment.anchor is None:
                source.text(escape(segment.text))
            elif segment.anchor.steers:
                source.statement(segment.anchor.placed)
            else:
                source.value(segment.anchor.placed, "_x")
        source.text("</c>")


@dataclass(slots=True)
class _Patterns:
    """Reads the outline of a sheet.

    Attributes:
        grid: its cells that are not empty.
        worked_out: the cells that hold a formula or show the results of one.
        fixed: the first column that may move with blocks of columns; 0 if there are none.
    """

    compiler: SheetCompiler
    outline: Outline
    sheet: SheetGrid
    columns: Columns
    grid: Grid = field(default_factory=dict)
    worked_out: set[tuple[int, int]] = field(default_factory=set)
    fixed: int = 0

    def read(self) -> Pattern:
        self.grid = _read_grid(self.sheet, self.columns)
        self.worked_out = {(one.row, one.column) for one in self.compiler.reading.formulas}
        moving = (step.up for one in self.compiler.columns.values() for step in one.steps)
        self.fixed = min(moving, default=0)
        place = Place(part=self.sheet.part, spot=(("sheet", self.sheet.name),))
        root = parse_xml(self.outline.text.encode(), place)
        return Pattern("part", place, tuple(self._content(root)), is_leaf=False)

    def _content(self, parent: "etree._Element") -> list[Piece]:
        items: list[Piece] = [Lit(parent.text)] if parent.text else []
        for child in parent.iterchildren(etree.Element):
            items += self._element(child)
            if child.tail:
                items.append(Lit(child.tail))
        return items

    def _element(self, element: "etree._Element") -> list[Piece]:
        number = int(element.get("n", "0"))
        if not element.tag.startswith(_MARK):
            return [self._row(element, number) if element.tag == "row" else self._cell(element)]
        kind = etree.QName(element).localname
        if kind == "slot":
            return list(self.outline.slots[number])
        bodies = [tuple(self._content(body)) for body in element.iterchildren(etree.Element)]
        if kind == "for":
            return [replace(self.outline.loops[number], body=bodies[0], otherwise=bodies[1])]
        choice = self.outline.choices[number]
        pairs = zip(choice.branches, bodies, strict=True)
        return [replace(choice, branches=tuple(replace(one, items=body) for one, body in pairs))]

    def _row(self, element: "etree._Element", number: int) -> Pattern:
        place = self._place(number, 1)
        columns = self.compiler.columns
        if number in columns:
            items = tuple(self._content(element))
            return Pattern("tr", place, items, is_leaf=False)
        cells: dict[int | str, Pattern] = {
            column: self._static(number, int(column)) for column in self.grid.get(number, {})
        }
        if columns:  # its cells move with the blocks of other rows
            cells = {one: cells[one] for one in cells if int(one) < self.fixed}
            known = bool(cells)
            return Pattern(
                *("tr", place, (), cells),
                is_leaf=False,
                is_open=not known,
                is_keyed=known,
                is_partial=known,
            )
        for child in element.iterchildren(etree.Element):
            cells[int(child.get("n", "0"))] = self._cell(child, number)
        return Pattern("tr", place, cells=cells, is_leaf=False, is_keyed=True)

    def _cell(self, element: "etree._Element", row: int = 0) -> Pattern:
        parent = element.getparent()
        while not row and parent is not None:
            row = int(parent.get("n", "0")) if parent.tag == "row" else 0
            parent = parent.getparent()
        column = int(element.get("n", "0"))
        tagged = self.compiler.tagging.cells.get((row, column))
        if tagged is None:
            return self._static(row, column)
        if tagged.cell.kind == "formula":
            return Pattern("cell", self._place(row, column), is_open=True)
        return Pattern("cell", self._place(row, column), tuple(self._content(element)))

    def _static(self, row: int, column: int) -> Pattern:
        place = self._place(row, column)
        if (row, column) in self.worked_out:  # what it shows is no text of the template
            return Pattern("cell", place, is_open=True)
        found = self.grid.get(row, {}).get(column)
        items = (Lit(found.text),) if found is not None and found.text else ()
        return Pattern("cell", place, items)

    def _place(self, row: int, column: int) -> Place:
        spot = (("cell", f"{self.sheet.name}!{cell_name(row, column)}"),)
        return Place(part=self.sheet.part, spot=spot)
