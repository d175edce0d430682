"""Where pivot tables stand: the cells that show their results, which are nobody else's.

What stands there was put there by the program that worked the pivot table out, so nothing of it is
a tag. Nothing here knows where a pivot table reads from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from govdocs.opc import Package
from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.reading.workbook import SheetEntry, read_part
from govdocs.xlsx.xml.markup import Element


@dataclass(frozen=True, slots=True)
class PivotOutput:
    """A pivot table.

    Attributes:
        sheet: that it stands on.
        areas: its cells, and those of its page fields, which stand above.
        cache: the part that says where it reads from; empty if it names none.
    """

    part: str
    sheet: str
    areas: tuple[Area, ...]
    cache: str


def read_pivots(package: Package, entry: SheetEntry) -> Iterator[PivotOutput]:
    """Find the pivot tables of a sheet."""
    for part in package.related(entry.part, "pivotTable"):
        location = read_part(package, part).find("location")
        area = maybe_area(location.get("ref")) if location is not None else None
        if location is not None and area is not None:
            caches = package.related(part, "pivotCacheDefinition")
            areas = (*_page_fields(location, area), area)
            yield PivotOutput(part, entry.name, areas, caches[0] if caches else "")


def _page_fields(location: Element, area: Area) -> Iterator[Area]:
    """The cells of page fields: name and choice, one blank row above the table itself."""
    rows, columns = (location.get(f"{axis}PageCount", "0") for axis in ("row", "col"))
    if rows.isdecimal() and columns.isdecimal() and int(rows) and int(columns):
        first, last = area.first_row - 1 - int(rows), area.first_row - 2
        right = area.first_column + 3 * int(columns) - 2
        if first > 0:
            yield Area(first, area.first_column, last, right)
