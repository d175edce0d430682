"""What a sheet says of its columns: widths and styles, how many are frozen.

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
        for low, high in stretches(first, last, sheet):
            found[low] = (high, child)
    for low, (high, child) in sorted(found.items(), key=lambda one: one[0]):
        edits = Edits()
        edits.set(child, "min", str(low))
        edits.set(child, "max", str(high))
        yield edits.write(child)


def stretches(first: int, last: int, sheet: MovedSheet) -> Iterator[tuple[int, int]]:
    """List what columns ``first`` to ``last`` have become."""
    reference = f"{column_name(first)}:{column_name(last)}"
    for area in map(maybe_area, sheet.book.mapper.map_area(reference, sheet.name)):
        if area is not None:
            yield area.first_column, area.last_column


def frozen_columns(first: int, count: int, sheet: MovedSheet) -> int:
    """Count the columns that ``count`` frozen ones have become."""
    return sheet.boundary(1, first + count)[1] - sheet.boundary(1, first)[1]
