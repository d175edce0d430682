"""Merged cells that overlap: no program can show them, and Excel takes all of them away."""

from collections.abc import Iterator

from govdocs.errors import Place, Problem
from govdocs.xlsx.grid.address import Area, cell_name, maybe_area
from govdocs.xlsx.reading.workbook import SheetEntry
from govdocs.xlsx.xml.markup import Element


def find_overlaps(root: Element, entry: SheetEntry) -> Iterator[Problem]:
    """Tell of the first merged cells of a sheet, given without its rows, that overlap others."""
    found = (maybe_area(one.get("ref")) for one in root.iter("mergeCell"))
    areas = sorted(one for one in found if one is not None)
    above: list[Area] = []
    for area in areas:
        above = [one for one in above if one.last_row >= area.first_row]
        for other in above:
            if other.first_column <= area.last_column and area.first_column <= other.last_column:
                spot = (("cell", f"{entry.name}!{cell_name(area.first_row, area.first_column)}"),)
                fields = {"reference": str(area), "other": str(other)}
                yield Problem("xlsx.merges_overlap", (Place(part=entry.part, spot=spot),), fields)
                return
        above.append(area)
