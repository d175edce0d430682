"""Slots of whole tables: one tag writes the cells of a row, from its own cell to the right.

The row itself repeats like that of a loop. Cells of the template to the right that are empty give
their formats; the first that holds anything is a wall. A cell beyond what the template has takes
the format of the tag's own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from govdocs.errors import DataError
from govdocs.language import Absent, current
from govdocs.values.tables import Table
from govdocs.xlsx.grid.address import cell_name, column_name
from govdocs.xlsx.grid.layout import COLUMN_LIMIT
from govdocs.xlsx.slots.cells import CellSlot, Shape, cell_writer, write_value
from govdocs.xlsx.slots.filling import present
from govdocs.xlsx.slots.keeping import read_back
from govdocs.xlsx.xml.tokens import COLUMN, write_token

_READY = 64
"""So many cells of a row are prepared when the template is compiled."""


@dataclass(frozen=True, slots=True)
class TableRoom:
    """The cells of the template that a table may take.

    Attributes:
        slot: of the tag's own cell.
        row: of the template.
        blanks: the empty cells to its right, by column.
        wall: the first column that it may not take.
        watched: the columns that formulas read, from one to another.
        shapes: of its own cell and the next ones.
        kept: which of its cells formulas read, counted from the tag's own.
    """

    slot: CellSlot
    row: int
    blanks: dict[int, CellSlot]
    wall: int
    watched: tuple[tuple[int, int], ...] = ()
    shapes: tuple[Shape, ...] = ()
    kept: tuple[int, ...] = ()

    def ready(self) -> "TableRoom":
        """Prepare the first cells, and find those that formulas read."""
        first = self.slot.number
        width = min(self.wall - first, _READY)
        kept = {
            at - first
            for start, end in self.watched
            for at in range(max(start, first), min(end + 1, self.wall))
        }
        shapes = tuple(self.slot_at(one).shape() for one in range(width))
        return replace(self, shapes=shapes, kept=tuple(sorted(kept)))

    def slot_at(self, offset: int) -> CellSlot:
        """Make the slot of a cell, counted from the tag's own."""
        number = self.slot.number + offset
        found = self.blanks.get(number) or replace(self.slot, number=number)
        sheet = str(self.slot.place.spot[-1][1]).rpartition("!")[0]
        spot = (*self.slot.place.spot[:-1], ("cell", f"{sheet}!{cell_name(self.row, number)}"))
        letters = COLUMN if self.slot.column == COLUMN else column_name(number)
        place = replace(self.slot.place, spot=spot)
        return replace(found, place=place, column=letters, number=number)


def table_writer(shapes: Sequence[Shape]) -> Callable[..., str]:
    """Return the filter that writes a row of a table from cell ``number`` on.

    Args:
        shapes: the template's.
    """
    writers: dict[int, Callable[[Any, object, int], str]] = {}

    def write(cells: Sequence[Any], row: object, number: int) -> str:
        room = shapes[number][-1].room
        assert room is not None
        if room.slot.number + len(cells) > room.wall:
            raise _too_wide(room, len(cells))
        write_cell = writers.get(number) or writers.setdefault(number, cell_writer(room.shapes))
        out = [write_cell(value, row, at) for at, value in enumerate(cells[:_READY])]
        out += (
            write_value(value, row, room.slot_at(at).shape())
            for at, value in enumerate(cells[_READY:], _READY)
        )
        for at in room.kept:
            if at >= len(out):
                break
            slot = room.shapes[at][-1] if at < len(room.shapes) else room.slot_at(at)
            _keep(cells[at], out[at], row, slot)
        out += (
            room.slot_at(column - room.slot.number).empty(row)
            for column in room.blanks
            if column >= room.slot.number + len(cells)
        )
        return "".join(out if room.slot.column != COLUMN else _in_columns(out, room, len(cells)))

    return write


def read_table(value: Any, head: bool = False) -> Any:
    """Take the rows of a table; what is missing stays so, and is one cell of a draft."""
    state = current()
    if isinstance(value, Absent) and state is not None and state.mode == "mark":
        return [[Absent(name=value.use())]]
    return value if value is None or isinstance(value, Absent) else Table(value, head=head)


def refuse_table(*_: Any, **__: Any) -> str:
    """Refuse a table that would stand amid text, or in a formula.

    Raises:
        DataError: ``xlsx.table_in_text``.
    """
    raise DataError.of("xlsx.table_in_text")


def _keep(value: Any, written: str, row: Any, slot: CellSlot) -> None:
    kind = type(value)
    kept = float(value) if kind is int or kind is float else read_back(written)
    state = present()
    if slot.column == COLUMN:
        path = tuple(state.columns.path)
        state.values.waiting.append((int(row), slot.number, path, kept))
    else:
        state.values.column(slot.number).keep(int(row), kept)


def _in_columns(written: list[str], room: TableRoom, width: int) -> Iterator[str]:
    """Say of each cell but the first which column it stands in, where columns move."""
    path = ".".join(map(str, present().columns.path))
    first = room.slot.number
    columns = [*range(first, first + width), *(one for one in room.blanks if one >= first + width)]
    for column, cell in zip(columns, written, strict=True):
        yield cell if column == first else write_token("C", column, path) + cell


def _too_wide(room: TableRoom, width: int) -> DataError:
    if room.wall > COLUMN_LIMIT:
        return DataError.of("xlsx.too_many_columns", fields={"limit": COLUMN_LIMIT})
    wall = cell_name(room.row, room.wall)
    fields = {"columns": width, "room": room.wall - room.slot.number, "wall": wall}
    return DataError.of("xlsx.table_too_wide", fields=fields)
