"""Write the source of a sheet: its rows in order, blocks between them, the rest as it stands.

Rows without tags outside of blocks are stretches: bytes of the part that are copied when the sheet
is put together. Below a block, and inside one, the number of a row is known only while the sheet is
rendered: there the program keeps a layout, and every row asks it.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from govdocs.language import Source, Variable
from govdocs.xlsx.cell_source import CellWriter, RowName, TaggedCell
from govdocs.xlsx.cells import Shape
from govdocs.xlsx.lifting import Room, Step
from govdocs.xlsx.reading import Reading
from govdocs.xlsx.rows import Cell, Row
from govdocs.xlsx.tokens import write_token

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
    watched: frozenset[tuple[int, int]]
    read: Callable[[int, int], bytes]
    is_small: bool
    stretches: list[Stretch] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        """Whether rows may come out elsewhere than they stand."""
        return bool(self.rooms or self.vanished)


class SheetSource:
    """Writes the rows of one sheet into a source."""

    def __init__(self, plan: SheetPlan, source: Source, shapes: list[Shape]) -> None:
        self.plan = plan
        self.source = source
        self.cells = CellWriter(source, shapes)
        self.lifted = frozenset(step.anchor.index for step in plan.steps)
        self.numbers = plan.reading.numbers
        self.formulas = plan.reading.formulas
        self.formula_starts = [one.start for one in self.formulas]
        self.vanished = set(plan.vanished)
        self.is_fixed = True
        self.bodies: list[tuple[Step, Room | None, int]] = []

    def write(self) -> None:
        """Write everything between the tags of ``sheetData``."""
        row = 0
        for step in self.plan.steps:
            self._rows(row, step.up)
            self._step(step)
            row = step.down
        self._rows(row, 1 << 62)

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
        if plan.is_small and self.is_fixed:
            for piece in pieces:
                self._inline(piece)
            return
        plan.stretches.append(pieces)
        number = len(plan.stretches) - 1
        if self.is_fixed:
            self.source.text(write_token("S", number))
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
        name: RowName = number if self.is_fixed else _ROW
        source = self.source
        source.text(row.head)
        if self.is_fixed:
            source.text(number)
        else:
            source.hidden(f"set _r = _|_row({row.number})")
            source.hidden_value(_ROW.name)
        source.text(_tidy(row.rest))
        for cell in row.cells:
            self._cell(cell, name)
        source.text(_tidy(row.tail))

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
        before, after = cell.around_row()
        self.source.text(before)
        if isinstance(row, str):
            self.source.text(row)
        else:
            self.source.hidden_value(row.name)
        self.source.text(_tidy(after))

    def _step(self, step: Step) -> None:
        """Write a statement between rows, with what the layout has to know."""
        block, index = step.block, step.anchor.index
        if block is None:
            self._single(step)
        elif index == block.open:
            self._enter(step, self.plan.rooms[index])
        elif index == block.close:
            self._leave(step)
        else:
            self._close_body()
            self.source.statement(step.anchor.placed)
            opened, room, number = self.bodies[-1]
            self.bodies[-1] = (opened, room, number + 1)
            self._open_body()

    def _single(self, step: Step) -> None:
        if step.up in self.vanished and step.up < step.down:
            self.vanished.discard(step.up)
            self._call(f"begin({step.up}, {step.up}, False)")
            self._call("end()")
            self.is_fixed = False
        if step.anchor.placed.tag.kind == "stmt":
            self.source.statement(step.anchor.placed)

    def _enter(self, step: Step, room: Room) -> None:
        has_room = room.first <= room.last
        if has_room:
            is_loop = step.anchor.placed.tag.word == "for"
            self._call(f"begin({room.first}, {room.last}, {is_loop})")
            self.is_fixed = False
        self.bodies.append((step, room if has_room else None, 0))
        self.source.statement(step.anchor.placed)
        self._open_body()

    def _leave(self, step: Step) -> None:
        self._close_body()
        _, room, _ = self.bodies.pop()
        self.source.statement(step.anchor.placed)
        if room is not None:
            self._call("end()")

    def _open_body(self) -> None:
        _, room, number = self.bodies[-1]
        body = room.bodies[number] if room else None
        if room is not None and body is not None:
            act = "enter" if room.has_inner[number] else "step"
            self._call(f"{act}({body[0]}, {body[1]})")

    def _close_body(self) -> None:
        _, room, number = self.bodies[-1]
        if room is not None and room.bodies[number] is not None and room.has_inner[number]:
            self._call("leave()")

    def _call(self, call: str) -> None:
        """Tell the layout something."""
        name, _, arguments = call.partition("(")
        self.source.hidden(f"do _|_{name}({arguments}")


def _tidy(text: str) -> str:
    """Write line ends as the program has them; to XML they are the same."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
