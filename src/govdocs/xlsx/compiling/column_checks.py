"""Faults of blocks of columns that show only when all rows are seen together."""

from collections.abc import Iterable, Iterator, Mapping

from govdocs.errors import Place, Problem
from govdocs.xlsx.blocks.columns import ColumnSteps
from govdocs.xlsx.blocks.lines import Room
from govdocs.xlsx.compiling.tagging import Tagging
from govdocs.xlsx.grid.address import cell_name
from govdocs.xlsx.reading.rows import Cell, Row


def check_columns(
    columns: Mapping[int, ColumnSteps], rows: Iterable[Row], tagging: Tagging
) -> Iterator[Problem]:
    """Find blocks that overlap, and cells with content in columns that vanish.

    Args:
        columns: the blocks of columns, by row.
        rows: all rows of the sheet.
        tagging: of the sheet.
    """
    rooms: dict[tuple[int, int], tuple[Room, int]] = {}
    for row, steps in columns.items():
        for index, room in steps.rooms.items():
            if room.first > room.last:
                continue
            place = tagging.anchors[index].placed.place
            clash = next((one for one in rooms.values() if _clash(one[0], room)), None)
            if clash is not None:
                other = tagging.anchors[clash[1]].placed.place
                fields = {"tag": place.tag, "row": row}
                yield Problem("xlsx.columns_overlap", (other, place), fields)
            rooms.setdefault((room.first, room.last), (room, index))
    gone = {line for room, _ in rooms.values() for line in _vanishing(room)}
    for one in rows:
        for cell in one.cells:
            if cell.column in gone and not _is_free(cell, one, columns, tagging):
                yield Problem("xlsx.column_in_use", (_place(cell, tagging),))


def _clash(one: Room, other: Room) -> bool:
    """Whether two blocks share columns without being the same or one inside the other's body."""
    if (one.first, one.last) == (other.first, other.last):
        return one.bodies != other.bodies
    if one.last < other.first or other.last < one.first:
        return False
    return not (_holds(one, other) or _holds(other, one))


def _holds(outer: Room, inner: Room) -> bool:
    return any(body and body[0] <= inner.first and inner.last <= body[1] for body in outer.bodies)


def _vanishing(room: Room) -> Iterator[int]:
    """List the columns of a block that lie in none of its bodies."""
    for line in range(room.first, room.last + 1):
        if not any(body and body[0] <= line <= body[1] for body in room.bodies):
            yield line


def _is_free(cell: Cell, row: Row, columns: Mapping[int, ColumnSteps], tagging: Tagging) -> bool:
    """Whether a cell in a column that vanishes holds nothing that would be lost."""
    if cell.kind == "empty" or (cell.kind == "text" and not cell.text.text.strip()):
        return True
    steps = columns.get(row.number)
    lifted = {one.anchor.index for one in steps.steps} if steps else set()
    tagged = tagging.cells.get((cell.row, cell.column))
    if tagged is None:
        return False
    return not any(one.text.strip() for one in tagged.segments(frozenset())) and all(
        anchor.index in lifted or anchor.placed.tag.kind == "comment" for anchor in tagged.anchors
    )


def _place(cell: Cell, tagging: Tagging) -> Place:
    spot = (("cell", f"{tagging.entry.name}!{cell_name(cell.row, cell.column)}"),)
    return Place(part=tagging.entry.part, spot=spot)
