"""The columns of a table are called what their head cells say: Excel repairs a table where not.

before: <tableColumn id="1" name="科室"/><tableColumn id="2" name="{{ y }}"/>
after:  <tableColumn id="1" name="科室"/><tableColumn id="2" name="2018"/><tableColumn id="3" ...

A column that repeats is a column of the table each time. Nothing here looks at the rows below.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from govdocs.errors import Place, Problem
from govdocs.xlsx.grid.address import Area, cell_name, same_name
from govdocs.xlsx.reading.definitions import TablePart
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.encoding import unescape_text
from govdocs.xlsx.xml.guids import own_guid
from govdocs.xlsx.xml.markup import Element

_CONTROL = re.compile("[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table as it has come out.

    Attributes:
        column: of the sheet.
        index: of the template's column, from 0.
        name: as the part writes it.
        copy: which copy of the template's column it is, from 0.
    """

    column: int
    index: int
    name: str
    copy: int


def read_heads(
    part: TablePart,
    area: Area,
    origin: Callable[[int], int],
    text_at: Callable[[int, int], str | None],
) -> Iterator[Head]:
    """List the columns of a table after the fill.

    Args:
        part: of the template.
        area: where it lies now.
        origin: says from which column of the template a column of the sheet has come.
        text_at: gives what was written into a cell: row, column; None if nothing was.
    """
    listed = part.root.find("tableColumns")
    columns = [] if listed is None else listed.children
    copies: dict[int, int] = {}
    for column in range(area.first_column, area.last_column + 1):
        index = origin(column) - part.table.area.first_column
        if 0 <= index < len(columns):
            copy = copies[index] = copies.get(index, -1) + 1
            name = columns[index].get("name")
            if not part.table.header_rows:
                name = f"{name}{copy + 1}" if copy else name
            else:
                name = _name_of(text_at(area.first_row, column), name)
            yield Head(column, index, name, copy)


def _name_of(text: str | None, name: str) -> str:
    if text is None or text == unescape_text(name):
        return name
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04x}_", text)


def check_heads(heads: Sequence[Head], table: str, sheet: str, row: int) -> Iterator[Problem]:
    """Tell of columns without a name, and of those that are called alike."""
    seen: set[str] = set()
    for head in heads:
        place = Place(spot=(("cell", f"{sheet}!{cell_name(row, head.column)}"),))
        if not head.name.strip():
            yield Problem("xlsx.table_head_blank", (place,), {"table": table})
        elif same_name(head.name) in seen:
            fields = {"table": table, "name": unescape_text(head.name)}
            yield Problem("xlsx.table_head_twice", (place,), fields)
        seen.add(same_name(head.name))


def name_column(column: Element, head: Head, edits: Edits, number: int) -> None:
    """Write what a column is called; a copy has ids of its own.

    Args:
        column: of the template's table.
        head: what it has become.
        edits: of the column.
        number: that no other column has.
    """
    edits.set(column, "name", head.name)
    if not head.copy:
        return
    edits.set(column, "id", str(number))
    for name in ("uniqueName", "uid"):
        known = column.get(name)
        if known:
            edits.set(column, name, own_guid(known, head.name) if name == "uid" else head.name)
