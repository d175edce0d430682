"""Write the source of a sheet: its rows in order, blocks between them, the rest as it stands.

Rows without tags outside of blocks are stretches: bytes of the part that are copied when the sheet
is put together. Below a block, and inside one, the number of a row is known only while the sheet is
rendered: there the program keeps a layout, and every row asks it.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from govdocs.language import Source, Variable
from govdocs.xlsx.blocks.beside import Beside, Lane
from govdocs.xlsx.blocks.columns import ColumnSteps
from govdocs.xlsx.blocks.lifting import Step
from govdocs.xlsx.blocks.lines import Room
from govdocs.xlsx.compiling.block_source import BlockWriter
from govdocs.xlsx.compiling.bound_texts import BoundText
from govdocs.xlsx.compiling.cell_source import CellWriter, RowName, TaggedCell
from govdocs.xlsx.compiling.floors import Floor
from govdocs.xlsx.reading.rows import Cell, Row
from govdocs.xlsx.reading.stream import Reading
from govdocs.xlsx.slots.cells import Shape
from govdocs.xlsx.xml.tokens import write_token

_ROW = Variable("_r")
Stretch = tuple["tuple[int, int] | int", ...]
"""Bytes (offset, offset past them) and formulas (their number), in order."""


@dataclass(slots=True)
class SheetPlan:
    """What the compiler has found out about a sheet.

    Attributes:
        rows: those that hold tags or lie in a block, by number.
        tagged: cells whose text is written anew, by row and column.
        steps: statements between rows.
        rooms: the rows of each block, by the number of its opening tag.
        vanished: rows that hold a statement of their own, outside of all blocks' tag rows.
        loose: formulas that cannot stay as they are, by row and column: their numbers among all.
        columns: for each row with blocks of columns: statements between its cells, and the
            columns of each block. None where the sheet has no such block.
        beside: tables side by side.
        bound: texts in other parts that are rendered with rows.
        floors: blocks that leave a blank row in a table that has no other.
        watched: cells whose value is kept, because a formula reads it.
        read: gives bytes of the part.
        is_small: whether stretches are written into the source where they cannot move.
    """

    reading: Reading
    rows: dict[int, Row]
    tagged: dict[tuple[int, int], TaggedCell]
    steps: Sequence[Step]
    rooms: dict[int, Room]
    vanished: frozenset[int]
    loose: dict[tuple[int, int], int]
    columns: Mapping[int, ColumnSteps] | None
    beside: Sequence[Beside]
    bound: Sequence[BoundText]
    watched: frozenset[tuple[int, int]]
    read: Callable[[int, int], bytes]
    is_small: bool
    floors: Mapping[int, Floor] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        """Whether rows may come out elsewhere than they stand."""
        return bool(self.rooms or self.vanished or self.columns or self.beside)

    @property
    def lifted(self) -> frozenset[int]:
        """The numbers of the tags that no longer stand in their cells."""
        across = [one for steps in (self.columns or {}).values() for one in steps.steps]
        lanes = [one for own in self.beside for lane in own.lanes for one in lane.steps]
        return frozenset(step.anchor.index for step in (*self.steps, *across, *lanes))


class SheetSource:
    """Writes the rows of one sheet into a source."""

    def __init__(self, plan: SheetPlan, source: Source, shapes: list[Shape]) -> None:
        self.plan = plan
        self.source = source
        self.cells = CellWriter(source, shapes)
        self.lifted = plan.lifted
        self.numbers = plan.reading.numbers
        self.formulas = plan.reading.formulas
        self.formula_starts = [one.start for one in self.formulas]
        self.blocks = BlockWriter(source, plan.rooms, plan.vanished, "_")
        self.bound: dict[int, list[tuple[int, BoundText]]] = {}
        for index, one in enumerate(plan.bound):
            self.bound.setdefault(one.row, []).append((index, one))
        self.blocks.floors = {
            index: partial(self._blank_row, floor) for index, floor in plan.floors.items()
        }

    def write(self) -> None:
        """Write everything between the tags of ``sheetData``."""
        row = 0
        beside = list(enumerate(self.plan.beside))
        for step in self.plan.steps:
            while beside and beside[0][1].first < step.up:
                row = self._beside(row, *beside.pop(0))
            self._rows(row, step.up)
            self.blocks.write(step)
            row = step.down
        for number, one in beside:
            row = self._beside(row, number, one)
        self._rows(row, 1 << 62)

    def _beside(self, row: int, number: int, beside: Beside) -> int:
        """Write the rows up to tables side by side, and these one after the other.

        They are put together when all of them are there.
        """
        self._rows(row, beside.first)
        self.blocks.is_fixed = False
        source = self.source
        source.hidden(f"do _|_lanes({beside.first}, {beside.last}, {beside.starts})")
        source.text(write_token("B", number))
        for position, lane in enumerate(beside.lanes):
            source.hidden("do _|_lane")
            blocks = BlockWriter(source, lane.rooms, lane.vanished, "_")
            row = beside.first
            for step in lane.steps:
                self._lane_rows(row, step.up, position, lane)
                blocks.write(step)
                row = step.down
            self._lane_rows(row, lane.end + 1, position, lane)
            if lane.end < beside.last:
                source.hidden(f"do _|_begin({lane.end + 1}, {beside.last}, False)")
                source.hidden("do _|_end")
            source.hidden("do _|_unlane")
        source.text(write_token("M", number))
        source.hidden("do _|_end")
        return beside.last + 1

    def _lane_rows(self, first: int, end: int, number: int, lane: Lane) -> None:
        for row in (self.plan.rows[one] for one in range(first, end) if one in self.plan.rows):
            self.source.hidden(f"set _r = _|_row({row.number})")
            self.source.hidden_value(f"_r|_lane_row({row.number}, {number})")
            self._bound_texts(row.number, range(lane.first, lane.last + 1))
            self._cells_of_pass(row, _ROW, lane.first, lane.last + 1)
            self.source.text(write_token("R", 0))

    def _rows(self, first: int, end: int) -> None:
        """Write the rows from ``first`` up to, without, ``end``."""
        numbers = self.numbers
        index, last = bisect_left(numbers, first), bisect_left(numbers, end)
        waiting = index
        while index < last:
            row = self.plan.rows.get(numbers[index])
            if row is not None:
                self._stretch(waiting, index)
                self._row(row)
                waiting = index + 1
            index += 1
        self._stretch(waiting, last)

    def _stretch(self, first: int, end: int) -> None:
        """Write rows without tags, ``first`` up to ``end`` by their index."""
        if first >= end:
            return
        plan = self.plan
        pieces = self._pieces(plan.reading.starts[first], plan.reading.end_of(end - 1))
        if plan.is_small and self.blocks.is_fixed:
            for piece in pieces:
                self._inline(piece)
            return
        plan.stretches.append(pieces)
        number = len(plan.stretches) - 1
        if self.blocks.is_fixed:
            self.source.text(write_token("S", number, 0))
        else:
            self.source.hidden_value(f"_|_static({number})")

    def _pieces(self, start: int, end: int) -> Stretch:
        pieces: list[tuple[int, int] | int] = []
        index = bisect_left(self.formula_starts, start)
        while index < len(self.formulas) and self.formulas[index].start < end:
            formula = self.formulas[index]
            if (formula.row, formula.column) in self.plan.loose:
                pieces += [(start, formula.start), index]
                start = formula.end
            index += 1
        return (*pieces, (start, end)) if start < end else tuple(pieces)

    def _inline(self, piece: tuple[int, int] | int) -> None:
        if isinstance(piece, int):
            self.source.text(write_token("F", piece, self.formulas[piece].row))
        else:
            self.source.text(_tidy(self.plan.read(*piece).decode()))

    def _row(self, row: Row) -> None:
        number = str(row.number)
        name: RowName = number if self.blocks.is_fixed else _ROW
        source = self.source
        source.text(row.head)
        if self.blocks.is_fixed:
            source.text(number)
        else:
            source.hidden(f"set _r = _|_row({row.number})")
            source.hidden_value(_ROW.name)
        source.text(_tidy(row.rest))
        if (self.plan.columns or {}).get(row.number) is None:
            self._bound_texts(row.number)
        if self.plan.columns is None:
            for cell in row.cells:
                self._cell(cell, name)
        else:
            self._columns(row, name, self.plan.columns.get(row.number))
        source.text(_tidy(row.tail))

    def _blank_row(self, floor: Floor) -> None:
        """Write a row without its content, if there would be none."""
        source, row = self.source, self.plan.rows[floor.row]
        source.hidden(f"if _|_is_bare({floor.first})")
        source.hidden(f"do _|_blank({row.number})")
        source.text(row.head)
        source.hidden_value(f"_|_row({row.number})")
        source.text(_tidy(row.rest))
        for cell in row.cells:
            before, _ = cell.around_row()
            source.text(before)
            source.hidden_value(f"_|_row({row.number})")
            source.text('"/>' if cell.style is None else f'" s="{cell.style}"/>')
        source.text(_tidy(row.tail))
        source.hidden("endif")

    def _columns(self, row: Row, name: RowName, steps: ColumnSteps | None) -> None:
        """Write a row whose cells may come out in other columns: each behind its token."""
        source = self.source
        if steps is None:
            for cell in row.cells:
                source.text(write_token("C", cell.column))
                self._cell(cell, name)
        else:
            source.hidden("do _|_crow()")
            blocks = BlockWriter(source, steps.rooms, (), "_c")
            column = 0
            for step in steps.steps:
                self._cells_of_pass(row, name, column, step.up)
                blocks.write(step)
                column = step.down
            self._cells_of_pass(row, name, column, 1 << 62)
            source.hidden("do _|_cdone()")
        source.text(write_token("R", 0))

    def _cells_of_pass(self, row: Row, name: RowName, first: int, end: int) -> None:
        for cell in row.cells:
            if first <= cell.column < end:
                if (self.plan.columns or {}).get(row.number) is not None:
                    self._bound_texts(row.number, range(cell.column, cell.column + 1))
                self.source.hidden_value(f"_|_cell({cell.column})")
                self._cell(cell, name)

    def _bound_texts(self, row: int, columns: range | None = None) -> None:
        """Write the texts in other parts that belong to a row: they are gathered, not shown."""
        for number, one in self.bound.get(row, ()):
            if columns is None or one.column in columns:
                self.source.hidden("set _b")
                one.write(self.source)
                self.source.hidden("endset")
                slot = f"_link({row}, {one.column})" if one.is_link else f"_bind({row}, {number})"
                self.source.hidden(f"do _b|{slot}")

    def _cell(self, cell: Cell, row: RowName) -> None:
        place = (cell.row, cell.column)
        tagged = self.plan.tagged.get(place)
        number = self.plan.loose.get(place)
        if tagged is not None and cell.kind == "formula":
            self.cells.write_formula(tagged, row, self.plan.loose[place])
        elif tagged is not None:
            self.cells.write(tagged, row, self.lifted, watched=place in self.plan.watched)
        elif number is not None:
            if isinstance(row, str):
                self.source.text(write_token("F", number, row))
            else:
                self.source.hidden_value(f"{row.name}|_formula({number})")
        else:
            self._copy(cell, row)

    def _copy(self, cell: Cell, row: RowName) -> None:
        """Write a cell as it is, but for the number of its row."""
        before, after = cell.around_row(self.plan.columns is not None)
        self.source.text(before)
        if isinstance(row, str):
            self.source.text(row)
        else:
            self.source.hidden_value(row.name)
        self.source.text(_tidy(after))


def _tidy(text: str) -> str:
    """Write line ends as the program has them; to XML they are the same."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
