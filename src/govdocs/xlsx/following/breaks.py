"""Page breaks: one behind a row of a loop is there behind each copy; how far it reaches follows.

Rows and columns of breaks count from 0 where they say how far a break reaches.
"""

from govdocs.errors import Problem
from govdocs.xlsx.following.column_frame import stretches
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.layout import COLUMN_LIMIT, ROW_LIMIT
from govdocs.xlsx.xml.editing import Edits, with_children
from govdocs.xlsx.xml.markup import Element

_BREAK_LIMIT = 1_026
_TRUE = frozenset({"1", "true", "on"})


def write_breaks(element: Element, sheet: MovedSheet) -> str:
    """Write ``rowBreaks``."""
    found: dict[int, Element] = {}
    for child in element.children:
        row = int(child.get("id", "0"))
        rows = [int(area.rpartition(":")[2]) for area in sheet.copies(f"{row}:{row}")]
        for last in rows or [sheet.boundary(row + 1, 1)[0] - 1]:
            if last > 0:
                found.setdefault(last, child)
    if len(found) > _BREAK_LIMIT:
        fields = {"count": len(found), "limit": _BREAK_LIMIT}
        place = sheet.place(f"{min(found)}")
        sheet.book.problems.append(Problem("xlsx.too_many_breaks", (place,), fields))
    return _written(element, found, sheet)


def write_column_breaks(element: Element, sheet: MovedSheet) -> str:
    """Write ``colBreaks``: a break right of a column is right of each of its copies."""
    found: dict[int, Element] = {}
    for child in element.children:
        column = int(child.get("id", "0"))
        ends = [last for _, last in stretches(column, column, sheet)] if column else []
        for last in ends or [sheet.boundary(1, column + 1)[1] - 1]:
            if last > 0:
                found.setdefault(last, child)
    return _written(element, found, sheet)


def _written(element: Element, found: dict[int, Element], sheet: MovedSheet) -> str:
    manual = str(sum(child.get("man") in _TRUE for child in found.values()))
    written = (
        _with_extent(child, line, sheet)
        for line, child in sorted(found.items(), key=lambda one: one[0])
    )
    return with_children(element, written, manualBreakCount=manual)


def _with_extent(child: Element, line: int, sheet: MovedSheet) -> str:
    """Write a break behind another line; those behind rows reach over columns, and so about."""
    edits = Edits()
    edits.set(child, "id", str(line))
    across = child.parent is not None and child.parent.name == "rowBreaks"
    limit = COLUMN_LIMIT if across else ROW_LIMIT
    for name, behind in (("min", 0), ("max", 1)):
        number = child.get(name)
        if number.isdecimal() and 0 < int(number) < limit - 1:
            end = int(number) + 1 + behind
            moved = sheet.boundary(1, end)[1] if across else sheet.boundary(end, 1)[0]
            edits.set(child, name, str(moved - 1 - behind))
    return edits.write(child)
