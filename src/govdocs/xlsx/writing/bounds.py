"""Sheets that have outgrown the grid: what stood near its edge would lie beyond it."""

from collections.abc import Iterable, Iterator

from govdocs.errors import Place, Problem
from govdocs.xlsx.grid.address import cell_name
from govdocs.xlsx.grid.layout import COLUMN_LIMIT, ROW_LIMIT
from govdocs.xlsx.writing.cached import FilledSheet


def find_outgrown(sheets: Iterable[FilledSheet]) -> Iterator[Problem]:
    """Tell which sheets have more rows or columns than a sheet holds, with their last cell."""
    for one in sheets:
        row, column = one.sheet.last_row, max(one.sheet.last_column, 1)
        spot = (("cell", f"{one.name}!{cell_name(max(row, 1), column)}"),)
        place = Place(part=one.sheet.entry.part, spot=spot)
        if one.last_row > ROW_LIMIT:
            yield Problem("xlsx.too_many_rows", (place,), {"limit": ROW_LIMIT})
        if one.last_column > COLUMN_LIMIT:
            yield Problem("xlsx.too_many_columns", (place,), {"limit": COLUMN_LIMIT})
