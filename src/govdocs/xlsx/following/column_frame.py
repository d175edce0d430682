"""What a sheet says of its columns: widths and styles, page breaks, filters.

Each follows the columns that repeat or vanish. Nothing here knows rows.
"""

from collections.abc import Iterator

from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.address import column_name, maybe_area
from govdocs.xlsx.xml.editing import Edits, with_children
from govdocs.xlsx.xml.markup import Element


def write_columns(element: Element, sheet: MovedSheet) -> str:
    """Write ``cols``: a column that is repeated has its width each time."""
    if not sheet.layout.columns.moves:
        return element.raw
    return with_children(element, _columns(element, sheet))


def _columns(element: Element, sheet: MovedSheet) -> Iterator[str]:
    found: dict[int, tuple[int, Element]] = {}
    for child in element.children:
        first, last = int(child.get("min", "1")), int(child.get("max", "1"))
        for low, high in _stretches(first, last, sheet):
            found[low] = (high, child)
    for low, (high, child) in sorted(found.items(), key=lambda one: one[0]):
        edits = Edits()
        edits.set(child, "min", str(low))
        edits.set(child, "max", str(high))
        yield edits.write(child)


def _stretches(first: int, last: int, sheet: MovedSheet) -> Iterator[tuple[int, int]]:
    """List what columns ``first`` to ``last`` have become."""
    reference = f"{column_name(first)}:{column_name(last)}"
    for area in map(maybe_area, sheet.book.mapper.map_area(reference, sheet.name)):
        if area is not None:
            yield area.first_column, area.last_column


def write_column_breaks(element: Element, sheet: MovedSheet) -> str:
    """Write ``colBreaks``: a break right of a column is right of each of its copies."""
    if not sheet.layout.columns.moves:
        return element.raw
    found: dict[int, Element] = {}
    for child in element.children:
        column = int(child.get("id", "0"))
        ends = [last for _, last in _stretches(column, column, sheet)] if column else []
        for last in ends or [sheet.boundary(1, column + 1)[1] - 1]:
            if last > 0:
                found.setdefault(last, child)
    manual = str(sum(child.get("man") in ("1", "true") for child in found.values()))
    written = (
        _with_id(child, last) for last, child in sorted(found.items(), key=lambda one: one[0])
    )
    return with_children(element, written, manualBreakCount=manual)


def _with_id(element: Element, column: int) -> str:
    edits = Edits()
    edits.set(element, "id", str(column))
    return edits.write(element)


def move_filter_columns(element: Element, edits: Edits, sheet: MovedSheet) -> None:
    """Let the columns of a filter, which count from the filter's first, follow."""
    area = maybe_area(element.get("ref"))
    if area is None or not sheet.layout.columns.moves:
        return
    start = sheet.boundary(1, area.first_column)[1]
    for child in element.children:
        if child.name == "filterColumn":
            column = area.first_column + int(child.get("colId", "0"))
            moved = sheet.boundary(1, column)[1] - start
            edits.set(child, "colId", str(moved))


def frozen_columns(first: int, count: int, sheet: MovedSheet) -> int:
    """Count the columns that ``count`` frozen ones have become."""
    return sheet.boundary(1, first + count)[1] - sheet.boundary(1, first)[1]
