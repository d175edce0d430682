"""Cells whose tag writes a whole table, ``{{ x | table }}``: a loop over rows, and room for cells.

before: | {{ x | table }} |       |       |
after:  {% for row in x %} | {{ the cells of row }} ... | {% endfor %}
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from govdocs.language import Tag
from govdocs.xlsx.blocks.beside import Beside
from govdocs.xlsx.compiling.cell_source import TaggedCell
from govdocs.xlsx.compiling.watched import Watched
from govdocs.xlsx.grid.address import Area, column_name, maybe_area
from govdocs.xlsx.grid.layout import COLUMN_LIMIT
from govdocs.xlsx.reading.rows import Cell, Row
from govdocs.xlsx.slots.cells import CellSlot
from govdocs.xlsx.slots.tables import TableRoom
from govdocs.xlsx.xml.markup import Element

FILTER = "table"
_TABLE = re.compile(r"(.+?)\|\s*table\s*(?:\((.*)\))?\s*\Z", re.DOTALL)
Places = dict[tuple[int, int], TaggedCell]


def split_table(tag: Tag) -> list[Tag]:
    """Take ``{{ x | table }}`` apart: into a loop over rows and what writes the cells of one."""
    found = _TABLE.match(tag.body) if tag.kind == "expr" else None
    if found is None:
        return [tag]
    rows = f"({found[1].strip()})|_rows({found[2] or ''})"
    return [
        replace(tag, kind="stmt", prefix="tr", body=f"for _cells in {rows}"),
        replace(tag, prefix="", body="_cells"),
        replace(tag, kind="stmt", prefix="tr", body="endfor"),
    ]


def is_table(tagged: TaggedCell) -> bool:
    """Tell whether a cell holds a tag that was taken apart."""
    return len(tagged.anchors) == 3 and tagged.anchors[1].placed.tag.body == "_cells"  # noqa: PLR2004 - the three above


def make_rooms(
    rows: Iterable[Row], cells: Places, root: Element, beside: Sequence[Beside] = ()
) -> bool:
    """Give every table the cells that it may take; the empty ones leave their row.

    Args:
        rows: those that hold tags.
        cells: those with tags.
        root: of the sheet, its rows apart: says which cells are merged.
        beside: the tables side by side: none grows into its neighbour's columns.

    Returns:
        Whether there is any table.
    """
    merged = [maybe_area(one.get("ref")) for one in root.iter("mergeCell")]
    areas = [one for one in merged if one is not None]
    for row in rows:
        for cell in [one for one in row.cells if (one.row, one.column) in cells]:
            tagged = cells[cell.row, cell.column]
            if is_table(tagged):
                walls = [
                    one.lane_at(cell.column).last + 1
                    for one in beside
                    if one.first <= row.number <= one.last
                ]
                _make_room(row, tagged, cells, [*walls, *_walls(tagged.cell, areas)])
    return any(tagged.room for tagged in cells.values())


def _walls(cell: Cell, merged: Sequence[Area]) -> Iterator[int]:
    """List the columns behind a cell that are merged in its row."""
    for one in merged:
        if one.first_row <= cell.row <= one.last_row and one.last_column > cell.column:
            yield max(one.first_column, cell.column + 1)


def _make_room(row: Row, tagged: TaggedCell, cells: Places, walls: Iterable[int]) -> None:
    first = tagged.cell.column
    filled = (
        one.column
        for one in row.cells
        if one.column > first and not _is_free(one, cells.get((one.row, one.column)))
    )
    wall = min([COLUMN_LIMIT + 1, *walls, *filled])
    taken = [one for one in row.cells if first < one.column < wall]
    blanks = {one.column: _slot_of(one, tagged) for one in taken}
    row.cells[:] = [one for one in row.cells if one not in taken]
    tagged.room = TableRoom(tagged.slot, row.number, blanks, wall)


def limit_rooms(cells: Places, tables: Iterable[Area]) -> None:
    """Let no table grow beyond the columns of the table (ListObject) that it stands in."""
    areas = list(tables)
    for (row, column), tagged in cells.items():
        room = tagged.room
        for area in areas if room is not None else ():
            if area.first_row <= row <= area.last_row and (
                area.first_column <= column <= area.last_column
            ):
                assert room is not None
                room = replace(room, wall=min(room.wall, area.last_column + 1))
        tagged.room = room


def let_know(cells: Places, watched: Watched) -> None:
    """Tell every table which of its columns formulas read."""
    for (row, _), tagged in cells.items():
        if tagged.room is not None:
            tagged.room = replace(tagged.room, watched=tuple(watched.columns_of(row)))


def _is_free(cell: Cell, tagged: TaggedCell | None) -> bool:
    is_blank = cell.kind == "empty" or (cell.kind == "text" and not cell.text.text.strip())
    return is_blank and tagged is None


def _slot_of(cell: Cell, tagged: TaggedCell) -> CellSlot:
    """Make the slot of an empty cell."""
    return CellSlot(
        *(tagged.slot.place, cell.element.qname, column_name(cell.column), cell.style),
        *(cell.kept_attributes(),),
        number=cell.column,
    )
