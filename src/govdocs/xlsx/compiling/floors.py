"""Tables (ListObject) whose data rows may all vanish: Excel wants one row to be left.

When all rows of a table are deleted by hand, Excel leaves a blank one. So do we: where all data
rows lie in blocks, the last of these is told to write a blank row if nothing came of them.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from govdocs.xlsx.blocks.lines import Room
from govdocs.xlsx.grid.names import Table


class Floor(NamedTuple):
    """What is left of a table without rows.

    Attributes:
        first: the first data row of the template.
        row: the one that is written without its content.
        table: the table's name.
    """

    first: int
    row: int
    table: str


def find_floors(
    sheet: str, tables: Iterable[Table], rooms: Mapping[int, Room], vanished: Iterable[int]
) -> dict[int, Floor]:
    """Find the blocks of a sheet that have to leave a row, by the number of their opening tag."""
    found: dict[int, Floor] = {}
    gone = set(vanished)
    for table in (one for one in tables if one.sheet == sheet):
        first = table.area.first_row + table.header_rows
        last = table.area.last_row - table.totals_rows
        inside = {
            index: room
            for index, room in rooms.items()
            if first <= room.first <= room.last <= last and not _is_inner(room, rooms.values())
        }
        covered = {row for room in inside.values() for row in range(room.first, room.last + 1)}
        writing = [index for index, room in inside.items() if any(room.bodies)]
        if writing and covered | gone >= set(range(first, last + 1)):
            index = max(writing, key=lambda one: inside[one].first)
            body = next(one for one in inside[index].bodies if one)
            found[index] = Floor(min(room.first for room in inside.values()), body[0], table.name)
    return found


def _is_inner(room: Room, rooms: Iterable[Room]) -> bool:
    """Whether a block stands in the body of another."""
    return any(
        body[0] <= room.first and room.last <= body[1]
        for other in rooms
        if other is not room
        for body in other.bodies
        if body
    )
