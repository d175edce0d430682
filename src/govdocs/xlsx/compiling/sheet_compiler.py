"""Compile one sheet: find its tags, lift its blocks.

This is the first of two steps, because what a sheet writes hangs on its neighbours: every sheet is
read and its tags are found; when it is known what may move and which values go stale, sources are
written by others. Faults are gathered on the way and told all at once.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from govdocs.errors import Place, Problem
from govdocs.language import (
    Block,
    Fault,
    Placed,
    Sandbox,
    check_tag,
    find_mentions,
    pair,
)
from govdocs.opc import Package
from govdocs.xlsx.blocks.beside import Beside, BesideFinder, numbered
from govdocs.xlsx.blocks.columns import ColumnSteps
from govdocs.xlsx.blocks.lifting import Anchor, Content, Lifting
from govdocs.xlsx.blocks.lines import Room, find_rooms, find_vanished
from govdocs.xlsx.compiling.bound_texts import BoundFinder, BoundText
from govdocs.xlsx.compiling.canonical import write_common
from govdocs.xlsx.compiling.cell_source import TaggedCell
from govdocs.xlsx.compiling.column_checks import check_columns
from govdocs.xlsx.compiling.item_sheets import ItemSheet
from govdocs.xlsx.compiling.merged_cells import find_overlaps
from govdocs.xlsx.compiling.part_texts import PartTexts
from govdocs.xlsx.compiling.staleness import SheetFacts, columns_area, rows_area
from govdocs.xlsx.compiling.table_cells import FILTER, make_rooms
from govdocs.xlsx.compiling.tagging import Tagging
from govdocs.xlsx.following.formulas import write_out_shared
from govdocs.xlsx.following.frame import Frame, read_frame, without_dimension
from govdocs.xlsx.grid.address import Area
from govdocs.xlsx.grid.layout import ROW_LIMIT
from govdocs.xlsx.grid.names import Table
from govdocs.xlsx.reading.measures import read_measures
from govdocs.xlsx.reading.pivots import PivotOutput, read_pivots
from govdocs.xlsx.reading.rows import Row, take_row
from govdocs.xlsx.reading.stream import Reading, cut_spans, read_sheet
from govdocs.xlsx.reading.strings import SharedStrings
from govdocs.xlsx.reading.texts import read_fragment
from govdocs.xlsx.reading.workbook import SheetEntry
from govdocs.xlsx.slots.cells import Shape
from govdocs.xlsx.slots.tables import refuse_table
from govdocs.xlsx.xml.encoding import as_utf8
from govdocs.xlsx.xml.markup import read_markup, root_tag

_SMALL = 1 << 20


@dataclass(slots=True)
class SheetCompiler:
    """The compiling of one sheet.

    Attributes:
        shapes: the template's slots; this sheet's are appended.
        problems: the faults found so far.
    """

    package: Package
    entry: SheetEntry
    strings: SharedStrings
    environment: Sandbox
    shapes: list[Shape]
    problems: list[Problem] = field(default_factory=list)
    rows: dict[int, Row] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    tagging: Tagging = field(init=False)
    frame: Frame = field(init=False)
    texts: PartTexts = field(init=False)
    beside: tuple[Beside, ...] = ()
    bound: tuple[BoundText, ...] = ()
    links: tuple[str, ...] = ()
    lifting: Lifting | None = None
    rooms: dict[int, Room] = field(default_factory=dict)
    vanished: frozenset[int] = frozenset()
    columns: dict[int, ColumnSteps] = field(default_factory=dict)
    data: bytes | None = None
    item: ItemSheet | None = None
    tables: Sequence[Table] = ()
    pivots: tuple[PivotOutput, ...] = ()

    def find(self) -> None:
        """Read the sheet, find its tags and lift its blocks."""
        self._read()
        takes_tables = self.environment.filters.get(FILTER) is refuse_table
        self.tagging = Tagging(
            self.entry, self.strings, tables=self.tables, takes_tables=takes_tables
        )
        for row in self._take_rows(self.reading.marked):
            self.rows[row.number] = row
            for cell in row.cells:
                self.tagging.take(cell)
        self._read_frame()
        self.problems += self.tagging.problems
        if self.tagging.cells:
            self.problems += find_overlaps(self.frame.root, self.entry)
        cells = {place: Content(tuple(_shown(one))) for place, one in self.tagging.cells.items()}
        shown = {number: list(self._shown_cells(row)) for number, row in self.rows.items()}
        finder = BesideFinder(self.anchors, shown, cells, partial(find_mentions, self.environment))
        self.beside = tuple(finder.run())
        if make_rooms(self.rows.values(), self.tagging.cells, self.frame.root, self.beside):
            self.frame = without_dimension(self.frame)
        inside = {row for one in self.beside for row in range(one.first, one.last + 1)}
        others = [anchor for anchor in self.anchors if anchor.row not in inside]
        blocks = self._pair(others)
        self._check_tags()
        if self.problems:
            self._find_texts()
            return
        contents = {
            number: Content(tuple(item for _, items in row for item in items))
            for number, row in shown.items()
        }
        self.lifting = Lifting({one.index: one for one in others}, blocks, contents, cells)
        self.lifting.run()
        self.problems += [*finder.problems, *self.lifting.problems]
        if not self.problems:
            self.rooms = find_rooms(self.lifting.steps, inside)
            self.vanished = find_vanished(self.lifting.steps, self.rooms.values())
            self._find_columns(self.lifting)
        self._find_texts()

    def _find_texts(self) -> None:
        """Find the tags of what stands around the rows, and those that belong to a row."""
        entry, root = self.entry, self.frame.root
        inside = self._is_inside
        measures = read_measures(root, self.reading.numbers, self.reading.heights)
        finder = BoundFinder(
            *(self.package, entry.part, entry.name, root, inside, self.environment, measures)
        )
        links = list(finder.links())
        self.links = tuple(rel_id for rel_id, _ in links)
        bound = finder.run() if self.moves else ()
        self.bound = (*bound, *(bound for _, bound in links))
        without = frozenset(one.start for one in self.bound if not (one.part or one.is_link))
        spot = (("sheet", entry.name),)
        self.texts = PartTexts(root, entry.part, spot, without)
        self.texts.find(self.environment)
        self.problems += self.texts.problems
        self.problems += [problem for one in self.bound for problem in one.texts.problems]
        if not self.problems:
            numbers = {number: index for index, number in enumerate(self.reading.numbers)}
            self.take_rows([numbers[one.row] for one in self.bound if one.row in numbers])

    def _is_inside(self, area: Area) -> bool:
        """Tell whether cells lie wholly in one pass of a block."""
        lanes = (lane for beside in self.beside for lane in beside.lanes)
        rooms = [*self.rooms.values(), *(room for lane in lanes for room in lane.rooms.values())]
        across = [room for steps in self.columns.values() for room in steps.rooms.values()]
        return any(room.holds(area.first_row, area.last_row) for room in rooms) or any(
            room.holds(area.first_column, area.last_column) for room in across
        )

    def _find_columns(self, lifting: Lifting) -> None:
        """Find the columns of each block across."""
        for row, steps in lifting.across.items():
            self.columns[row] = ColumnSteps(tuple(steps), find_rooms(steps))
        if not self.columns:
            return
        self.take_rows(range(len(self.reading.numbers)))
        self.problems += check_columns(self.columns, self.rows.values(), self.tagging)

    @property
    def anchors(self) -> list[Anchor]:
        """All tags of the sheet's cells."""
        return self.tagging.anchors

    @property
    def moves(self) -> bool:
        """Whether rows may come out elsewhere than they stand."""
        return bool(self.rooms or self.vanished or self.columns or self.beside)

    @property
    def last_column(self) -> int:
        """The last column that holds anything; 0 where columns cannot move."""
        rows = self.rows.values() if self.columns else ()
        return max((cell.column for row in rows for cell in row.cells), default=0)

    def facts(self) -> SheetFacts:
        """Say what a filling changes in this sheet."""
        formulas = self.reading.formulas
        changed = [Area(row, column, row, column) for row, column in self.tagging.cells]
        changed += [rows_area(one.first, one.last) for one in self.rooms.values()]
        changed += [rows_area(row, row) for row in self.vanished]
        changed += [rows_area(one.first, one.last) for one in self.beside]
        across = [room for steps in self.columns.values() for room in steps.rooms.values()]
        changed += [columns_area(room.first, room.last) for room in across]
        changed += [rows_area(1, ROW_LIMIT)] if self.item else []
        return SheetFacts(self.entry.name, formulas, write_out_shared(formulas), changed)

    def chunks(self) -> Iterator[bytes]:
        """Yield the part in UTF-8."""
        if self.data is not None:
            return iter([self.data])
        return as_utf8(self.package.stream(self.entry.part))

    def _read(self) -> None:
        part = self.entry.part
        if self.package.size(part) <= _SMALL:
            self.data = b"".join(as_utf8(self.package.stream(part)))
        place = self._part_place()
        self.pivots = tuple(read_pivots(self.package, self.entry))
        results = [(area, one.part) for one in self.pivots for area in one.areas]
        self.reading = read_sheet(self.chunks(), place, self.strings.texts, results)
        if self.reading.marked and not (self.reading.numbered and self.reading.bare):
            self.data = b"".join(write_common(self.chunks(), place))
            self.reading = read_sheet(self.chunks(), place, self.strings.texts, results)

    def _read_frame(self) -> None:
        """Read what stands around the rows, and find its tags."""
        reading = self.reading
        head = self.bytes_of(0, reading.data_start)
        tail = self.bytes_of(reading.data_end, reading.size)
        root = read_markup(head + tail, self._part_place())
        self.frame = read_frame(root, len(head))

    def _part_place(self) -> Place:
        return self.package.place(self.entry.part)

    def _take_rows(self, indices: Sequence[int]) -> Iterator[Row]:
        """Cut rows out of the part and take them apart."""
        reading, place = self.reading, self._part_place()
        if not indices:
            return
        spans = [(reading.starts[one], reading.end_of(one)) for one in indices]
        head, *raws = cut_spans(self.chunks(), [(0, reading.data_start), *spans])
        root = root_tag(head)
        shown = {(one.row, one.column) for one in reading.formulas if one.result_of is not None}
        for index, raw in zip(indices, raws, strict=True):
            element = read_fragment(root, raw, place)
            row = take_row(element, reading.numbers[index], self.strings.texts)
            for cell in row.cells:
                if (cell.row, cell.column) in shown:
                    cell.kind = "result"
            yield row

    def _pair(self, anchors: Sequence[Anchor]) -> list[Block]:
        blocks, faults = pair([anchor.placed.tag for anchor in anchors])
        self.problems += [self._problem(fault, anchors[fault.index].placed) for fault in faults]
        own = [numbered(block, anchors) for block in blocks]
        self.problems += self.tagging.find_torn(own)
        return own

    def _problem(self, fault: Fault, placed: Placed) -> Problem:
        return Problem(fault.code, (placed.place,), {"tag": placed.tag.text, **fault.fields})

    def _check_tags(self) -> None:
        placed = [anchor.placed for anchor in self.anchors]
        placed += self.item.tags if self.item else ()
        found = (check_tag(self.environment, one) for one in placed)
        self.problems += [problem for problem in found if problem is not None]

    def _shown_cells(self, row: Row) -> Iterator[tuple[int, tuple[int, ...]]]:
        """List what the cells of a row show: tags that steer by their number, -1 for all else."""
        for cell in row.cells:
            tagged = self.tagging.cells.get((cell.row, cell.column))
            if tagged is None or cell.kind == "formula":
                yield cell.column, () if cell.is_blank else (-1,)
            else:
                yield cell.column, tuple(_shown(tagged))

    def take_inner_rows(self) -> None:
        """Take the rows inside of blocks apart that hold no tags themselves."""
        numbers = self.reading.numbers
        rooms = [(room.first, room.last) for room in self.rooms.values()]
        rooms += [(one.first, one.last) for one in self.beside]
        wanted = {
            index
            for first, last in rooms
            for index in range(bisect_left(numbers, first), bisect_left(numbers, last + 1))
        }
        self.take_rows(sorted(wanted))

    def take_rows(self, indices: Iterable[int]) -> None:
        """Take rows apart, if that was not done before."""
        numbers = self.reading.numbers
        for row in self._take_rows([one for one in indices if numbers[one] not in self.rows]):
            self.rows[row.number] = row

    def bytes_of(self, start: int, end: int) -> bytes:
        """Give bytes of the part."""
        if self.data is not None:
            return self.data[start:end]
        return next(cut_spans(self.chunks(), [(start, end)]))


def _shown(tagged: TaggedCell) -> Iterator[int]:
    """List what a cell shows: tags that steer, -1 for anything else."""
    for segment in tagged.all_segments():
        if segment.anchor is not None:
            yield segment.anchor.index if segment.anchor.steers else -1
        elif segment.text.strip():
            yield -1
